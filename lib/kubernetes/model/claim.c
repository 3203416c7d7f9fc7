/* Claims of the volumes of a service: how many of its pods may have one at once. */
#include "core/tables/field.h"
#include "core/text/among.h"
#include "model/claim.h"
#include "model/resolve.h"
#include "pod_checks.h"

#include <stdlib.h>

/* Most pods that the service has at once, an update left aside; many for one that runs on every node. */
static int64_t most_pods(const struct hd_service *service)
{
    if (service->workload == HD_WORKLOAD_DAEMON_SET)
        return INT64_MAX;
    if (runs_to_end(service)) {
        int64_t pods = service->job.parallelism.set ? service->job.parallelism.value : 1;

        return is_scaled_job(service) ? pods * most_replicas(service) : pods;
    }
    return most_replicas(service);
}

static struct where pods_of(const struct hd_service *service)
{
    if (service->workload == HD_WORKLOAD_DAEMON_SET)
        return AT(service, workload);
    if (runs_to_end(service) && !is_scaled_job(service))
        return AT(&service->job, parallelism);
    return service->autoscaling.enabled == HD_TRUE ? AT(&service->autoscaling, max_replicas) : AT(service, replicas);
}

static bool is_for_one_pod(const struct hd_volume *volume)
{
    return claim_has_mode(&volume->claim, "ReadWriteOncePod") || is_among("ReadWriteOncePod", volume->access_modes, volume->n_access_modes);
}

static void refuse_several_pods(struct checker *checker, const struct hd_service *service, const struct hd_volume *volume, int64_t pods)
{
    struct where where = volume->existing_claim       ? AT(volume, existing_claim)
                         : volume->claim.access_modes ? AT(&volume->claim, access_modes)
                                                      : AT_STRUCT(&volume->claim);
    bool is_unknown = volume->existing_claim && !volume->n_access_modes;
    struct finding *finding = found(checker, HD_CLAIM_SHARED, where, "all pods share this claim, but only one %s can mount it%s",
                                    is_for_one_pod(volume) ? "pod" : "node", is_unknown ? ", unless accessModes says more" : "");

    if (service->workload == HD_WORKLOAD_DAEMON_SET)
        also_at(finding, pods_of(service), "there is a pod on every node");
    else
        also_at(finding, pods_of(service), "there are up to %lld pods", (long long)pods);
    if (volume->existing_claim)
        hint(finding, "run one pod, or say beside existingClaim that several nodes can mount it: accessModes: [ReadWriteMany]");
    else
        hint(finding, "use accessModes: [ReadWriteMany] where the storage can, %s",
             service->workload == HD_WORKLOAD_STATEFUL_SET ? "or a claimTemplate, which gives each pod its own"
                                                           : "or a StatefulSet with claimTemplate");
}

/* A claim that all pods share must be one that several nodes may have. */
static void check_shared(struct checker *checker, const struct hd_service *service, const struct hd_volume *volume)
{
    const struct hd_strategy *strategy = &service->strategy;
    const struct hd_claim *claim = &volume->claim;
    struct where where = claim->access_modes ? AT(claim, access_modes) : AT_STRUCT(claim);
    int64_t pods = most_pods(service);
    struct finding *finding;

    if (!volume_is_exclusive(volume))
        return;
    if (pods > 1) {
        refuse_several_pods(checker, service, volume, pods);
    } else if (claim->size && service->workload == HD_WORKLOAD_DEPLOYMENT && pods == 1 && strategy->type == HD_STRATEGY_ROLLING_UPDATE &&
               strategy->max_surge && strtoll(strategy->max_surge, NULL, 10) > 0) {
        finding = found(checker, HD_CLAIM_DURING_UPDATE, where,
                        "during an update the new pod waits for the claim, because the old pod still uses it");
        also_at(finding, AT(strategy, max_surge), "the new pod starts first: maxSurge is %s", strategy->max_surge);
        hint(finding, "write strategy: Recreate, or use accessModes: [ReadWriteMany]");
    }
}

static size_t n_existing(const struct hd_app *app)
{
    size_t n = 0;

    for (size_t i = 0; i < app->n_services; i++)
        for (size_t k = 0; k < app->services[i].pod.n_volumes; k++)
            n += app->services[i].pod.volumes[k].existing_claim != NULL;
    return n;
}

/* The pods of two services are scheduled apart, and a claim of one node keeps those of the second waiting. */
static void check_claim_of_two(struct checker *checker, const struct hd_service *service, const struct hd_volume *volume)
{
    const struct hd_volume *first;
    struct finding *finding;

    if (!volume->existing_claim || !volume_is_exclusive(volume))
        return;
    if (!checker->knows_claims)
        names_init(&checker->report->arena, &checker->existing_claims, n_existing(checker->app));
    checker->knows_claims = true;
    first = names_add(&checker->existing_claims, volume->existing_claim, volume);
    if (!first || first == volume || (first >= service->pod.volumes && first < service->pod.volumes + service->pod.n_volumes))
        return;
    finding = found(checker, HD_CLAIM_OF_TWO, AT(volume, existing_claim),
                    "another service has the claim %s too, but only one %s can mount it, unless accessModes says more",
                    volume->existing_claim, is_for_one_pod(volume) || is_for_one_pod(first) ? "pod" : "node");
    also_at(finding, AT(first, existing_claim), "the other service");
    hint(finding, "say at both that several nodes can mount it: accessModes: [ReadWriteMany]; or, if their pods always share a node, accept "
                  "this with silence");
}

void check_claims(struct checker *checker, const struct hd_service *service, const struct hd_volume *volume)
{
    check_claim(checker, &volume->claim);
    check_claim(checker, &volume->claim_template);
    check_shared(checker, service, volume);
    check_claim_of_two(checker, service, volume);
    if (volume->access_modes && !volume->existing_claim && !at_refused(volume->at, "existingClaim"))
        hint(found(checker, HD_MODES_WITHOUT_CLAIM, AT(volume, access_modes),
                   "accessModes describes existingClaim, but the volume has none"),
             "write it in the claim: claim: {size: 10Gi, accessModes: [...]}, or remove it");
}
