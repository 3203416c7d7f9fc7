/* ServiceMonitor and PodMonitor: what Prometheus scrapes. */
#include "kinds.h"
#include "model/delivery.h"
#include "model/derived.h"
#include "model/mesh.h"
#include "model/port.h"
#include "plan/labels.h"
#include "telemetry/model/scraping.h"

#include <string.h>

/*
 * Pods are found by themselves where that was asked for, where no one Service stands for them (two do for a StatefulSet, more for two
 * versions of a service or with extraServices), and where a proxy tells the metrics.
 */
static bool by_pods(const struct hd_app *app, const struct hd_service *service)
{
    return app->telemetry.scraping.form == HD_SCRAPING_POD_MONITOR || has_governing_service(service) ||
           delivery_way(service) != NO_DELIVERY || service->n_extra_services || service_has_proxy(app, service);
}

static bool has_metrics(const struct hd_app *app, const struct hd_service *service)
{
    return monitors_scrapes(app) && is_scraped(app, service) && service_port(service, service->metrics.port);
}

static void plan_service_monitor(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    if (has_metrics(model->app, service) && !by_pods(model->app, service))
        plan_add(model, row, service->name, service, NULL);
}

static void plan_pod_monitor(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    if (has_metrics(model->app, service) && by_pods(model->app, service))
        plan_add(model, row, service->name, service, NULL);
}

/* With the operator there are three Services, for a StatefulSet two, but the pods are known. */
static bool collector_by_pods(const struct hd_app *app, enum collector_role role)
{
    return app->telemetry.collector.form == HD_COLLECTOR_OPERATOR || app->telemetry.scraping.form == HD_SCRAPING_POD_MONITOR ||
           runs_in_set(app, role);
}

static void plan_collectors(struct hd_model *model, const struct plan_row *row, bool by_pods)
{
    for (size_t i = 0; monitors_scrapes(model->app) && i < model->collectors.n; i++)
        if (model->collectors.all[i].role != COLLECTOR_SIDECAR && collector_by_pods(model->app, model->collectors.all[i].role) == by_pods)
            plan_add(model, row, model->collectors.all[i].service->name, model->collectors.all[i].service, &model->collectors.all[i]);
}

static void plan_collectors_services(struct hd_model *model, const struct plan_row *row)
{
    plan_collectors(model, row, false);
}

static void plan_collectors_pods(struct hd_model *model, const struct plan_row *row)
{
    plan_collectors(model, row, true);
}

static struct pairs labels(const struct subject *subject)
{
    const struct hd_scraping *scraping = &subject->model->app->telemetry.scraping;

    return (struct pairs){scraping->labels, scraping->n_labels};
}

/* The proxy tells its own metrics and the application's on one port, which it does not declare. */
static void emit_proxy_endpoint(struct yaml_out *y)
{
    y_str(y, "port", "http-envoy-prom");
    y_str(y, "path", "/stats/prometheus");
    SEQ(y, "relabelings") {
        ITEM(y) {
            SEQ(y, "sourceLabels")
                y_str(y, NULL, "__meta_kubernetes_pod_ip");
            y_str(y, "regex", "([0-9.]+)");
            y_str(y, "targetLabel", "__address__");
            y_str(y, "replacement", "$1:15020");
            y_str(y, "action", "replace");
        }
        ITEM(y) {
            SEQ(y, "sourceLabels")
                y_str(y, NULL, "__meta_kubernetes_pod_ip");
            y_str(y, "regex", "(.*:.*)");
            y_str(y, "targetLabel", "__address__");
            y_str(y, "replacement", "[$1]:15020");
            y_str(y, "action", "replace");
        }
    }
}

static void emit_times(struct yaml_out *y, const char *interval, const char *timeout)
{
    y_str(y, "interval", interval);
    y_str(y, "scrapeTimeout", timeout);
}

static void emit_endpoint(struct yaml_out *y, const struct hd_app *app, const struct hd_service *service)
{
    const struct hd_port *port = service_port(service, service->metrics.port);

    ITEM(y) {
        if (service_has_proxy(app, service)) {
            emit_proxy_endpoint(y);
        } else {
            y_str(y, "port", port ? port->name : NULL);
            y_str(y, "path", service->metrics.path);
        }
        emit_times(y, service->metrics.interval, service->metrics.scrape_timeout);
    }
}

/* Scrapes the metrics that the collector exports and those about itself. The operator gives the ports other names, so they are numbers. */
static void emit_collector_endpoints(struct yaml_out *y, const struct hd_app *app, const struct hd_service *service)
{
    bool has_operator = app->telemetry.collector.form == HD_COLLECTOR_OPERATOR;

    for (size_t i = 0; i < service->container.n_ports; i++) {
        const struct hd_port *port = &service->container.ports[i];

        if (port->port == PROMETHEUS_EXPORTER_PORT || port->port == COLLECTOR_METRICS_PORT)
            ITEM(y) {
                if (has_operator)
                    y_int(y, "portNumber", port->port);
                else
                    y_str(y, "port", port->name);
                emit_times(y, app->telemetry.scraping.interval, app->telemetry.scraping.scrape_timeout);
            }
    }
}

/*
 * Services that this application writes are selected without the label `instance`: Argo CD gives it the name of its own application, on
 * objects though not on pods.
 */
static void emit_selected(struct yaml_out *y, const struct subject *subject, bool selects_services)
{
    const struct hd_app *app = subject->model->app;
    const struct collector *collector = subject->object;

    if (collector && (app->telemetry.collector.form == HD_COLLECTOR_OPERATOR || !selects_services))
        y_pairs(y, "matchLabels", collector->labels, collector->n_labels);
    else if (selects_services)
        MAP(y, "matchLabels") {
            y_str(y, LABEL_NAME, subject->service->name);
            y_str(y, LABEL_PART_OF, app->name);
        }
    else
        emit_selector(y, "matchLabels", subject->model, subject->service);
}

static void emit_monitor(struct yaml_out *y, const struct subject *subject, const char *endpoints)
{
    const struct hd_model *model = subject->model;
    const struct collector *collector = subject->object;

    MAP(y, "spec") {
        MAP(y, "namespaceSelector")
            SEQ(y, "matchNames")
                y_str(y, NULL, subject->manifest->namespace_name);
        MAP(y, "selector")
            emit_selected(y, subject, !strcmp(subject->manifest->kind, "ServiceMonitor"));
        SEQ(y, endpoints) {
            if (collector)
                emit_collector_endpoints(y, model->app, subject->service);
            else
                emit_endpoint(y, model->app, subject->service);
        }
    }
}

static void emit_service_monitor(struct yaml_out *y, const struct subject *subject)
{
    emit_monitor(y, subject, "endpoints");
}

static void emit_pod_monitor(struct yaml_out *y, const struct subject *subject)
{
    emit_monitor(y, subject, "podMetricsEndpoints");
}

const struct plan_row service_monitor_row = {
    .step = 75,
    .info = {"monitoring.coreos.com", "v1", "ServiceMonitor", "telemetry", "for a service with metrics, and for the collector"},
    .plan_app = plan_collectors_services,
    .plan_service = plan_service_monitor,
    .labels = labels,
    .emit = emit_service_monitor,
};

const struct plan_row pod_monitor_row = {
    .step = 76,
    .info = {"monitoring.coreos.com", "v1", "PodMonitor", "telemetry", "for pods with metrics that no one Service stands for"},
    .plan_app = plan_collectors_pods,
    .plan_service = plan_pod_monitor,
    .labels = labels,
    .emit = emit_pod_monitor,
};
