/* Telemetry of the application. */
#include "collectors.h"
#include "core/tables/field.h"
#include "endpoint.h"
#include "exporter.h"
#include "model/resolve.h"
#include "model/tables.h"
#include "parts.h"

#include <string.h>

WORDS(hd_scraping_form, {"serviceMonitor", HD_SCRAPING_SERVICE_MONITOR}, {"podMonitor", HD_SCRAPING_POD_MONITOR},
      {"annotations", HD_SCRAPING_ANNOTATIONS}, {"collector", HD_SCRAPING_COLLECTOR});

#define T hd_scraping
static const struct hd_field scraping_fields[] = {
    ENUM("form", form, hd_scraping_form),
    LIST("labels", labels, hd_pair, .key_format = &format_label_key, .format = &format_label_value),
    STR("interval", interval, .format = &format_scrape_time),
    STR("scrapeTimeout", scrape_timeout, .format = &format_scrape_time),
};
const struct hd_struct hd_scraping_struct = STRUCT(scraping_fields, .scalar = "form");
#undef T

#define T hd_mesh_telemetry
static const struct hd_field mesh_telemetry_fields[] = {
    BOOL("enabled", enabled),
    STR("provider", provider, .format = &format_dns_label),
    STR("randomSamplingPercentage", random_sampling_percentage, .format = &format_percentage),
    BOOL("accessLogs", access_logs),
};
const struct hd_struct hd_mesh_telemetry_struct = STRUCT(mesh_telemetry_fields, .scalar = "enabled");
#undef T

#define T hd_telemetry
static const struct hd_field telemetry_fields[] = {
    BOOL("enabled", enabled),
    EMBED(signals, hd_signals),
    OBJ("collector", collector, hd_collector),
    OBJ("scraping", scraping, hd_scraping),
    OBJ("mesh", mesh, hd_mesh_telemetry),
    OBJ("sources", sources, hd_metric_sources),
    OBJ("alerts", alerts, hd_alerts),
    LIST("slos", slos, hd_slo),
    OBJ("dashboards", dashboards, hd_dashboards),
};
const struct hd_struct hd_telemetry_struct = STRUCT(telemetry_fields, .scalar = "enabled");
#undef T

/* Services do not send signals that have no pipeline in the collector. */
static void resolve_signals(const struct hd_app *app, struct hd_telemetry *telemetry)
{
    static const char *const words[] = {"traces", "metrics", "logs", "traces", "logs"};
    static const char *const propagators[] = {"tracecontext", "baggage"};
    struct hd_signals *own = &telemetry->signals;
    unsigned taken = collector_signals(app);

    if (!own->signals && taken) {
        own->signals = taken == (SIGNAL_TRACES | SIGNAL_LOGS) ? words + 3
                       : taken & SIGNAL_TRACES                ? words
                       : taken & SIGNAL_METRICS               ? words + 1
                                                              : words + 2;
        own->n_signals = (taken & 1) + (taken >> 1 & 1) + (taken >> 2 & 1);
    }
    if (!own->sampling)
        own->sampling = "1";
    if (!own->propagators) {
        own->propagators = propagators;
        own->n_propagators = 2;
    }
    if (!own->log_level)
        own->log_level = "info";
}

static void resolve_scraping(struct hd_app *app)
{
    struct hd_scraping *scraping = &app->telemetry.scraping;
    static const struct hd_pair release[] = {{.name = "release", .value = "prometheus"}};
    bool monitors;

    /* A cluster without Prometheus does not know the kinds of its operator. */
    if (!scraping->form && app->platform.prometheus.enabled != HD_FALSE)
        scraping->form = HD_SCRAPING_SERVICE_MONITOR;
    monitors = scraping->form == HD_SCRAPING_SERVICE_MONITOR || scraping->form == HD_SCRAPING_POD_MONITOR;
    if (!scraping->labels) {
        scraping->labels = release;
        scraping->n_labels = 1;
    }
    if ((monitors || scraping->form == HD_SCRAPING_COLLECTOR) && !scraping->interval)
        scraping->interval = "30s";
}

static void resolve_mesh_telemetry(struct hd_model *model, struct hd_mesh_telemetry *mesh)
{
    const struct hd_collector *collector = &model->app->telemetry.collector;
    bool has_mesh = model->app->mesh.mode == HD_MESH_SIDECAR || model->app->mesh.mode == HD_MESH_AMBIENT;

    if (!mesh->enabled)
        mesh->enabled = has_mesh || struct_is_set(&hd_mesh_telemetry_struct, mesh) ? HD_TRUE : HD_FALSE;
    /* Proxies send to a Service of the application's own collector. */
    if (collector->external || collector->topology == HD_TOPOLOGY_SIDECAR)
        return;
    if (mesh->enabled == HD_TRUE && !mesh->provider && model->app->name)
        mesh->provider = arena_printf(&model->arena, "%s-collector", model->app->name);
}

/* An external collector in another namespace of the cluster is added as a peer of the platform. */
static void resolve_external_collector(struct hd_model *model, struct hd_platform_peer *peer)
{
    struct endpoint endpoint;

    if (!endpoint_parse(&model->arena, model->app->telemetry.collector.external, &endpoint) || peer->enabled == HD_TRUE ||
        endpoint.place != PLACE_NAMESPACE || endpoint_service_in(&endpoint, model->app->namespace_name))
        return;
    peer->enabled = HD_TRUE;
    peer->namespace_name = endpoint.namespace_name;
}

void resolve_telemetry(struct hd_model *model)
{
    struct hd_telemetry *telemetry = &model->app->telemetry;

    if (telemetry->enabled == HD_BOOL_UNSET)
        telemetry->enabled = struct_is_set(&hd_telemetry_struct, telemetry) ? HD_TRUE : HD_FALSE;
    if (telemetry->enabled != HD_TRUE)
        return;
    if (telemetry->collector.external)
        resolve_external_collector(model, &model->app->platform.collector);
    else
        resolve_collector(model, &telemetry->collector);
    resolve_signals(model->app, telemetry);
    resolve_scraping(model->app);
    resolve_mesh_telemetry(model, &telemetry->mesh);
}
