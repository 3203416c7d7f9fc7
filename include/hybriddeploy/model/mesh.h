/** The mesh around the application. */
#ifndef HYBRIDDEPLOY_MODEL_MESH_H
#define HYBRIDDEPLOY_MODEL_MESH_H

#include <hybriddeploy/model/container.h>
#include <hybriddeploy/model/gateway.h>

/** How pods take part in the mesh. */
enum hd_mesh_mode { HD_MESH_MODE_UNSET = 0, HD_MESH_OFF, HD_MESH_SIDECAR, HD_MESH_AMBIENT };

/** Where proxies let requests out to. */
enum hd_outbound_mode { HD_OUTBOUND_MODE_UNSET = 0, HD_OUTBOUND_REGISTRY_ONLY, HD_OUTBOUND_ALLOW_ANY };

/** The proxy beside each pod, in sidecar mode. */
struct hd_mesh_proxy {
    /** CPU and memory of the proxy. Default: requests 100m and 128Mi, limits 2 and 1Gi, because they are Istio's own. */
    struct hd_resources resources;
    /**
     * Whether the proxy is a native sidecar: it starts before the pod's containers and ends after them, so that init containers have a
     * network and jobs end. Default: true from Kubernetes 1.29 and Istio 1.24, because both can do it from then on.
     */
    enum hd_bool native_sidecar;
    /**
     * Whether the pod's containers wait for the proxy; a native sidecar is waited for anyway. Default: true, because a program that
     * connects earlier fails.
     */
    enum hd_bool hold_application_until_proxy_starts;
    /**
     * How long a proxy that is told to stop goes on serving, a Go duration below terminationGracePeriodSeconds. Default: until its last
     * connection has ended, and at least as long as the preStop hook sleeps, so that no request is cut off.
     */
    const char *termination_drain_duration;
    const struct hd_at *at;
};

/** The Istio mesh; `mesh: sidecar` is short for the mode. */
struct hd_mesh {
    /**
     * off, sidecar (a proxy in each pod) or ambient (ztunnel on each node, waypoints where needed). Default: off, because a cluster may
     * have none.
     */
    enum hd_mesh_mode mode;
    /**
     * Istio version of the mesh, "1.20" to the newest known; quote it, 1.30 is a number. Default: the newest known, which presumes a mesh
     * that is kept up to date.
     */
    const char *istio_version;
    /**
     * Revision or revision tag of the control plane that injects the proxies. Default: the cluster's default one, which presumes that the
     * cluster has one.
     */
    const char *revision;
    /** Trust domain of the mesh, with which every identity in it begins. Default: cluster.local, because it is Istio's own. */
    const char *trust_domain;
    /**
     * STRICT, or PERMISSIVE to accept callers from outside the mesh as well. Default: STRICT, which is safe because nobody outside the mesh
     * is let in.
     */
    enum hd_mtls_mode mtls;
    /**
     * REGISTRY_ONLY, so that proxies let requests out to what is called alone; or ALLOW_ANY. Only in sidecar mode. Default: REGISTRY_ONLY,
     * which is safe because a program that was taken over reaches nothing new.
     */
    enum hd_outbound_mode outbound_traffic_policy;
    /**
     * Whether Istio's CNI plugin redirects the pods' traffic; without it each pod has a privileged init container. Default: true, which is
     * safe because no pod needs a privileged init container then.
     */
    enum hd_bool cni;
    struct hd_mesh_proxy proxy;
    /**
     * istio (Gateway, VirtualService) or gateway (the Gateway API): how routes are written. Default: istio, because Istio's own objects can
     * say all that a route of the model can.
     */
    enum hd_routing routing;
    /**
     * Version of the Gateway API whose definitions (standard channel) the cluster has, "1.1" to the newest known; only with routing
     * gateway. Default: the newest known, which presumes definitions that are kept up to date.
     */
    const char *gateway_api_version;
    /**
     * Where requests from outside come in. Default: one named after the application, when anything is exposed, because nothing could be
     * reached without one.
     */
    const struct hd_gateway *gateways;
    size_t n_gateways;
    /** Issuers of the tokens that exposures require. */
    const struct hd_jwt_issuer *jwt_issuers;
    size_t n_jwt_issuers;
    const struct hd_at *at;
};

/** How one service takes part in the mesh; `mesh: off` keeps it out. */
struct hd_service_mesh {
    /**
     * Whether its pods are in the mesh. Default: true where there is a mesh, but false on the node's network, because Istio cannot redirect
     * the traffic of such pods.
     */
    enum hd_bool enabled;
    /** STRICT or PERMISSIVE. Default: the application's. */
    enum hd_mtls_mode mtls;
    /** Default: the application's. */
    struct hd_mesh_proxy proxy;
    const struct hd_at *at;
};

#endif
