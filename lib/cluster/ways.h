/* Services, and the objects that lead requests to them from outside of the cluster. */
#ifndef HD_CLUSTER_WAYS_H
#define HD_CLUSTER_WAYS_H

#include "selector.h"

/* A port of a Service. Its pods listen at `target`, or at the container port that is called `target_name`. */
struct service_port {
    const char *name;
    enum hd_transport transport;
    uint16_t number, target;
    const char *target_name;
    /* What Istio takes the port for. */
    enum protocol { PROTOCOL_ANY, PROTOCOL_HTTP, PROTOCOL_TCP } protocol;
};

struct service {
    const struct hd_cluster_object *object;
    /* A Service without selector leads to endpoints that are not in the manifests. */
    bool has_selector;
    struct selector pods;
    struct service_port *ports;
    size_t n_ports;
    /* Labels that name the waypoint of an ambient mesh, and its namespace; NULL when they are absent. */
    const char *waypoint, *waypoint_namespace;
};

/* A Service to which requests are led: at a port given by number or name, or at all its ports. */
struct backend {
    struct hd_cluster_place place;
    const char *namespace, *service;
    uint16_t number;
    const char *port_name;
    /* Whether the port is the one at which the pods listen, as in OpenShift's Route, and not the Service's. */
    bool is_target;
};

/* An object that leads requests in: Ingress, Route, HTTPRoute and the like, VirtualService. */
struct way {
    const struct hd_cluster_object *object;
    const char *end_name;
    struct backend *backends;
    size_t n_backends;
};

/* Whether requests for the backend go to this port of its Service. */
bool backend_means(const struct backend *backend, const struct service_port *port);

#endif
