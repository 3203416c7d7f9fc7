/* Autoscaling: the number of pods follows the load. */
#include "core/tables/field.h"
#include "core/text/quantity.h"
#include "core/text/suggest.h"
#include "model/mesh.h"
#include "model/resolve.h"
#include "model/tables.h"
#include "pod_checks.h"

#include <string.h>

CHOICES(resource_metric, WORD("cpu"), WORD("memory"));
CHOICES(policy_type, WORD("Pods"), WORD("Percent"));
CHOICES(selection, WORD("Max"), WORD("Min"), WORD("Disabled"));

#define T hd_container_metric
static const struct hd_field container_metric_fields[] = {
    STR("container", container, .required = true, .format = &format_dns_label),
    STR("name", name, .required = true, .words = &resource_metric),
    INT("averageUtilization", average_utilization, .choice = 1, .min = 1, .max = 1000000),
    STR("averageValue", average_value, .choice = 1, .format = &format_quantity),
};
const struct hd_struct hd_container_metric_struct = STRUCT(container_metric_fields);
#undef T

#define T hd_pods_metric
static const struct hd_field pods_metric_fields[] = {
    STR("name", name, .required = true, .format = &format_path_segment),
    OBJ("selector", selector, hd_label_selector),
    STR("averageValue", average_value, .required = true, .format = &format_quantity),
};
const struct hd_struct hd_pods_metric_struct = STRUCT(pods_metric_fields);
#undef T

#define T hd_external_metric
static const struct hd_field external_metric_fields[] = {
    STR("name", name, .required = true, .format = &format_path_segment),
    OBJ("selector", selector, hd_label_selector),
    STR("averageValue", average_value, .choice = 1, .format = &format_quantity),
    STR("value", value, .choice = 1, .format = &format_quantity),
};
const struct hd_struct hd_external_metric_struct = STRUCT(external_metric_fields);
#undef T

#define T hd_scaling_policy
static const struct hd_field scaling_policy_fields[] = {
    STR("type", type, .required = true, .words = &policy_type),
    INT("value", value, .required = true, .min = 1, .max = 2147483647),
    INT("periodSeconds", period_seconds, .required = true, .min = 1, .max = 1800),
};
const struct hd_struct hd_scaling_policy_struct = STRUCT(scaling_policy_fields);
#undef T

#define T hd_scaling_rules
static const struct hd_field scaling_rules_fields[] = {
    OPT("stabilizationWindowSeconds", stabilization_window_seconds, .none = true, .max = 3600),
    STR("selectPolicy", select_policy, .words = &selection),
    LIST("policies", policies, hd_scaling_policy, .none = true),
};
const struct hd_struct hd_scaling_rules_struct = STRUCT(scaling_rules_fields);
#undef T

#define T hd_scaling_behavior
static const struct hd_field scaling_behavior_fields[] = {
    OBJ("scaleUp", scale_up, hd_scaling_rules),
    OBJ("scaleDown", scale_down, hd_scaling_rules),
};
const struct hd_struct hd_scaling_behavior_struct = STRUCT(scaling_behavior_fields);
#undef T

WORDS(hd_scaler, {"HorizontalPodAutoscaler", HD_SCALER_HORIZONTAL_POD_AUTOSCALER}, {"ScaledObject", HD_SCALER_SCALED_OBJECT},
      {"external", HD_SCALER_EXTERNAL});

#define T hd_autoscaling
static const struct hd_field autoscaling_fields[] = {
    BOOL("enabled", enabled, .ours = true),
    INT("minReplicas", min_replicas, .min = 1, .max = 2147483647),
    INT("maxReplicas", max_replicas, .min = 1, .max = 2147483647),
    OPT("cpu", cpu, .ours = true, .max = 1000000, .workloads = REPLICATED),
    OPT("memory", memory, .ours = true, .max = 1000000, .workloads = REPLICATED),
    LIST("containers", containers, hd_container_metric, .ours = true, .since = 27, .workloads = REPLICATED),
    LIST("pods", pods, hd_pods_metric, .ours = true, .workloads = REPLICATED),
    LIST("external", external, hd_external_metric, .ours = true, .workloads = REPLICATED),
    OBJ("behavior", behavior, hd_scaling_behavior, .workloads = REPLICATED),
    ENUM("scaler", scaler, hd_scaler, .ours = true, .workloads = REPLICATED),
    LIST("triggers", triggers, hd_trigger, .ours = true),
    BOOL("scaleToZero", scale_to_zero, .ours = true, .workloads = REPLICATED),
    INT("pollingInterval", polling_interval, .min = 1, .max = 86400, .ours = true),
    OPT("cooldownPeriod", cooldown_period, .max = 86400, .ours = true, .workloads = REPLICATED),
};
const struct hd_struct hd_autoscaling_struct = STRUCT(autoscaling_fields, .scalar = "enabled", .word = "scaler");
#undef T

