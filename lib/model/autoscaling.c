/* How many pods, by load. */
#include "../core/field.h"
#include "pod_rules.h"
#include "tables.h"

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
    STR("name", name, .required = true),
    OBJ("selector", selector, hd_label_selector),
    STR("averageValue", average_value, .required = true, .format = &format_quantity),
};
const struct hd_struct hd_pods_metric_struct = STRUCT(pods_metric_fields);
#undef T

#define T hd_external_metric
static const struct hd_field external_metric_fields[] = {
    STR("name", name, .required = true),
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
    OPT("stabilizationWindowSeconds", stabilization_window_seconds, .max = 3600),
    STR("selectPolicy", select_policy, .words = &selection),
    LIST("policies", policies, hd_scaling_policy),
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

#define T hd_autoscaling
static const struct hd_field autoscaling_fields[] = {
    BOOL("enabled", enabled, .ours = true),
    INT("minReplicas", min_replicas, .min = 1, .max = 2147483647),
    INT("maxReplicas", max_replicas, .min = 1, .max = 2147483647),
    OPT("cpu", cpu, .ours = true, .max = 1000000),
    OPT("memory", memory, .ours = true, .max = 1000000),
    LIST("containers", containers, hd_container_metric, .ours = true, .since = 27),
    LIST("pods", pods, hd_pods_metric, .ours = true),
    LIST("external", external, hd_external_metric, .ours = true),
    OBJ("behavior", behavior, hd_scaling_behavior),
};
const struct hd_struct hd_autoscaling_struct = STRUCT(autoscaling_fields, .scalar = "enabled");
#undef T

static void check_bounds(struct checker *checker, const struct hd_autoscaling *autoscaling)
{
    struct finding *finding;

    if (!autoscaling->max_replicas || autoscaling->min_replicas <= autoscaling->max_replicas)
        return;
    finding = finding_at(checker->report, HD_MIN_ABOVE_MAX, AT(autoscaling, min_replicas), "minReplicas %lld is above maxReplicas %lld",
                         (long long)autoscaling->min_replicas, (long long)autoscaling->max_replicas);
    also_at(checker->report, finding, AT(autoscaling, max_replicas), "maxReplicas is %lld", (long long)autoscaling->max_replicas);
    hint(checker->report, finding, "raise maxReplicas to at least %lld, or lower minReplicas", (long long)autoscaling->min_replicas);
}

bool autoscaling_needs(const struct hd_service *service, const char *resource)
{
    const struct hd_autoscaling *autoscaling = &service->autoscaling;

    if (autoscaling->enabled != HD_TRUE)
        return false;
    return (!strcmp(resource, "cpu") && autoscaling->cpu.value > 0) || (!strcmp(resource, "memory") && autoscaling->memory.value > 0);
}

void check_autoscaling(struct checker *checker, const struct hd_service *service)
{
    if (service->autoscaling.enabled != HD_TRUE)
        return;
    check_bounds(checker, &service->autoscaling);
}
