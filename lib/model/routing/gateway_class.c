/* Implementations of the Gateway API: the pods or addresses from which their requests come, and the needs of these pods. */
#include "gateway.h"

#include "model/resolve.h"
#include "model/route.h"

#include <string.h>

/* The label by which the pods of a Gateway name it. (Gateway API: GEP-1762, in-cluster gateway deployments) */
#define GATEWAY_NAME "gateway.networking.k8s.io/gateway-name"

/* Proxies in the controller's namespace, labelled with the Gateway that owns them. (Envoy Gateway: labels of the managed proxies) */
#define ENVOY_GATEWAY(word) \
    {.name = (word), .namespace_name = "envoy-gateway-system", .gateway_label = "gateway.envoyproxy.io/owning-gateway-name", \
     .namespace_label = "gateway.envoyproxy.io/owning-gateway-namespace"}

/* (Contour: the static installation) */
static const struct hd_pair contour_proxies = {.name = "app", .value = "envoy"};

/* Proxies at Google's edge, and health checks. (Google Cloud: firewall rules of load balancers) */
static const char *const google_edge[] = {"130.211.0.0/22", "35.191.0.0/16"};
#define GOOGLE_EDGE .cidrs = google_edge, .n_cidrs = sizeof google_edge / sizeof *google_edge

static const struct gateway_class classes[] = {
    ENVOY_GATEWAY("eg"),
    ENVOY_GATEWAY("envoy"),
    ENVOY_GATEWAY("envoy-gateway"),
    /* A Deployment in the Gateway's namespace, whose agent asks the controller. (NGINX Gateway Fabric: Gateway architecture) */
    {.name = "nginx", .gateway_label = GATEWAY_NAME, .controller = "nginx-gateway", .controller_port = 8443},
    /* A Deployment in the Gateway's namespace; its pods have no seccomp profile of their own. (Istio: automated gateway deployment) */
    {.name = "istio", .gateway_label = GATEWAY_NAME, .controller = "istio-system", .controller_port = 15012, .is_unrestricted = true},
    /* The provisioner puts a controller beside each Gateway, and that asks the API server. (Contour: Gateway provisioner) */
    {.name = "contour", .namespace_name = "projectcontour", .label = &contour_proxies,
     .unfit = "Contour would start a controller beside it, which needs the API server"},
    /* The proxy of a node sends requests on, with an identity that only policies of Cilium know. (Cilium: entities) */
    {.name = "cilium", .is_entity = true},
    {.name = "gke-l7-global-external-managed", GOOGLE_EDGE},
    {.name = "gke-l7-global-external-managed-mc", GOOGLE_EDGE},
    {.name = "gke-l7-gxlb", GOOGLE_EDGE},
    {.name = "gke-l7-gxlb-mc", GOOGLE_EDGE},
    /* Proxies in a subnet of the VPC that its owner chooses. (Google Cloud: proxy-only subnets) */
    {.name = "gke-l7-", .unknown = "cidrs: [RANGE OF THE PROXY-ONLY SUBNET, 130.211.0.0/22, 35.191.0.0/16]"},
};

const struct gateway_class *gateway_class(const char *name)
{
    for (size_t i = 0; name && i < sizeof classes / sizeof *classes; i++) {
        size_t length = strlen(classes[i].name);

        if (!strcmp(classes[i].name, name) || (classes[i].name[length - 1] == '-' && !strncmp(classes[i].name, name, length)))
            return &classes[i];
    }
    return NULL;
}

bool gateway_pods_are_beside(const struct hd_app *app)
{
    const struct gateway_class *class = app_routes_without_mesh(app) ? gateway_class(app->gateway.class_name) : NULL;

    return class && class->controller;
}

bool gateway_needs_cilium(const struct hd_app *app)
{
    const struct gateway_class *class = app_routes_without_mesh(app) ? gateway_class(app->gateway.class_name) : NULL;

    return class && class->is_entity;
}

void resolve_gateway_peer(struct hd_model *model, struct hd_platform_peer *peer)
{
    const struct hd_app *app = model->app;
    const struct gateway_class *class = gateway_class(app->gateway.class_name);
    const char *name = gateway_is_shared(app) ? app->gateway.parent_ref.name : app->name, *space = gateway_namespace(app);
    struct hd_pair *labels;

    if (peer->enabled != HD_TRUE || peer->cidrs)
        return;
    if (!peer->namespace_name && peer->pod_labels)
        peer->namespace_name = space;
    if (peer->namespace_name || !class || class->unknown)
        return;
    peer->cidrs = class->cidrs;
    peer->n_cidrs = class->n_cidrs;
    if (class->cidrs || class->is_entity)
        return;
    peer->namespace_name = class->namespace_name ? class->namespace_name : space;
    peer->pod_labels = labels = arena_array(&model->arena, 2, sizeof *labels);
    if (class->label)
        labels[peer->n_pod_labels++] = *class->label;
    if (class->gateway_label && name)
        labels[peer->n_pod_labels++] = (struct hd_pair){.name = class->gateway_label, .value = name};
    if (class->namespace_label && space)
        labels[peer->n_pod_labels++] = (struct hd_pair){.name = class->namespace_label, .value = space};
}
