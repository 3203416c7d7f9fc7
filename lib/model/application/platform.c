/* The platform: the parts of the cluster that the application uses. */
#include "core/tables/field.h"
#include "model/checks.h"
#include "model/mesh.h"
#include "model/resolve.h"
#include "model/route.h"
#include "model/tables.h"

#include <string.h>

#define T hd_platform_pods
static const struct hd_field platform_pods_fields[] = {
    STR("namespace", namespace_name, .format = &format_dns_label),
    LIST("podLabels", pod_labels, hd_pair, .key_format = &format_label_key, .format = &format_label_value),
    STR("serviceAccount", service_account, .format = &format_subdomain, .mesh = IN_MESH),
};
const struct hd_struct hd_platform_pods_struct = STRUCT(platform_pods_fields);
#undef T

#define T hd_platform_peer
static const struct hd_field platform_peer_fields[] = {
    BOOL("enabled", enabled),
    STR("namespace", namespace_name, .format = &format_dns_label),
    LIST("podLabels", pod_labels, hd_pair, .key_format = &format_label_key, .format = &format_label_value),
    STRS("cidrs", cidrs, .format = &format_cidr),
    BOOL("mesh", mesh, .mesh = IN_MESH),
    STR("serviceAccount", service_account, .format = &format_subdomain, .mesh = IN_MESH),
    INT("port", port, .min = 1, .max = 65535),
    LIST("others", others, hd_platform_pods),
};
const struct hd_struct hd_platform_peer_struct = STRUCT(platform_peer_fields, .scalar = "enabled");
#undef T

WORDS(hd_network_policy, {"kubernetes", HD_NETWORK_POLICY_KUBERNETES}, {"cilium", HD_NETWORK_POLICY_CILIUM});

#define T hd_platform
static const struct hd_field platform_fields[] = {
    OBJ("dns", dns, hd_platform_peer),
    OBJ("gateway", gateway, hd_platform_peer),
    OBJ("prometheus", prometheus, hd_platform_peer),
    OBJ("collector", collector, hd_platform_peer),
    OBJ("istiod", istiod, hd_platform_peer, .mesh = IN_MESH),
    OBJ("keda", keda, hd_platform_peer),
    ENUM("networkPolicy", network_policy, hd_network_policy),
    OBJ("apiServer", api_server, hd_platform_peer),
};
const struct hd_struct hd_platform_struct = STRUCT(platform_fields);
#undef T

static const struct hd_pair kube_dns[] = {{.name = "k8s-app", .value = "kube-dns"}};
/* The address of the resolver's cache on each node. */
static const char *const node_local_dns[] = {"169.254.20.10/32"};
static const struct hd_pair keda_operator[] = {{.name = "app", .value = "keda-operator"}};
static const struct hd_pair istiod[] = {{.name = "app", .value = "istiod"}};

static void resolve_peer(struct hd_platform_peer *peer, enum hd_bool enabled, const char *namespace_name)
{
    if (peer->enabled == HD_BOOL_UNSET)
        peer->enabled = struct_is_set(&hd_platform_peer_struct, peer) ? HD_TRUE : enabled;
    if (!peer->namespace_name && peer->enabled == HD_TRUE)
        peer->namespace_name = namespace_name;
}

bool peer_has_place(const struct hd_platform_peer *peer)
{
    return peer->namespace_name || peer->pod_labels || peer->cidrs;
}

static void resolve_identity(struct hd_platform_peer *peer)
{
    if (peer->enabled == HD_TRUE && peer->mesh == HD_BOOL_UNSET)
        peer->mesh = peer->service_account ? HD_TRUE : HD_FALSE;
}

/* Whether Istio starts the gateways' pods, for the Gateways of this application; each has an account named after its Gateway. */
static bool starts_gateways(const struct hd_app *app)
{
    for (size_t i = 0; i < app->mesh.n_gateways; i++)
        if (app->mesh.gateways[i].gateway_class_name && strcmp(app->mesh.gateways[i].gateway_class_name, "istio"))
            return false;
    return true;
}

/* Whether an Ingress is for the controller that Kubernetes' own project has, which is installed into a namespace of that name. */
static bool by_nginx(const struct hd_app *app)
{
    return app->ingress.enabled == HD_TRUE && app->ingress.class_name && !strcmp(app->ingress.class_name, "nginx");
}

