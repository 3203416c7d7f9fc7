/* Calls between services, and metrics. */
#include "core/tables/field.h"
#include "mesh/model/mesh.h"
#include "port.h"
#include "resolve.h"
#include "runtime.h"
#include "tables.h"
#include "telemetry/model/scraping.h"
#include "telemetry/model/signals.h"

#define T hd_call
static const struct hd_field call_fields[] = {
    STR("to", to, .required = true),
    IOS("port", port, .format = &format_port_ref),
    STRS("methods", methods, .format = &format_method, .mesh = IN_MESH),
    STRS("paths", paths, .format = &format_call_path, .mesh = IN_MESH),
    STR("timeout", timeout, .format = &format_mesh_duration, .mesh = WITH_SIDECARS),
    OBJ("retries", retries, hd_retries, .mesh = WITH_SIDECARS),
    OBJ("trafficPolicy", traffic_policy, hd_call_policy, .mesh = WITH_SIDECARS),
};
const struct hd_struct hd_call_struct = STRUCT(call_fields, .scalar = "to");
#undef T

#define T hd_metrics
static const struct hd_field metrics_fields[] = {
    BOOL("enabled", enabled),
    IOS("port", port, .format = &format_port_ref),
    STR("path", path, .format = &format_url_path),
    STR("interval", interval, .format = &format_scrape_time),
    STR("scrapeTimeout", scrape_timeout, .format = &format_scrape_time),
};
const struct hd_struct hd_metrics_struct = STRUCT(metrics_fields, .scalar = "enabled");
#undef T

static bool is_web(enum hd_protocol protocol)
{
    return (protocol_has_requests(protocol) && protocol != HD_PROTOCOL_GRPC) || protocol == HD_PROTOCOL_HTTPS;
}

static const struct hd_port *first_port(const struct hd_service *service, bool (*is_meant)(enum hd_protocol))
{
    for (size_t i = 0; i < service_n_ports(service); i++)
        if (is_meant(service_port_at(service, i)->protocol))
            return service_port_at(service, i);
    return NULL;
}

void resolve_metrics(const struct hd_app *app, struct hd_service *service)
{
    struct hd_metrics *metrics = &service->metrics;
    const struct hd_port *port = service_port(service, "metrics");
    bool is_asked_for = struct_is_set(&hd_metrics_struct, metrics);

    if (!service_n_ports(service) || metrics->enabled == HD_FALSE)
        return;
    /* Without Prometheus metrics default to off; a service that asks for them keeps them and gets HD3124. */
    if (app->platform.prometheus.enabled == HD_FALSE && !is_asked_for)
        return;
    /* Nothing is known of a program of the runtime container: it has metrics when a port is called metrics, or the model asks for them. */
    if (!port || !protocol_may_be_http(port->protocol))
        port = runs_container(service) && !is_asked_for ? NULL : first_port(service, is_web);
    /* A service that sends its metrics, or has no port for them, is scraped only if the model asks for it, or for its proxy's metrics. */
    if ((sends_metrics(service) || !port) && !is_asked_for && !service_has_proxy(app, service)) {
        metrics->enabled = HD_FALSE;
        return;
    }
    metrics->enabled = HD_TRUE;
    if (!port)
        port = first_port(service, protocol_may_be_http);
    if (!port)
        port = service_port(service, NULL);
    if (!metrics->port)
        metrics->port = port->name;
    resolve_scrape(app, metrics);
}

/* A call to a service with one port, those for metrics left aside, or to an external with one port, means that port. */
void resolve_calls(struct hd_model *model, struct hd_service *service)
{
    struct hd_call *calls = arena_copy(&model->arena, service->calls, service->n_calls * sizeof *calls);

    if (!service->n_calls)
        return;
    for (size_t i = 0; i < service->n_calls; i++) {
        struct callee callee = graph_callee(model, calls[i].to ? calls[i].to : "");

        if (!calls[i].port && callee.service && only_port(callee.service))
            calls[i].port = only_port(callee.service)->name;
        if (!calls[i].port && callee.external && callee.external->n_ports == 1)
            calls[i].port = callee.external->ports[0].name;
        resolve_traffic_of_call(model, &calls[i]);
    }
    service->calls = calls;
}
