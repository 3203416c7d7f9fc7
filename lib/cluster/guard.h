/* What Istio's layer knows of each class of pods. */
#ifndef HD_CLUSTER_GUARD_H
#define HD_CLUSTER_GUARD_H

#include "classes.h"
#include "gate.h"
#include "ports.h"

/* A port of a Service that leads to a port of the pods, and the waypoint that decides about it; NULL when there is none. */
struct leading {
    const struct service *service;
    const struct service_port *port;
    /* Its name as a host of the cluster. */
    const char *host;
    uint16_t target;
    const struct waypointed *by;
};

/* What a proxy knows: by the Sidecar that holds for its pods, and the one whose egress hosts it has. NULL: everything. */
struct outlook {
    const struct sidecar *sidecar, *hosts;
};

/* PeerAuthentications of one level. Of several the oldest holds, and where their manifests have no age, it may be any of them. */
struct peers {
    const struct peer_authentication **items;
    size_t n;
};

/* A class of pods with a proxy, or of any pods as callers. */
struct guard {
    enum proxy proxy;
    struct gate gate;
    /* PeerAuthentications from the nearest level: of the pods, of their namespace, of the mesh. */
    struct peers peers[3];
    struct leading *leading;
    size_t n_leading;
    /* Ports that differ from others for the proxy, ascending. */
    uint16_t *doors;
    size_t n_doors;
    /* Ports of requests that do not go through the proxy; with only_included those that do are the listed ones. */
    uint16_t *excluded, *included;
    size_t n_excluded, n_included;
    bool only_included;
    struct outlook outlook;
    struct caller caller;
};

/* A Service whose requests go through a waypoint, and the policies that this follows for it. */
struct waypointed {
    const struct service *service;
    struct class_set pods;
    uint32_t waypoint;
    struct gate gate;
};

/* What a waypoint leads to. */
struct waypoint {
    uint32_t class;
    struct waypointed **services;
    size_t n_services;
    /* The classes that it may reach at the tunnel's port. */
    struct class_set reached;
};

struct mesh {
    struct arena *arena;
    const struct hd_cluster *cluster;
    struct guard *guards; /* one for each class */
    struct waypoint *waypoints;
    size_t n_waypoints;
    /* Whether network policies are left out. Then the classes by the callers that they name, each a struct class_set. */
    bool is_alone;
    struct names named;
};

/* Finds the ports that differ for the proxy. */
void guard_doors(struct guard *guard, struct arena *arena);

/* `trust_domain` may be NULL. */
struct mesh *mesh_make(struct arena *arena, const struct classes *classes, const char *trust_domain);

/* Leaves network policies out, and finds the callers that the policies of each class name. */
void mesh_alone(struct mesh *mesh, size_t n_classes);

/* The classes that a class may perhaps reach, where no network policy is in the way, ascending; all others keep it out. */
struct class_set mesh_reached(const struct mesh *mesh, uint32_t from, struct arena *arena);

/*
 * Whether the proxy asks for certificates at a port: a bit for each mode that may hold, 1u << MTLS_STRICT and so on, of which there is one but
 * for several policies of one level. `*ret_policy` is one that is strict, when there is one.
 */
unsigned guard_modes(const struct guard *guard, uint16_t port, const struct peer_authentication **ret_policy);

/* Whether requests to a port go through the proxy. */
bool guard_takes(const struct guard *guard, uint16_t port);

enum protocol guard_protocol(const struct guard *guard, uint16_t port);

/* Whether a proxy knows a host that an object of a namespace gives, at a port. */
bool outlook_knows(const struct outlook *outlook, const char *namespace, const char *host, uint16_t port);

/*
 * Whether a proxy knows a Service that leads to a port. Where none was read, there may be one, as Flagger makes some; then a proxy that limits
 * itself to what it knows reaches it perhaps, when it knows hosts of this namespace.
 */
enum truth outlook_leads(const struct outlook *outlook, const struct guard *to, uint16_t port);

#endif
