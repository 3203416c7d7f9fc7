/* hybridgen: libhybriddeploy for shells. */
#include "diagnostics.h"

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
    struct sources sources = {0};
    struct diagnostics_style style = {.color = color_is_wanted(NULL, stderr)};
    struct hd_document *document;
    struct hd_model *model;
    enum hd_status status;

    if (argc > 1 && !strcmp(argv[1], "schema"))
        return (int)hd_schema_write(to_stdout, NULL);
    if (argc > 2 && !strcmp(argv[1], "list")) {
        for (size_t i = 0; hd_code_at(i); i++)
            printf("HD%04d  %s\n", hd_code_at(i)->code, hd_code_at(i)->what);
        return 0;
    }
    status = hd_document_load_file(file, diagnostics, &document);
    sources_add(&sources, file, NULL, 0);
    if (status == HD_OK) {
        status = hd_resolve(hd_document_app(document), NULL, diagnostics, &model);
        if (status == HD_OK) {
            status = argc > 1 && !strcmp(argv[1], "validate") ? hd_check(model, diagnostics) : hd_generate(model, NULL, diagnostics, to_stdout, NULL);
            hd_model_free(model);
        }
    }
    diagnostics_print(stderr, diagnostics, &sources, &style);
    hd_diagnostics_free(diagnostics);
    return (int)status;
}
