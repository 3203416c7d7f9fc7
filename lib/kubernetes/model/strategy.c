/* How new pods replace old ones. */
#include "core/tables/field.h"
#include "core/text/int_or_percent.h"
#include "model/tables.h"
#include "parts.h"
#include "pod_checks.h"

#include <string.h>

WORDS(hd_strategy_type, {"RollingUpdate", HD_STRATEGY_ROLLING_UPDATE}, {"Recreate", HD_STRATEGY_RECREATE},
      {"OnDelete", HD_STRATEGY_ON_DELETE});

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

/*
 * A single pod that holds a claim has to leave before the next one can start. Unless accessModes says otherwise, that is so for a claim
 * that exists already: two pods that write into it at once may spoil what it holds, while a pause does not.
 */
void resolve_strategy_of_claims(struct hd_service *service)
{
    bool is_single = service->autoscaling.enabled == HD_FALSE && service->replicas.set && service->replicas.value <= 1;

    if (service->workload != HD_WORKLOAD_DEPLOYMENT || !is_single || struct_is_set(&hd_strategy_struct, &service->strategy))
        return;
    for (size_t i = 0; i < service->pod.n_volumes; i++)
        if (volume_is_exclusive(&service->pod.volumes[i]))
            service->strategy.type = HD_STRATEGY_RECREATE;
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
static void check_pods_updated_at_once(struct checker *checker, const struct hd_service *service)
{
    enum { STORED_SINCE = 37 };

    if (service->workload == HD_WORKLOAD_STATEFUL_SET && service->strategy.max_unavailable && checker->kube_minor < STORED_SINCE)
        hint(found(checker, HD_TOO_NEW, AT(&service->strategy, max_unavailable), "a StatefulSet of Kubernetes 1.%d has no maxUnavailable",
                   checker->kube_minor),
             "it needs Kubernetes 1.%d: raise kubernetesVersion, or remove it", STORED_SINCE);
}

/* Types that the kind of workload does not have, and parameters that go with RollingUpdate alone. */
static void check_type(struct checker *checker, const struct hd_service *service)
{
    const struct hd_strategy *strategy = &service->strategy;
    bool is_deployment = service->workload == HD_WORKLOAD_DEPLOYMENT;
    struct finding *finding;

    if ((strategy->type == HD_STRATEGY_ON_DELETE && is_deployment) || (strategy->type == HD_STRATEGY_RECREATE && !is_deployment))
        hint(found(checker, HD_STRATEGY_OF_OTHER_KIND, AT(strategy, type), "a %s has no strategy %s",
                   enum_name(&hd_workload_enum, (int)service->workload), enum_name(&hd_strategy_type_enum, (int)strategy->type)),
             "use RollingUpdate or %s", is_deployment ? "Recreate" : "OnDelete");
    if (strategy->type == HD_STRATEGY_ROLLING_UPDATE || !(strategy->max_surge || strategy->max_unavailable || strategy->partition.set))
        return;
    finding = found(checker, HD_STRATEGY_PARAMETERS,
                    strategy->max_surge         ? AT(strategy, max_surge)
                    : strategy->max_unavailable ? AT(strategy, max_unavailable)
                                                : AT(strategy, partition),
                    "%s is only for the type RollingUpdate",
                    strategy->max_surge         ? "maxSurge"
                    : strategy->max_unavailable ? "maxUnavailable"
                                                : "partition");
    also_at(finding, AT(strategy, type), "the strategy is %s", enum_name(&hd_strategy_type_enum, (int)strategy->type));
    hint(finding, "remove it, or write type: RollingUpdate");
}

/* Pods must be able to come or to go; a DaemonSet does one of the two. */
static void check_room(struct checker *checker, const struct hd_service *service)
{
    const struct hd_strategy *strategy = &service->strategy;
    struct int_or_percent surge, unavailable;
    struct finding *finding;

    check_percent(checker, AT(strategy, max_unavailable), strategy->max_unavailable);
    /* A Deployment may have more new pods than it had before, and a node has one of a DaemonSet. */
    if (service->workload == HD_WORKLOAD_DAEMON_SET)
        check_percent(checker, AT(strategy, max_surge), strategy->max_surge);
    if (service->workload == HD_WORKLOAD_STATEFUL_SET && int_or_percent_of(strategy->max_unavailable, &unavailable)) {
        if (!unavailable.number)
            hint(found(checker, HD_UPDATE_STUCK, AT(strategy, max_unavailable),
                       "maxUnavailable lets no pod stop, so an update replaces none"),
                 "write 1 or more");
        return;
    }
    if (!int_or_percent_of(strategy->max_surge, &surge) || !int_or_percent_of(strategy->max_unavailable, &unavailable))
        return;
    if (!surge.number && !unavailable.number) {
        finding = found(checker, HD_UPDATE_STUCK, AT(strategy, max_unavailable),
                        "no pod may stop and no extra one may start, so an update replaces none");
        also_at(finding, AT(strategy, max_surge), "maxSurge is %s", strategy->max_surge);
        hint(finding, "write 1 for maxSurge or for maxUnavailable");
    } else if (service->workload == HD_WORKLOAD_DAEMON_SET && surge.number && unavailable.number) {
        finding = found(checker, HD_DAEMONS_BOTH_WAYS, AT(strategy, max_unavailable),
                        "a DaemonSet cannot use both: it starts a new pod either before or after the old one stops");
        also_at(finding, AT(strategy, max_surge), "maxSurge is %s", strategy->max_surge);
        hint(finding, "write 0 for maxSurge or for maxUnavailable");
    }
}

int64_t progress_deadline(const struct hd_service *service)
{
    enum { KUBERNETES_DEFAULT = 600 };

    return service->progress_deadline_seconds ? service->progress_deadline_seconds : KUBERNETES_DEFAULT;
}

static void check_deadline(struct checker *checker, const struct hd_service *service)
{
    int64_t deadline = progress_deadline(service);
    struct finding *finding;

    if (service->workload != HD_WORKLOAD_DEPLOYMENT || deadline > service->min_ready_seconds.value || deadline < 1)
        return;
    finding = found(checker, HD_DEADLINE_BEFORE_READY,
                    service->progress_deadline_seconds ? AT(service, progress_deadline_seconds) : AT(service, min_ready_seconds),
                    "an update counts as failed after %lld s%s, but a pod counts as available only after %lld s", (long long)deadline,
                    service->progress_deadline_seconds ? "" : " (the default)", (long long)service->min_ready_seconds.value);
    if (service->progress_deadline_seconds)
        also_at(finding, AT(service, min_ready_seconds), "minReadySeconds is %lld", (long long)service->min_ready_seconds.value);
    hint(finding, "raise progressDeadlineSeconds well above %lld", (long long)service->min_ready_seconds.value);
}

void check_strategy(struct checker *checker, const struct hd_service *service)
{
    if (runs_to_end(service))
        return;
    check_pods_updated_at_once(checker, service);
    check_type(checker, service);
    if (service->strategy.type == HD_STRATEGY_ROLLING_UPDATE)
        check_room(checker, service);
    check_deadline(checker, service);
}
