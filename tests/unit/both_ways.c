/*
 * hd_document_resolve() completes a document's services where they stand, hd_resolve() a copy of them. For every model of some folders both
 * must find the same, write the same and explain the same: both_ways FOLDER...
 */
#include <glob.h>
#include <hybriddeploy/hybriddeploy.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct text {
    char *bytes;
    size_t length;
};

static int keep(void *user, const char *bytes, size_t length)
{
    struct text *text = user;

    text->bytes = realloc(text->bytes, text->length + length + 1);
    if (!text->bytes)
        abort();
    memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    return 0;
}

/* What one of the two ways makes of a model; a program that goes on after errors sees the model as well. */
static struct text run(const char *file, bool in_place)
{
    struct hd_diagnostics *diagnostics = hd_diagnostics_new(NULL);
    struct hd_document *document = NULL;
    struct hd_model *model = NULL;
    struct text text = {NULL, 0};
    enum hd_status status = hd_document_load_file(file, diagnostics, &document);

    if (status == HD_OK)
        status = in_place ? hd_document_resolve(document, NULL, diagnostics, &model)
                          : hd_resolve(hd_document_app(document), NULL, diagnostics, &model);
    if (status == HD_OK) {
        status = hd_generate(model, NULL, diagnostics, keep, &text);
        hd_explain(model, NULL, keep, &text);
        hd_app_write(hd_model_app(model), HD_FORMAT_YAML, keep, &text);
    }
    hd_diagnostics_write(diagnostics, NULL, keep, &text);
    keep(&text, status == HD_OK ? "OK" : "refused", 2);
    hd_model_free(model);
    hd_document_free(document);
    hd_diagnostics_free(diagnostics);
    return text;
}

static bool is_same(const char *file)
{
    struct text copied = run(file, false), in_place = run(file, true);
    bool same = copied.length == in_place.length && !memcmp(copied.bytes, in_place.bytes, copied.length);

    if (!same)
        printf("FAIL %s: hd_resolve() and hd_document_resolve() differ\n", file);
    free(copied.bytes);
    free(in_place.bytes);
    return same;
}

/* A document is taken once, and gives no model afterwards. */
static bool is_taken_once(const char *file)
{
    struct hd_diagnostics *diagnostics = hd_diagnostics_new(NULL);
    struct hd_document *document = NULL;
    struct hd_model *model = NULL, *second = NULL;
    bool good = hd_document_load_file(file, diagnostics, &document) == HD_OK && hd_document_app(document) &&
                hd_document_resolve(NULL, NULL, diagnostics, &model) == HD_BAD_CALL &&
                hd_document_resolve(document, NULL, diagnostics, NULL) == HD_BAD_CALL && hd_document_app(document) &&
                hd_document_resolve(document, NULL, diagnostics, &model) == HD_OK && !hd_document_app(document) &&
                hd_document_remove(document, "services.web", diagnostics) == HD_BAD_CALL &&
                hd_document_resolve(document, NULL, diagnostics, &second) == HD_BAD_CALL && !second;

    if (!good)
        printf("FAIL %s: hd_document_resolve() is called wrongly, and does not say so\n", file);
    hd_model_free(model);
    hd_document_free(document);
    hd_diagnostics_free(diagnostics);
    return good;
}

int main(int argc, char **argv)
{
    size_t n_passed = 0, n_failed = 0;

    for (int i = 1; i < argc; i++) {
        char pattern[1024];
        glob_t found;

        snprintf(pattern, sizeof pattern, "%s/*/hybriddeploy.yaml", argv[i]);
        if (glob(pattern, 0, NULL, &found)) {
            printf("FAIL %s: no models there\n", argv[i]);
            return 1;
        }
        for (size_t k = 0; k < found.gl_pathc; k++) {
            bool good = is_same(found.gl_pathv[k]);

            n_passed += good;
            n_failed += !good;
        }
        if (i == 1)
            n_failed += !is_taken_once(found.gl_pathv[0]);
        globfree(&found);
    }
    printf("%zu passed, %zu failed\n", n_passed, n_failed);
    return n_failed > 0;
}
