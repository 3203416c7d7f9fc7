#include "external_route.h"

#include "http_route.h"
#include "model/mesh.h"
#include "model/neighbour.h"
#include "model/port.h"
#include "model/routing/retry.h"
#include "model/traffic.h"
#include "plan/labels.h"

#include <stdio.h>

static const struct peer *peer_of(const struct hd_model *model, const struct hd_external *external)
{
    return &model->graph.externals[external - model->app->externals];
}

static bool has_own_way(const struct edge *edge)
{
    return edge->call && edge->layer & LAYER_MESH && edge->from->service && edge->from->in_mesh &&
           (edge->call->timeout || edge->call->retries.attempts.set);
}

/* A host with a star stands for many, to none of which a route could lead. */
static bool has_ways(const struct hd_model *model, const struct hd_external *external)
{
    const struct peer *peer = peer_of(model, external);
    bool any = needs_route(&external->traffic_policy);

    for (size_t i = 0; !any && i < peer_n_in(model, peer); i++)
        any = has_own_way(peer_in(model, peer, i));
    return any && external->host && *external->host != '*';
}

void plan_external_routes(struct hd_model *model, const struct plan_row *row)
{
    for (size_t i = 0; model->app->mesh.mode == HD_MESH_SIDECAR && i < model->app->n_externals; i++)
        if (has_ways(model, &model->app->externals[i]))
            plan_add(model, row, callee_object_name(model, model->app->externals[i].name), NULL, &model->app->externals[i]);
}

/* For one caller that wants it its own way, or for all others (call NULL). */
static void emit_way(struct yaml_out *y, const struct hd_model *model, const struct hd_external *external,
                     const struct hd_external_port *port, const struct hd_service *caller, const struct hd_call *call)
{
    bool several = external->n_ports > 1;
    char name[ROUTE_NAME_LONGEST];

    snprintf(name, sizeof name, caller && several ? "%.63s-%.15s" : "%.63s", caller ? caller->name : port->name, port->name);
    ITEM(y) {
        y_str(y, "name", name);
        if (caller || several)
            SEQ(y, "match")
                ITEM(y) {
                    if (caller)
                        emit_selector(y, "sourceLabels", model, caller);
                    if (several)
                        y_int(y, "port", port->port);
                }
        SEQ(y, "route")
            ITEM(y)
                MAP(y, "destination") {
                    y_str(y, "host", external->host);
                    MAP(y, "port")
                        y_int(y, "number", port->port);
                }
        if (call)
            emit_tries(y, call_timeout(model, call), call_retries(model, call));
        else
            emit_tries(y, external->traffic_policy.timeout, &external->traffic_policy.retries);
    }
}

static void emit_ways(struct yaml_out *y, const struct hd_model *model, const struct hd_external *external,
                      const struct hd_external_port *port)
{
    const struct peer *peer = peer_of(model, external);

    for (size_t i = 0; i < peer_n_in(model, peer); i++) {
        const struct edge *edge = peer_in(model, peer, i);

        if (has_own_way(edge) && external_port(external, edge->call->port) == port)
            emit_way(y, model, external, port, edge->from->service, edge->call);
    }
    emit_way(y, model, external, port, NULL, NULL);
}

void emit_external_routes(struct yaml_out *y, const struct hd_model *model, const struct hd_external *external)
{
    SEQ(y, "hosts")
        y_str(y, NULL, external->host);
    SEQ(y, "exportTo")
        y_str(y, NULL, ".");
    SEQ(y, "http")
        for (size_t i = 0; i < external->n_ports; i++)
            if (protocol_has_requests(external->ports[i].protocol))
                emit_ways(y, model, external, &external->ports[i]);
}
