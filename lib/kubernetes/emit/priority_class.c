/* PriorityClass: which pods go first. */
#include "kinds.h"
#include "model/tables.h"

static void plan_priority_class(struct hd_model *model, const struct plan_row *row)
{
    const struct hd_app *app = model->app;

    for (size_t i = 0; i < app->n_priority_classes; i++)
        plan_add(model, row, app->priority_classes[i].name, NULL, &app->priority_classes[i]);
}

static void emit_priority_class(struct yaml_out *y, const struct subject *subject)
{
    Y_FIELDS(y, hd_priority_class, subject->object);
}

const struct plan_row priority_class_row = {
    .step = 5,
    .info = {"scheduling.k8s.io", "v1", "PriorityClass", "kubernetes", "for an entry of priorityClasses"},
    .cluster_wide = true,
    .plan_app = plan_priority_class,
    .emit = emit_priority_class,
};
