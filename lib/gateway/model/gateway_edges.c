/* Connections of a Gateway's own pods, where these stand in the application's namespace, which is closed but for what the graph says. */
#include "core/text/among.h"
#include "model/model.h"
#include "model/resolve.h"
#include "model/routing/gateway.h"
#include "parts.h"

static const char *const anywhere[] = {"0.0.0.0/0", "::/0"};

/* Its Service is open to the outside; the pods listen at the listeners' ports. */
static void add_way_in(struct hd_model *model, const struct peer *pods)
{
    const struct hd_platform_peer addresses = {.cidrs = anywhere, .n_cidrs = sizeof anywhere / sizeof *anywhere};
    const struct hd_gateway *gateway = model->own_gateway;
    struct hd_edge_port *ports = arena_array(&model->arena, 2, sizeof *ports);
    size_t n_ports = 0;

    if (gateway_redirects(gateway))
        ports[n_ports++].number = HTTP_PORT;
    ports[n_ports++].number = gateway->port;
    graph_add_edge(model, graph_add_platform_peer(model, "outside", &addresses), pods, "LoadBalancer", ports, n_ports);
}

/* Whether the policies let in what the class starts beside the Gateway, and no other pods that somebody named. */
static bool serves_alone(const struct hd_app *app, const struct gateway_class *class)
{
    const struct hd_platform_peer *peer = &app->platform.gateway;

    return peer->enabled == HD_TRUE && same_text(peer->namespace_name, app->namespace_name) && peer->n_pod_labels == 1 &&
           same_text(peer->pod_labels->name, class->gateway_label) && same_text(peer->pod_labels->value, app->name) && !peer->n_cidrs;
}

void add_pods_of_gateway(struct hd_model *model)
{
    const struct hd_app *app = model->app;
    struct graph *graph = &model->graph;
    const struct gateway_class *class = gateway_class(app->gateway.class_name);
    struct hd_platform_peer controller;

    if (!model->routes.n || gateway_is_shared(app) || !gateway_pods_are_beside(app) || !serves_alone(app, class))
        return;
    graph->gateway.is_own = true;
    graph->gateway.name = arena_printf(&model->arena, "%s-gateway", app->name);
    arena_grow(&model->arena, graph->own, graph->n_own);
    graph->own[graph->n_own++] = &graph->gateway;
    graph_add_dns(model, &graph->gateway);
    controller = (struct hd_platform_peer){.namespace_name = class->controller};
    graph_add_edge(model, &graph->gateway, graph_add_platform_peer(model, "gateway-controller", &controller), "discovery",
                   graph_port(model, class->controller_port, false), 1);
    add_way_in(model, &graph->gateway);
}
