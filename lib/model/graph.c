#include "graph.h"

#include "derived.h"
#include "family.h"
#include "labels.h"
#include "mesh.h"
#include "neighbour.h"
#include "resolve.h"
#include "route.h"

#include <string.h>

/* Externals and services share one table; a value inside app->services[] is a service. */
struct callee graph_callee(const struct hd_model *model, const char *name)
{
    const struct hd_app *app = model->app;
    const void *found = names_find(&model->names, name);
    uintptr_t address = (uintptr_t)found, services = (uintptr_t)app->services;
    struct callee callee = {NULL, NULL};

    if (address >= services && address < services + app->n_services * sizeof *app->services)
        callee.service = found;
    else
        callee.external = found;
    return callee;
}

static struct peer peer_platform(struct graph *graph, const char *name, const struct hd_platform_peer *peer)
{
    return (struct peer){.name = name,
                         .namespace_name = peer->namespace_name,
                         .pod_labels = peer->pod_labels,
                         .n_pod_labels = peer->n_pod_labels,
                         .cidrs = peer->cidrs,
                         .n_cidrs = peer->n_cidrs,
                         .in_mesh = peer->mesh == HD_TRUE,
                         .account = peer->service_account,
                         .index = graph->n_peers++};
}

static struct peer peer_external(struct graph *graph, const struct hd_app *app, const struct hd_external *external)
{
    return (struct peer){.name = external->name,
                         .host = external_by_host(app, external) ? external->host : NULL,
                         .namespace_name = external->namespace_name,
                         .pod_labels = external->pod_labels,
                         .n_pod_labels = external->n_pod_labels,
                         .cidrs = external->cidrs,
                         .n_cidrs = external->n_cidrs,
                         .in_mesh = external->mesh == HD_TRUE,
                         .index = graph->n_peers++};
}

static struct peer peer_service(struct graph *graph, const struct hd_app *app, const struct hd_service *service)
{
    return (struct peer){.name = service->name,
                         .service = service,
                         .in_mesh = service_in_mesh(app, service),
                         .account = account_name(service),
                         .index = graph->n_peers++};
}

/* Adds further pods behind the last of the same part; returns them. */
static struct peer *add_other(struct hd_model *model, struct peer *last, const char *name, const struct hd_platform_peer *part,
                              const struct hd_platform_pods *pods)
{
    struct graph *graph = &model->graph;
    struct peer *peer = arena_new(&model->arena, struct peer);

    *peer = (struct peer){.name = name,
                          .namespace_name = pods->namespace_name ? pods->namespace_name : part->namespace_name,
                          .pod_labels = pods->pod_labels,
                          .n_pod_labels = pods->n_pod_labels,
                          .in_mesh = part->mesh == HD_TRUE || pods->service_account,
                          .account = pods->service_account,
                          .index = graph->n_peers++};
    last->also = peer;
    arena_grow(&model->arena, graph->platform, graph->n_platform);
    graph->platform[graph->n_platform++] = peer;
    return peer;
}

static void add_platform(struct hd_model *model, struct peer *peer, const char *name, const struct hd_platform_peer *given)
{
    struct graph *graph = &model->graph;

    *peer = peer_platform(graph, name, given);
    arena_grow(&model->arena, graph->platform, graph->n_platform);
    graph->platform[graph->n_platform++] = peer;
    for (size_t i = 0; i < given->n_others; i++)
        peer = add_other(model, peer, arena_printf(&model->arena, "%s-%zu", name, i + 2), given, &given->others[i]);
}

/* The service of the application whose pods a part of the platform names, by the namespace and the label that tells services apart. */
static const struct hd_service *service_among(const struct hd_model *model, const struct hd_platform_peer *part)
{
    const char *own = model->app->namespace_name;

    if (!own || !part->namespace_name || strcmp(part->namespace_name, own) != 0 || part->n_others || part->n_cidrs)
        return NULL;
    for (size_t i = 0; i < part->n_pod_labels; i++)
        if (part->pod_labels[i].name && !strcmp(part->pod_labels[i].name, LABEL_NAME) && part->pod_labels[i].value)
            return graph_callee(model, part->pod_labels[i].value).service;
    return NULL;
}

static const struct peer *peer_of_part(struct hd_model *model, const char *name, const struct hd_platform_peer *part)
{
    const struct hd_service *service = service_among(model, part);

    return service ? graph_service_peer(model, service) : graph_add_platform_peer(model, name, part);
}

/* Whoever asks a Service, or the cache of a node, asks port 53, wherever the pods behind it listen. */
enum { DNS_PORT = 53 };

static void add_resolver(struct hd_model *model)
{
    struct graph *graph = &model->graph;
    struct hd_platform_peer pods = model->app->platform.dns;
    const struct hd_platform_peer addresses = {.cidrs = pods.cidrs, .n_cidrs = pods.n_cidrs};

    graph->dns_ports[0] = (struct hd_edge_port){pods.port, true};
    graph->dns_ports[1] = (struct hd_edge_port){pods.port, false};
    if (pods.port != DNS_PORT && pods.namespace_name && pods.n_cidrs) {
        pods.n_cidrs = 0;
        graph->dns_addresses = graph_add_platform_peer(model, "dns-addresses", &addresses);
    }
    add_platform(model, &graph->dns, "dns", &pods);
}

