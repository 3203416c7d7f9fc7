/* Manifests, one after the other, to a sink. */
#include "core/reporting/refuse.h"
#include "patch/patch.h"
#include "plan/plan.h"
#include "plan/selection.h"

#include <hybriddeploy/diff.h>

enum hd_status hd_manifest_write(const struct hd_model *model, size_t index, enum hd_format format, hd_sink *sink, void *user)
{
    struct yaml_out y;
    jmp_buf out_of_memory;

    if (!model || !model->is_valid || !sink || index >= model->n_manifests || (format != HD_FORMAT_YAML && format != HD_FORMAT_JSON))
        return HD_BAD_CALL;
    writer_init(&y, format, sink, user, &out_of_memory);
    if (setjmp(out_of_memory)) {
        writer_free(&y);
        return HD_NO_MEMORY;
    }
    patched_emit(&y, model, index);
    writer_flush(&y);
    writer_free(&y);
    return y.failed ? HD_UNWRITABLE : HD_OK;
}

static enum hd_status write_all(const struct hd_model *model, const struct hd_generate_options *options, hd_sink *sink, void *user)
{
    struct yaml_out y;
    jmp_buf out_of_memory;

    writer_init(&y, options->format, sink, user, &out_of_memory);
    if (setjmp(out_of_memory)) {
        writer_free(&y);
        return HD_NO_MEMORY;
    }
    writer_begin(&y);
    for (size_t i = 0; i < model->n_manifests && !y.failed; i++)
        if (manifest_is_selected(&model->manifests[i], options))
            patched_emit(&y, model, i);
    writer_end(&y);
    writer_free(&y);
    return y.failed ? HD_UNWRITABLE : HD_OK;
}

enum hd_status hd_generate(const struct hd_model *model, const struct hd_generate_options *options, struct hd_diagnostics *report,
                           hd_sink *sink, void *user)
{
    struct hd_generate_options own;
    enum hd_status status;

    if (!model || !report || !sink)
        return refuse_call(report, "hd_generate() is given NULL for %s", !model ? "the model" : "the sink");
    status = take_generate_options(model, report, &own, options);
    if (status == HD_OK)
        status = hd_check(model, report);
    if (status == HD_OK && own.against)
        status = hd_check_against(model, own.against, report);
    return status == HD_OK ? write_all(model, &own, sink, user) : status;
}
