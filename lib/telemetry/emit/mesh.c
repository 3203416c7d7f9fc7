/* Telemetry of the mesh: what its proxies trace and log; and what the mesh itself must know for that. */
#include "core/text/among.h"
#include "model/mesh.h"
#include "kinds.h"
#include "plan/file_plan.h"

#include <stdio.h>
#include <string.h>

static bool is_told(const struct hd_app *app)
{
    return mesh_is_on(app) && app->telemetry.enabled == HD_TRUE && app->telemetry.mesh.enabled == HD_TRUE;
}

/* Older meshes know no v1 of it. */
static const char *version(const struct hd_model *model)
{
    return model->istio_minor >= 22 ? "v1" : "v1alpha1";
}

static void plan_mesh_telemetry(struct hd_model *model, const struct plan_row *row)
{
    if (mesh_sends_traces(model->app) || (is_told(model->app) && model->app->telemetry.mesh.access_logs == HD_TRUE))
        plan_add(model, row, model->app->name, NULL, NULL);
}

/* 0.125 as 12.50: the point moves by two digits. */
static void percent_of_ratio(char *percent, size_t size, const char *ratio)
{
    const char *fraction = strchr(ratio, '.') ? strchr(ratio, '.') + 1 : "";
    int tens = *ratio == '1' ? 100 : 0;

    if (*fraction)
        tens += 10 * (fraction[0] - '0') + (fraction[1] ? fraction[1] - '0' : 0);
    if (strlen(fraction) > 2)
        snprintf(percent, size, "%d.%.6s", tens, fraction + 2);
    else
        snprintf(percent, size, "%d", tens);
}

/* The application's part of the traces, in percent. */
static void emit_sampling(struct yaml_out *y, const struct hd_telemetry *telemetry)
{
    char percent[32];

    if (telemetry->mesh.random_sampling_percentage) {
        y_as_is(y, "randomSamplingPercentage", telemetry->mesh.random_sampling_percentage);
    } else if (telemetry->signals.sampling) {
        percent_of_ratio(percent, sizeof percent, telemetry->signals.sampling);
        y_as_is(y, "randomSamplingPercentage", percent);
    }
}

static void emit_provider(struct yaml_out *y, const char *name)
{
    SEQ(y, "providers")
        ITEM(y)
            y_str(y, "name", name);
}

static void emit_mesh_telemetry(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_telemetry *telemetry = &subject->model->app->telemetry;

    MAP(y, "spec") {
        if (mesh_sends_traces(subject->model->app))
            SEQ(y, "tracing")
                ITEM(y) {
                    emit_provider(y, telemetry->mesh.provider);
                    emit_sampling(y, telemetry);
                }
        if (telemetry->mesh.access_logs == HD_TRUE)
            SEQ(y, "accessLogging")
                ITEM(y)
                    emit_provider(y, "envoy");
    }
}

const struct plan_row mesh_telemetry_row = {
    .step = 78,
    .info = {"telemetry.istio.io", "v1", "Telemetry", "telemetry", "for an application in a mesh"},
    .version = version,
    .plan_app = plan_mesh_telemetry,
    .emit = emit_mesh_telemetry,
};

static void plan_mesh_config(struct hd_model *model, const struct file_row *row)
{
    if (mesh_sends_traces(model->app) && collector_first(model))
        file_add(model, row, "mesh/mesh-config.yaml", NULL, collector_first(model));
}

/* As it stands in the mesh's own configuration, which belongs to all applications and so to whoever runs the mesh. */
static void emit_mesh_config(struct yaml_out *y, const struct file_subject *subject)
{
    const struct hd_app *app = subject->model->app;
    const struct collector *collector = subject->object;
    char host[160];

    snprintf(host, sizeof host, "%.63s.%.63s.svc.cluster.local", collector->service->name, text_or(app->namespace_name, ""));
    DOC(y)
        MAP(y, "meshConfig")
            SEQ(y, "extensionProviders")
                ITEM(y) {
                    y_str(y, "name", app->telemetry.mesh.provider);
                    MAP(y, "opentelemetry") {
                        y_str(y, "service", host);
                        y_int(y, "port", OTLP_GRPC_PORT);
                    }
                }
}

const struct file_part mesh_config_part = {
    .info = {.name = "mesh",
             .what = "mesh/mesh-config.yaml: the tracing provider to merge into the MeshConfig (meshConfig of istiod's chart)",
             .when = "with telemetry in a mesh"},
    .is_default = mesh_sends_traces,
};

const struct file_row mesh_config_row = {
    .part = &mesh_config_part,
    .plan_app = plan_mesh_config,
    .yaml = emit_mesh_config,
};
