/* How many pods a drain may take. */
#include "core/tables/field.h"
#include "core/text/int_or_percent.h"
#include "model/tables.h"
#include "parts.h"
#include "pod_checks.h"

#include <stdio.h>

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

void check_percent(struct checker *checker, struct where where, const char *text)
{
    struct int_or_percent amount;

    if (int_or_percent_of(text, &amount) && amount.is_percent && amount.number > 100)
        hint(found(checker, HD_PERCENT_ABOVE_ALL, where, "%s of the pods is more than all of them", text), "use at most 100%%");
}

/* A drain waits until a pod may be evicted; it never ends when the budget allows no eviction. */
static void check_blocks(struct checker *checker, const struct hd_service *service, struct where where, int64_t stay, const char *said)
{
    int64_t pods = least_replicas(service);
    struct finding *finding =
        found(checker, HD_BUDGET_BLOCKS, where, "%s of %lld pod%s lets no pod be evicted, so their nodes cannot be drained", said,
              (long long)pods, pods == 1 ? "" : "s");

    also_least(finding, service);
    if (pods > 1)
        hint(finding, "write maxUnavailable: 1, or minAvailable: %lld", (long long)(stay < pods ? stay : pods - 1));
    else
        hint(finding, "run at least 2 pods, or write disruptionBudget: off");
}

static void check_lets_all(struct checker *checker, const struct hd_service *service, struct where where)
{
    int64_t pods = least_replicas(service);
    struct finding *finding = found(checker, HD_BUDGET_ALLOWS_ALL, where, "with this budget a drain may evict all pods at once");

    also_least(finding, service);
    hint(finding, "write maxUnavailable: 1%s", pods < 2 ? " and run at least 2 pods" : "");
}

static void check_budget(struct checker *checker, const struct hd_service *service)
{
    const struct hd_disruption_budget *budget = &service->disruption_budget;
    int64_t pods = least_replicas(service);
    struct int_or_percent amount;
    char said[64];

    check_percent(checker, AT(budget, min_available), budget->min_available);
    check_percent(checker, AT(budget, max_unavailable), budget->max_unavailable);
    if (pods < 1)
        return;
    if (int_or_percent_of(budget->min_available, &amount) && !(amount.is_percent && amount.number > 100)) {
        snprintf(said, sizeof said, "minAvailable: %s", budget->min_available);
        if (int_or_percent_up(amount, pods) >= pods)
            check_blocks(checker, service, AT(budget, min_available), int_or_percent_up(amount, pods), said);
        else if (!amount.number)
            check_lets_all(checker, service, AT(budget, min_available));
    } else if (!budget->min_available && int_or_percent_of(budget->max_unavailable, &amount)) {
        snprintf(said, sizeof said, "maxUnavailable: %s", budget->max_unavailable);
        if (!amount.number)
            check_blocks(checker, service, AT(budget, max_unavailable), pods, said);
        else if (int_or_percent_up(amount, pods) >= pods && !(amount.is_percent && amount.number > 100))
            check_lets_all(checker, service, AT(budget, max_unavailable));
    }
}

/* A claim that only one node can mount allows one pod only, so one pod is no mistake. */
static bool has_claim(const struct hd_service *service)
{
    for (size_t i = 0; i < service->pod.n_volumes; i++)
        if (service->pod.volumes[i].claim.size || service->pod.volumes[i].existing_claim)
            return true;
    return false;
}

void check_disruption_budget(struct checker *checker, const struct hd_service *service)
{
    const struct hd_disruption_budget *budget = &service->disruption_budget;
    int64_t pods = least_replicas(service);

    if (service->workload != HD_WORKLOAD_DEPLOYMENT && service->workload != HD_WORKLOAD_STATEFUL_SET)
        return;
    if (budget->enabled == HD_TRUE)
        check_budget(checker, service);
    else if (budget->enabled == HD_FALSE && pods > 1)
        hint(found(checker, HD_NO_BUDGET, AT(budget, enabled), "without a disruption budget a drain may evict all %lld pods at once",
                   (long long)pods),
             "remove disruptionBudget: by default one pod may be evicted at a time");
    if (budget->enabled != HD_TRUE && pods == 1 && service->workload == HD_WORKLOAD_DEPLOYMENT && service->container.n_ports &&
        !has_claim(service))
        hint(found(checker, HD_SINGLE_POD, least_place(service),
                   "the service has only one pod, so nothing answers while its node is drained or fails"),
             "run at least 2 pods");
}
