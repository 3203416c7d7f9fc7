/* Edges of a mesh: tunnels between pods, waypoints, and connections of the proxies themselves. */
#include "mesh_edges.h"

#include "model/container.h"
#include "model/mesh.h"
#include "model/port.h"

static const struct hd_edge_port tunnel[] = {{MESH_TUNNEL_PORT, false}};
static const struct hd_edge_port discovery[] = {{MESH_DISCOVERY_PORT, false}};
static const struct hd_edge_port merged_metrics[] = {{MESH_METRICS_PORT, false}};

/* Where an ambient mesh lets the kubelet's probes come from; the mesh sets these addresses. (Istio: ambient and NetworkPolicy) */
static const char *const kubelet_addresses[] = {"169.254.7.127/32", "fd16:9254:7127:1337:ffff:ffff:ffff:ffff/128"};
static const struct hd_pair waypoint_labels[] = {{.name = "gateway.networking.k8s.io/gateway-name", .value = WAYPOINT}};

static bool is_ambient(const struct hd_model *model)
{
    return model->app->mesh.mode == HD_MESH_AMBIENT;
}

static void add_network(struct hd_model *model, const struct peer *from, const struct peer *to, const char *reason,
                        const struct hd_edge_port *ports, size_t n_ports)
{
    const struct edge edge = {.from = from, .to = to, .ports = ports, .n_ports = n_ports, .reason = reason, .layer = LAYER_NETWORK};

    graph_add_exactly(model, &edge);
}

/* Those ports of an edge that are UDP, or those that are not. */
static void keep_ports(struct hd_model *model, struct edge *edge, bool udp)
{
    struct hd_edge_port *ports = arena_array(&model->arena, edge->n_ports, sizeof *ports);
    size_t n_ports = 0;

    for (size_t i = 0; i < edge->n_ports; i++)
        if (edge->ports[i].is_udp == udp)
            ports[n_ports++] = edge->ports[i];
    edge->ports = ports;
    edge->n_ports = n_ports;
}

/*
 * Between two pods of an ambient mesh all TCP travels through one port, and only the mesh's own policies see which port is meant.
 * UDP goes its way without the mesh.
 */
bool mesh_carry(struct hd_model *model, const struct edge *edge)
{
    struct edge tcp = *edge, udp = *edge;

    if (!is_ambient(model) || !edge->from->in_mesh || !edge->to->in_mesh)
        return false;
    keep_ports(model, &tcp, false);
    keep_ports(model, &udp, true);
    if (tcp.n_ports) {
        tcp.layer = LAYER_MESH;
        graph_add_exactly(model, &tcp);
        add_network(model, edge->from, edge->to, edge->reason, tunnel, 1);
    }
    if (udp.n_ports) {
        udp.layer = LAYER_NETWORK;
        graph_add_exactly(model, &udp);
    }
    return true;
}

static size_t index_of(const struct hd_model *model, const struct hd_service *service)
{
    return (size_t)(service - model->app->services);
}

bool mesh_carry_call(struct hd_model *model, const struct edge *edge)
{
    struct mesh_state *mesh = &model->mesh;
    const struct hd_service *callee = edge->to->service;
    struct edge by = *edge;

    if (!mesh->waypoint || !callee || !mesh->uses_waypoint[index_of(model, callee)] || !edge->from->in_mesh || edge->ports->is_udp)
        return false;
    by.layer = LAYER_MESH;
    by.by = mesh->waypoint;
    mesh->calls_waypoint = edge->from;
    graph_add_exactly(model, &by);
    for (size_t i = 0; i < service_n_ports(callee) && i < 64; i++)
        if (service_port_at(callee, i)->port == edge->ports->number)
            mesh->called_ports[index_of(model, callee)] |= UINT64_C(1) << i;
    return true;
}

/* All calls to the waypoint use one port, however many callees it serves. */
void mesh_add_way_to_waypoint(struct hd_model *model, const struct peer *self)
{
    if (model->mesh.calls_waypoint == self)
        add_network(model, self, model->mesh.waypoint, "call", tunnel, 1);
}

/* A proxy gives its own metrics and the application's on one port, which takes no certificate. */
bool mesh_carry_scrape(struct hd_model *model, const struct peer *from, const struct peer *self)
{
    if (!service_has_proxy(model->app, self->service))
        return false;
    add_network(model, from, self, "metrics", merged_metrics, 1);
    return true;
}

/* Whether an edge from `first` on has the port: several probes ask one. */
static bool is_probed(const struct hd_model *model, size_t first, int64_t port)
{
    for (size_t i = first; i < model->graph.n_edges; i++)
        if (model->graph.edges[i].ports->number == port)
            return true;
    return false;
}

