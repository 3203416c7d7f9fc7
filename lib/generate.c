/* Manifests, one after the other, to a sink. */
#include "generate.h"

#include "core/reporting/report.h"
#include "core/text/letter.h"
#include "plan/plan.h"

#include <string.h>

/* Whether `Kind` or `Kind/name` means this manifest. */
static bool is_meant(const struct hd_manifest *manifest, const char *only)
{
    size_t kind = strcspn(only, "/");

    return kind == strlen(manifest->kind) && letters_same(only, manifest->kind, kind) &&
           (!only[kind] || !strcmp(only + kind + 1, manifest->name));
}

bool manifest_is_selected(const struct hd_manifest *manifest, const struct hd_generate_options *options)
{
    for (size_t i = 0; options && i < options->n_only; i++)
        if (is_meant(manifest, options->only[i]))
            return true;
    return !options || !options->n_only;
}

int hd_manifest_is_selected(const struct hd_manifest *manifest, const struct hd_generate_options *options)
{
    return manifest_is_selected(manifest, options);
}

enum hd_status hd_manifest_write(const struct hd_model *model, size_t index, enum hd_format format, hd_sink *sink, void *user)
{
    struct yaml_out y;
    jmp_buf out_of_memory;

    if (!model || !sink || index >= model->n_manifests || format == HD_FORMAT_LIST)
        return HD_BAD_CALL;
    writer_init(&y, format, sink, user, &out_of_memory);
    if (setjmp(out_of_memory)) {
        writer_free(&y);
        return HD_NO_MEMORY;
    }
    plan_emit(&y, model, index);
    writer_flush(&y);
    writer_free(&y);
    return y.failed ? HD_UNWRITABLE : HD_OK;
}

static enum hd_status write_all(const struct hd_model *model, const struct hd_generate_options *options, hd_sink *sink, void *user)
{
    struct yaml_out y;
    jmp_buf out_of_memory;

    writer_init(&y, options ? options->format : HD_FORMAT_YAML, sink, user, &out_of_memory);
    if (setjmp(out_of_memory)) {
        writer_free(&y);
        return HD_NO_MEMORY;
    }
    writer_begin(&y);
    for (size_t i = 0; i < model->n_manifests && !y.failed; i++)
        if (manifest_is_selected(&model->manifests[i], options))
            plan_emit(&y, model, i);
    writer_end(&y);
    writer_free(&y);
    return y.failed ? HD_UNWRITABLE : HD_OK;
}

enum hd_status hd_generate(const struct hd_model *model, const struct hd_generate_options *options, struct hd_diagnostics *report,
                           hd_sink *sink, void *user)
{
    enum hd_status status;

    if (!model || !report || !sink || (options && options->size != sizeof *options))
        return HD_BAD_CALL;
    status = hd_check(model, report);
    return status == HD_OK ? write_all(model, options, sink, user) : status;
}