static void check_bounds(struct checker *checker, const struct hd_autoscaling *autoscaling)
{
    struct finding *finding;

    if (!autoscaling->max_replicas || autoscaling->min_replicas <= autoscaling->max_replicas)
        return;
    finding = found(checker, HD_MIN_ABOVE_MAX, AT(autoscaling, min_replicas), "minReplicas %lld is above maxReplicas %lld",
                    (long long)autoscaling->min_replicas, (long long)autoscaling->max_replicas);
    also_at(finding, AT(autoscaling, max_replicas), "maxReplicas is %lld", (long long)autoscaling->max_replicas);
    hint(finding, "raise maxReplicas to at least %lld, or lower minReplicas", (long long)autoscaling->min_replicas);
}

/* Whether cpu or memory is measured against the requests of all containers. */
static bool needs(const struct hd_service *service, const char *resource)
{
    const struct hd_autoscaling *autoscaling = &service->autoscaling;

    if (autoscaling->enabled != HD_TRUE || service_scaler(service) == HD_SCALER_EXTERNAL)
        return false;
    return (!strcmp(resource, "cpu") && autoscaling->cpu.value > 0) || (!strcmp(resource, "memory") && autoscaling->memory.value > 0);
}

static void check_owner(struct checker *checker, const struct hd_service *service)
{
    struct finding *finding;

    if (!service->replicas.set)
        return;
    finding =
        found(checker, HD_REPLICAS_AUTOSCALED, AT(service, replicas), "replicas fixes the number of pods, but the autoscaler changes it");
    also_at(finding, AT_STRUCT(&service->autoscaling), "the autoscaler runs %lld to %lld pods",
            (long long)service->autoscaling.min_replicas, (long long)service->autoscaling.max_replicas);
    hint(finding, "remove replicas, or write autoscaling: off");
}

static void check_least(struct checker *checker, const struct hd_service *service)
{
    const struct hd_autoscaling *autoscaling = &service->autoscaling;
    struct finding *finding;

    if (autoscaling->min_replicas != autoscaling->max_replicas || !autoscaling->min_replicas)
        return;
    finding = found(checker, HD_MIN_IS_MAX, AT(autoscaling, min_replicas),
                    "minReplicas %lld and maxReplicas %lld are equal, so the autoscaler never changes the number of pods",
                    (long long)autoscaling->min_replicas, (long long)autoscaling->max_replicas);
    also_at(finding, AT(autoscaling, max_replicas), "maxReplicas is given here");
    if (service->workload == HD_WORKLOAD_JOB)
        hint(finding, "raise maxReplicas, or remove minReplicas: KEDA then makes Jobs only while there is work");
    else
        hint(finding, "raise maxReplicas, or write autoscaling: off and replicas: %lld", (long long)autoscaling->min_replicas);
}

static void check_any_metric(struct checker *checker, const struct hd_service *service)
{
    const struct hd_autoscaling *autoscaling = &service->autoscaling;

    if (service_scaler(service) != HD_SCALER_HORIZONTAL_POD_AUTOSCALER || service->workload == HD_WORKLOAD_JOB)
        return;
    if (!needs(service, "cpu") && !needs(service, "memory") && !autoscaling->n_containers && !autoscaling->n_pods &&
        !autoscaling->n_external)
        hint(found(checker, HD_NO_METRIC, AT_STRUCT(autoscaling), "the autoscaler has no metric to scale by: all are off"),
             "give cpu, memory, containers, pods or external; or write autoscaling: off");
}

/* Whether the container requests more than zero: the autoscaler divides use by the request. */
static bool requests_some(const struct hd_container *container, const char *name)
{
    const struct hd_resources *resources = &container->resources;
    const struct hd_quantity *request = resource_named(resources->requests, resources->n_requests, name);

    if (request && request->amount && quantity_is_valid(request->amount))
        return amount_sign(quantity_of(request->amount).amount) != 0;
    return resource_is_requested(container, name);
}

/* The proxy of a mesh is one of the pod's containers. */
static void check_proxy_request(struct checker *checker, const struct hd_service *service, const char *resource, struct where metric)
{
    const struct hd_resources *resources = &service->mesh.proxy.resources;
    const struct hd_quantity *request = resource_named(resources->requests, resources->n_requests, resource);
    struct finding *finding;

    if (!service_has_proxy(checker->app, service) || !request || amount_sign(quantity_of(request->amount).amount) != 0)
        return;
    finding = found(checker, HD_METRIC_WITHOUT_REQUEST, AT_STRUCT(request),
                    "the proxy requests no %s, so the autoscaler cannot tell how busy a pod is", resource);
    also_at(finding, metric, "it scales by %s", resource);
    hint(finding, "give the proxy a %s request above 0, or scale by one container alone (autoscaling.containers, Kubernetes 1.30)",
         resource);
}

