/* VirtualService: exposed services, one object for each host; and calls to services of the mesh. */
#include "core/text/among.h"
#include "external_route.h"
#include "host.h"
#include "http_route.h"
#include "kinds.h"
#include "model/derived.h"
#include "model/port.h"
#include "model/routing/gateway.h"
#include "model/routing/retry.h"
#include "model/version.h"
#include "plan/labels.h"

#include <stdio.h>
#include <string.h>

/* The routes of one gateway and host, which follow each other. */
struct host_routes {
    const struct route *routes;
    size_t n;
};

static void plan_virtual_service_of_app(struct hd_model *model, const struct plan_row *row)
{
    const struct routes *routes = &model->routes;

    plan_external_routes(model, row);
    if (!app_routes_by(model->app, HD_ROUTING_ISTIO))
        return;
    for (size_t first = 0, end; first < routes->n; first = end) {
        struct host_routes *group = arena_new(&model->arena, struct host_routes);

        end = routes_end(routes, first);
        *group = (struct host_routes){&routes->routes[first], end - first};
        plan_add(model, row, host_object_name(model, &routes->routes[first]), NULL, group);
    }
}

static bool wants_own_way(const struct hd_call *call)
{
    return call->timeout || call->retries.attempts.set || call->version;
}

/* Whether the model has settings for calls to this service. */
static bool says_how(const struct hd_model *model, const struct hd_service *service)
{
    const struct hd_traffic_policy *policy = &service->traffic_policy;

    if (policy->timeout || policy->retries.attempts.set)
        return true;
    for (size_t i = 0; i < graph_n_in(model, service); i++) {
        const struct hd_call *call = graph_in(model, service, i)->call;

        if (call && wants_own_way(call))
            return true;
    }
    return false;
}

/* The name of the service itself is that of Flagger's own. */
#define ROOT "root"

static bool has_ways(const struct hd_model *model, const struct hd_service *service);

static void plan_virtual_service_of_service(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    bool by_flagger = is_delivered_by(service, HD_EXECUTOR_FLAGGER);

    /* Proxies of callers look after themselves; without these a waypoint must be there. */
    if (model->app->mesh.routing == HD_ROUTING_GATEWAY || !service->name ||
        !(model->app->mesh.mode == HD_MESH_SIDECAR || uses_waypoint(model, service)))
        return;
    if ((is_weighed(model, service) || says_how(model, service)) && has_ways(model, service))
        plan_add(model, row, by_flagger ? derived_name(model, service, ROOT) : service->name, service, NULL);
}

static void emit_passthrough(struct yaml_out *y, const struct hd_model *model, const struct route *route)
{
    ITEM(y) {
        SEQ(y, "match")
            ITEM(y) {
                y_int(y, "port", route->gateway->port);
                SEQ(y, "sniHosts")
                    y_str(y, NULL, text_or(route->host, "*"));
            }
        SEQ(y, "route")
            emit_versions(y, model, route->service, route->exposure->port);
    }
}

/* Exact paths come first among the routes of a host; istiod warns of a match that repeats one. */
static bool exact_is_taken(const struct host_routes *group, size_t index)
{
    enum { MOST_COMPARED = 128 };
    const struct hd_exposure *exposure = group->routes[index].exposure;
    size_t length = prefix_length(exposure);

    for (size_t i = 0; i < index && i < MOST_COMPARED; i++) {
        const struct hd_exposure *other = group->routes[i].exposure;

        if (other->path_type != HD_PATH_EXACT)
            break;
        if (!strncmp(other->path, exposure->path, length) && !other->path[length] && !other->n_methods && !other->n_headers &&
            !other->n_query_params)
            return true;
    }
    return false;
}

static void emit_at_gateway(struct yaml_out *y, const struct hd_model *model, const struct host_routes *group)
{
    bool passes = gateway_passes_through(group->routes->gateway);

    SEQ(y, "hosts")
        y_str(y, NULL, text_or(group->routes->host, "*"));
    SEQ(y, "gateways")
        y_str(y, NULL, group->routes->gateway->name);
    SEQ(y, passes ? "tls" : "http")
        for (size_t i = 0; i < group->n; i++)
            if (passes)
                emit_passthrough(y, model, &group->routes[i]);
            else
                emit_http_route(y, model, &group->routes[i], exact_is_taken(group, i));
}

/* One way to a port: for one caller that wants it its own way, or for all others, when `edge` is NULL. All zero before the first. */
struct way {
    const struct hd_port *port;
    const struct edge *edge;
    size_t next_port, next_edge;
};

static bool has_own_way(const struct hd_service *service, const struct hd_port *port, const struct edge *edge)
{
    return edge->call && edge->layer & LAYER_MESH && edge->from->service && edge->from->in_mesh &&
           wants_own_way(edge->call) && service_port(service, edge->call->port) == port;
}

static bool way_next(const struct hd_model *model, const struct hd_service *service, struct way *way)
{
    for (; way->next_port < service_n_ports(service); way->next_port++, way->next_edge = 0) {
        size_t n_edges = graph_n_in(model, service);

        way->port = service_port_at(service, way->next_port);
        way->edge = NULL;
        while (port_has_requests(way->port) && way->next_edge <= n_edges) {
            size_t index = way->next_edge++;

            if (index == n_edges)
                return true;
            if (has_own_way(service, way->port, graph_in(model, service, index))) {
                way->edge = graph_in(model, service, index);
                return true;
            }
        }
    }
    return false;
}

