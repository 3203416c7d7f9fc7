#include "load.h"

#include "compare.h"
#include "core/text/quantity.h"
#include "model/graph.h"
#include "model/model.h"
#include "model/resolve.h"

#include <stdlib.h>
#include <string.h>

/* How many pods there are at least and at most. */
struct pods {
    int64_t least, most;
};

static int64_t plus(int64_t a, int64_t b)
{
    return a > INT64_MAX - b ? INT64_MAX : a + b;
}

static int64_t times(int64_t amount, int64_t n)
{
    return n && amount > INT64_MAX / n ? INT64_MAX : amount * n;
}

static void add(struct hd_amounts *sum, const struct hd_amounts *more, int64_t n)
{
    sum->cpu = plus(sum->cpu, times(more->cpu, n));
    sum->memory = plus(sum->memory, times(more->memory, n));
    sum->ephemeral_storage = plus(sum->ephemeral_storage, times(more->ephemeral_storage, n));
}

static int64_t greater(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static void raise_to(struct hd_amounts *sum, const struct hd_amounts *least)
{
    sum->cpu = greater(sum->cpu, least->cpu);
    sum->memory = greater(sum->memory, least->memory);
    sum->ephemeral_storage = greater(sum->ephemeral_storage, least->ephemeral_storage);
}

/* Thousandths for cpu, else whole units; a request that is not given is that of the limit. (Kubernetes: defaults of core/v1) */
static int64_t amount_of(const struct node *resources, const char *list, const char *name)
{
    const struct node *value = node_at(node_at(resources, list), name);
    struct amount amount;

    if (!value && !strcmp(list, "requests"))
        value = node_at(node_at(resources, "limits"), name);
    if (!value || value->kind != NODE_SCALAR || !quantity_is_valid(value->text))
        return 0;
    if (!strcmp(name, "cpu"))
        return greater(quantity_milli(value->text), 0);
    amount = quantity_of(value->text).amount;
    return greater(plus(amount.units, amount.nano > 0), 0);
}

static struct hd_amounts container_amounts(const struct node *container, const char *list)
{
    const struct node *resources = node_at(container, "resources");

    return (struct hd_amounts){.cpu = amount_of(resources, list, "cpu"),
                               .memory = amount_of(resources, list, "memory"),
                               .ephemeral_storage = amount_of(resources, list, "ephemeral-storage")};
}

static const struct node *list_at(const struct node *node, const char *key)
{
    static const struct node none = {.kind = NODE_SEQUENCE};
    const struct node *list = node_at(node, key);

    return list && list->kind == NODE_SEQUENCE ? list : &none;
}

/* The scheduler counts containers and sidecars together, or an init container with the sidecars before it where that is more. */
static struct hd_amounts pod_amounts(const struct node *pod, const char *list)
{
    const struct node *first = list_at(pod, "initContainers"), *all = list_at(pod, "containers");
    struct hd_amounts sum = {0}, peak = {0};

    for (uint32_t i = 0; i < first->n_items; i++) {
        struct hd_amounts own = container_amounts(first->items[i], list), with = sum;
        const struct node *policy = node_at(first->items[i], "restartPolicy");

        add(&with, &own, 1);
        raise_to(&peak, &with);
        if (policy && policy->kind == NODE_SCALAR && !strcmp(policy->text, "Always"))
            sum = with;
    }
    for (uint32_t i = 0; i < all->n_items; i++) {
        struct hd_amounts own = container_amounts(all->items[i], list);

        add(&sum, &own, 1);
    }
    raise_to(&sum, &peak);
    return sum;
}

static int64_t number_at(const struct node *node, const char *key, int64_t otherwise)
{
    const struct node *value = node_at(node, key);

    return value && value->kind == NODE_SCALAR ? greater(strtoll(value->text, NULL, 10), 0) : otherwise;
}

/* The numbers of the autoscaler of this kind, which has the workload's name; false when there is none. */
static bool scaled_by(struct side *side, const struct hd_manifest *workload, const char *group, const char *kind, struct pods *ret_pods)
{
    struct hd_manifest scaler = *workload;
    const struct hd_manifest *found;
    const struct node *spec;
    bool is_keda = *group == 'k';

    scaler.group = group;
    scaler.kind = kind;
    found = side_same(side, side->text.arena, &scaler);
    if (!found)
        return false;
    spec = node_at(side_tree(side, found), "spec");
    ret_pods->least = number_at(spec, is_keda ? "minReplicaCount" : "minReplicas", !is_keda);
    ret_pods->most = number_at(spec, is_keda ? "maxReplicaCount" : "maxReplicas", is_keda ? 100 : 1);
    return true;
}

/* `jobs` is the specification of the Jobs that are made, or of the workload itself. */
static struct pods pods_of(struct side *side, const struct hd_manifest *manifest, const struct node *spec, const struct node *jobs)
{
    const struct hd_service *service = side->model && manifest->service && !strcmp(manifest->service, manifest->name)
                                           ? graph_callee(side->model, manifest->service).service
                                           : NULL;
    struct pods pods;

    if (!strcmp(manifest->kind, "Job") || !strcmp(manifest->kind, "CronJob"))
        return (struct pods){0, number_at(jobs, "parallelism", 1)};
    if (!strcmp(manifest->kind, "ScaledJob"))
        return (struct pods){times(number_at(spec, "minReplicaCount", 0), number_at(jobs, "parallelism", 1)),
                             times(number_at(spec, "maxReplicaCount", 100), number_at(jobs, "parallelism", 1))};
    if (!strcmp(manifest->kind, "DaemonSet"))
        return (struct pods){1, 1};
    if (service)
        return (struct pods){least_replicas(service), most_replicas(service)};
    if (scaled_by(side, manifest, "autoscaling", "HorizontalPodAutoscaler", &pods) || scaled_by(side, manifest, "keda.sh", "ScaledObject", &pods))
        return pods;
    pods.least = pods.most = number_at(spec, "replicas", 1);
    return pods;
}

bool makes_pods(const struct hd_manifest *manifest)
{
    static const char kinds[] = " Deployment StatefulSet DaemonSet ReplicaSet Rollout CronJob ScaledJob Job ";
    const char *found = strstr(kinds, manifest->kind);

    return found && *manifest->kind && found[-1] == ' ' && found[strlen(manifest->kind)] == ' ' &&
           (!strcmp(manifest->group, "apps") || !strcmp(manifest->group, "batch") || !strcmp(manifest->group, "argoproj.io") ||
            !strcmp(manifest->group, "keda.sh"));
}

void add_load(struct hd_diff_load *load, struct side *side, const struct hd_manifest *manifest, const struct node *content)
{
    const struct node *spec = node_at(content, "spec"), *jobs = spec, *pod;
    struct hd_amounts requests, limits;
    struct pods pods;

    if (!makes_pods(manifest))
        return;
    if (!strcmp(manifest->kind, "CronJob"))
        jobs = node_at(node_at(spec, "jobTemplate"), "spec");
    else if (!strcmp(manifest->kind, "ScaledJob"))
        jobs = node_at(spec, "jobTargetRef");
    pod = node_at(node_at(jobs, "template"), "spec");
    pods = pods_of(side, manifest, spec, jobs);
    requests = pod_amounts(pod, "requests");
    limits = pod_amounts(pod, "limits");
    add(&load->least_requests, &requests, pods.least);
    add(&load->most_requests, &requests, pods.most);
    add(&load->least_limits, &limits, pods.least);
    add(&load->most_limits, &limits, pods.most);
}