/* The autoscaler compares use with requests, and gives up when one container makes none. */
static void check_requests(struct checker *checker, const struct hd_service *service, const char *resource, struct where metric)
{
    if (!needs(service, resource))
        return;
    for (size_t i = 0; i < service_n_containers(service); i++) {
        struct container_in in = service_container_at(service, i);
        struct finding *finding;

        if (in.role == CONTAINER_INIT || requests_some(in.container, resource))
            continue;
        finding = found(checker, HD_METRIC_WITHOUT_REQUEST, AT(&in.container->resources, requests),
                        "%s requests no %s, so the autoscaler cannot tell how busy a pod is", in.name, resource);
        also_at(finding, metric, "it scales by %s", resource);
        hint(finding, "give resources.requests.%s%s", resource,
             in.role != CONTAINER_MAIN ? "; or scale by one container alone (autoscaling.containers, Kubernetes 1.30)" : "");
    }
    check_proxy_request(checker, service, resource, metric);
}

static bool is_resource(const char *name)
{
    return !strcmp(name, "cpu") || !strcmp(name, "memory");
}

static void check_container_metric(struct checker *checker, const struct hd_service *service, const struct hd_container_metric *metric)
{
    struct suggestion suggestion;
    struct finding *finding;
    const char *list = NULL;

    if (!metric->container || !format_is_valid(&format_dns_label, metric->container))
        return;
    if (service_has_proxy(checker->app, service) && !strcmp(metric->container, MESH_PROXY))
        return;
    suggestion = suggest_for(metric->container);
    for (size_t i = 0; i < service_n_containers(service); i++) {
        struct container_in in = service_container_at(service, i);

        if (in.role == CONTAINER_INIT)
            continue;
        if (!strcmp(in.name, metric->container)) {
            if (metric->average_utilization && metric->name && is_resource(metric->name) &&
                !requests_some(in.container, metric->name)) {
                finding = found(checker, HD_METRIC_WITHOUT_REQUEST, AT(&in.container->resources, requests),
                                "%s requests no %s, so the autoscaler cannot tell how busy it is", in.name, metric->name);
                also_at(finding, AT_STRUCT(metric), "it scales by %s of %s", metric->name, in.name);
                hint(finding, "give resources.requests.%s, or averageValue instead of averageUtilization", metric->name);
            }
            return;
        }
        suggest_try(&suggestion, in.name);
        list = i < 12 ? arena_listed(&checker->report->arena, list, in.name) : list;
    }
    finding = found(checker, HD_NO_SUCH_CONTAINER, AT(metric, container), "there is no container %s", metric->container);
    hint_nearest(finding, suggestion.nearest, "the containers are: %s", list);
}

static void check_target(struct checker *checker, struct where where, const char *amount)
{
    if (amount && quantity_is_valid(amount) && quantity_compare(amount, "0") <= 0)
        hint(found(checker, HD_TARGET_NOT_POSITIVE, where, "the target %s is not above 0", amount), "give an amount above 0");
}

static void check_each_metric(struct checker *checker, const struct hd_service *service)
{
    const struct hd_autoscaling *autoscaling = &service->autoscaling;

    for (size_t i = 0; i < autoscaling->n_containers; i++) {
        const struct hd_container_metric *metric = &autoscaling->containers[i];

        check_container_metric(checker, service, metric);
        check_target(checker, AT(metric, average_value), metric->average_value);
        if (!metric->average_utilization && !metric->average_value)
            hint(found(checker, HD_NO_TARGET, AT_STRUCT(metric), "the metric has no target"), "give averageUtilization or averageValue");
    }
    for (size_t i = 0; i < autoscaling->n_pods; i++) {
        check_selector(checker, &autoscaling->pods[i].selector);
        check_target(checker, AT(&autoscaling->pods[i], average_value), autoscaling->pods[i].average_value);
    }
    for (size_t i = 0; i < autoscaling->n_external; i++) {
        const struct hd_external_metric *metric = &autoscaling->external[i];

        check_selector(checker, &metric->selector);
        check_target(checker, AT(metric, average_value), metric->average_value);
        check_target(checker, AT(metric, value), metric->value);
        if (!metric->value && !metric->average_value)
            hint(found(checker, HD_NO_TARGET, AT_STRUCT(metric), "the metric has no target"), "give averageValue or value");
    }
}

bool autoscaling_measures(const struct container_in *in, const char *resource)
{
    const struct hd_autoscaling *autoscaling = &in->service->autoscaling;

    for (size_t i = 0; autoscaling->enabled == HD_TRUE && i < autoscaling->n_containers; i++) {
        const struct hd_container_metric *metric = &autoscaling->containers[i];

        if (metric->container && metric->name && metric->average_utilization && !strcmp(metric->container, in->name) &&
            !strcmp(metric->name, resource))
            return true;
    }
    return needs(in->service, resource);
}

void check_autoscaling(struct checker *checker, const struct hd_service *service)
{
    const struct hd_autoscaling *autoscaling = &service->autoscaling;

    if (autoscaling->enabled != HD_TRUE)
        return;
    check_owner(checker, service);
    check_bounds(checker, autoscaling);
    check_least(checker, service);
    check_any_metric(checker, service);
    check_requests(checker, service, "cpu", AT(autoscaling, cpu));
    check_requests(checker, service, "memory", AT(autoscaling, memory));
    check_each_metric(checker, service);
    check_triggers(checker, service);
}
