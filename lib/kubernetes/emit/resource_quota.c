/* ResourceQuota: bounds on what all pods of the namespace ask for together. */
#include "kinds.h"
#include "model/tables.h"

static void plan_resource_quota(struct hd_model *model, const struct plan_row *row)
{
    const struct hd_app *app = model->app;

    for (size_t i = 0; i < app->n_resource_quotas; i++)
        plan_add(model, row, app->resource_quotas[i].name, NULL, &app->resource_quotas[i]);
}

static void emit_resource_quota(struct yaml_out *y, const struct subject *subject)
{
    Y_OBJECT(y, "spec", hd_resource_quota, subject->object);
}

const struct plan_row resource_quota_row = {
    .step = 10,
    .info = {"", "v1", "ResourceQuota", "kubernetes", "for an entry of resourceQuotas"},
    .plan_app = plan_resource_quota,
    .emit = emit_resource_quota,
};
