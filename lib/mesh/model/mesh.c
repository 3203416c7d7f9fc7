/* The mesh. */
#include "model/mesh.h"
#include "model/delivery.h"

#include "core/tables/field.h"
#include "core/tables/layer.h"
#include "core/text/among.h"
#include "model/port.h"
#include "model/resolve.h"
#include "model/tables.h"
#include "model/traffic.h"
#include "parts.h"

#include <stdlib.h>

WORDS(hd_mesh_mode, {"off", HD_MESH_OFF}, {"sidecar", HD_MESH_SIDECAR}, {"ambient", HD_MESH_AMBIENT});
WORDS(hd_mtls_mode, {"STRICT", HD_MTLS_STRICT}, {"PERMISSIVE", HD_MTLS_PERMISSIVE});
WORDS(hd_outbound_mode, {"REGISTRY_ONLY", HD_OUTBOUND_REGISTRY_ONLY}, {"ALLOW_ANY", HD_OUTBOUND_ALLOW_ANY});

#define T hd_mesh_proxy
static const struct hd_field mesh_proxy_fields[] = {
    OBJ("resources", resources, hd_resources),
    BOOL("nativeSidecar", native_sidecar, .since = 29),
    BOOL("holdApplicationUntilProxyStarts", hold_application_until_proxy_starts),
    STR("terminationDrainDuration", termination_drain_duration, .format = &format_duration),
};
const struct hd_struct hd_mesh_proxy_struct = STRUCT(mesh_proxy_fields);
#undef T

#define T hd_mesh
static const struct hd_field mesh_fields[] = {
    ENUM("mode", mode, hd_mesh_mode, .def_int = HD_MESH_OFF),
    STR("istioVersion", istio_version, .format = &format_version, .mesh = IN_MESH),
    STR("revision", revision, .format = &format_dns_label, .mesh = IN_MESH),
    STR("trustDomain", trust_domain, .format = &format_subdomain, .mesh = IN_MESH),
    ENUM("mtls", mtls, hd_mtls_mode, .mesh = IN_MESH),
    ENUM("outboundTrafficPolicy", outbound_traffic_policy, hd_outbound_mode, .mesh = WITH_SIDECARS),
    BOOL("cni", cni, .mesh = WITH_SIDECARS),
    OBJ("proxy", proxy, hd_mesh_proxy, .mesh = WITH_SIDECARS),
    ENUM("routing", routing, hd_routing, .mesh = IN_MESH),
    STR("gatewayApiVersion", gateway_api_version, .format = &format_version, .mesh = IN_MESH),
    LIST("gateways", gateways, hd_gateway, .mesh = IN_MESH),
    LIST("jwtIssuers", jwt_issuers, hd_jwt_issuer, .mesh = IN_MESH),
};
const struct hd_struct hd_mesh_struct = STRUCT(mesh_fields, .scalar = "mode");
#undef T

#define T hd_service_mesh
static const struct hd_field service_mesh_fields[] = {
    BOOL("enabled", enabled, .mesh = IN_MESH),
    ENUM("mtls", mtls, hd_mtls_mode, .mesh = IN_MESH),
    OBJ("proxy", proxy, hd_mesh_proxy, .mesh = WITH_SIDECARS),
};
const struct hd_struct hd_service_mesh_struct = STRUCT(service_mesh_fields, .scalar = "enabled");
#undef T

/* Default resources of Istio's proxies, so that autoscalers and quotas count them. */
static const struct hd_quantity proxy_requests[] = {{.name = "cpu", .amount = "100m"}, {.name = "memory", .amount = "128Mi"}};
static const struct hd_quantity proxy_limits[] = {{.name = "cpu", .amount = "2"}, {.name = "memory", .amount = "1Gi"}};
static const struct hd_mesh_proxy proxy_defaults = {
    .resources = {.requests = proxy_requests, .n_requests = 2, .limits = proxy_limits, .n_limits = 2},
    .hold_application_until_proxy_starts = HD_TRUE,
};

/* The first Istio in which the API versions are v1. */
enum { ISTIO_V1 = 22 };

