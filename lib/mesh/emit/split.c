#include "split.h"

#include "http_route.h"
#include "model/route.h"
#include "model/routing/gateway.h"

#include <stdio.h>
#include <string.h>

/* A way in, as its route in a VirtualService. */
static struct route route_at(const struct hd_model *model, const struct hd_service *service, size_t exposure, size_t host)
{
    const struct hd_exposure *expose = &service->expose[exposure];

    return (struct route){.gateway = exposure_gateway(model, expose, exposure_host(expose, host)),
                          .host = exposure_host(expose, host),
                          .exposure = expose,
                          .service = service};
}

static bool is_weighed(const struct route *route)
{
    return route->gateway && route->exposure->path && exposure_forwards(route->exposure) && !route->exposure->n_destinations &&
           !gateway_passes_through(route->gateway);
}

static bool stand_together(const struct route *a, const struct route *b)
{
    return a->gateway == b->gateway && (a->host ? b->host && !strcmp(a->host, b->host) : !b->host);
}

/* Whether an earlier way in stands in the same VirtualService, which is named once. */
static bool was_named(const struct hd_model *model, const struct route *route, size_t exposure, size_t host)
{
    for (size_t i = 0; i <= exposure; i++)
        for (size_t h = 0; h < (i < exposure ? exposure_n_hosts(&route->service->expose[i]) : host); h++) {
            struct route earlier = route_at(model, route->service, i, h);

            if (is_weighed(&earlier) && stand_together(&earlier, route))
                return true;
        }
    return false;
}

static void emit_names(struct yaml_out *y, const struct hd_model *model, const struct route *first)
{
    char name[ROUTE_NAME_LONGEST];

    SEQ(y, "routes")
        for (size_t i = 0; i < first->service->n_expose; i++)
            for (size_t h = 0; h < exposure_n_hosts(&first->service->expose[i]); h++) {
                struct route route = route_at(model, first->service, i, h);

                if (is_weighed(&route) && stand_together(&route, first)) {
                    route_name(name, &route);
                    y_str(y, NULL, name);
                }
            }
}

/* Argo Rollouts reads a name with a dot as name and namespace. */
static void emit_virtual_service(struct yaml_out *y, const struct hd_model *model, const struct route *route)
{
    char name[HOST_OBJECT_LONGEST], full[HOST_OBJECT_LONGEST + 65];

    host_object_text(name, model, route);
    snprintf(full, sizeof full, "%s.%.63s", name, model->app->namespace_name);
    y_str(y, "name", full);
}

void emit_split_routes(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service)
{
    SEQ(y, "virtualServices") {
        ITEM(y) {
            y_str(y, "name", service->name);
            emit_way_names(y, model, service);
        }
        for (size_t i = 0; app_routes_by(model->app, HD_ROUTING_ISTIO) && i < service->n_expose; i++)
            for (size_t h = 0; h < exposure_n_hosts(&service->expose[i]); h++) {
                struct route route = route_at(model, service, i, h);

                if (is_weighed(&route) && !was_named(model, &route, i, h))
                    ITEM(y) {
                        emit_virtual_service(y, model, &route);
                        emit_names(y, model, &route);
                    }
            }
    }
}
