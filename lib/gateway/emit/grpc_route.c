/* GRPCRoute: hosts that speak gRPC alone; where one speaks HTTP beside it, both stand in its HTTPRoute. */
#include "backend.h"
#include "kinds.h"
#include "listener.h"
#include "model/routing/gateway.h"

#include <string.h>

static void plan_grpc_route(struct hd_model *model, const struct plan_row *row)
{
    const struct routes *routes = &model->routes;

    if (!app_routes_by(model->app, HD_ROUTING_GATEWAY))
        return;
    for (size_t first = 0, end; first < routes->n; first = end) {
        const char *name = host_object_name(model, &routes->routes[first]);

        end = routes_end(routes, first);
        if (gateway_passes_through(routes->routes[first].gateway) || !host_speaks_grpc(&routes->routes[first], end - first))
            continue;
        for (size_t i = first; i < end; i += MOST_RULES) {
            struct host_rules *rules = arena_new(&model->arena, struct host_rules);

            *rules = (struct host_rules){&routes->routes[i], end - i < MOST_RULES ? end - i : MOST_RULES};
            plan_add(model, row, i == first ? name : arena_printf(&model->arena, "%s-%zu", name, (i - first) / MOST_RULES + 1), NULL,
                     rules);
        }
    }
}

static void emit_match(struct yaml_out *y, const struct hd_exposure *exposure, const struct hd_version_match *chosen)
{
    const char *service = exposure->path + (*exposure->path == '/');
    size_t n_service = strcspn(service, "/");
    const char *method = service[n_service] ? service + n_service + 1 : "";

    ITEM(y) {
        if (n_service)
            MAP(y, "method") {
                y_str(y, "type", "Exact");
                y_strn(y, "service", service, n_service);
                y_str(y, "method", *method ? method : NULL);
            }
        SEQ(y, "headers") {
            for (size_t i = 0; i < exposure->n_headers; i++)
                emit_match_term(y, exposure->headers[i].name, exposure->headers[i].exact, exposure->headers[i].regex);
            emit_chosen_terms(y, chosen);
        }
    }
}

static void emit_rules(struct yaml_out *y, const struct hd_model *model, const struct route *route)
{
    struct choice choice = {0};

    while (next_route_choice(route, &choice))
        ITEM(y) {
            SEQ(y, "matches")
                emit_match(y, route->exposure, choice.match);
            SEQ(y, "filters") {
                emit_header_filters(y, route->exposure);
                emit_mirror_filter(y, model, route->exposure);
            }
            emit_backends(y, model, route, &choice);
        }
}

static void emit_grpc_route(struct yaml_out *y, const struct subject *subject)
{
    const struct host_rules *rules = subject->object;
    const struct route *first = rules->routes;

    MAP(y, "spec") {
        SEQ(y, "parentRefs")
            emit_parent(y, subject->model, first->gateway, gateway_has_tls(first->gateway) ? "https" : "http", first->host);
        if (first->host)
            SEQ(y, "hostnames")
                y_str(y, NULL, first->host);
        SEQ(y, "rules")
            for (size_t i = 0; i < rules->n; i++)
                emit_rules(y, subject->model, &rules->routes[i]);
    }
}

const struct plan_row grpc_route_row = {
    .step = 72,
    .info = {GATEWAY_GROUP, "v1", "GRPCRoute", "gateway", "with gateway or mesh.routing gateway, for each host that speaks gRPC alone"},
    .plan_app = plan_grpc_route,
    .emit = emit_grpc_route,
};