static void add_probe(struct hd_model *model, const struct peer *self, size_t first, const struct hd_container *container,
                      const struct hd_probe *probe)
{
    const char *refs[] = {probe->http_get.port, probe->tcp_socket.port, probe->grpc.port};

    for (size_t i = 0; probe->enabled != HD_FALSE && i < sizeof refs / sizeof *refs; i++) {
        const struct hd_port *port = refs[i] ? container_port(container, refs[i]) : NULL;

        if (port && !is_probed(model, first, port->port))
            add_network(model, model->mesh.kubelet, self, "probe", graph_port(model, port->port, false), 1);
    }
}

static void add_probes(struct hd_model *model, const struct peer *self)
{
    size_t first = model->graph.n_edges;

    for (size_t i = 0; i < service_n_containers(self->service); i++) {
        const struct hd_container *container = service_container_at(self->service, i).container;

        add_probe(model, self, first, container, &container->startup_probe);
        add_probe(model, self, first, container, &container->readiness_probe);
        add_probe(model, self, first, container, &container->liveness_probe);
    }
}

void mesh_add_needs(struct hd_model *model, const struct peer *self)
{
    if (!self->in_mesh)
        return;
    if (is_ambient(model))
        add_probes(model, self);
    else if (model->app->platform.istiod.enabled == HD_TRUE)
        add_network(model, self, model->mesh.istiod, "discovery", discovery, 1);
}

static void add_waypoint(struct hd_model *model)
{
    const struct hd_platform *platform = &model->app->platform;
    struct peer *waypoint = graph_add_own_pods(model, WAYPOINT, waypoint_labels, 1);

    waypoint->in_mesh = true;
    waypoint->account = WAYPOINT;
    model->mesh.waypoint = waypoint;
    model->mesh.called_ports = arena_array(&model->arena, model->app->n_services, sizeof *model->mesh.called_ports);
    graph_add_dns(model, waypoint);
    if (platform->istiod.enabled == HD_TRUE)
        add_network(model, waypoint, model->mesh.istiod, "discovery", discovery, 1);
    if (platform->prometheus.enabled == HD_TRUE)
        add_network(model, model->graph.prometheus, waypoint, "metrics", merged_metrics, 1);
    graph_add_proxy(model, waypoint);
}

void mesh_add_application(struct hd_model *model)
{
    const struct hd_platform_peer kubelet = {.cidrs = kubelet_addresses, .n_cidrs = sizeof kubelet_addresses / sizeof *kubelet_addresses};
    struct mesh_state *mesh = &model->mesh;

    if (!mesh_is_on(model->app))
        return;
    mesh->istiod = graph_add_platform_peer(model, "istiod", &model->app->platform.istiod);
    if (!is_ambient(model))
        return;
    mesh->kubelet = graph_add_platform_peer(model, "kubelet", &kubelet);
    for (size_t i = 0; i < model->app->n_services && !mesh->waypoint; i++)
        if (mesh->uses_waypoint[i])
            add_waypoint(model);
}

/* Callers from outside of the application reach the waypoint by one port too, each by one rule. */
static void add_callers_to_waypoint(struct hd_model *model)
{
    const struct graph *graph = &model->graph;
    size_t n_edges = graph->n_edges;
    bool *has_way;

    if (!graph->callers.arena || !model->mesh.waypoint)
        return;
    has_way = arena_array(&model->arena, graph->n_peers, sizeof *has_way);
    for (size_t i = 0; i < n_edges; i++) {
        const struct edge *edge = &graph->edges[i];
        const struct peer *from = edge->from;

        if (edge->by != model->mesh.waypoint || !from->is_caller || has_way[from->index])
            continue;
        has_way[from->index] = true;
        add_network(model, from, model->mesh.waypoint, "call", tunnel, 1);
    }
}

/* Adds edges from the waypoint to the ports that are called through it. */
void mesh_add_ways_from_waypoint(struct hd_model *model)
{
    const struct mesh_state *mesh = &model->mesh;

    add_callers_to_waypoint(model);
    for (size_t i = 0; mesh->waypoint && i < model->app->n_services; i++) {
        const struct hd_service *service = &model->app->services[i];
        size_t n_ports = service_n_ports(service), n_called = 0;
        struct hd_edge_port *ports = mesh->called_ports[i] ? arena_array(&model->arena, n_ports, sizeof *ports) : NULL;

        for (size_t k = 0; ports && k < n_ports; k++)
            if (k >= 64 || mesh->called_ports[i] >> k & 1)
                ports[n_called++] = (struct hd_edge_port){service_port_at(service, k)->port, false};
        if (n_called)
            graph_add_edge(model, mesh->waypoint, &model->graph.services[i], "call", ports, n_called);
    }
}
