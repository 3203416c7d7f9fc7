/* Telemetry: signals, collectors, scrapes, alerts, dashboards. */
#include "family.h"

#include "telemetry/emit/collector_config.h"
#include "telemetry/emit/kinds.h"
#include "telemetry/emit/runbook_alerts.h"
#include "telemetry/model/parts.h"
#include "telemetry/model/scraping.h"
#include "telemetry/model/signals.h"
#include "telemetry/model/slo.h"

static const struct plan_row *const kinds[] = {
    &instrumentation_row,
    &open_telemetry_collector_row,
    &service_monitor_row,
    &pod_monitor_row,
    &mesh_telemetry_row,
    &prometheus_rule_row,
    &alertmanager_config_row,
    &dashboard_row,
    &grafana_dashboard_row,
};
static const struct file_part *const parts[] = {&mesh_config_part};
static const struct file_row *const files[] = {&mesh_config_row};

static void resolve_parts(struct hd_model *model, struct hd_diagnostics *report)
{
    (void)report;
    resolve_telemetry(model);
    resolve_alerts(model);
    resolve_dashboards(model->app);
}

static void index_objectives(struct hd_model *model, struct hd_diagnostics *report)
{
    (void)report;
    slo_index(model);
}

static void build_collectors(struct hd_model *model, struct hd_diagnostics *report)
{
    resolve_exporter_endpoints(model);
    resolve_collectors(model, report);
    write_sidecar_configs(model);
}

static void resolve_signals(const struct resolving *resolving)
{
    resolve_service_telemetry(resolving->model, resolving->service);
}

static void resolve_scrapes(const struct resolving *resolving)
{
    resolve_metrics(resolving->model->app, resolving->service);
    resolve_scrape_annotations(resolving->model, resolving->service);
}

static void check_app(struct checker *checker)
{
    check_telemetry(checker);
    check_alerts(checker);
    check_slos(checker);
    check_dashboards(checker);
}

static void check_one_service(struct checker *checker, const struct hd_service *service)
{
    check_service_telemetry(checker, service);
    check_otel_variables(checker, service);
    check_service_alerts(checker, service);
}

const struct family telemetry_family = {
    .resolve_app = {[APP_PARTS] = resolve_parts,
                    [APP_SERVICES] = index_objectives,
                    [APP_CALLS] = build_collectors,
                    [APP_TEXTS] = write_collector_configs},
    .resolve_service = {[SERVICE_VARIABLES] = resolve_signals, [SERVICE_LAST] = resolve_scrapes},
    .add_edges = {[GRAPH_PODS] = graph_add_collectors},
    .add_service_edges = {[EDGE_SENDS] = graph_add_telemetry},
    .add_proxy_edges = graph_add_proxy_telemetry,
    .mark_externals = mark_telemetry_externals,
    .check_app = check_app,
    .check_service = check_one_service,
    .write_runbook = write_alert_entries,
    .kinds = kinds,
    .n_kinds = sizeof kinds / sizeof *kinds,
};

const struct family_files telemetry_files = {
    .parts = parts,
    .n_parts = sizeof parts / sizeof *parts,
    .rows = files,
    .n_rows = sizeof files / sizeof *files,
};
