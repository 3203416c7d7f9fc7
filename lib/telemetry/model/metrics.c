/* Which services Prometheus scrapes, and on which port. */
#include "core/tables/field.h"
#include "model/mesh.h"
#include "model/port.h"
#include "model/runtime.h"
#include "model/tables.h"
#include "parts.h"
#include "scraping.h"
#include "signals.h"

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
    bool is_asked_for = struct_is_set(&hd_metrics_struct, metrics), is_named = metrics->port || metrics->path;

    if (!service_n_ports(service) || metrics->enabled == HD_FALSE)
        return;
    /* Without Prometheus metrics default to off; a service that asks for them keeps them and gets HD3124. */
    if (app->platform.prometheus.enabled == HD_FALSE && !is_asked_for)
        return;
    /* The library does not know what programs of runtime container serve; they have metrics when a port is named metrics, or the model asks
     * for them. */
    if (!port || !protocol_may_be_http(port->protocol))
        port = runs_container(service) && !(service_has_proxy(app, service) ? is_named : is_asked_for) ? NULL : first_port(service, is_web);
    /* A service that sends its metrics, or has no port for them, is scraped only on request; with a proxy it is scraped for the metrics of
     * the proxy. */
    if ((sends_metrics(service) || !port) && !is_asked_for && !service_has_proxy(app, service)) {
        metrics->enabled = HD_FALSE;
        return;
    }
    metrics->enabled = HD_TRUE;
    /* Then the proxy has nothing to ask the application for. */
    if (service_has_proxy(app, service) && !is_named && (sends_metrics(service) || !port)) {
        resolve_scrape_times(app, metrics);
        return;
    }
    if (!port)
        port = first_port(service, protocol_may_be_http);
    if (!port)
        port = service_port(service, NULL);
    if (!metrics->port)
        metrics->port = port->name;
    resolve_scrape(app, metrics);
}