/* The mesh's own pods, and the peers of the platform that are in the mesh. */
static void resolve_mesh_peers(struct hd_app *app, bool own_gateway)
{
    struct hd_platform *platform = &app->platform;
    bool own_istiod = peer_has_place(&platform->istiod);

    if (!mesh_is_on(app))
        return;
    if (platform->gateway.mesh == HD_BOOL_UNSET && !platform->gateway.service_account) {
        if (app_routes_by(app, HD_ROUTING_GATEWAY))
            platform->gateway.mesh = starts_gateways(app) ? platform->gateway.enabled : HD_BOOL_UNSET;
        else if (!own_gateway)
            platform->gateway.service_account = "istio-ingress";
    }
    resolve_identity(&platform->gateway);
    resolve_identity(&platform->prometheus);
    resolve_identity(&platform->collector);
    resolve_peer(&platform->istiod, HD_TRUE, "istio-system");
    if (!own_istiod && platform->istiod.enabled == HD_TRUE) {
        platform->istiod.pod_labels = istiod;
        platform->istiod.n_pod_labels = 1;
    }
}

static bool has_triggers(const struct hd_service *services, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (services[i].autoscaling.n_triggers)
            return true;
    return false;
}

static void resolve_keda(struct hd_app *app)
{
    struct hd_platform_peer *keda = &app->platform.keda;
    bool is_needed = has_triggers(app->services, app->n_services) || has_triggers(app->runtimes, app->n_runtimes);
    bool is_placed = peer_has_place(keda);

    resolve_peer(keda, is_needed ? HD_TRUE : HD_BOOL_UNSET, "keda");
    if (!is_placed && keda->enabled == HD_TRUE) {
        keda->pod_labels = keda_operator;
        keda->n_pod_labels = 1;
    }
    if (mesh_is_on(app))
        resolve_identity(keda);
}

static void resolve_network_policy(struct hd_app *app)
{
    if (!app->platform.network_policy)
        app->platform.network_policy = gateway_needs_cilium(app) ? HD_NETWORK_POLICY_CILIUM : HD_NETWORK_POLICY_KUBERNETES;
    resolve_peer(&app->platform.api_server, app->platform.network_policy == HD_NETWORK_POLICY_CILIUM ? HD_TRUE : HD_BOOL_UNSET,
                 app->platform.api_server.pod_labels ? "kube-system" : NULL);
}

void resolve_platform(struct hd_model *model)
{
    struct hd_app *app = model->app;
    struct hd_platform *platform = &app->platform;
    bool own_dns = peer_has_place(&platform->dns), own_gateway = peer_has_place(&platform->gateway);

    resolve_peer(&platform->dns, HD_TRUE, "kube-system");
    if (platform->dns.enabled == HD_TRUE && !platform->dns.port)
        platform->dns.port = 53;
    if (platform->dns.enabled == HD_TRUE && !own_dns) {
        platform->dns.pod_labels = kube_dns;
        platform->dns.n_pod_labels = 1;
        platform->dns.cidrs = node_local_dns;
        platform->dns.n_cidrs = 1;
    }
    own_gateway |= by_nginx(app);
    resolve_peer(&platform->gateway, HD_TRUE,
                 app_routes_without_mesh(app) ? NULL
                 : by_nginx(app)              ? "ingress-nginx"
                                              : "istio-ingress");
    if (app_routes_without_mesh(app))
        resolve_gateway_peer(model, &platform->gateway);
    resolve_peer(&platform->prometheus, HD_TRUE, "monitoring");
    resolve_peer(&platform->collector, HD_FALSE, "observability");
    resolve_mesh_peers(app, own_gateway);
    resolve_keda(app);
    resolve_network_policy(app);
}

/* Ports of other parts follow from what they are asked for. */
void check_platform(struct checker *checker)
{
    const struct hd_platform *platform = &checker->app->platform;
    const struct hd_platform_peer *others[] = {&platform->gateway, &platform->prometheus, &platform->collector, &platform->istiod,
                                               &platform->keda};

    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (others[i]->port)
            hint(found(checker, HD_PLATFORM_PORT, AT(others[i], port), "port has an effect in platform.dns and apiServer alone"),
                 "remove it: the ports follow from the services, and from what they send");
    if (platform->api_server.enabled == HD_TRUE && !peer_has_place(&platform->api_server) &&
        platform->network_policy != HD_NETWORK_POLICY_CILIUM)
        hint(found(checker, HD_API_SERVER_NOWHERE, AT_STRUCT(&platform->api_server), "no NetworkPolicy can name the API server without its addresses"),
             "write those that kubectl get endpoints kubernetes shows: apiServer: {cidrs: [192.0.2.10/32]}");
}
