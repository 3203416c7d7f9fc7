/* Edges that telemetry adds to the graph: the collectors' pods, who sends to them, and whom they scrape. */
#include "collectors.h"
#include "core/text/among.h"
#include "endpoint.h"
#include "exporter.h"
#include "model/mesh.h"
#include "model/model.h"
#include "model/port.h"
#include "scraping.h"

#include <string.h>

/* One peer for each namespace or address that exporters name, also when each pod has a collector of its own. */
static const struct peer *place_named(struct hd_model *model, const char *name, const char *namespace_name, const char *cidr)
{
    struct back_ends *places = &model->collectors.back_ends;
    struct hd_platform_peer found = {.namespace_name = namespace_name};
    const char **cidrs;

    for (size_t i = 0; i < places->n; i++)
        if (namespace_name ? places->peers[i]->namespace_name && !strcmp(places->peers[i]->namespace_name, namespace_name)
                           : places->peers[i]->n_cidrs && !strcmp(places->peers[i]->cidrs[0], cidr))
            return places->peers[i];
    if (cidr) {
        cidrs = arena_array(&model->arena, 1, sizeof *cidrs);
        cidrs[0] = cidr;
        found.cidrs = cidrs;
        found.n_cidrs = 1;
    }
    arena_grow(&model->arena, places->peers, places->n);
    places->peers[places->n] = graph_add_platform_peer(model, arena_printf(&model->arena, "back-end-%s", text_or(name, "")), &found);
    return places->peers[places->n++];
}

/* The port of the pods behind a Service of the application. */
static const struct hd_port *port_behind(const struct hd_service *service, int64_t service_port)
{
    for (size_t i = 0; i < service_n_ports(service); i++)
        if (service_port_at(service, i)->service_port == service_port)
            return service_port_at(service, i);
    return NULL;
}

/* The service of the application that an endpoint means; and the port of its pods, 0 when it has none of that number. */
static const struct peer *own_service(struct hd_model *model, const struct endpoint *endpoint, int64_t *port)
{
    const char *name = endpoint_service_in(endpoint, model->app->namespace_name);
    const struct hd_service *service = name ? graph_callee(model, name).service : NULL;
    const struct hd_port *behind = service ? port_behind(service, endpoint_port(endpoint)) : NULL;

    *port = behind ? behind->port : 0;
    return service ? graph_service_peer(model, service) : NULL;
}

static const struct peer *back_end(struct hd_model *model, const struct hd_exporter *exporter, int64_t *port)
{
    const struct peer *own;
    struct endpoint endpoint;

    *port = 0;
    if (exporter->external) {
        const struct hd_external *external = graph_callee(model, exporter->external).external;
        const struct hd_external_port *found = external ? external_port(external, exporter->port) : NULL;

        *port = found ? found->port : 0;
        return found ? &model->graph.externals[external - model->app->externals] : NULL;
    }
    if (!exporter->endpoint || !endpoint_parse(&model->arena, exporter->endpoint, &endpoint))
        return NULL;
    own = own_service(model, &endpoint, port);
    if (own)
        return own;
    *port = endpoint_port(&endpoint);
    if (endpoint.place == PLACE_ADDRESS)
        return place_named(model, exporter->name, NULL,
                           arena_printf(&model->arena, "%s/%s", endpoint.host, strchr(endpoint.host, ':') ? "128" : "32"));
    if (endpoint.place == PLACE_OUTSIDE)
        return NULL;
    return place_named(model, exporter->name, endpoint.place == PLACE_HERE ? model->app->namespace_name : endpoint.namespace_name, NULL);
}

/* Adds each address and port once, even if several exporters use it. */
static void add_back_ends(struct hd_model *model, const struct peer *self)
{
    const struct hd_collector *collector = &model->app->telemetry.collector;
    size_t first = model->graph.n_edges;

    for (size_t i = 0; i < collector->n_exporters; i++) {
        const struct peer *to;
        bool again = false;
        int64_t port;

        if (exporter_kind(&collector->exporters[i])->name && !exporter_kind(&collector->exporters[i])->form)
            continue;
        to = back_end(model, &collector->exporters[i], &port);
        for (size_t k = first; to && k < model->graph.n_edges; k++)
            again |= model->graph.edges[k].to == to && model->graph.edges[k].ports->number == port;
        if (to && port && !again && to != self)
            graph_add_edge(model, self, to, "telemetry", graph_port(model, port, false), 1);
    }
}

static bool has_port(const struct hd_service *service, int64_t number)
{
    for (size_t i = 0; i < service->container.n_ports; i++)
        if (service->container.ports[i].port == number)
            return true;
    return false;
}

static void add_scrapes(struct hd_model *model, const struct collector *collector, const struct peer *self)
{
    static const struct hd_edge_port both[] = {{PROMETHEUS_EXPORTER_PORT, false}, {COLLECTOR_METRICS_PORT, false}};
    bool has_exporter = has_port(collector->service, PROMETHEUS_EXPORTER_PORT);

    if (model->app->platform.prometheus.enabled == HD_TRUE)
        graph_add_edge(model, model->graph.prometheus, self, "metrics", has_exporter ? both : both + 1, has_exporter ? 2 : 1);
}

