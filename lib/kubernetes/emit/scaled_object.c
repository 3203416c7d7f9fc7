/* ScaledObject (KEDA): the number of pods follows the work that waits somewhere. */
#include "kinds.h"
#include "model/resolve.h"
#include "model/tables.h"

#include <inttypes.h>
#include <stdio.h>

static void plan_scaled_object(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    if (service_scaler(service) == HD_SCALER_SCALED_OBJECT && !is_scaled_job(service))
        plan_scalers(model, row, service);
}

static void emit_resource(struct yaml_out *y, const char *name, struct hd_opt_int utilization)
{
    char percent[24];

    if (utilization.value <= 0)
        return;
    snprintf(percent, sizeof percent, "%" PRId64, utilization.value);
    ITEM(y) {
        y_str(y, "type", name);
        y_str(y, "metricType", "Utilization");
        MAP(y, "metadata")
            y_str(y, "value", percent);
    }
}

static void emit_trigger(struct yaml_out *y, const struct hd_service *service, const struct hd_trigger *trigger)
{
    char name[TRIGGER_NAME_SIZE];

    trigger_authentication_name(name, service, trigger);
    ITEM(y) {
        y_str(y, "type", trigger->type);
        y_str(y, "name", trigger->name);
        y_str(y, "metricType", trigger->metric_type);
        if (!trigger->n_metadata)
            y_empty_map(y, "metadata");
        MAP(y, "metadata")
            for (size_t i = 0; i < trigger->n_metadata; i++)
                y_str(y, trigger->metadata[i].name, trigger->metadata[i].value);
        if (trigger->n_secrets)
            MAP(y, "authenticationRef")
                y_str(y, "name", name);
    }
}

void emit_triggers(struct yaml_out *y, const struct hd_service *service)
{
    for (size_t i = 0; i < service->autoscaling.n_triggers; i++)
        emit_trigger(y, service, &service->autoscaling.triggers[i]);
}

static void emit_scaled_object(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_service *service = subject->service;
    const struct hd_autoscaling *autoscaling = &service->autoscaling;

    MAP(y, "spec") {
        emit_scale_target(y, subject);
        if (autoscaling->polling_interval)
            y_int(y, "pollingInterval", autoscaling->polling_interval);
        y_opt(y, "cooldownPeriod", autoscaling->cooldown_period);
        if (autoscaling->scale_to_zero == HD_TRUE)
            y_int(y, "idleReplicaCount", 0);
        y_int(y, "minReplicaCount", autoscaling->min_replicas);
        y_int(y, "maxReplicaCount", autoscaling->max_replicas);
        MAP(y, "advanced")
            MAP(y, "horizontalPodAutoscalerConfig") {
                /* Alerts, scripts and people find it under the name of what it scales. */
                y_str(y, "name", subject->manifest->name);
                Y_OBJECT(y, "behavior", hd_scaling_behavior, &autoscaling->behavior);
            }
        SEQ(y, "triggers") {
            emit_resource(y, "cpu", autoscaling->cpu);
            emit_resource(y, "memory", autoscaling->memory);
            emit_triggers(y, service);
        }
    }
}

const struct plan_row scaled_object_row = {
    .step = 60,
    .info = {"keda.sh", "v1alpha1", "ScaledObject", "kubernetes", "for a service that KEDA scales by triggers"},
    .plan_service = plan_scaled_object,
    .emit = emit_scaled_object,
};
