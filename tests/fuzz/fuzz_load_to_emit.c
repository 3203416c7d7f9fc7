/* Any bytes as a model, through every stage. A first line `--set path=value` is a setting. */
#include "../unit/wrapped_arena.h"

#include <hybriddeploy/hybriddeploy.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int discard(void *user, const char *text, size_t length)
{
    *(size_t *)user += text ? length : 0;
    return 0;
}

static void generate(const struct hd_app *app, struct hd_diagnostics *diagnostics)
{
    struct hd_model *model;
    size_t written = 0;
    bool is_valid = true;

    if (hd_resolve(app, NULL, diagnostics, &model) != HD_OK)
        abort();
    for (int format = HD_FORMAT_YAML; format <= HD_FORMAT_LIST; format++)
        is_valid &= hd_generate(model,
                                &(struct hd_generate_options){.size = sizeof(struct hd_generate_options), .format = (enum hd_format)format},
                                diagnostics, discard, &written) == HD_OK;
    for (size_t i = 0; is_valid && i < hd_file_count(model); i++)
        if (hd_file_write(model, i, discard, &written) != HD_OK)
            abort();
    hd_explain(model, NULL, discard, &written);
    hd_model_free(model);
}

/* A setting at the beginning of the input, which moves behind it; NULL when there is none. */
static char *take_setting(const char **text, size_t *length)
{
    const char *end = memchr(*text, '\n', *length);
    char *setting;

    if (!end || strncmp(*text, "--set ", 6))
        return NULL;
    setting = calloc(1, (size_t)(end - *text));
    memcpy(setting, *text + 6, (size_t)(end - *text) - 6);
    *length -= (size_t)(end + 1 - *text);
    *text = end + 1;
    return setting;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct hd_source source = {.name = "model.yaml", .text = (const char *)data, .length = size};
    char *setting = size > 6 ? take_setting(&source.text, &source.length) : NULL;
    const char *const sets[] = {setting};
    struct hd_load_options options = {.size = sizeof options, .sets = sets, .n_sets = setting != NULL};
    struct hd_diagnostics *diagnostics = hd_diagnostics_new(NULL);
    struct hd_document *document;
    enum hd_status status = hd_document_load(&source, 1, &options, diagnostics, &document);

    if (status == HD_OK) {
        generate(hd_document_app(document), diagnostics);
        hd_document_free(document);
    } else if (status != HD_UNREADABLE || !hd_diagnostics_errors(diagnostics)) {
        /* Input that cannot be read is told why. */
        abort();
    }
    hd_diagnostics_free(diagnostics);
    free(setting);
    return 0;
}
