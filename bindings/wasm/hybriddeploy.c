/*
 * The library for WebAssembly: a program for WASI that reads a model from standard input and writes its manifests to standard output.
 * Findings go to standard error. hybriddeploy.wasm [generate|validate]
 */
#include <hybriddeploy/hybriddeploy.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_SIZE = 64 * 1024 };

static int print(void *user, const char *text, size_t length)
{
    return fwrite(text, 1, length, user) != length;
}

/* All of standard input; NULL when it cannot be read. */
static char *read_input(size_t *ret_length)
{
    size_t size = FIRST_SIZE, length = 0, n;
    char *text = malloc(size);

    while (text && (n = fread(text + length, 1, size - length, stdin))) {
        length += n;
        if (length == size) {
            char *more = realloc(text, size *= 2);

            if (!more)
                free(text);
            text = more;
        }
    }
    *ret_length = length;
    return text;
}

static enum hd_status run(const struct hd_source *source, struct hd_diagnostics *diagnostics, int only_validate)
{
    struct hd_document *document = NULL;
    struct hd_model *model = NULL;
    enum hd_status status = hd_document_load(source, 1, NULL, diagnostics, &document);

    if (status == HD_OK)
        status = hd_document_resolve(document, NULL, diagnostics, &model);
    if (status == HD_OK)
        status = only_validate ? hd_check(model, diagnostics) : hd_generate(model, NULL, diagnostics, print, stdout);
    hd_model_free(model);
    hd_document_free(document);
    return status;
}

int main(int argc, char **argv)
{
    struct hd_source source = {.name = "hybriddeploy.yaml"};
    struct hd_diagnostics *diagnostics = hd_diagnostics_new(NULL);
    char *text = read_input(&source.length);
    const struct hd_diagnostics_style style = {.size = sizeof style, .sources = &source, .n_sources = 1};
    enum hd_status status;

    if (!text || !diagnostics)
        return HD_NO_MEMORY;
    source.text = text;
    status = run(&source, diagnostics, argc > 1 && !strcmp(argv[1], "validate"));
    hd_diagnostics_write(diagnostics, &style, print, stderr);
    hd_diagnostics_free(diagnostics);
    free(text);
    return fflush(stdout) && status == HD_OK ? HD_UNWRITABLE : (int)status;
}