static void add_pods(struct hd_model *model, struct collector *collector)
{
    static const struct hd_edge_port otlp[] = {{OTLP_GRPC_PORT, false}};
    const struct hd_app *app = model->app;
    const struct hd_external *api = collector_api_server(model);
    bool asks = collector->service->pod.service_account.n_rules > 0;

    collector->peer = graph_add_own_pods(model, collector->service->name, collector->labels, collector->n_labels);
    graph_add_dns(model, collector->peer);
    if (asks && !api)
        graph_add_api_server(model, collector->peer);
    else if (asks && api->n_ports)
        graph_add_edge(model, collector->peer, &model->graph.externals[api - app->externals], "kubernetes",
                       graph_port(model, api->ports[0].port, false), 1);
    add_scrapes(model, collector, collector->peer);
    if (mesh_sends_traces(app) && app->platform.gateway.enabled == HD_TRUE && collector == collector_first(model))
        graph_add_edge(model, &model->graph.gateway, collector->peer, "telemetry", otlp, 1);
}

void graph_add_collectors(struct hd_model *model)
{
    static const struct hd_edge_port otlp[] = {{OTLP_GRPC_PORT, false}};
    struct collectors *collectors = &model->collectors;

    if (!collectors->n || collectors->all[0].role == COLLECTOR_SIDECAR)
        return;
    for (size_t i = 0; i < collectors->n; i++)
        add_pods(model, &collectors->all[i]);
    for (size_t i = 0; i + 1 < collectors->n; i++)
        graph_add_edge(model, collectors->all[i].peer, collectors->all[i + 1].peer, "telemetry", otlp, 1);
    add_back_ends(model, collector_last(model)->peer);
    for (size_t i = 0; model->app->telemetry.scraping.form == HD_SCRAPING_COLLECTOR && i < model->app->n_services; i++) {
        const struct hd_service *service = &model->app->services[i];
        const struct hd_port *port = is_scraped(model->app, service) ? service_port(service, service->metrics.port) : NULL;

        if (port)
            graph_add_scrape(model, collector_last(model)->peer, graph_service_peer(model, service), port);
    }
}

static void add_external(struct hd_model *model, const struct peer *self)
{
    static const struct hd_edge_port both[] = {{OTLP_GRPC_PORT, false}, {OTLP_HTTP_PORT, false}};
    const char *external = model->app->telemetry.collector.external;
    const struct peer *own = NULL;
    struct endpoint endpoint;
    int64_t port = 0;

    if (external && endpoint_parse(&model->arena, external, &endpoint)) {
        own = own_service(model, &endpoint, &port);
        port = own ? port : endpoint_port(&endpoint);
    }
    if (own) {
        if (port && own != self)
            graph_add_edge(model, self, own, "telemetry", graph_port(model, port, false), 1);
        return;
    }
    if (model->app->platform.collector.enabled != HD_TRUE || model->graph.collector == self)
        return;
    if (port)
        graph_add_edge(model, self, model->graph.collector, "telemetry", graph_port(model, port, false), 1);
    else
        graph_add_edge(model, self, model->graph.collector, "telemetry", both, 2);
}

void graph_add_telemetry(struct hd_model *model, const struct peer *self)
{
    const struct hd_app *app = model->app;
    const struct collector *collector = collector_first(model);
    static const struct hd_edge_port grpc = {OTLP_GRPC_PORT, false}, http = {OTLP_HTTP_PORT, false};
    static const struct hd_edge_port both[] = {{OTLP_GRPC_PORT, false}, {OTLP_HTTP_PORT, false}};
    bool uses_http = self->service->telemetry.signals.protocol == HD_OTLP_HTTP;

    if (app->telemetry.enabled != HD_TRUE) {
        add_external(model, self);
        return;
    }
    if (self->service->telemetry.enabled != HD_TRUE)
        return;
    if (!collector)
        add_external(model, self);
    else if (collector->role == COLLECTOR_SIDECAR)
        add_back_ends(model, self);
    else if (uses_http && mesh_sends_traces(app) && service_has_proxy(app, self->service))
        graph_add_edge(model, self, collector->peer, "telemetry", both, 2);
    else
        graph_add_edge(model, self, collector->peer, "telemetry", uses_http ? &http : &grpc, 1);
}

void graph_add_proxy_telemetry(struct hd_model *model, const struct peer *proxy)
{
    static const struct hd_edge_port otlp[] = {{OTLP_GRPC_PORT, false}};
    const struct collector *collector = collector_first(model);

    if (!mesh_sends_traces(model->app))
        return;
    /* No edge to an external collector: the mesh is not told its address. */
    if (collector && collector->peer)
        graph_add_edge(model, proxy, collector->peer, "telemetry", otlp, 1);
}

static void mark(const struct hd_model *model, bool *used, const char *name)
{
    const struct hd_external *external = name ? graph_callee(model, name).external : NULL;

    if (external)
        used[external - model->app->externals] = true;
}

void mark_telemetry_externals(const struct hd_model *model, bool *used)
{
    const struct hd_collector *collector = &model->app->telemetry.collector;

    for (size_t i = 0; model->collectors.n && i < collector->n_exporters; i++)
        mark(model, used, collector->exporters[i].external);
    if (model->collectors.n)
        mark(model, used, collector->k8s_attributes.external);
}
