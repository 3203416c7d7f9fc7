/* Services, and what leads requests to them from outside of the cluster. */
#ifndef HD_CLUSTER_WAYS_H
#define HD_CLUSTER_WAYS_H

#include "selector.h"

/* A port of a Service. Where its pods listen is a number or the name of a container's port. */
struct service_port {
    const char *name;
    enum hd_transport transport;
    uint16_t number, target;
    const char *target_name;
};

struct service {
    const struct hd_cluster_object *object;
    /* Without a selector somebody else says where it leads. */
    bool has_selector;
    struct selector pods;
    struct service_port *ports;
    size_t n_ports;
};

/* A Service that requests are led to, at a port: by its number or name, or all of them. */
struct backend {
    struct hd_cluster_place place;
    const char *namespace, *service;
    uint16_t number;
    const char *port_name;
    /* OpenShift's Route names the port where the pods listen. */
    bool is_target;
};

/* An object that leads requests in: Ingress, Route, HTTPRoute and the like, VirtualService. */
struct way {
    const struct hd_cluster_object *object;
    const char *end_name;
    struct backend *backends;
    size_t n_backends;
};

/* Whether requests for a backend go to a port of its Service. */
bool backend_means(const struct backend *backend, const struct service_port *port);

#endif