static const struct hd_pair waypoint_labels[] = {{.name = "gateway.networking.k8s.io/gateway-name", .value = WAYPOINT}};

/* Calls of a neighbour by its waypoint reach the pods of both. */
static void add_waypoints_of_neighbours(struct hd_model *model)
{
    const struct hd_app *app = model->app;
    struct graph *graph = &model->graph;

    for (size_t i = model->given->n_externals; app->mesh.mode == HD_MESH_AMBIENT && i < app->n_externals; i++) {
        /* Services of manifests are among them, too. */
        const struct neighbour *neighbour = find_neighbour(model, app->externals[i].name);
        struct peer *waypoint;

        if (!neighbour || !neighbour->has_waypoint)
            continue;
        waypoint = arena_new(&model->arena, struct peer);
        *waypoint = (struct peer){.name = app->externals[i].name,
                                  .namespace_name = app->externals[i].namespace_name,
                                  .pod_labels = waypoint_labels,
                                  .n_pod_labels = 1,
                                  .in_mesh = true,
                                  .index = graph->n_peers++};
        graph->externals[i].also = waypoint;
    }
}

static void add_peers(struct hd_model *model)
{
    const struct hd_app *app = model->app;
    struct graph *graph = &model->graph;

    graph->services = arena_array(&model->arena, app->n_services, sizeof *graph->services);
    for (size_t i = 0; i < app->n_services; i++)
        graph->services[i] = peer_service(graph, app, &app->services[i]);
    graph->externals = arena_array(&model->arena, app->n_externals, sizeof *graph->externals);
    for (size_t i = 0; i < app->n_externals; i++)
        graph->externals[i] = peer_external(graph, app, &app->externals[i]);
    add_waypoints_of_neighbours(model);
    add_resolver(model);
    add_platform(model, &graph->gateway, "gateway", &app->platform.gateway);
    if (app_routes_without_mesh(app) && !graph->gateway.namespace_name && !graph->gateway.n_cidrs)
        graph->gateway.entity = "ingress";
    graph->prometheus = peer_of_part(model, "prometheus", &app->platform.prometheus);
    graph->collector = peer_of_part(model, "collector", &app->platform.collector);
    add_platform(model, &graph->keda, "keda", &app->platform.keda);
    add_platform(model, &graph->api_server, "api-server", &app->platform.api_server);
    if (!peer_has_place(&app->platform.api_server))
        graph->api_server.entity = "kube-apiserver";
}

struct peer *graph_service_peer(const struct hd_model *model, const struct hd_service *service)
{
    return &model->graph.services[service - model->app->services];
}

struct peer *graph_add_platform_peer(struct hd_model *model, const char *name, const struct hd_platform_peer *peer)
{
    struct peer *added = arena_new(&model->arena, struct peer);

    add_platform(model, added, name, peer);
    return added;
}

struct peer *graph_add_own_pods(struct hd_model *model, const char *name, const struct hd_pair *labels, size_t n_labels)
{
    struct graph *graph = &model->graph;
    struct peer *added = arena_new(&model->arena, struct peer);

    *added = (struct peer){.name = name,
                           .is_own = true,
                           .namespace_name = model->app->namespace_name,
                           .pod_labels = labels,
                           .n_pod_labels = n_labels,
                           .index = graph->n_peers++};
    arena_grow(&model->arena, graph->own, graph->n_own);
    graph->own[graph->n_own++] = added;
    return added;
}

const struct hd_edge_port *graph_port(struct hd_model *model, int64_t number, bool is_udp)
{
    struct hd_edge_port *port = arena_new(&model->arena, struct hd_edge_port);

    *port = (struct hd_edge_port){number, is_udp};
    return port;
}

struct wanted edge_wants(const struct edge *edge)
{
    const struct hd_call *call = edge->call;
    const struct hd_caller *caller = edge->caller;

    if (call)
        return (struct wanted){call->methods, call->paths, call->n_methods, call->n_paths};
    return caller ? (struct wanted){caller->methods, caller->paths, caller->n_methods, caller->n_paths} : (struct wanted){0};
}

void graph_add_exactly(struct hd_model *model, const struct edge *edge)
{
    struct graph *graph = &model->graph;

    for (const struct peer *from = edge->from; from; from = from->also)
        for (const struct peer *to = edge->to; to; to = to->also) {
            arena_grow(&model->arena, graph->edges, graph->n_edges);
            graph->edges[graph->n_edges] = *edge;
            graph->edges[graph->n_edges].from = from;
            graph->edges[graph->n_edges].to = to;
            if (edge->layer & LAYER_NETWORK && (from->entity || to->entity || to->host))
                graph->edges[graph->n_edges].layer ^= LAYER_NETWORK | LAYER_CILIUM;
            graph->n_edges++;
        }
}

