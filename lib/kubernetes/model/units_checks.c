/* Rules for figures in the wrong unit, and for targets of autoscalers that no pod can reach. */
#include "core/text/quantity.h"
#include "model/checks.h"
#include "model/mesh.h"
#include "parts.h"
#include "pod_checks.h"

#include <string.h>

/* The autoscaler changes nothing while the use is within a tenth of the target. (Kubernetes: --horizontal-pod-autoscaler-tolerance) */
enum { TOLERANCE_PERCENT = 110 };
/* Below this a target in percent is probably a fraction, or a number of CPUs. */
enum { LEAST_TARGET = 5 };

/* Whether a number of seconds looks like milliseconds: thousands that are no hours. */
static bool looks_like_milliseconds(int64_t seconds, int64_t least)
{
    return seconds >= least && seconds % 100 == 0 && seconds % 3600 != 0;
}

static void check_seconds(struct checker *checker, struct where where, const char *member, int64_t seconds, int64_t least)
{
    if (looks_like_milliseconds(seconds, least))
        hint(found(checker, HD_MILLISECONDS, where, "%s is in seconds, and %lld s are %lld minutes", member, (long long)seconds,
                   (long long)seconds / 60),
             "write %lld if milliseconds were meant; else accept this with silence", (long long)((seconds + 999) / 1000));
}

static void check_probe(struct checker *checker, const struct hd_probe *probe)
{
    check_seconds(checker, AT(probe, timeout_seconds), "timeoutSeconds", probe->timeout_seconds, 500);
    check_seconds(checker, AT(probe, period_seconds), "periodSeconds", probe->period_seconds, 1000);
    check_seconds(checker, AT(probe, initial_delay_seconds), "initialDelaySeconds", probe->initial_delay_seconds.value, 1000);
    check_seconds(checker, AT(probe, termination_grace_period_seconds), "terminationGracePeriodSeconds",
                  probe->termination_grace_period_seconds, 5000);
}

static void check_container(struct checker *checker, const struct hd_container *container)
{
    check_probe(checker, &container->startup_probe);
    check_probe(checker, &container->readiness_probe);
    check_probe(checker, &container->liveness_probe);
    check_seconds(checker, AT(&container->lifecycle.pre_stop.sleep, seconds), "seconds", container->lifecycle.pre_stop.sleep.seconds, 1000);
}

/* The sums of requests and limits of a pod; false when one of its containers has none of these. */
struct sums {
    struct amount requests, limits;
};

static bool add_container(struct sums *sums, const struct hd_resources *resources, const char *name)
{
    const struct hd_quantity *limit = resource_named(resources->limits, resources->n_limits, name);
    const struct hd_quantity *request = resource_named(resources->requests, resources->n_requests, name);

    /* A request above the limit is reported as such. */
    if (!limit || amount_sign(quantity_of((request ? request : limit)->amount).amount) <= 0 ||
        (request && quantity_compare(request->amount, limit->amount) > 0))
        return false;
    sums->requests = amount_sum(sums->requests, quantity_of((request ? request : limit)->amount).amount);
    sums->limits = amount_sum(sums->limits, quantity_of(limit->amount).amount);
    return true;
}

static bool sum_pod(const struct hd_app *app, const struct hd_service *service, const char *name, struct sums *sums)
{
    for (size_t i = 0; i < service_n_containers(service); i++) {
        struct container_in in = service_container_at(service, i);

        if (in.role != CONTAINER_INIT && !add_container(sums, &in.container->resources, name))
            return false;
    }
    return !service_has_proxy(app, service) || add_container(sums, &service->mesh.proxy.resources, name);
}

static void check_within_limit(struct checker *checker, struct where where, const char *name, int64_t target, const struct sums *sums)
{
    int64_t requests = amount_milli(sums->requests), limits = amount_milli(sums->limits), most;

    if (requests <= 0 || limits <= 0 || limits > INT64_MAX / 100 || target > 1000000)
        return;
    most = limits * 100 / requests;
    if (target * TOLERANCE_PERCENT / 100 < most)
        return;
    hint(found(checker, HD_TARGET_UNREACHABLE, where,
               "the autoscaler adds pods when %s is a tenth above %lld %% of the request, but the limit ends it at %lld %%", name,
               (long long)target, (long long)most),
         "write a target well below %lld, or raise the limit above the request", (long long)most);
}

static void check_target(struct checker *checker, const struct hd_service *service, struct where where, const char *name, int64_t target)
{
    struct sums sums = {0};

    if (target <= 0)
        return;
    if (target < LEAST_TARGET)
        hint(found(checker, HD_TARGET_AS_FRACTION, where, "the target for %s is %lld %% of the request, so nearly every pod is above it",
                   name, (long long)target),
             "write percent, such as 70; if it is meant, accept this with silence");
    else if (sum_pod(checker->app, service, name, &sums))
        check_within_limit(checker, where, name, target, &sums);
}

static const struct hd_container *container_called(const struct hd_service *service, const char *name)
{
    for (size_t i = 0; i < service_n_containers(service); i++)
        if (name && !strcmp(service_container_at(service, i).name, name))
            return service_container_at(service, i).container;
    return NULL;
}

static void check_container_target(struct checker *checker, const struct hd_service *service, const struct hd_container_metric *metric)
{
    const struct hd_container *container = container_called(service, metric->container);
    const struct hd_quantity *limit =
        container && metric->name ? resource_named(container->resources.limits, container->resources.n_limits, metric->name) : NULL;
    struct finding *finding;
    struct sums sums = {0};

    if (!limit || (metric->average_value && metric->average_utilization))
        return;
    if (metric->average_value && quantity_is_valid(metric->average_value) && quantity_compare(metric->average_value, limit->amount) >= 0) {
        finding = found(checker, HD_TARGET_UNREACHABLE, AT(metric, average_value),
                        "no container can use more than %s of %s, which is its limit", limit->amount, metric->name);
        also_at(finding, AT(limit, amount), "the limit");
        hint(finding, "write a target well below the limit, or raise the limit");
    } else if (metric->average_utilization && add_container(&sums, &container->resources, metric->name))
        check_within_limit(checker, AT(metric, average_utilization), metric->name, metric->average_utilization, &sums);
}

void check_units(struct checker *checker, const struct hd_service *service)
{
    const struct hd_autoscaling *autoscaling = &service->autoscaling;

    for (size_t i = 0; i < service_n_containers(service); i++)
        check_container(checker, service_container_at(service, i).container);
    check_seconds(checker, AT(&service->pod, termination_grace_period_seconds), "terminationGracePeriodSeconds",
                  service->pod.termination_grace_period_seconds, 5000);
    check_seconds(checker, AT(service, min_ready_seconds), "minReadySeconds", service->min_ready_seconds.value, 1000);
    check_seconds(checker, AT(service, progress_deadline_seconds), "progressDeadlineSeconds", service->progress_deadline_seconds, 10000);
    if (autoscaling->enabled != HD_TRUE)
        return;
    check_target(checker, service, AT(autoscaling, cpu), "cpu", autoscaling->cpu.value);
    check_target(checker, service, AT(autoscaling, memory), "memory", autoscaling->memory.value);
    for (size_t i = 0; i < autoscaling->n_containers; i++)
        check_container_target(checker, service, &autoscaling->containers[i]);
}
