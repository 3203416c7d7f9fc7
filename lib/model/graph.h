/*
 * The graph of all connections. Calls, exposure and the platform's own traffic are edges alike, each with a reason. A family of
 * manifests that brings traffic of its own adds edges (and pods that are no service) while the graph is built; what is
 * emitted from the graph knows no family by name.
 */
#ifndef HD_MODEL_GRAPH_H
#define HD_MODEL_GRAPH_H

#include "core/memory/arena.h"
#include "core/memory/names.h"

#include <hybriddeploy/check.h>

struct hd_model;

/* One end of an edge: a service of the application, other pods of it, or pods and addresses outside. */
struct peer {
    const char *name;
    const struct hd_service *service; /* NULL for what is no service */
    /* An entry of callers. */
    bool is_caller;
    /* Pods of the application that are no service, such as a collector of its own: they get a NetworkPolicy by this name. */
    bool is_own;
    const char *namespace_name; /* NULL when it has addresses alone */
    const struct hd_pair *pod_labels;
    size_t n_pod_labels;
    const char *const *cidrs;
    size_t n_cidrs;
    /* A host, or one of Cilium's entities: policies of Cilium alone can name it. NULL for all others. */
    const char *host, *entity;
    /* Whether its pods take part in the mesh; and the service account by which the mesh knows them, NULL when that is unknown. */
    bool in_mesh;
    const char *account;
    /* Further pods that do the same, or NULL: each edge of this peer is theirs too. */
    const struct peer *also;
    uint32_t index; /* among all peers; services come first, in their order */
};

/* The policies that an edge opens: those of the network, which are Cilium's where no others can name one of its ends; those of the mesh. */
enum edge_layer { LAYER_NETWORK = 1, LAYER_MESH = 2, LAYER_BOTH = 3, LAYER_CILIUM = 4 };

struct edge {
    const struct peer *from, *to;
    const struct hd_edge_port *ports;
    size_t n_ports;
    /* "call", "metrics", "gateway", "dns", "telemetry", "discovery", "probe", "hostPort", "trigger", or the type of a Service that is open to the outside. */
    const char *reason;
    enum edge_layer layer;
    /* The call that it comes from, or NULL. */
    const struct hd_call *call;
    /* The entry of callers that it comes from, or NULL. */
    const struct hd_caller *caller;
    /* The proxy between both ends that decides in the place of the callee's own, or NULL. */
    const struct peer *by;
};

struct graph {
    /* One peer for each service and external; and those of the platform. */
    struct peer *services, *externals;
    struct peer dns, gateway, keda, api_server;
    /* Either may be a service of the application. */
    const struct peer *prometheus, *collector;
    /* Where the resolver's pods listen, by UDP and TCP. */
    struct hd_edge_port dns_ports[2];
    /* The addresses that answer for them, such as the cache of each node, when they listen elsewhere than the pods; else NULL. */
    const struct peer *dns_addresses;
    /* All peers of the platform, and callers from outside of the application. */
    struct peer **platform;
    size_t n_platform;
    /* Callers, by all that policies say of them; its arena is NULL while there are none. */
    struct names callers;
    /* Peers that are own pods without being a service. */
    struct peer **own;
    size_t n_own;
    uint32_t n_peers;
    struct edge *edges;
    size_t n_edges;
    /* The same edges, in the same order, as programs see them; made when the first of them is asked for, and freed with the model. */
    _Atomic(struct hd_edge *) published;
    /* Indices of edges by peer: those of peer i stand at [starts[i], starts[i + 1]). */
    uint32_t *in, *in_starts, *out, *out_starts;
};

/* Builds the graph of a model whose services are complete. */
void graph_build(struct hd_model *model);

/* The edges into and out of a service, or of any peer. */
size_t graph_n_in(const struct hd_model *model, const struct hd_service *service);
const struct edge *graph_in(const struct hd_model *model, const struct hd_service *service, size_t index);
size_t graph_n_out(const struct hd_model *model, const struct hd_service *service);
const struct edge *graph_out(const struct hd_model *model, const struct hd_service *service, size_t index);
size_t peer_n_in(const struct hd_model *model, const struct peer *peer);
const struct edge *peer_in(const struct hd_model *model, const struct peer *peer, size_t index);
size_t peer_n_out(const struct hd_model *model, const struct peer *peer);
const struct edge *peer_out(const struct hd_model *model, const struct peer *peer, size_t index);

/*
 * For families, while the graph is built: add_service() and graph_add_declared() in edges.c call them, for each
 * service and once before.
 * `labels` select the pods; all arrays must live as long as the model.
 */
struct peer *graph_add_own_pods(struct hd_model *model, const char *name, const struct hd_pair *labels, size_t n_labels);
struct peer *graph_add_platform_peer(struct hd_model *model, const char *name, const struct hd_platform_peer *peer);
struct peer *graph_service_peer(const struct hd_model *model, const struct hd_service *service);
/* Adds traffic as the pods mean it, `ports` being those of the callee's pods; what a mesh makes of it on the way is added too. */
void graph_add_edge(struct hd_model *model, const struct peer *from, const struct peer *to, const char *reason,
                    const struct hd_edge_port *ports, size_t n_ports);
/* The same for an edge that has more to say. */
void graph_carry(struct hd_model *model, const struct edge *edge);
/* Adds the way by which somebody asks for a service's metrics. */
void graph_add_scrape(struct hd_model *model, const struct peer *from, const struct peer *self, const struct hd_port *port);
/* Lets pods ask the resolver, where the platform has one. */
void graph_add_dns(struct hd_model *model, const struct peer *from);
/* Lets pods ask the API server, where the platform says how. */
void graph_add_api_server(struct hd_model *model, const struct peer *from);
/* Adds what a proxy sends that belongs to no pod of a service. */
void graph_add_proxy(struct hd_model *model, const struct peer *proxy);
/* Adds one edge as it is. */
void graph_add_exactly(struct hd_model *model, const struct edge *edge);
const struct hd_edge_port *graph_port(struct hd_model *model, int64_t number, bool is_udp);
/* The same for a call, on the way that calls take. */
void graph_carry_call(struct hd_model *model, const struct edge *edge);
/* Adds those who call a service from outside of the application. */
void graph_add_callers(struct hd_model *model, const struct peer *self);
/* What an edge wants of HTTP; all of it when it names none. */
struct wanted {
    const char *const *methods, *const *paths;
    size_t n_methods, n_paths;
};
struct wanted edge_wants(const struct edge *edge);
/* Adds what the model declares; in edges.c. */
void graph_add_declared(struct hd_model *model);

/* The target of a call: a service or an external; both NULL when neither has the name. */
struct callee {
    const struct hd_service *service;
    const struct hd_external *external;
};
struct callee graph_callee(const struct hd_model *model, const char *name);

#endif
