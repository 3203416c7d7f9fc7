#include "graph.h"

#include "model.h"
#include "port.h"

#include <stdlib.h>
#include <string.h>

/* Externals and services share one table; an address says which it is. */
struct callee graph_callee(const struct hd_model *model, const char *name)
{
    const struct hd_app *app = model->app;
    const char *found = names_find(&model->names, name);
    const char *services = (const char *)app->services;
    struct callee callee = {NULL, NULL};

    if (found >= services && found < services + app->n_services * sizeof *app->services)
        callee.service = (const struct hd_service *)(const void *)found;
    else
        callee.external = (const struct hd_external *)(const void *)found;
    return callee;
}

static struct peer peer_platform(const char *name, const struct hd_platform_peer *peer)
{
    return (struct peer){.name = name,
                         .namespace_name = peer->namespace_name,
                         .pod_labels = peer->pod_labels,
                         .n_pod_labels = peer->n_pod_labels,
                         .cidrs = peer->cidrs,
                         .n_cidrs = peer->n_cidrs};
}

static struct peer peer_external(const struct hd_external *external)
{
    return (struct peer){.name = external->name,
                         .namespace_name = external->namespace_name,
                         .pod_labels = external->pod_labels,
                         .n_pod_labels = external->n_pod_labels,
                         .cidrs = external->cidrs,
                         .n_cidrs = external->n_cidrs};
}

static void add_peers(struct hd_model *model)
{
    const struct hd_app *app = model->app;
    struct graph *graph = &model->graph;

    graph->services = arena_array(&model->arena, app->n_services, sizeof *graph->services);
    for (size_t i = 0; i < app->n_services; i++)
        graph->services[i] = (struct peer){.name = app->services[i].name, .service = &app->services[i]};
    graph->externals = arena_array(&model->arena, app->n_externals, sizeof *graph->externals);
    for (size_t i = 0; i < app->n_externals; i++)
        graph->externals[i] = peer_external(&app->externals[i]);
    graph->dns = peer_platform("dns", &app->platform.dns);
    graph->gateway = peer_platform("gateway", &app->platform.gateway);
    graph->prometheus = peer_platform("prometheus", &app->platform.prometheus);
    graph->collector = peer_platform("collector", &app->platform.collector);
}

static size_t index_of(const struct hd_model *model, const struct hd_service *service)
{
    return (size_t)(service - model->app->services);
}

static void add_edge(struct hd_model *model, const struct peer *from, const struct peer *to, const char *reason,
                     const struct edge_port *ports, size_t n_ports)
{
    struct graph *graph = &model->graph;

    arena_grow(&model->arena, graph->edges, graph->n_edges);
    graph->edges[graph->n_edges++] = (struct edge){from, to, ports, n_ports, reason};
}

static const struct edge_port *one_port(struct hd_model *model, int64_t number, enum hd_protocol protocol)
{
    struct edge_port *port = arena_new(&model->arena, struct edge_port);

    *port = (struct edge_port){number, protocol == HD_PROTOCOL_UDP};
    return port;
}

static void add_call(struct hd_model *model, const struct peer *self, const struct hd_call *call)
{
    struct callee callee = graph_callee(model, call->to ? call->to : "");
    const struct peer *to = NULL;
    int64_t number = 0;
    enum hd_protocol protocol = HD_PROTOCOL_UNSET;

    if (callee.service) {
        const struct hd_port *port = service_port(callee.service, call->port);

        to = port ? &model->graph.services[index_of(model, callee.service)] : NULL;
        number = port ? port->port : 0;
        protocol = port ? port->protocol : protocol;
    } else if (callee.external) {
        const struct hd_external_port *port = external_port(callee.external, call->port);

        to = port ? &model->graph.externals[callee.external - model->app->externals] : NULL;
        number = port ? port->port : 0;
        protocol = port ? port->protocol : protocol;
    }
    if (to && (to->service || to->namespace_name || to->n_cidrs))
        add_edge(model, self, to, "call", one_port(model, number, protocol), 1);
}

/* The gateway reaches each exposed port once, under however many paths. */
static void add_exposure(struct hd_model *model, const struct peer *self)
{
    const struct hd_service *service = self->service;

    for (size_t i = 0; i < service->n_expose; i++) {
        const struct hd_port *port = service_port(service, service->expose[i].port);
        bool again = false;

        for (size_t k = 0; k < i; k++)
            again |= service_port(service, service->expose[k].port) == port;
        if (port && !again)
            add_edge(model, &model->graph.gateway, self, "gateway", one_port(model, port->port, port->protocol), 1);
    }
}

/*
 * A Service that is open to the outside is meant to be reached from there. Its source ranges hold at the pods only where these
 * see the true sources; otherwise the nodes have put their own address in place, and whoever balances the load holds them.
 */
