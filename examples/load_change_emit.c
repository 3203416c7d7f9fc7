/* Loads a model, gives one of its services a fixed number of pods and a variable, and writes that service's Deployment as JSON. */
#include <hybriddeploy/hybriddeploy.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int to_stream(void *stream, const char *text, size_t length)
{
    return fwrite(text, 1, length, stream) != length;
}

static const struct hd_service *find(const struct hd_app *app, const char *name)
{
    for (size_t i = 0; i < app->n_services; i++)
        if (!strcmp(app->services[i].name, name))
            return &app->services[i];
    return NULL;
}

/* A loaded model is const: a copy of the service is changed, and comes in its place. */
static enum hd_status change(struct hd_document *document, const char *name, long replicas, struct hd_diagnostics *diagnostics)
{
    const struct hd_service *loaded = find(hd_document_app(document), name);
    const struct hd_env variable = {.name = "REPLICAS_FIXED_BY", .value = "load_change_emit"};
    struct hd_service service = loaded ? *loaded : (struct hd_service){.name = name};
    enum hd_status status;
    char path[512];

    service.replicas = (struct hd_opt_int)HD_INT(replicas);
    snprintf(path, sizeof path, "services[\"%s\"]", name);
    status = hd_document_replace(document, path, HD_ENTRY(&service), diagnostics);
    snprintf(path, sizeof path, "services[\"%s\"].env", name);
    return status == HD_OK ? hd_document_add(document, path, HD_ENTRY(&variable), diagnostics) : status;
}

static enum hd_status emit(const struct hd_app *app, const char *name, struct hd_diagnostics *diagnostics)
{
    struct hd_model *model = NULL;
    enum hd_status status = hd_resolve(app, NULL, diagnostics, &model);

    if (status == HD_OK)
        status = hd_check(model, diagnostics);
    for (size_t i = 0; status == HD_OK && i < hd_manifest_count(model); i++) {
        const struct hd_manifest *manifest = hd_manifest_at(model, i);

        if (!strcmp(manifest->kind, "Deployment") && !strcmp(manifest->name, name))
            status = hd_manifest_write(model, i, HD_FORMAT_JSON, to_stream, stdout);
    }
    hd_model_free(model);
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
        status = change(document, argv[2], atol(argv[3]), diagnostics);
    if (status == HD_OK)
        status = emit(hd_document_app(document), argv[2], diagnostics);
    hd_diagnostics_write(diagnostics, NULL, to_stream, stderr);
    hd_document_free(document);
    hd_diagnostics_free(diagnostics);
    return (int)status;
}