static void way_name(char name[ROUTE_NAME_LONGEST], const struct hd_service *service, const struct way *way)
{
    bool both = way->edge && service_n_ports(service) > 1;

    snprintf(name, ROUTE_NAME_LONGEST, both ? "%.63s-%.15s" : "%.63s", way->edge ? way->edge->from->name : way->port->name,
             way->port->name);
}

static void emit_way_match(struct yaml_out *y, const struct subject *subject, const struct way *way, const struct hd_version_match *match)
{
    bool several = service_n_ports(subject->service) > 1;

    if (!way->edge && !several && !match)
        return;
    SEQ(y, "match")
        ITEM(y) {
            MAP(y, "headers")
                emit_choice(y, match);
            if (way->edge)
                emit_selector(y, "sourceLabels", subject->model, way->edge->from->service);
            if (several)
                y_int(y, "port", way->port->service_port);
        }
}

static void emit_chosen_way(struct yaml_out *y, const struct subject *subject, const struct way *way, const struct choice *choice)
{
    const struct hd_traffic_policy *policy = &subject->service->traffic_policy;
    const struct hd_call *call = way->edge ? way->edge->call : NULL;
    char name[ROUTE_NAME_LONGEST];

    way_name(name, subject->service, way);
    ITEM(y) {
        emit_choice_name(y, name, choice);
        emit_way_match(y, subject, way, choice->match);
        emit_all_to(y, subject->model, subject->service, way->port->name,
                    choice->version || !call ? choice->version : version_named(subject->service, call->version));
        if (call)
            emit_tries(y, call_timeout(subject->model, call), call_retries(subject->model, call));
        else
            emit_tries(y, policy->timeout, &policy->retries);
    }
}

static void emit_way(struct yaml_out *y, const struct subject *subject, const struct way *way)
{
    struct choice choice = {0};

    /* The version that a call names gets all of its requests. */
    if (way->edge && way->edge->call->version)
        emit_chosen_way(y, subject, way, &choice);
    else
        while (next_choice(subject->service, &choice))
            emit_chosen_way(y, subject, way, &choice);
}

/* Whether the connections of a port are weighed, because nobody sees requests in them. */
static bool weighs_connections(const struct hd_model *model, const struct hd_service *service, const struct hd_port *port)
{
    return !port_has_requests(port) && port_can_be_weighed(port) && (splits_by_services(model, service) || has_weights(service));
}

/* Of ports of TLS and UDP alone a proxy tells nothing apart: there is nothing to say, and an empty object is refused. */
static bool has_ways(const struct hd_model *model, const struct hd_service *service)
{
    struct way way = {0};

    if (way_next(model, service, &way))
        return true;
    for (size_t i = 0; i < service_n_ports(service); i++)
        if (weighs_connections(model, service, service_port_at(service, i)))
            return true;
    return false;
}

static void emit_connections(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_service *service = subject->service;

    SEQ(y, "tcp")
        for (size_t i = 0; i < service_n_ports(service); i++) {
            const struct hd_port *port = service_port_at(service, i);

            if (weighs_connections(subject->model, service, port))
                ITEM(y) {
                    SEQ(y, "match")
                        ITEM(y)
                            y_int(y, "port", port->service_port);
                    SEQ(y, "route")
                        emit_versions(y, subject->model, service, port->name);
                }
        }
}

static void emit_in_mesh(struct yaml_out *y, const struct subject *subject)
{
    struct way way = {0};

    SEQ(y, "hosts")
        emit_mesh_host(y, NULL, subject->model, subject->service, NULL);
    SEQ(y, "exportTo")
        y_str(y, NULL, ".");
    SEQ(y, "http")
        while (way_next(subject->model, subject->service, &way))
            emit_way(y, subject, &way);
    emit_connections(y, subject);
}

void emit_way_names(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service)
{
    struct way way = {0};
    char name[ROUTE_NAME_LONGEST];

    SEQ(y, "routes")
        while (way_next(model, service, &way)) {
            way_name(name, service, &way);
            y_str(y, NULL, name);
        }
    SEQ(y, "tcpRoutes")
        for (size_t i = 0; i < service_n_ports(service); i++)
            if (weighs_connections(model, service, service_port_at(service, i)))
                ITEM(y)
                    y_int(y, "port", service_port_at(service, i)->service_port);
}

static void emit_virtual_service(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_app *app = subject->model->app;
    const char *object = subject->object, *externals = (const char *)app->externals;

    MAP(y, "spec")
        if (subject->service)
            emit_in_mesh(y, subject);
        else if (app->n_externals && object >= externals && object < externals + app->n_externals * sizeof *app->externals)
            emit_external_routes(y, subject->model, subject->object);
        else
            emit_at_gateway(y, subject->model, subject->object);
}

const struct plan_row virtual_service_row = {
    .step = 72,
    .info = {"networking.istio.io", "v1", "VirtualService", "istio",
             "with a mesh: one for each host that is exposed, and for each service in delivery, or whose calls have timeouts or retries"},
    .version = istio_api_version,
    .plan_app = plan_virtual_service_of_app,
    .plan_service = plan_virtual_service_of_service,
    .emit = emit_virtual_service,
};
