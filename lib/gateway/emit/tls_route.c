/* TLSRoute: hosts whose TLS the gateway passes through. */
#include "backend.h"
#include "kinds.h"
#include "listener.h"
#include "model/port.h"
#include "model/route.h"
#include "model/routing/gateway.h"

static void plan_tls_route(struct hd_model *model, const struct plan_row *row)
{
    const struct routes *routes = &model->routes;

    if (!app_routes_by(model->app, HD_ROUTING_GATEWAY))
        return;
    for (size_t first = 0; first < routes->n; first = routes_end(routes, first))
        if (gateway_passes_through(routes->routes[first].gateway))
            plan_add(model, row, host_object_name(model, &routes->routes[first]), NULL, &routes->routes[first]);
}

static void emit_tls_route(struct yaml_out *y, const struct subject *subject)
{
    const struct route *route = subject->object;

    MAP(y, "spec") {
        SEQ(y, "parentRefs")
            emit_parent(y, subject->model, route->gateway, "tls", route->host);
        SEQ(y, "hostnames")
            y_str(y, NULL, route->host);
        SEQ(y, "rules")
            ITEM(y)
                SEQ(y, "backendRefs")
                    emit_version_backends(y, route->service, route->exposure->port, version_named(route->service, route->exposure->version));
    }
}

const struct plan_row tls_route_row = {
    .step = 72,
    .info = {GATEWAY_GROUP, "v1", "TLSRoute", "gateway", "with gateway.className or mesh.routing gateway, for each host whose TLS is passed through"},
    .plan_app = plan_tls_route,
    .emit = emit_tls_route,
};
