/* An embedded validator: says what is wrong with a model, as a compiler would. */
#include <hybriddeploy/hybriddeploy.h>
#include <stdio.h>

static int print(void *stream, const char *text, size_t length)
{
    return fwrite(text, 1, length, stream) != length;
}

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
    hd_diagnostics_write(diagnostics, NULL, print, stdout);
    hd_document_free(document);
    hd_diagnostics_free(diagnostics);
    return status != HD_OK;
}
