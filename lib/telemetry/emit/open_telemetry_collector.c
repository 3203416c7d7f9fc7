/* OpenTelemetryCollector: a collector that the OpenTelemetry operator runs. */
#include "collector_config.h"
#include "emit/claim.h"
#include "emit/pod.h"
#include "kinds.h"
#include "model/mesh.h"
#include "model/tables.h"

static void plan_open_telemetry_collector(struct hd_model *model, const struct plan_row *row)
{
    for (size_t i = 0; i < model->collectors.n && model->app->telemetry.collector.form == HD_COLLECTOR_OPERATOR; i++)
        plan_add(model, row, model->collectors.all[i].name, model->collectors.all[i].service, &model->collectors.all[i]);
}

/* The operator hands the labels of the object on to its pods. Everybody sends in plain text, so they take no part in the mesh. */
static struct pairs labels(const struct subject *subject)
{
    static const struct hd_pair no_proxy[] = {{.name = "sidecar.istio.io/inject", .value = "false"}};
    static const struct hd_pair no_tunnel[] = {{.name = "istio.io/dataplane-mode", .value = "none"}};
    const struct collector *collector = subject->object;

    if (!mesh_is_on(subject->model->app) || collector->role == COLLECTOR_SIDECAR)
        return (struct pairs){NULL, 0};
    return (struct pairs){subject->model->app->mesh.mode == HD_MESH_SIDECAR ? no_proxy : no_tunnel, 1};
}

static const char *mode_of(const struct hd_app *app, enum collector_role role)
{
    return role == COLLECTOR_AGENT     ? "daemonset"
           : role == COLLECTOR_SIDECAR ? "sidecar"
           : runs_in_set(app, role)    ? "statefulset"
                                       : "deployment";
}

static void emit_size(struct yaml_out *y, const struct hd_collector *given)
{
    const struct hd_autoscaling *autoscaling = &given->autoscaling;

    if (autoscaling->enabled != HD_TRUE) {
        y_int(y, "replicas", given->replicas);
    } else {
        MAP(y, "autoscaler") {
            y_int(y, "minReplicas", autoscaling->min_replicas);
            y_int(y, "maxReplicas", autoscaling->max_replicas);
            if (autoscaling->cpu.value)
                y_int(y, "targetCPUUtilization", autoscaling->cpu.value);
            if (autoscaling->memory.value)
                y_int(y, "targetMemoryUtilization", autoscaling->memory.value);
            Y_OBJECT(y, "behavior", hd_scaling_behavior, &autoscaling->behavior);
        }
    }
    if (autoscaling->enabled == HD_TRUE || given->replicas > 1)
        MAP(y, "podDisruptionBudget")
            y_int(y, "maxUnavailable", 1);
}

/* The restricted Pod Security Standard asks for this; only an agent that reads the node's log files runs as root. */
static void emit_rights(struct yaml_out *y, const struct hd_app *app, enum collector_role role)
{
    bool reads_logs = role == COLLECTOR_AGENT && app->telemetry.collector.container_logs == HD_TRUE;

    MAP(y, "securityContext") {
        y_bool(y, "allowPrivilegeEscalation", false);
        y_bool(y, "readOnlyRootFilesystem", true);
        MAP(y, "capabilities")
            SEQ(y, "drop")
                y_str(y, NULL, "ALL");
        if (role == COLLECTOR_SIDECAR)
            y_bool(y, "runAsNonRoot", true);
    }
    if (role != COLLECTOR_SIDECAR)
        MAP(y, "podSecurityContext") {
            y_bool(y, "runAsNonRoot", !reads_logs);
            y_int(y, "runAsUser", reads_logs ? 0 : 10001);
            /* Who owns the claim, so that queues can be written there. */
            if (stores_queues(app, role)) {
                y_int(y, "fsGroup", 10001);
                y_str(y, "fsGroupChangePolicy", "OnRootMismatch");
            }
            MAP(y, "seccompProfile")
                y_str(y, "type", "RuntimeDefault");
        }
}

/* The operator hands on what stands here, and mounts the configuration itself. */
static void emit_storage(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service)
{
    const struct container_in container = {.service = service, .container = &service->container, .number = 1};

    emit_volumes(y, service);
    emit_claim_templates(y, model, service);
    emit_volume_mounts(y, service, &container);
}

static void emit_nodes(struct yaml_out *y, const struct hd_pod *pod)
{
    y_pairs(y, "nodeSelector", pod->node_selector, pod->n_node_selector);
    SEQ(y, "tolerations")
        for (size_t i = 0; i < pod->n_tolerations; i++)
            ITEM(y)
                Y_FIELDS(y, hd_toleration, &pod->tolerations[i]);
}

static void emit_open_telemetry_collector(struct yaml_out *y, const struct subject *subject)
{
    const struct collector *collector = subject->object;
    const struct hd_app *app = subject->model->app;
    const struct hd_collector *given = &app->telemetry.collector;
    const struct hd_service *service = collector->service;

    MAP(y, "spec") {
        y_str(y, "mode", mode_of(app, collector->role));
        y_str(y, "managementState", "managed");
        /* The version is the model's to choose. */
        y_str(y, "upgradeStrategy", "none");
        y_str(y, "image", service->container.image.reference);
        if (collector->role == COLLECTOR_GATEWAY || collector->role == COLLECTOR_BALANCER)
            emit_size(y, given);
        emit_env(y, service->name, &service->container);
        Y_OBJECT(y, "resources", hd_resources, &service->container.resources);
        if (collector->role != COLLECTOR_SIDECAR) {
            y_pairs(y, "podAnnotations", service->pod.pod_annotations, service->pod.n_pod_annotations);
            emit_nodes(y, &service->pod);
        }
        /* Monitors of ours say what is scraped, and so do annotations. */
        MAP(y, "observability")
            MAP(y, "metrics")
                y_bool(y, "disablePrometheusAnnotations", true);
        emit_rights(y, app, collector->role);
        emit_storage(y, subject->model, service);
        /* Ours says the same, and more. */
        MAP(y, "networkPolicy")
            y_bool(y, "enabled", false);
        MAP(y, "config")
            emit_collector_config(y, subject->model, collector->role);
    }
}

const struct plan_row open_telemetry_collector_row = {
    .step = 55,
    .info = {"opentelemetry.io", "v1beta1", "OpenTelemetryCollector", "telemetry", "for a collector that the operator runs"},
    .plan_app = plan_open_telemetry_collector,
    .labels = labels,
    .emit = emit_open_telemetry_collector,
};
