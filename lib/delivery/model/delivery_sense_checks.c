/* Rules for deliveries that do what they say, but not what was meant: shares below a pod, bounds that nothing can pass. */
#include "core/text/duration.h"
#include "core/text/format.h"
#include "delivery_checks.h"
#include "model/delivery.h"
#include "model/mesh.h"
#include "model/resolve.h"

/* Without a mesh the share of requests is the share of pods, of which one is the least. */
static void check_shares(struct checker *checker, const struct hd_service *service)
{
    const struct hd_canary *canary = &service->delivery.canary;
    int64_t pods = least_replicas(service);

    if (splits_by_services(checker->model, service) || service->delivery.executor != HD_EXECUTOR_ARGO_ROLLOUTS || pods < 1 || pods > 99)
        return;
    for (size_t i = 0; i < canary->n_steps; i++) {
        const struct hd_canary_step *step = &canary->steps[i];
        int64_t weight = step->set_weight.value;
        struct finding *finding;

        /* Twice as much as was meant, or more. */
        if (!step->set_weight.set || weight < 1 || weight > 100 || 100 / (pods + 1) < 2 * weight)
            continue;
        finding = found(checker, HD_SHARE_BELOW_POD, AT(step, set_weight),
                        "%lld percent of %lld pods is less than one pod, so the new version gets about %lld percent of the requests",
                        (long long)weight, (long long)pods, (long long)(100 / (pods + 1)));
        also_at(finding, service->replicas.set ? AT(service, replicas) : AT(&service->autoscaling, min_replicas), "the number of pods");
        hint(finding,
             "write at least %lld, or use a mesh (mesh: sidecar), which splits requests and not pods; if one pod is meant, accept this "
             "with silence",
             (long long)((100 + pods - 1) / pods));
        return;
    }
}

static const char *longest_timeout(const struct hd_service *service, struct where *ret_where)
{
    const char *longest = service->traffic_policy.timeout;

    *ret_where = AT(&service->traffic_policy, timeout);
    for (size_t i = 0; !longest && i < service->n_expose; i++) {
        if (duration_us(service->expose[i].timeout) <= 0)
            return NULL;
        longest = service->expose[i].timeout;
        *ret_where = AT(&service->expose[i], timeout);
    }
    return longest;
}

/* The mesh ends requests before they are as slow as the analysis must see them. */
static void check_latency(struct checker *checker, const struct hd_service *service)
{
    const struct hd_analysis *analysis = delivery_analysis(service);
    struct where where;
    const char *timeout = longest_timeout(service, &where);
    struct finding *finding;

    if (duration_us(timeout) <= 0 || duration_us(analysis->latency) <= duration_us(timeout) || service->n_expose > 1)
        return;
    finding = found(checker, HD_LATENCY_ABOVE_TIMEOUT, AT(analysis, latency),
                    "the latency of %.30s is above the timeout, so no response can take that long", analysis->latency);
    also_at(finding, where, "the timeout is %.30s", timeout);
    hint(finding, "write a latency below the timeout, or raise the timeout");
}

void check_delivery_sense(struct checker *checker, const struct hd_service *service)
{
    if (delivery_way(service) == CANARY_WAY)
        check_shares(checker, service);
    if (has_analysis(service) && delivery_analysis(service)->latency)
        check_latency(checker, service);
}
