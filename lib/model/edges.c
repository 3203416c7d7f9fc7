/* The edges that the model declares: calls, exposure, scrapes, and what every pod needs of the platform. */
#include "core/text/among.h"
#include "family.h"
#include "port.h"

#include <stdlib.h>
#include <string.h>

static const struct hd_edge_port *port_of(struct hd_model *model, int64_t number, enum hd_protocol protocol)
{
    return graph_port(model, number, protocol == HD_PROTOCOL_UDP);
}

static void add_for_application(struct hd_model *model, enum graph_phase phase)
{
    for (size_t f = 0; f < N_FAMILIES; f++)
        if (families[f]->add_edges[phase])
            families[f]->add_edges[phase](model);
}

static void add_for_service(struct hd_model *model, const struct peer *self, enum edge_phase phase)
{
    for (size_t f = 0; f < N_FAMILIES; f++)
        if (families[f]->add_service_edges[phase])
            families[f]->add_service_edges[phase](model, self);
}

void graph_carry_call(struct hd_model *model, const struct edge *edge)
{
    for (size_t f = 0; f < N_FAMILIES; f++)
        if (families[f]->carry_call && families[f]->carry_call(model, edge))
            return;
    graph_carry(model, edge);
}

static void add_call(struct hd_model *model, const struct peer *self, const struct hd_call *call)
{
    struct callee callee = graph_callee(model, text_or(call->to, ""));
    struct edge edge = {.from = self, .n_ports = 1, .reason = "call", .layer = LAYER_BOTH, .call = call};

    if (callee.service) {
        const struct hd_port *port = service_port(callee.service, call->port);

        if (!port)
            return;
        edge.to = graph_service_peer(model, callee.service);
        edge.ports = port_of(model, port->port, port->protocol);
    } else if (callee.external) {
        const struct hd_external_port *port = external_port(callee.external, call->port);

        if (!port)
            return;
        edge.to = &model->graph.externals[callee.external - model->app->externals];
        edge.ports = port_of(model, port->port, port->protocol);
    }
    if (!edge.to)
        return;
    graph_carry_call(model, &edge);
}

/* A port that the gateway sends requests to, and the next one of the same service. */
struct way {
    const struct hd_port *port;
    const struct way *next;
};

static void add_way(struct hd_model *model, const struct way **ways, const struct hd_service *service, const char *ref)
{
    const struct hd_port *port = service ? service_port(service, ref) : NULL;
    const struct way **head = service ? &ways[service - model->app->services] : NULL;
    struct way *way;

    if (!port)
        return;
    /* Each port once, under however many paths. */
    for (const struct way *other = *head; other; other = other->next)
        if (other->port == port)
            return;
    way = arena_new(&model->arena, struct way);
    *way = (struct way){port, *head};
    *head = way;
}

/* By service, the ports to which exposures lead: their own, and those of the services that share or see the requests. */
static const struct way **ways_in(struct hd_model *model)
{
    const struct hd_app *app = model->app;
    const struct way **ways = arena_array(&model->arena, app->n_services, sizeof *ways);

    for (size_t i = 0; i < app->n_services; i++)
        for (size_t k = 0; k < app->services[i].n_expose; k++) {
            const struct hd_exposure *exposure = &app->services[i].expose[k];

            if (exposure_forwards(exposure) && !exposure->n_destinations)
                add_way(model, ways, &app->services[i], exposure->port);
            for (size_t d = 0; d < exposure->n_destinations; d++)
                add_way(model, ways, graph_callee(model, text_or(exposure->destinations[d].to, "")).service,
                        exposure->destinations[d].port);
            if (exposure->mirror.to)
                add_way(model, ways, graph_callee(model, exposure->mirror.to).service, exposure->mirror.port);
        }
    return ways;
}

static void add_exposure(struct hd_model *model, const struct peer *self, const struct way *way)
{
    if (!way)
        return;
    /* In the order of the model. */
    add_exposure(model, self, way->next);
    graph_add_edge(model, &model->graph.gateway, self, "gateway", port_of(model, way->port->port, way->port->protocol), 1);
}

static const char *const anywhere[] = {"0.0.0.0/0", "::/0"};

/*
 * A Service that is open to the outside is meant to be reached from there. Its source ranges hold at the pods only where these
 * see the true sources; otherwise the nodes have put their own address in place, and whoever balances the load holds them.
 */
static void add_opening(struct hd_model *model, const struct peer *self, const struct hd_service_object *object,
                        const struct hd_edge_port *ports, size_t n_ports)
{
    bool sees_sources = object->external_traffic_policy && !strcmp(object->external_traffic_policy, "Local");
    struct hd_platform_peer addresses = {.cidrs = anywhere, .n_cidrs = sizeof anywhere / sizeof *anywhere};

    if (sees_sources && object->n_load_balancer_source_ranges) {
        addresses.cidrs = object->load_balancer_source_ranges;
        addresses.n_cidrs = object->n_load_balancer_source_ranges;
    }
    graph_add_edge(model, graph_add_platform_peer(model, "outside", &addresses), self, object->type, ports, n_ports);
}

