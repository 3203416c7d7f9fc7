/* VirtualService: what is exposed, one for each host; and how services of the mesh are called. */
#include "../../model/gateway.h"
#include "../../model/port.h"
#include "../../model/retry.h"
#include "../kubernetes/labels.h"
#include "http_route.h"
#include "kinds.h"

#include <stdio.h>

/* The routes of one gateway and host, which follow each other. */
struct host_routes {
    const struct route *routes;
    size_t n;
};

static void plan_app(struct hd_model *model, const struct plan_row *row)
{
    const struct routes *routes = &model->routes;

    if (!mesh_routes_by(model->app, HD_ROUTING_ISTIO))
        return;
    for (size_t first = 0, end; first < routes->n; first = end) {
        struct host_routes *group = arena_new(&model->arena, struct host_routes);

        end = routes_end(routes, first);
        *group = (struct host_routes){&routes->routes[first], end - first};
        plan_add(model, row, host_object_name(model, &routes->routes[first]), NULL, group);
    }
}

/* Whether something is said of how this service is called. */
static bool says_how(const struct hd_model *model, const struct hd_service *service)
{
    const struct hd_traffic_policy *policy = &service->traffic_policy;

    if (policy->timeout || policy->retries.attempts.set)
        return true;
    for (size_t i = 0; i < graph_n_in(model, service); i++) {
        const struct hd_call *call = graph_in(model, service, i)->call;

        if (call && (call->timeout || call->retries.attempts.set))
            return true;
    }
    return false;
}

static void plan_service(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    if (mesh_routes_by(model->app, HD_ROUTING_ISTIO) && service_in_mesh(model->app, service) && service->name && says_how(model, service))
        plan_add(model, row, service->name, service, NULL);
}

static void emit_passthrough(struct yaml_out *y, const struct hd_model *model, const struct route *route)
{
    ITEM(y) {
        SEQ(y, "match")
            ITEM(y) {
                y_int(y, "port", 443);
                SEQ(y, "sniHosts")
                    y_str(y, NULL, route->host);
            }
        SEQ(y, "route")
            emit_share(y, model, route->service, route->exposure->port, 0);
    }
}

static void emit_at_gateway(struct yaml_out *y, const struct hd_model *model, const struct host_routes *group)
{
    bool passes = gateway_passes_through(group->routes->gateway);

    SEQ(y, "hosts")
        y_str(y, NULL, group->routes->host ? group->routes->host : "*");
    SEQ(y, "gateways")
        y_str(y, NULL, group->routes->gateway->name);
    SEQ(y, passes ? "tls" : "http")
        for (size_t i = 0; i < group->n; i++)
            if (passes)
                emit_passthrough(y, model, &group->routes[i]);
            else
                emit_http_route(y, model, &group->routes[i]);
}

/* One way to a port: for one caller that wants it its own way, or for all others. */
static void emit_way(struct yaml_out *y, const struct subject *subject, const struct hd_port *port, const struct edge *edge)
{
    const struct hd_traffic_policy *policy = &subject->service->traffic_policy;
    const struct hd_call *call = edge ? edge->call : NULL;

    bool several = service_n_ports(subject->service) > 1;
    char name[ROUTE_NAME_LONGEST];

    snprintf(name, sizeof name, edge && several ? "%.63s-%.15s" : "%.63s", edge ? edge->from->name : port->name, port->name);
    ITEM(y) {
        y_str(y, "name", name);
        if (edge || several)
            SEQ(y, "match")
                ITEM(y) {
                    if (edge)
                        emit_selector(y, "sourceLabels", subject->model, edge->from->service);
                    if (several)
                        y_int(y, "port", port->service_port);
                }
        SEQ(y, "route")
            emit_share(y, subject->model, subject->service, port->name, 0);
        if (call)
            emit_tries(y, call_timeout(subject->model, call), call_retries(subject->model, call));
        else
            emit_tries(y, policy->timeout, &policy->retries);
    }
}

static void emit_in_mesh(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_service *service = subject->service;
    char host[SERVICE_HOST_LONGEST];

    service_host(host, subject->model, service);
    SEQ(y, "hosts")
        y_str(y, NULL, host);
    SEQ(y, "exportTo")
        y_str(y, NULL, ".");
    SEQ(y, "http")
        for (size_t i = 0; i < service_n_ports(service); i++) {
            const struct hd_port *port = service_port_at(service, i);

            if (!port_has_requests(port))
                continue;
            for (size_t k = 0; k < graph_n_in(subject->model, service); k++) {
                const struct edge *edge = graph_in(subject->model, service, k);

                if (edge->call && edge->layer & LAYER_MESH && edge->from->service &&
                    (edge->call->timeout || edge->call->retries.attempts.set) && service_port(service, edge->call->port) == port)
                    emit_way(y, subject, port, edge);
            }
            emit_way(y, subject, port, NULL);
        }
}

static void emit(struct yaml_out *y, const struct subject *subject)
{
    MAP(y, "spec")
        if (subject->service)
            emit_in_mesh(y, subject);
        else
            emit_at_gateway(y, subject->model, subject->object);
}

const struct plan_row virtual_service_row = {
    .step = 72,
    .info = {"networking.istio.io", "v1", "VirtualService", "istio",
             "with a mesh: one for each host that is exposed, and for each service whose calls have timeouts or retries"},
    .version = istio_api_version,
    .plan_app = plan_app,
    .plan_service = plan_service,
    .emit = emit,
};
