/* Reports what the API server would refuse, if the manifests of a model were applied over what runs. */
#include "core/reporting/refuse.h"
#include "core/reporting/report.h"
#include "core/text/among.h"
#include "diff.h"
#include "model/model.h"

#include <string.h>

/* The line of the model whose value the field shows, or else the first one of the object. */
static const struct hd_cause *line_of(const struct hd_object_change *object, const struct hd_field_change *field)
{
    for (size_t i = 0; i < object->n_causes; i++) {
        const char *text = object->causes[i]->after;

        if (text && *text && field->after && strstr(field->after, text))
            return object->causes[i];
    }
    return object->n_causes ? object->causes[0] : NULL;
}

static const char *or_nothing(const char *json)
{
    return text_or(json, "nothing");
}

static void report_field(struct hd_diagnostics *report, const struct hd_object_change *object, const struct hd_field_change *field)
{
    const struct hd_cause *cause = line_of(object, field);
    struct finding *finding = finding_in(report, HD_IMMUTABLE_FIELD, cause && cause->file ? arena_printf(&report->arena, "%s", cause->file) : NULL,
                                         cause ? cause->line : 0, cause ? cause->column : 0,
                                         cause ? arena_printf(&report->arena, "%s", cause->path) : NULL,
                                         "the %s %s that runs has %s %.200s, and the API server refuses to make it %.200s: %s", object->kind,
                                         object->name, field->path, or_nothing(field->before), or_nothing(field->after), field->why);

    if (!strncmp(field->path, "spec.selector", strlen("spec.selector")) && object->service)
        hint(finding, "keep what runs with selector: in the service %s, or delete the %s first, which stops its pods", object->service,
             object->kind);
    else
        hint(finding, "keep the value that runs, or delete the %s first and move its data where it has any", object->kind);
}

/* Whether there is a field that the server refuses. */
static bool report_refused(struct hd_diagnostics *report, const struct hd_diff *diff)
{
    bool is_refused = false;

    for (size_t i = 0; i < diff->n_objects; i++)
        for (size_t k = 0; k < diff->objects[i].n_fields; k++)
            if (diff->objects[i].fields[k].is_refused) {
                report_field(report, &diff->objects[i], &diff->objects[i].fields[k]);
                is_refused = true;
            }
    return is_refused;
}

enum hd_status hd_check_against(const struct hd_model *model, const struct hd_cluster *running, struct hd_diagnostics *report)
{
    struct hd_diff_side before = {.size = sizeof before, .cluster = running}, after = {.size = sizeof after, .model = model};
    struct hd_diff *diff = NULL;
    enum hd_status status = hd_diff_sides(&before, &after, report, &diff);
    jmp_buf out_of_memory;

    if (status != HD_OK)
        return status;
    report->arena.out_of_memory = &out_of_memory;
    if (setjmp(out_of_memory)) {
        hd_diff_free(diff);
        return HD_NO_MEMORY;
    }
    status = report_refused(report, diff) ? HD_INVALID : HD_OK;
    report_finish(report);
    hd_diff_free(diff);
    return status;
}