static void resolve_proxy(struct hd_model *model, struct hd_mesh_proxy *proxy)
{
    layer_fill(&model->arena, &hd_mesh_proxy_struct, proxy, &proxy_defaults, 0);
    /* Older servers know no such thing, not even to turn it off. */
    if (proxy->native_sidecar == HD_BOOL_UNSET && model->kube_minor >= 29)
        proxy->native_sidecar = model->istio_minor >= ISTIO_NATIVE_SIDECAR ? HD_TRUE : HD_FALSE;
}

void resolve_mesh(struct hd_model *model)
{
    struct hd_mesh *mesh = &model->app->mesh;

    model->istio_minor = ISTIO_NEWEST;
    if (!mesh_is_on(model->app))
        return;
    if (!mesh->istio_version)
        mesh->istio_version = arena_printf(&model->arena, "1.%d", ISTIO_NEWEST);
    if (format_is_valid(&format_version, mesh->istio_version))
        model->istio_minor = atoi(mesh->istio_version + 2);
    if (!mesh->gateway_api_version && mesh->routing == HD_ROUTING_GATEWAY)
        mesh->gateway_api_version = arena_printf(&model->arena, "1.%d", GATEWAY_API_NEWEST);
    if (!mesh->trust_domain)
        mesh->trust_domain = "cluster.local";
    if (!mesh->mtls)
        mesh->mtls = HD_MTLS_STRICT;
    if (mesh->mode != HD_MESH_SIDECAR)
        return;
    if (!mesh->outbound_traffic_policy)
        mesh->outbound_traffic_policy = HD_OUTBOUND_REGISTRY_ONLY;
    if (mesh->cni == HD_BOOL_UNSET)
        mesh->cni = HD_TRUE;
    resolve_proxy(model, &mesh->proxy);
}

void resolve_service_mesh(struct hd_model *model, struct hd_service *service)
{
    struct hd_service_mesh *mesh = &service->mesh;
    const struct hd_app *app = model->app;

    if (!mesh_is_on(app))
        return;
    if (mesh->enabled == HD_BOOL_UNSET)
        mesh->enabled = service->pod.host_network == HD_TRUE ? HD_FALSE : HD_TRUE;
    if (mesh->enabled == HD_FALSE)
        return;
    if (!mesh->mtls)
        mesh->mtls = app->mesh.mtls;
    if (app->mesh.mode == HD_MESH_SIDECAR)
        layer_fill(&model->arena, &hd_mesh_proxy_struct, &mesh->proxy, &app->mesh.proxy, 0);
}

/* Whether the model asks for something that needs a proxy that reads requests. */
static bool reads_requests(const struct hd_call *call)
{
    return call->n_methods || call->n_paths;
}

static bool reads_requests_of_callers(const struct hd_service *service)
{
    for (size_t i = 0; i < service->n_callers; i++)
        if (service->callers[i].n_methods || service->callers[i].n_paths)
            return true;
    return false;
}

/* A headless service is called by its pods' addresses, and so past the waypoint. */
static bool can_use_waypoint(const struct hd_model *model, const struct hd_service *service)
{
    return service_in_mesh(model->app, service) && service_n_ports(service) && service->service.headless != HD_TRUE;
}

/* Whether the service asks for something, for all its callers, that needs a waypoint. */
static bool wants_waypoint(const struct hd_model *model, const struct hd_service *service)
{
    const struct hd_traffic_policy *policy = &service->traffic_policy;

    return has_settings(policy) || needs_route(policy) || is_weighed(model, service) || reads_requests_of_callers(service);
}

void mesh_find_waypoints(struct hd_model *model)
{
    const struct hd_app *app = model->app;
    bool *uses;

    if (app->mesh.mode != HD_MESH_AMBIENT)
        return;
    model->mesh.uses_waypoint = uses = arena_array(&model->arena, app->n_services, sizeof *uses);
    for (size_t i = 0; i < app->n_services; i++) {
        uses[i] |= can_use_waypoint(model, &app->services[i]) && wants_waypoint(model, &app->services[i]);
        for (size_t k = 0; k < app->services[i].n_calls; k++) {
            const struct hd_call *call = &app->services[i].calls[k];
            const struct hd_service *callee = reads_requests(call) ? graph_callee(model, text_or(call->to, "")).service : NULL;

            if (callee && can_use_waypoint(model, callee))
                uses[callee - app->services] = true;
        }
    }
}
