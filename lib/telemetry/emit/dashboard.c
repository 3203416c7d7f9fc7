/* Dashboards: ConfigMaps that the sidecar of Grafana's chart finds, or GrafanaDashboards for the Grafana operator. */
#include "dashboard.h"

#include "core/text/joined.h"
#include "kinds.h"
#include "model/derived.h"

static bool wants(const struct hd_app *app, enum hd_dashboard_form form)
{
    return app->telemetry.enabled == HD_TRUE && app->telemetry.dashboards.enabled == HD_TRUE && app->telemetry.dashboards.form == form;
}

/* The annotation by which the sidecar of Grafana's chart finds the folder. */
static const struct hd_pair *folder(struct hd_model *model)
{
    struct hd_pair *pair = arena_new(&model->arena, struct hd_pair);

    *pair = (struct hd_pair){.name = "grafana_folder", .value = model->app->telemetry.dashboards.folder};
    return pair;
}

static void plan_overview(struct hd_model *model, const struct plan_row *row, enum hd_dashboard_form form)
{
    if (wants(model->app, form) && model->app->name)
        plan_add(model, row, arena_printf(&model->arena, "%s-overview", model->app->name), NULL, folder(model));
}

static void plan_of_service(struct hd_model *model, const struct plan_row *row, const struct hd_service *service,
                            enum hd_dashboard_form form)
{
    if (wants(model->app, form) && service->telemetry.enabled != HD_FALSE && has_panels(model, service))
        plan_add(model, row, derived_name(model, service, "dashboard"), service, folder(model));
}

static void plan_dashboard(struct hd_model *model, const struct plan_row *row)
{
    plan_overview(model, row, HD_DASHBOARD_CONFIG_MAP);
}

static void plan_dashboard_of_service(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    plan_of_service(model, row, service, HD_DASHBOARD_CONFIG_MAP);
}

static void plan_grafana_dashboard(struct hd_model *model, const struct plan_row *row)
{
    plan_overview(model, row, HD_DASHBOARD_GRAFANA);
}

static void plan_grafana_dashboard_of_service(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    plan_of_service(model, row, service, HD_DASHBOARD_GRAFANA);
}

static void emit_text(struct yaml_out *y, const char *key, const struct subject *subject)
{
    struct yaml_out *json = y_begin_json(y);

    emit_dashboard(json, subject->model, subject->service);
    y_end_json(y, key);
}

static struct pairs config_map_labels(const struct subject *subject)
{
    const struct hd_dashboards *dashboards = &subject->model->app->telemetry.dashboards;

    return (struct pairs){dashboards->labels, dashboards->n_labels};
}

static struct pairs config_map_annotations(const struct subject *subject)
{
    return (struct pairs){subject->object, 1};
}

static void emit_dashboard_config_map(struct yaml_out *y, const struct subject *subject)
{
    char key[160];

    JOINED(key, subject->model->app->name, "-", subject->service ? subject->service->name : "overview", ".json");
    MAP(y, "data")
        emit_text(y, key, subject);
}

static void emit_grafana_dashboard(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_dashboards *dashboards = &subject->model->app->telemetry.dashboards;

    MAP(y, "spec") {
        /* Grafana mostly runs in a namespace of its own. */
        y_bool(y, "allowCrossNamespaceImport", true);
        MAP(y, "instanceSelector")
            y_pairs(y, "matchLabels", dashboards->labels, dashboards->n_labels);
        y_str(y, "folder", dashboards->folder);
        emit_text(y, "json", subject);
    }
}

const struct plan_row dashboard_row = {
    .step = 72,
    .order = 79,
    .info = {"", "v1", "ConfigMap", "telemetry", "for the dashboards of telemetry, an overview and one for each service"},
    .plan_app = plan_dashboard,
    .plan_service = plan_dashboard_of_service,
    .labels = config_map_labels,
    .annotations = config_map_annotations,
    .emit = emit_dashboard_config_map,
};

const struct plan_row grafana_dashboard_row = {
    .step = 72,
    .order = 79,
    .info = {"grafana.integreatly.org", "v1beta1", "GrafanaDashboard", "telemetry", "instead, where telemetry.dashboards.form is grafana"},
    .plan_app = plan_grafana_dashboard,
    .plan_service = plan_grafana_dashboard_of_service,
    .emit = emit_grafana_dashboard,
};
