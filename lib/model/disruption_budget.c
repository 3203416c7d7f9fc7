/* How many pods a drain may take. */
#include "../core/field.h"
#include "resolve.h"
#include "tables.h"

CHOICES(eviction_policy, WORD("IfHealthyBudget"), WORD("AlwaysAllow"));

#define T hd_disruption_budget
static const struct hd_field disruption_budget_fields[] = {
    BOOL("enabled", enabled, .ours = true),
    IOS("minAvailable", min_available, .choice = 1, .format = &format_int_or_percent),
    IOS("maxUnavailable", max_unavailable, .choice = 1, .format = &format_int_or_percent),
    STR("unhealthyPodEvictionPolicy", unhealthy_pod_eviction_policy, .words = &eviction_policy, .since = 27),
};
const struct hd_struct hd_disruption_budget_struct = STRUCT(disruption_budget_fields, .scalar = "enabled");
#undef T

void resolve_disruption_budget(struct hd_model *model, struct hd_service *service)
{
    struct hd_disruption_budget *budget = &service->disruption_budget;

    if (runs_to_end(service) || service->workload == HD_WORKLOAD_DAEMON_SET || budget->enabled == HD_FALSE)
        return;
    if (!struct_is_set(&hd_disruption_budget_struct, budget) && least_replicas(service) < 2)
        return;
    budget->enabled = HD_TRUE;
    if (!budget->min_available && !budget->max_unavailable)
        budget->max_unavailable = "1";
    if (!budget->unhealthy_pod_eviction_policy && model->kube_minor >= 27)
        budget->unhealthy_pod_eviction_policy = "AlwaysAllow";
}
