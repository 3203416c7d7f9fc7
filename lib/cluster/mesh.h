/* Istio's objects as they were read, and what they make of pods. */
#ifndef HD_CLUSTER_MESH_H
#define HD_CLUSTER_MESH_H

#include "ip.h"
#include "pattern.h"
#include "selector.h"

/* Istio's own namespace, by default; policies in it hold for all namespaces. */
#define ROOT_NAMESPACE "istio-system"

/* Labels of namespaces and Services: the waypoint to which their requests go. */
#define WAYPOINT_LABEL "istio.io/use-waypoint"
#define WAYPOINT_NAMESPACE_LABEL "istio.io/use-waypoint-namespace"

enum { TUNNEL_PORT = 15008 };

/* How pods take part in the mesh. A waypoint is a proxy that Istio makes, and that decides about requests to Services. */
enum proxy { PROXY_NONE, PROXY_SIDECAR, PROXY_AMBIENT, PROXY_WAYPOINT };

/* What the annotations and containers of pods say about their proxy. */
struct pod_mesh {
    /* Values of annotations; NULL when they are absent. */
    const char *inject, *exclude_ports, *include_ports;
    /* Whether a container is the proxy, because it was injected before. */
    bool has_container, is_waypoint;
};

/* What a term of a rule is about. Those behind ATTRIBUTE_HTTP exist only in requests of HTTP. */
enum attribute {
    ATTRIBUTE_PRINCIPAL,
    ATTRIBUTE_NAMESPACE,
    ATTRIBUTE_ACCOUNT,
    ATTRIBUTE_ADDRESS,
    ATTRIBUTE_PORT,
    /* What manifests do not tell, such as the address of a client behind a load balancer. ztunnel does not know it either. */
    ATTRIBUTE_OTHER,
    ATTRIBUTE_HTTP,
    ATTRIBUTE_METHOD = ATTRIBUTE_HTTP,
    ATTRIBUTE_PATH,
    ATTRIBUTE_HOST,
    /* What manifests do not tell of requests, such as tokens and headers. */
    ATTRIBUTE_OTHER_HTTP
};

/* Holds when one of the values matches, or, with is_not, when none does. */
struct term {
    enum attribute attribute;
    bool is_not;
    struct patterns patterns;
    struct ip_range *blocks; /* of ATTRIBUTE_ADDRESS */
    uint16_t *ports;         /* of ATTRIBUTE_PORT */
    size_t n;                /* of blocks or ports */
};

/* All terms must hold. */
struct terms {
    struct term *items;
    size_t n;
};

/* One of `from`, when there are any, one of `to`, and `when` must hold. */
struct auth_rule {
    struct hd_cluster_place place;
    struct terms *from, *to, when;
    size_t n_from, n_to;
    /* Whether a term is about HTTP, and whether one is about what ztunnel does not know. */
    bool has_http, has_other;
};

enum auth_action { AUTH_ALLOW, AUTH_DENY, AUTH_CUSTOM, AUTH_AUDIT };

/* An object that a policy for waypoints names. */
struct auth_target {
    const char *kind, *name;
};

struct authorization {
    const struct hd_cluster_object *object;
    struct selector pods;
    enum auth_action action;
    struct auth_rule *rules;
    struct auth_target *targets;
    size_t n_rules, n_targets;
};

enum mtls { MTLS_UNSET, MTLS_DISABLE, MTLS_PERMISSIVE, MTLS_STRICT };

struct port_mtls {
    uint16_t port;
    enum mtls mode;
};

struct peer_authentication {
    const struct hd_cluster_object *object;
    /* The time at which the server took it, of manifests from a cluster; NULL in others. */
    const char *created;
    bool has_selector;
    struct selector pods;
    struct hd_cluster_place place;
    enum mtls mode;
    struct port_mtls *ports;
    size_t n_ports;
};

/* A host of egress: a namespace ("*" for all, "." resolved to the own one, "~" for none) and a name of a host in it. */
struct egress_host {
    const char *namespace;
    struct pattern host;
    /* The only port for which it is meant; 0 for all. */
    uint16_t port;
};

struct sidecar {
    const struct hd_cluster_object *object;
    bool has_selector, is_registry_only;
    struct selector pods;
    struct hd_cluster_place place;
    struct egress_host *hosts;
    size_t n_hosts;
    bool has_egress;
};

struct service_entry {
    const struct hd_cluster_object *object;
    const char **hosts;
    uint16_t *ports;
    size_t n_hosts, n_ports;
};

/* Reads what the metadata and the spec of pods say about a proxy. */
void read_pod_mesh(const struct field *metadata, const struct field *spec, struct pod_mesh *mesh);

#endif
