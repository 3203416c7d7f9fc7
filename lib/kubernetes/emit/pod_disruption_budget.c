/* PodDisruptionBudget: how many pods a drain may take at once. */
#include "kinds.h"
#include "model/tables.h"
#include "plan/labels.h"

static void plan_pod_disruption_budget(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    if (service->disruption_budget.enabled == HD_TRUE)
        plan_add(model, row, service->name, service, NULL);
}

static void emit_pod_disruption_budget(struct yaml_out *y, const struct subject *subject)
{
    MAP(y, "spec") {
        Y_FIELDS(y, hd_disruption_budget, &subject->service->disruption_budget);
        MAP(y, "selector")
            emit_selector(y, "matchLabels", subject->model, subject->service);
    }
}

const struct plan_row pod_disruption_budget_row = {
    .step = 65,
    .info = {"policy", "v1", "PodDisruptionBudget", "kubernetes", "for a service with at least two pods, or with disruptionBudget"},
    .plan_service = plan_pod_disruption_budget,
    .of_collectors = true,
    .emit = emit_pod_disruption_budget,
};
