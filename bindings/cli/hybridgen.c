/* hybridgen: libhybriddeploy for shells. */
#include <hybriddeploy/hybriddeploy.h>
#include <stdio.h>
#include <string.h>

static int to_stdout(void *user, const char *text, size_t length)
{
    (void)user;
    return fwrite(text, 1, length, stdout) != length;
}

int main(int argc, char **argv)
{
    const char *file = argc > 2 ? argv[2] : "hybriddeploy.yaml";
    struct hd_diagnostics *diagnostics = hd_diagnostics_new(NULL);
    struct hd_document *document;
    struct hd_model *model;
    enum hd_status status;

    if (argc > 1 && !strcmp(argv[1], "schema"))
        return (int)hd_schema_write(to_stdout, NULL);
    status = hd_document_load_file(file, diagnostics, &document);
    if (status == HD_OK) {
        status = hd_resolve(hd_document_app(document), NULL, diagnostics, &model);
        if (status == HD_OK) {
            status = argc > 1 && !strcmp(argv[1], "validate") ? hd_check(model, diagnostics) : hd_generate(model, NULL, diagnostics, to_stdout, NULL);
            hd_model_free(model);
        }
    }
    for (size_t i = 0; i < hd_diagnostics_count(diagnostics); i++) {
        const struct hd_diagnostic *d = hd_diagnostics_get(diagnostics, i);
        fprintf(stderr, "%s:%u:%u: %s: %s [HD%04d] (%s)\n", d->file ? d->file : "", d->line, d->column, d->severity == HD_ERROR ? "error" : "warning",
                d->message, d->code, d->path);
        if (d->hint)
            fprintf(stderr, "    hint: %s\n", d->hint);
        if (d->related.message)
            fprintf(stderr, "%s:%u:%u: note: %s (%s)\n", d->related.file, d->related.line, d->related.column, d->related.message, d->related.path);
    }
    hd_diagnostics_free(diagnostics);
    return (int)status;
}
