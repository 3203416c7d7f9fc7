#include <hybriddeploy/hybriddeploy.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
static int to_stdout(void *user, const char *text, size_t length)
{
    (void)user;
    return fwrite(text, 1, length, stdout) != length;
}
static enum hd_status emit_with_replicas(const struct hd_app *loaded, const char *name, long replicas, struct hd_diagnostics *diagnostics)
{
    struct hd_service *services = malloc(loaded->n_services * sizeof *services);
    struct hd_app app = *loaded;
    struct hd_model *model = NULL;
    enum hd_status status = HD_NO_MEMORY;
    if (!services)
        return status;
    for (size_t i = 0; i < loaded->n_services; i++) {
        services[i] = loaded->services[i];
        if (!strcmp(services[i].name, name))
            services[i].replicas = (struct hd_opt_int)HD_INT(replicas);
    }
    app.services = services;
    status = hd_resolve(&app, NULL, diagnostics, &model);
    if (status == HD_OK)
        status = hd_check(model, diagnostics);
    for (size_t i = 0; status == HD_OK && i < hd_manifest_count(model); i++) {
        const struct hd_manifest *manifest = hd_manifest_at(model, i);
        if (!strcmp(manifest->kind, "Deployment") && !strcmp(manifest->name, name))
            status = hd_manifest_write(model, i, HD_FORMAT_JSON, to_stdout, NULL);
    }
    hd_model_free(model);
    free(services);
    return status;
}
int main(int argc, char **argv)
{
    struct hd_diagnostics *diagnostics = hd_diagnostics_new(NULL);
    struct hd_document *document = NULL;
    enum hd_status status;
    if (argc != 4 || !diagnostics) {
        fprintf(stderr, "usage: load_change_emit MODEL SERVICE REPLICAS\n");
        return 2;
    }
    status = hd_document_load_file(argv[1], diagnostics, &document);
    if (status == HD_OK)
        status = emit_with_replicas(hd_document_app(document), argv[2], atol(argv[3]), diagnostics);
    for (size_t i = 0; i < hd_diagnostics_count(diagnostics); i++)
        fprintf(stderr, "%s\n", hd_diagnostics_get(diagnostics, i)->message);
    hd_document_free(document);
    hd_diagnostics_free(diagnostics);
    return (int)status;
}