static void add_opening(struct hd_model *model, const struct peer *self)
{
    static const char *const anywhere[] = {"0.0.0.0/0", "::/0"};
    const struct hd_service_object *object = &self->service->service;
    bool sees_sources = object->external_traffic_policy && !strcmp(object->external_traffic_policy, "Local");
    size_t n_ports = service_n_ports(self->service);
    struct edge_port *ports;
    struct peer *outside;

    if (!object->type || !strcmp(object->type, "ClusterIP") || !n_ports)
        return;
    outside = arena_new(&model->arena, struct peer);
    *outside = (struct peer){.name = "outside", .cidrs = anywhere, .n_cidrs = sizeof anywhere / sizeof *anywhere};
    if (sees_sources && object->n_load_balancer_source_ranges) {
        outside->cidrs = object->load_balancer_source_ranges;
        outside->n_cidrs = object->n_load_balancer_source_ranges;
    }
    ports = arena_array(&model->arena, n_ports, sizeof *ports);
    for (size_t i = 0; i < n_ports; i++) {
        const struct hd_port *port = service_port_at(self->service, i);

        ports[i] = (struct edge_port){port->port, port->protocol == HD_PROTOCOL_UDP};
    }
    add_edge(model, outside, self, object->type, ports, n_ports);
}

/* Calls in the order of their callees, services first; so that edges to one follow each other. */
static int compare_calls(const void *left, const void *right)
{
    const struct edge *a = left, *b = right;
    bool a_outside = !a->to->service, b_outside = !b->to->service;

    if (a_outside != b_outside)
        return a_outside - b_outside;
    if (a->to != b->to)
        return a->to < b->to ? -1 : 1;
    if (a->ports->number != b->ports->number)
        return a->ports->number < b->ports->number ? -1 : 1;
    return a->ports->is_udp - b->ports->is_udp;
}

static void add_service(struct hd_model *model, const struct hd_service *service)
{
    static const struct edge_port dns[] = {{53, true}, {53, false}};
    static const struct edge_port otlp[] = {{4317, false}, {4318, false}};
    const struct hd_platform *platform = &model->app->platform;
    const struct peer *self = &model->graph.services[index_of(model, service)];
    const struct hd_port *port;
    size_t first_call;

    if (platform->dns.enabled == HD_TRUE)
        add_edge(model, self, &model->graph.dns, "dns", dns, 2);
    if (platform->collector.enabled == HD_TRUE)
        add_edge(model, self, &model->graph.collector, "telemetry", otlp, 2);
    first_call = model->graph.n_edges;
    for (size_t i = 0; i < service->n_calls; i++)
        add_call(model, self, &service->calls[i]);
    if (model->graph.n_edges > first_call)
        qsort(model->graph.edges + first_call, model->graph.n_edges - first_call, sizeof *model->graph.edges, compare_calls);
    port = service->metrics.enabled == HD_TRUE ? service_port(service, service->metrics.port) : NULL;
    if (port && platform->prometheus.enabled == HD_TRUE)
        add_edge(model, &model->graph.prometheus, self, "metrics", one_port(model, port->port, port->protocol), 1);
    if (platform->gateway.enabled == HD_TRUE)
        add_exposure(model, self);
    add_opening(model, self);
}

/* Sorts the edges by one end, in one pass for counting and one for placing. */
static void index_edges(struct hd_model *model, bool incoming, uint32_t **ret_order, uint32_t **ret_starts)
{
    struct graph *graph = &model->graph;
    uint32_t *order = arena_array(&model->arena, graph->n_edges, sizeof *order);
    uint32_t *starts = arena_array(&model->arena, model->app->n_services + 2, sizeof *starts);
    const struct hd_service *service;

    for (size_t i = 0; i < graph->n_edges; i++) {
        service = incoming ? graph->edges[i].to->service : graph->edges[i].from->service;
        if (service)
            starts[index_of(model, service) + 2]++;
    }
    for (size_t i = 2; i < model->app->n_services + 2; i++)
        starts[i] += starts[i - 1];
    for (size_t i = 0; i < graph->n_edges; i++) {
        service = incoming ? graph->edges[i].to->service : graph->edges[i].from->service;
        if (service)
            order[starts[index_of(model, service) + 1]++] = (uint32_t)i;
    }
    *ret_order = order;
    *ret_starts = starts;
}

void graph_build(struct hd_model *model)
{
    add_peers(model);
    for (size_t i = 0; i < model->app->n_services; i++)
        add_service(model, &model->app->services[i]);
    index_edges(model, true, &model->graph.in, &model->graph.in_starts);
    index_edges(model, false, &model->graph.out, &model->graph.out_starts);
}

size_t graph_n_in(const struct hd_model *model, const struct hd_service *service)
{
    const uint32_t *starts = &model->graph.in_starts[index_of(model, service)];

    return starts[1] - starts[0];
}

const struct edge *graph_in(const struct hd_model *model, const struct hd_service *service, size_t index)
{
    return &model->graph.edges[model->graph.in[model->graph.in_starts[index_of(model, service)] + index]];
}

size_t graph_n_out(const struct hd_model *model, const struct hd_service *service)
{
    const uint32_t *starts = &model->graph.out_starts[index_of(model, service)];

    return starts[1] - starts[0];
}

const struct edge *graph_out(const struct hd_model *model, const struct hd_service *service, size_t index)
{
    return &model->graph.edges[model->graph.out[model->graph.out_starts[index_of(model, service)] + index]];
}
