/*
 * What the library says of models and makes of them, in a number for each: digests FILE... prints "NUMBER DIAGNOSTICS OUTPUT".
 * Two libraries with the same numbers are the same to every test that looks at these models.
 */
#include <hybriddeploy/hybriddeploy.h>

#include <inttypes.h>
#include <stdio.h>

static int add(void *user, const char *text, size_t length)
{
    uint64_t *digest = user;

    for (size_t i = 0; i < length; i++)
        *digest = (*digest ^ (unsigned char)text[i]) * UINT64_C(0x100000001b3);
    return 0;
}

static void add_text(uint64_t *digest, const char *text)
{
    for (; text && *text; text++)
        add(digest, text, 1);
    add(digest, "", 1);
}

static void add_output(uint64_t *digest, const struct hd_model *model, struct hd_diagnostics *diagnostics)
{
    if (hd_generate(model, NULL, diagnostics, add, digest) != HD_OK)
        return;
    for (size_t i = 0; i < hd_manifest_count(model); i++)
        add_text(digest, hd_manifest_at(model, i)->file_name);
    for (size_t i = 0; i < hd_file_count(model); i++) {
        add_text(digest, hd_file_at(model, i)->path);
        add_text(digest, hd_file_at(model, i)->executable ? "program" : "text");
        hd_file_write(model, i, add, digest);
    }
}

static void print_digests(const char *name)
{
    struct hd_diagnostics *diagnostics = hd_diagnostics_new(NULL);
    struct hd_document *document = NULL;
    struct hd_model *model = NULL;
    uint64_t said = 0, written = 0;

    if (hd_document_load_file(name, diagnostics, &document) == HD_OK &&
        hd_resolve(hd_document_app(document), NULL, diagnostics, &model) == HD_OK)
        add_output(&written, model, diagnostics);
    hd_diagnostics_write(diagnostics, NULL, add, &said);
    printf("%016" PRIx64 " %016" PRIx64 "\n", said, written);
    hd_model_free(model);
    hd_document_free(document);
    hd_diagnostics_free(diagnostics);
}

int main(int argc, char **argv)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    for (int i = 1; i < argc; i++)
        print_digests(argv[i]);
    return 0;
}
