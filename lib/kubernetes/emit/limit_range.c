/* LimitRange: bounds and defaults for single containers, pods and claims of the namespace. */
#include "kinds.h"
#include "model/tables.h"

static void plan_limit_range(struct hd_model *model, const struct plan_row *row)
{
    const struct hd_app *app = model->app;

    for (size_t i = 0; i < app->n_limit_ranges; i++)
        plan_add(model, row, app->limit_ranges[i].name, NULL, &app->limit_ranges[i]);
}

static void emit_limit_range(struct yaml_out *y, const struct subject *subject)
{
    Y_OBJECT(y, "spec", hd_limit_range, subject->object);
}

const struct plan_row limit_range_row = {
    .step = 12,
    .info = {"", "v1", "LimitRange", "kubernetes", "for an entry of limitRanges"},
    .plan_app = plan_limit_range,
    .emit = emit_limit_range,
};
