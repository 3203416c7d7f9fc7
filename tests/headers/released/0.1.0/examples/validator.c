#include <hybriddeploy/hybriddeploy.h>
#include <stdio.h>
int main(int argc, char **argv)
{
    struct hd_diagnostics *diagnostics = hd_diagnostics_new(NULL);
    struct hd_document *document = NULL;
    enum hd_status status;
    if (argc != 2 || !diagnostics)
        return 2;
    status = hd_document_load_file(argv[1], diagnostics, &document);
    if (status == HD_OK)
        status = hd_validate(hd_document_app(document), NULL, diagnostics);
    for (size_t i = 0; i < hd_diagnostics_count(diagnostics); i++) {
        const struct hd_diagnostic *d = hd_diagnostics_get(diagnostics, i);
        printf("%s:%u:%u: %s: ", d->file, d->line, d->column, d->severity == HD_ERROR ? "error" : "warning");
        printf("%s [HD%04d]\n", d->message, d->code);
        if (d->hint)
            printf("    %s\n", d->hint);
    }
    hd_document_free(document);
    hd_diagnostics_free(diagnostics);
    return status != HD_OK;
}
