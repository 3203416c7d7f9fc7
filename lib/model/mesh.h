/* The mesh, as families look at it. */
#ifndef HD_MODEL_MESH_H
#define HD_MODEL_MESH_H

#include "model.h"

/* Ports that Istio uses itself. (Istio: application requirements, ports used by Istio) */
enum {
    MESH_TUNNEL_PORT = 15008,    /* HBONE: what ambient pods and waypoints say to each other */
    MESH_DISCOVERY_PORT = 15012, /* istiod, for proxies */
    MESH_METRICS_PORT = 15020    /* the proxy's metrics and the application's, past mTLS */
};

/* The container that is injected. */
#define MESH_PROXY "istio-proxy"
/* The waypoint of the namespace: its Gateway, and the service account and pods that Istio makes of it. */
#define WAYPOINT "waypoint"

/*
 * The first Istio with an ambient mode for production; in which a pod can choose its kind of sidecar; whose gateways take options;
 * that reads BackendTLSPolicy.
 */
enum { ISTIO_AMBIENT = 22, ISTIO_NATIVE_SIDECAR = 24, ISTIO_GATEWAY_OPTIONS = 26, ISTIO_BACKEND_TLS = 28 };

static inline bool mesh_is_on(const struct hd_app *app)
{
    return app->mesh.mode == HD_MESH_SIDECAR || app->mesh.mode == HD_MESH_AMBIENT;
}

static inline bool service_in_mesh(const struct hd_app *app, const struct hd_service *service)
{
    return mesh_is_on(app) && service->mesh.enabled == HD_TRUE;
}

/* Whether the service's pods have a proxy of their own. */
static inline bool service_has_proxy(const struct hd_app *app, const struct hd_service *service)
{
    return app->mesh.mode == HD_MESH_SIDECAR && service_in_mesh(app, service);
}

/* Whether the port takes callers of the mesh alone; `port` may be NULL. */
static inline bool port_is_strict(const struct hd_service *service, const struct hd_port *port)
{
    return (port && port->mtls ? port->mtls : service->mesh.mtls) == HD_MTLS_STRICT;
}

/* Whether only a waypoint can serve the service. */
bool uses_waypoint(const struct hd_model *model, const struct hd_service *service);

/* For the `version` of Istio's kinds: v1 from Istio 1.22. */
const char *istio_api_version(const struct hd_model *model);


/* The statuses of gRPC that are errors of the server, as a pattern. (OpenTelemetry: semantic conventions of gRPC) */
#define GRPC_SERVER_ERRORS "2|4|12|13|14|15"

#endif
