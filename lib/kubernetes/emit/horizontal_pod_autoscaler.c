/* HorizontalPodAutoscaler: the number of pods follows the load. */
#include "kinds.h"
#include "model/delivery.h"
#include "model/derived.h"
#include "model/resolve.h"
#include "model/tables.h"

void plan_scalers(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    if (!service->n_versions)
        plan_add(model, row, service->name, service, NULL);
    for (size_t i = 0; i < service->n_versions; i++)
        if (!service->versions[i].replicas.set)
            plan_add(model, row, derived_name(model, service, service->versions[i].name), service, NULL);
}

static void plan_horizontal_pod_autoscaler(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    if (service_scaler(service) == HD_SCALER_HORIZONTAL_POD_AUTOSCALER)
        plan_scalers(model, row, service);
}

static void emit_target(struct yaml_out *y, const char *type, int64_t utilization, const char *average_value, const char *value)
{
    MAP(y, "target") {
        y_str(y, "type", type);
        if (utilization)
            y_int(y, "averageUtilization", utilization);
        y_quantity(y, "averageValue", average_value);
        y_quantity(y, "value", value);
    }
}

static void emit_resource(struct yaml_out *y, const char *name, struct hd_opt_int utilization)
{
    if (utilization.value > 0)
        ITEM(y) {
            y_str(y, "type", "Resource");
            MAP(y, "resource") {
                y_str(y, "name", name);
                emit_target(y, "Utilization", utilization.value, NULL, NULL);
            }
        }
}

static void emit_container_resource(struct yaml_out *y, const struct hd_container_metric *metric)
{
    ITEM(y) {
        y_str(y, "type", "ContainerResource");
        MAP(y, "containerResource") {
            y_str(y, "container", metric->container);
            y_str(y, "name", metric->name);
            emit_target(y, metric->average_value ? "AverageValue" : "Utilization", metric->average_utilization, metric->average_value,
                        NULL);
        }
    }
}

static void emit_metric(struct yaml_out *y, const char *name, const struct hd_label_selector *selector)
{
    MAP(y, "metric") {
        y_str(y, "name", name);
        Y_OBJECT(y, "selector", hd_label_selector, selector);
    }
}

static void emit_pods(struct yaml_out *y, const struct hd_pods_metric *metric)
{
    ITEM(y) {
        y_str(y, "type", "Pods");
        MAP(y, "pods") {
            emit_metric(y, metric->name, &metric->selector);
            emit_target(y, "AverageValue", 0, metric->average_value, NULL);
        }
    }
}

static void emit_external(struct yaml_out *y, const struct hd_external_metric *metric)
{
    ITEM(y) {
        y_str(y, "type", "External");
        MAP(y, "external") {
            emit_metric(y, metric->name, &metric->selector);
            emit_target(y, metric->value ? "Value" : "AverageValue", 0, metric->average_value, metric->value);
        }
    }
}

void emit_scale_target(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_service *service = subject->service;
    bool is_rollout = is_delivered_by(service, HD_EXECUTOR_ARGO_ROLLOUTS);

    MAP(y, "scaleTargetRef") {
        y_str(y, "apiVersion", is_rollout ? "argoproj.io/v1alpha1" : "apps/v1");
        y_str(y, "kind", is_rollout ? "Rollout" : enum_name(&hd_workload_enum, (int)service->workload));
        y_str(y, "name", subject->manifest->name);
    }
}

static void emit_horizontal_pod_autoscaler(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_service *service = subject->service;
    const struct hd_autoscaling *autoscaling = &service->autoscaling;

    MAP(y, "spec") {
        emit_scale_target(y, subject);
        y_int(y, "minReplicas", autoscaling->min_replicas);
        y_int(y, "maxReplicas", autoscaling->max_replicas);
        SEQ(y, "metrics") {
            emit_resource(y, "cpu", autoscaling->cpu);
            emit_resource(y, "memory", autoscaling->memory);
            for (size_t i = 0; i < autoscaling->n_containers; i++)
                emit_container_resource(y, &autoscaling->containers[i]);
            for (size_t i = 0; i < autoscaling->n_pods; i++)
                emit_pods(y, &autoscaling->pods[i]);
            for (size_t i = 0; i < autoscaling->n_external; i++)
                emit_external(y, &autoscaling->external[i]);
        }
        Y_OBJECT(y, "behavior", hd_scaling_behavior, &autoscaling->behavior);
    }
}

const struct plan_row horizontal_pod_autoscaler_row = {
    .step = 60,
    .info = {"autoscaling", "v2", "HorizontalPodAutoscaler", "kubernetes", "for a service that is autoscaled"},
    .plan_service = plan_horizontal_pod_autoscaler,
    .of_collectors = true,
    .emit = emit_horizontal_pod_autoscaler,
};