void graph_add_edge(struct hd_model *model, const struct peer *from, const struct peer *to, const char *reason,
                    const struct hd_edge_port *ports, size_t n_ports)
{
    const struct edge edge = {.from = from, .to = to, .ports = ports, .n_ports = n_ports, .reason = reason, .layer = LAYER_BOTH};

    graph_carry(model, &edge);
}

void graph_carry(struct hd_model *model, const struct edge *edge)
{
    for (size_t f = 0; f < N_FAMILIES; f++)
        if (families[f]->carry && families[f]->carry(model, edge))
            return;
    graph_add_exactly(model, edge);
}

void graph_add_dns(struct hd_model *model, const struct peer *from)
{
    static const struct hd_edge_port standard[] = {{DNS_PORT, true}, {DNS_PORT, false}};

    if (model->app->platform.dns.enabled != HD_TRUE)
        return;
    graph_add_edge(model, from, &model->graph.dns, "dns", model->graph.dns_ports, 2);
    if (model->graph.dns_addresses)
        graph_add_edge(model, from, model->graph.dns_addresses, "dns", standard, 2);
}

void graph_add_api_server(struct hd_model *model, const struct peer *from)
{
    static const struct hd_edge_port usual[] = {{443, false}, {6443, false}};
    const struct hd_platform_peer *server = &model->app->platform.api_server;

    if (server->enabled == HD_TRUE)
        graph_add_edge(model, from, &model->graph.api_server, "kubernetes", server->port ? graph_port(model, server->port, false) : usual,
                       server->port ? 1 : 2);
}

void graph_add_scrape(struct hd_model *model, const struct peer *from, const struct peer *self, const struct hd_port *port)
{
    for (size_t f = 0; f < N_FAMILIES; f++)
        if (families[f]->carry_scrape && families[f]->carry_scrape(model, from, self))
            return;
    graph_add_edge(model, from, self, "metrics", graph_port(model, port->port, port->protocol == HD_PROTOCOL_UDP), 1);
}

void graph_add_proxy(struct hd_model *model, const struct peer *proxy)
{
    for (size_t f = 0; f < N_FAMILIES; f++)
        if (families[f]->add_proxy_edges)
            families[f]->add_proxy_edges(model, proxy);
}

/* Sorts the edges by one end, in one pass for counting and one for placing. */
static void index_edges(struct hd_model *model, bool incoming, uint32_t **ret_order, uint32_t **ret_starts)
{
    struct graph *graph = &model->graph;
    uint32_t *order = arena_array(&model->arena, graph->n_edges, sizeof *order);
    uint32_t *starts = arena_array(&model->arena, (size_t)graph->n_peers + 2, sizeof *starts);

    for (size_t i = 0; i < graph->n_edges; i++)
        starts[(incoming ? graph->edges[i].to : graph->edges[i].from)->index + 2]++;
    for (size_t i = 2; i < (size_t)graph->n_peers + 2; i++)
        starts[i] += starts[i - 1];
    for (size_t i = 0; i < graph->n_edges; i++)
        order[starts[(incoming ? graph->edges[i].to : graph->edges[i].from)->index + 1]++] = (uint32_t)i;
    *ret_order = order;
    *ret_starts = starts;
}

void graph_build(struct hd_model *model)
{
    add_peers(model);
    graph_add_declared(model);
    index_edges(model, true, &model->graph.in, &model->graph.in_starts);
    index_edges(model, false, &model->graph.out, &model->graph.out_starts);
}

size_t peer_n_in(const struct hd_model *model, const struct peer *peer)
{
    return model->graph.in_starts[peer->index + 1] - model->graph.in_starts[peer->index];
}

const struct edge *peer_in(const struct hd_model *model, const struct peer *peer, size_t index)
{
    return &model->graph.edges[model->graph.in[model->graph.in_starts[peer->index] + index]];
}

size_t peer_n_out(const struct hd_model *model, const struct peer *peer)
{
    return model->graph.out_starts[peer->index + 1] - model->graph.out_starts[peer->index];
}

const struct edge *peer_out(const struct hd_model *model, const struct peer *peer, size_t index)
{
    return &model->graph.edges[model->graph.out[model->graph.out_starts[peer->index] + index]];
}

size_t graph_n_in(const struct hd_model *model, const struct hd_service *service)
{
    return peer_n_in(model, graph_service_peer(model, service));
}

const struct edge *graph_in(const struct hd_model *model, const struct hd_service *service, size_t index)
{
    return peer_in(model, graph_service_peer(model, service), index);
}

size_t graph_n_out(const struct hd_model *model, const struct hd_service *service)
{
    return peer_n_out(model, graph_service_peer(model, service));
}

const struct edge *graph_out(const struct hd_model *model, const struct hd_service *service, size_t index)
{
    return peer_out(model, graph_service_peer(model, service), index);
}
