/* How new pods replace old ones. */
#include "../core/field.h"
#include "resolve.h"
#include "rules.h"
#include "tables.h"

#include <string.h>

WORDS(hd_strategy_type, {"RollingUpdate", HD_STRATEGY_ROLLING_UPDATE}, {"Recreate", HD_STRATEGY_RECREATE}, {"OnDelete", HD_STRATEGY_ON_DELETE});

CHOICES(retention, WORD("Retain"), WORD("Delete"));

#define T hd_strategy
static const struct hd_field strategy_fields[] = {
    ENUM("type", type, hd_strategy_type, .ours = true),
    IOS("maxSurge", max_surge, .ours = true, .format = &format_int_or_percent, .workloads = FOR(DEPLOYMENT) | FOR(DAEMON_SET)),
    IOS("maxUnavailable", max_unavailable, .ours = true, .format = &format_int_or_percent, .workloads = SERVING),
    OPT("partition", partition, .ours = true, .max = 2147483647, .workloads = FOR(STATEFUL_SET)),
};
const struct hd_struct hd_strategy_struct = STRUCT(strategy_fields, .scalar = "type");
#undef T

#define T hd_claim_retention
static const struct hd_field claim_retention_fields[] = {
    STR("whenDeleted", when_deleted, .def = "Retain", .words = &retention),
    STR("whenScaled", when_scaled, .def = "Retain", .words = &retention),
};
const struct hd_struct hd_claim_retention_struct = STRUCT(claim_retention_fields);
#undef T

static bool is_zero(const char *number)
{
    return !strcmp(number, "0") || !strcmp(number, "0%");
}

/* One of the two must leave room to move, and a DaemonSet's may not both. */
void resolve_strategy(struct hd_service *service)
{
    struct hd_strategy *strategy = &service->strategy;

    if (strategy->type != HD_STRATEGY_ROLLING_UPDATE)
        return;
    if (service->workload == HD_WORKLOAD_DEPLOYMENT) {
        if (!strategy->max_surge)
            strategy->max_surge = "1";
        if (!strategy->max_unavailable)
            strategy->max_unavailable = is_zero(strategy->max_surge) ? "1" : "0";
    } else if (service->workload == HD_WORKLOAD_DAEMON_SET) {
        if (!strategy->max_unavailable)
            strategy->max_unavailable = !strategy->max_surge || is_zero(strategy->max_surge) ? "1" : "0";
        if (!strategy->max_surge)
            strategy->max_surge = "0";
    }
}

/* The member is as old as StatefulSets, but servers drop it where it is not switched on. (Kubernetes: MaxUnavailableStatefulSet) */
void check_pods_updated_at_once(struct checker *checker, const struct hd_service *service)
{
    enum { STORED_SINCE = 37 };

    if (service->workload == HD_WORKLOAD_STATEFUL_SET && service->strategy.max_unavailable && checker->kube_minor < STORED_SINCE)
        hint(checker->report,
             finding_at(checker->report, HD_TOO_NEW, AT(&service->strategy, max_unavailable),
                        "a StatefulSet of Kubernetes 1.%d has no maxUnavailable", checker->kube_minor),
             "it needs Kubernetes 1.%d: raise kubernetesVersion, or leave it out", STORED_SINCE);
}
