/* Claims of the volumes of a service: how many of its pods may have one at once. */
#include "model/claim.h"
#include "model/resolve.h"
#include "pod_checks.h"

#include <stdlib.h>

/* Most pods that the service has at once, an update left aside; many for one that runs on every node. */
static int64_t most_pods(const struct hd_service *service)
{
    if (service->workload == HD_WORKLOAD_DAEMON_SET)
        return INT64_MAX;
    if (runs_to_end(service))
        return service->job.parallelism.set ? service->job.parallelism.value : 1;
    return most_replicas(service);
}

static struct where pods_of(const struct hd_service *service)
{
    if (service->workload == HD_WORKLOAD_DAEMON_SET)
        return AT(service, workload);
    if (runs_to_end(service))
        return AT(&service->job, parallelism);
    return service->autoscaling.enabled == HD_TRUE ? AT(&service->autoscaling, max_replicas) : AT(service, replicas);
}

/* A claim that all pods share must be one that several nodes may have. */
static void check_shared(struct checker *checker, const struct hd_service *service, const struct hd_claim *claim)
{
    const struct hd_strategy *strategy = &service->strategy;
    bool one_pod = claim_has_mode(claim, "ReadWriteOncePod");
    struct where where = claim->access_modes ? AT(claim, access_modes) : AT_STRUCT(claim);
    int64_t pods = most_pods(service);
    struct finding *finding;

    if (!claim_is_exclusive(claim))
        return;
    if (pods > 1) {
        finding =
            found(checker, HD_CLAIM_SHARED, where, "all pods share this claim, but only one %s can mount it", one_pod ? "pod" : "node");
        if (service->workload == HD_WORKLOAD_DAEMON_SET)
            also_at(finding, pods_of(service), "there is a pod on every node");
        else
            also_at(finding, pods_of(service), "there are up to %lld pods", (long long)pods);
        hint(finding, "use accessModes: [ReadWriteMany] where the storage can, %s",
             service->workload == HD_WORKLOAD_STATEFUL_SET ? "or a claimTemplate, which gives each pod its own"
                                                           : "or a StatefulSet with claimTemplate");
    } else if (service->workload == HD_WORKLOAD_DEPLOYMENT && pods == 1 && strategy->type == HD_STRATEGY_ROLLING_UPDATE &&
               strategy->max_surge &&
               strtoll(strategy->max_surge, NULL, 10) > 0) {
        finding = found(checker, HD_CLAIM_DURING_UPDATE, where,
                        "during an update the new pod waits for the claim, because the old pod still uses it");
        also_at(finding, AT(strategy, max_surge), "the new pod starts first: maxSurge is %s", strategy->max_surge);
        hint(finding, "write strategy: Recreate, or use accessModes: [ReadWriteMany]");
    }
}

void check_claims(struct checker *checker, const struct hd_service *service, const struct hd_volume *volume)
{
    check_claim(checker, &volume->claim);
    check_claim(checker, &volume->claim_template);
    if (volume->claim.size)
        check_shared(checker, service, &volume->claim);
}
