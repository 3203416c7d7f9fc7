/* Rules for settings that the API server takes, and that do something else than people expect of them. */
#include "core/tables/bounded.h"
#include "core/tables/field.h"
#include "core/text/among.h"
#include "core/text/int_or_percent.h"
#include "model/checks.h"
#include "model/container.h"
#include "model/resolve.h"
#include "model/tables.h"
#include "parts.h"
#include "pod_checks.h"

/* The container that is killed before its readiness probe asks for the first time. */
static void check_liveness(struct checker *checker, const struct hd_container *container)
{
    const struct hd_probe *live = &container->liveness_probe, *ready = &container->readiness_probe;
    int64_t starts = bounded(ready->initial_delay_seconds.value), killed;
    struct finding *finding;

    if (live->enabled != HD_TRUE || ready->enabled != HD_TRUE || container->startup_probe.enabled == HD_TRUE)
        return;
    killed = bounded(live->initial_delay_seconds.value) + bounded(live->period_seconds) * (bounded(live->failure_threshold) - 1);
    if (killed >= starts)
        return;
    finding = found(checker, HD_LIVENESS_BEFORE_READY, AT(live, initial_delay_seconds),
                    "a program that still starts is killed after %lld s, before the readiness probe asks for the first time",
                    (long long)killed);
    also_at(finding, AT(ready, initial_delay_seconds), "the readiness probe waits %lld s for the start", (long long)starts);
    hint(finding, "write a startupProbe, or initialDelaySeconds of at least %lld here; if the program answers the liveness probe at once, "
                  "accept this with silence",
         (long long)starts);
}

static void check_container(struct checker *checker, const struct hd_container *container)
{
    check_liveness(checker, container);
}

static void check_scale_up(struct checker *checker, const struct hd_service *service)
{
    const struct hd_scaling_rules *up = &service->autoscaling.behavior.scale_up;

    if (service->autoscaling.enabled == HD_TRUE && same_text(up->select_policy, "Disabled"))
        hint(found(checker, HD_NEVER_SCALES_UP, AT(up, select_policy), "the autoscaler never adds a pod, because scaleUp is Disabled"),
             "remove selectPolicy, or write autoscaling: off with the number of replicas; if it is meant for a time, accept this with "
             "silence");
}

static void check_parallelism(struct checker *checker, const struct hd_service *service)
{
    const struct hd_job *job = &service->job;
    struct finding *finding;

    if (!runs_to_end(service) || job->completions < 1 || job->parallelism.value <= job->completions)
        return;
    finding = found(checker, HD_PARALLELISM_UNUSED, AT(job, parallelism), "no more than %lld pods ever run at once, because %lld complete the job",
                    (long long)job->completions, (long long)job->completions);
    also_at(finding, AT(job, completions), "completions is %lld", (long long)job->completions);
    hint(finding, "write parallelism: %lld, or raise completions", (long long)job->completions);
}

static void check_gone(struct checker *checker, const struct hd_service *service)
{
    const struct hd_opt_int *ttl = &service->job.ttl_seconds_after_finished;

    if (runs_to_end(service) && ttl->set && !ttl->value)
        hint(found(checker, HD_JOB_GONE_AT_ONCE, AT(&service->job, ttl_seconds_after_finished),
                   "the job and its logs are deleted as soon as it ends, so nobody sees whether it failed"),
             "write an hour or more, such as 86400; if logs and results are kept elsewhere, accept this with silence");
}

/* Old pods are stopped before new ones are there. */
static void check_all_at_once(struct checker *checker, const struct hd_service *service)
{
    const struct hd_strategy *strategy = &service->strategy;
    int64_t pods = least_replicas(service);
    struct int_or_percent unavailable;
    struct finding *finding;

    if (service->workload != HD_WORKLOAD_DEPLOYMENT || strategy->type != HD_STRATEGY_ROLLING_UPDATE || pods < 2 || pods > INT32_MAX ||
        !int_or_percent_of(strategy->max_unavailable, &unavailable) || unavailable.number < 0 || unavailable.number > INT32_MAX ||
        (unavailable.is_percent ? unavailable.number != 100 : unavailable.number < pods))
        return;
    finding = found(checker, HD_UPDATE_TAKES_ALL, AT(strategy, max_unavailable),
                    "an update may stop all %lld pods at once, so nothing answers until the new ones are ready", (long long)pods);
    also_least(finding, service);
    hint(finding, "write maxUnavailable: 0 with maxSurge: 1, or at most 50%%; if the service may be down, write strategy: Recreate");
}

static void check_history(struct checker *checker, const struct hd_service *service)
{
    if (service->revision_history_limit.set && !service->revision_history_limit.value)
        hint(found(checker, HD_NO_ROLLBACK, AT(service, revision_history_limit),
                   "no old version is kept, so kubectl rollout undo has nothing to go back to"),
             "write at least 1, or remove it; if you go back by deploying the old model, accept this with silence");
}

/* The pods have security settings that only Linux knows. */
static void check_system(struct checker *checker, const struct hd_pod *pod)
{
    for (size_t i = 0; i < pod->n_node_selector; i++) {
        const struct hd_pair *pair = &pod->node_selector[i];

        if (same_text(pair->name, "kubernetes.io/os") && pair->value && strcmp(pair->value, "linux"))
            hint(found(checker, HD_NODES_NOT_LINUX, AT(pair, value), "the pods run on nodes with %.40s, but they are written for Linux",
                       pair->value),
                 "write kubernetes.io/os: linux, or remove it");
    }
}

/* The node's resolver does not know the names of Services. */
static void check_resolver(struct checker *checker, const struct hd_service *service)
{
    const struct hd_pod *pod = &service->pod;
    struct finding *finding;

    if (!same_text(pod->dns_policy, "Default"))
        return;
    for (size_t i = 0; i < service->n_calls; i++) {
        const char *to = text_or(service->calls[i].to, "");
        struct callee callee = graph_callee(checker->model, to);

        if (!callee.service && !(callee.external && callee.external->namespace_name))
            continue;
        finding = found(checker, HD_DNS_OF_NODE, AT(pod, dns_policy),
                        "dnsPolicy Default asks the node's resolver, which does not know the name %.63s", to);
        also_at(finding, AT(&service->calls[i], to), "the service calls %.63s", to);
        hint(finding, "remove dnsPolicy, or write ClusterFirst; Default is not the default of Kubernetes");
        return;
    }
}

void check_sense(struct checker *checker, const struct hd_service *service)
{
    for (size_t i = 0; i < service_n_containers(service); i++)
        check_container(checker, service_container_at(service, i).container);
    check_probes_sense(checker, service);
    check_folders(checker, service);
    check_nodes(checker, &service->pod);
    check_scale_up(checker, service);
    check_parallelism(checker, service);
    check_gone(checker, service);
    check_all_at_once(checker, service);
    check_history(checker, service);
    check_system(checker, &service->pod);
    check_resolver(checker, service);
}