static void add_own_opening(struct hd_model *model, const struct peer *self)
{
    const struct hd_service_object *object = &self->service->service;
    size_t n_ports = service_n_ports(self->service);
    struct hd_edge_port *ports;

    if (!service_opens_nodes(object) || !n_ports)
        return;
    ports = arena_array(&model->arena, n_ports, sizeof *ports);
    for (size_t i = 0; i < n_ports; i++) {
        const struct hd_port *port = service_port_at(self->service, i);

        ports[i] = (struct hd_edge_port){port->port, port->protocol == HD_PROTOCOL_UDP};
    }
    add_opening(model, self, object, ports, n_ports);
}

static void add_further_opening(struct hd_model *model, const struct peer *self, const struct hd_extra_service *extra)
{
    struct hd_edge_port *ports;
    size_t n_ports = 0;

    if (!service_opens_nodes(&extra->service))
        return;
    ports = arena_array(&model->arena, extra->n_ports, sizeof *ports);
    for (size_t i = 0; i < extra->n_ports; i++) {
        const struct hd_port *port = extra_service_target(self->service, &extra->ports[i]);

        if (port)
            ports[n_ports++] = (struct hd_edge_port){port->port, port->protocol == HD_PROTOCOL_UDP};
    }
    if (n_ports)
        add_opening(model, self, &extra->service, ports, n_ports);
}

/* A port of the node leads into the pod for whoever reaches the node. Policies do not hold for pods that have the node's network. */
static void add_host_ports(struct hd_model *model, const struct peer *self)
{
    const struct hd_platform_peer addresses = {.cidrs = anywhere, .n_cidrs = sizeof anywhere / sizeof *anywhere};
    size_t n_ports = service_n_ports(self->service), n_opened = 0;
    struct hd_edge_port *ports;

    if (self->service->pod.host_network == HD_TRUE || !n_ports)
        return;
    ports = arena_array(&model->arena, n_ports, sizeof *ports);
    for (size_t i = 0; i < n_ports; i++) {
        const struct hd_port *port = service_port_at(self->service, i);

        if (port->host_port)
            ports[n_opened++] = (struct hd_edge_port){port->port, port->protocol == HD_PROTOCOL_UDP};
    }
    if (n_opened)
        graph_add_edge(model, graph_add_platform_peer(model, "outside", &addresses), self, "hostPort", ports, n_opened);
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
    if (a->layer != b->layer)
        return a->layer < b->layer ? -1 : 1;
    if (a->ports->number != b->ports->number)
        return a->ports->number < b->ports->number ? -1 : 1;
    return a->ports->is_udp - b->ports->is_udp;
}

static void add_service(struct hd_model *model, const struct hd_service *service, const struct way *ways)
{
    const struct hd_platform *platform = &model->app->platform;
    const struct peer *self = graph_service_peer(model, service);
    const struct hd_port *port;
    size_t first_call;

    graph_add_dns(model, self);
    if (service->pod.service_account.n_rules)
        graph_add_api_server(model, self);
    add_for_service(model, self, EDGE_SENDS);
    first_call = model->graph.n_edges;
    for (size_t i = 0; i < service->n_calls; i++)
        add_call(model, self, &service->calls[i]);
    if (model->graph.n_edges > first_call)
        qsort(model->graph.edges + first_call, model->graph.n_edges - first_call, sizeof *model->graph.edges, compare_calls);
    add_for_service(model, self, EDGE_CALLS);
    port = service->metrics.enabled == HD_TRUE ? service_port(service, service->metrics.port) : NULL;
    if (port && platform->prometheus.enabled == HD_TRUE && model->graph.prometheus != self)
        graph_add_scrape(model, model->graph.prometheus, self, port);
    if (platform->gateway.enabled == HD_TRUE)
        add_exposure(model, self, ways);
    graph_add_callers(model, self);
    add_own_opening(model, self);
    for (size_t i = 0; i < service->n_extra_services; i++)
        add_further_opening(model, self, &service->extra_services[i]);
    add_host_ports(model, self);
    add_for_service(model, self, EDGE_NEEDS);
}

void graph_add_declared(struct hd_model *model)
{
    const struct way **ways = ways_in(model);

    add_for_application(model, GRAPH_PODS);
    add_for_application(model, GRAPH_PLATFORM);
    for (size_t i = 0; i < model->app->n_services; i++)
        add_service(model, &model->app->services[i], ways[i]);
    add_for_application(model, GRAPH_LAST);
}
