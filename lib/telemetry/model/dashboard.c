/* Dashboards. */
#include "alert.h"
#include "core/tables/field.h"
#include "model/checks.h"
#include "model/resolve.h"
#include "model/tables.h"
#include "parts.h"

WORDS(hd_dashboard_form, {"configMap", HD_DASHBOARD_CONFIG_MAP}, {"grafana", HD_DASHBOARD_GRAFANA});

#define T hd_dashboards
static const struct hd_field dashboards_fields[] = {
    BOOL("enabled", enabled),
    ENUM("form", form, hd_dashboard_form),
    LIST("labels", labels, hd_pair, .key_format = &format_label_key, .format = &format_label_value),
    STR("folder", folder, .format = &format_line),
    STR("datasource", datasource, .format = &format_line),
    STR("refresh", refresh, .format = &format_scrape_time),
};
const struct hd_struct hd_dashboards_struct = STRUCT(dashboards_fields, .scalar = "enabled");
#undef T

void resolve_dashboards(struct hd_app *app)
{
    static const struct hd_pair sidecar[] = {{.name = "grafana_dashboard", .value = "1"}};
    static const struct hd_pair grafana[] = {{.name = "dashboards", .value = "grafana"}};
    struct hd_dashboards *dashboards = &app->telemetry.dashboards;

    if (app->telemetry.enabled != HD_TRUE)
        return;
    if (!dashboards->enabled)
        dashboards->enabled =
            app->platform.prometheus.enabled != HD_FALSE || struct_is_set(&hd_dashboards_struct, dashboards) ? HD_TRUE : HD_FALSE;
    if (dashboards->enabled != HD_TRUE)
        return;
    if (!dashboards->form)
        dashboards->form = HD_DASHBOARD_CONFIG_MAP;
    if (!dashboards->n_labels) {
        dashboards->labels = dashboards->form == HD_DASHBOARD_GRAFANA ? grafana : sidecar;
        dashboards->n_labels = 1;
    }
    if (!dashboards->folder)
        dashboards->folder = app->name;
    if (!dashboards->refresh)
        dashboards->refresh = "30s";
}

void check_dashboards(struct checker *checker)
{
    const struct hd_telemetry *telemetry = &checker->app->telemetry;

    if (telemetry->enabled != HD_TRUE || telemetry->dashboards.enabled != HD_TRUE)
        return;
    if (telemetry->sources.requests || telemetry->sources.kube_state_metrics == HD_TRUE || telemetry->sources.cadvisor == HD_TRUE)
        return;
    hint(found(checker, HD_DASHBOARD_WITHOUT_SOURCE, AT_STRUCT(&telemetry->dashboards), "no known source has metrics for dashboards"),
         "turn on telemetry.collector.spanMetrics or the mesh, or kubeStateMetrics and cadvisor in telemetry.sources; or write dashboards: "
         "off");
}
