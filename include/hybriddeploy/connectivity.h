/** Connectivity: who can talk to whom in a cluster that was read. */
#ifndef HYBRIDDEPLOY_CONNECTIVITY_H
#define HYBRIDDEPLOY_CONNECTIVITY_H

#include <hybriddeploy/cluster.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The kind of an end of a connection. */
enum hd_cluster_end_kind {
    HD_CLUSTER_END_UNSET = 0,
    /** Pods of a workload. */
    HD_CLUSTER_END_WORKLOAD,
    /** Addresses outside of the cluster. */
    HD_CLUSTER_END_ADDRESSES,
    /** An Ingress, Route of OpenShift, route of the Gateway API, or VirtualService at a gateway, which leads requests into the cluster. */
    HD_CLUSTER_END_WAY_IN
};

/* Private to the library: how a connection was decided, which hd_cluster_compare() asks again. */
struct hd_cluster_asking;

/** One end of a connection. */
struct hd_cluster_end {
    enum hd_cluster_end_kind kind;
    /** Name for people: `shop/web[Deployment]`, `10.0.0.0-10.255.255.255`. */
    const char *name;
    /** The workload; NULL for other ends. */
    const struct hd_cluster_workload *workload;
    /** The object that makes the workload, or that leads requests in; NULL for addresses. */
    const struct hd_cluster_object *object;
    /** The first and the last address; NULL for other ends. */
    const char *first, *last;
};

/** Ports of one protocol, from the first to the last. */
struct hd_cluster_range {
    enum hd_transport transport;
    /** 0 for HD_TRANSPORT_OTHER. */
    uint16_t first, last;
};

/** A connection that is allowed. Valid only during the visit. */
struct hd_cluster_connection {
    const struct hd_cluster_end *from, *to;
    /** Ports at `to`, in order of protocol and number; at least one range. */
    const struct hd_cluster_range *ranges;
    size_t n_ranges;
    /** Whether all traffic is allowed, on every port and by every protocol. */
    int is_all;
    /** Whether a proxy of Istio decides about it as well: a sidecar, ztunnel or a waypoint. */
    int in_mesh;
    /** Those of the ports at which policies of Istio allow some requests only, by method, path or host. */
    const struct hd_cluster_range *some;
    size_t n_some;
    /** Those of the ports at which the manifests do not tell whether it is allowed: it depends on tokens, headers and the like. */
    const struct hd_cluster_range *unknown;
    size_t n_unknown;
    /** Those of the ports at which `from` shows no certificate, because an end has no proxy, or the proxy of `from` does not know `to`. */
    const struct hd_cluster_range *plain;
    size_t n_plain;
    /** For hd_cluster_compare(); NULL when an end is no workload, or when no pods have a proxy. */
    const struct hd_cluster_asking *asking;
};

/** Methods and paths of requests; none means any. A star at one end is a wildcard, as in AuthorizationPolicies. */
struct hd_cluster_requests {
    const char *const *methods;
    size_t n_methods;
    const char *const *paths;
    size_t n_paths;
};

/** One request. */
struct hd_cluster_request {
    const char *method, *path, *host;
};

/** How what is allowed differs from what is expected. */
enum hd_cluster_difference {
    HD_CLUSTER_DIFFERENCE_NONE = 0,
    /** A request is allowed, or perhaps allowed, that is not expected. */
    HD_CLUSTER_DIFFERENCE_ALLOWED,
    /** A request is expected that is not allowed. */
    HD_CLUSTER_DIFFERENCE_DENIED,
    /** There are too many patterns to try all requests. */
    HD_CLUSTER_DIFFERENCE_UNKNOWN
};

/**
 * Compares the requests that Istio lets through on a connection at a TCP port, whatever network policies say, with those that are expected,
 * and finds one that differs, also when it is none that a policy names. `expected` are alternatives. To be called during the visit;
 * `*ret_request`, which is set where they differ, is valid until the next call. HD_BAD_CALL when the connection has no `asking`.
 */
HD_API enum hd_status hd_cluster_compare(const struct hd_cluster_connection *connection, uint16_t port,
                                         const struct hd_cluster_requests *expected, size_t n_expected,
                                         struct hd_cluster_request *ret_request, enum hd_cluster_difference *ret_difference);

/** Receives the connections one after the other. Returns 0 to go on; anything else stops. */
typedef int hd_cluster_visitor(void *user, const struct hd_cluster_connection *connection);

/** The layers that decide about connections. */
enum hd_cluster_layers {
    /** A connection must be allowed by network policies and by Istio. */
    HD_CLUSTER_LAYERS_BOTH = 0,
    HD_CLUSTER_LAYERS_NETWORK,
    /** Istio alone, as if there were no network policies; only TCP that a proxy takes in is visited. */
    HD_CLUSTER_LAYERS_MESH
};

/** Options for deciding; zeroes are the defaults. Set size to sizeof. */
struct hd_connectivity_options {
    /** sizeof(struct hd_connectivity_options). */
    size_t size;
    /**
     * How network policies treat pods with hostNetwork. Kubernetes leaves this to the network plugin. 0: as part of their node, as most
     * plugins do, so that no selector selects them and no policy isolates them. 1: like all other pods.
     */
    int host_network_as_pods;
    /** Whether only connections with an end outside of the cluster are visited: addresses, or a way in (HD_CLUSTER_END_WAY_IN). */
    int only_exposed;
    /** Which layers decide. */
    enum hd_cluster_layers layers;
    /**
     * The trust domain of the mesh, the first part of principals, beside cluster.local, which always means the mesh's own. NULL: it is not
     * known, so that principals with another trust domain may be the mesh's own.
     */
    const char *trust_domain;
};

/**
 * Visits all connections that the NetworkPolicies of a cluster and Istio allow together, in order of their ends: from workloads to workloads and to addresses
 * outside, then from addresses outside, then from ways in. A connection is allowed when the egress policies of its source and the ingress
 * policies of its target allow it; when no policy selects a pod for a direction, all its traffic in this direction is allowed. Adjacent
 * addresses with the same connections are one range. The pods of a workload are one end, also for connections among themselves. An ipBlock
 * means addresses outside of the cluster, never pods.
 *
 * A way in leads to ports of Services, and from there to pods. Its requests come from the pods of a gateway, which need not be among the
 * manifests; so it is allowed when the policies of its target let in anybody, or pods of a namespace that a namespaceSelector selects.
 *
 * This follows the documentation of networking.k8s.io/v1 exactly. It does not consider how nodes and firewalls filter traffic.
 *
 * Where pods have a proxy of Istio, by the labels and annotations of pods and namespaces, it decides about TCP as well: AuthorizationPolicies
 * (also those of the namespace istio-system, and of waypoints), PeerAuthentications, and the Sidecar of the source. In an ambient mesh, network
 * policies must allow the port of the tunnel, 15008, and the ports of the connection are those behind it; a waypoint is one more way. Of
 * several PeerAuthentications of one level the oldest holds; where the manifests give no age, what they differ in is not known. A source with a
 * proxy shows its certificate to each target with a proxy, unless its Sidecar lacks the Services of the target. Defaults are those of Istio:
 * the root namespace istio-system, ALLOW_ANY, PERMISSIVE.
 *
 * HD_UNWRITABLE when the visitor stopped. `options` may be NULL. Several threads may ask at the same time.
 */
HD_API enum hd_status hd_cluster_connections(const struct hd_cluster *cluster, const struct hd_connectivity_options *options,
                                             struct hd_diagnostics *diagnostics, hd_cluster_visitor *visitor, void *user);

/** How connections are written. */
enum hd_graph_format {
    /** One line for each connection, for people: `shop/web[Deployment] -> shop/orders[Deployment]: TCP 8000`. */
    HD_GRAPH_TEXT = 0,
    /** One JSON object for each connection, each on one line: from, to, all (is_all), and ports with protocol, first and last. */
    HD_GRAPH_JSON,
    /** One line for each connection, after a header line: from, to, ports. */
    HD_GRAPH_CSV,
    /** A graph for Graphviz, with a cluster for each namespace. */
    HD_GRAPH_DOT,
    /** A flowchart for Mermaid, with a subgraph for each namespace. */
    HD_GRAPH_MERMAID
};

/**
 * Writes the connections that hd_cluster_connections() visits. HD_UNWRITABLE when the sink stopped, HD_BAD_CALL for an unknown format.
 * `options` may be NULL.
 */
HD_API enum hd_status hd_cluster_write_graph(const struct hd_cluster *cluster, const struct hd_connectivity_options *options,
                                             enum hd_graph_format format, struct hd_diagnostics *diagnostics, hd_sink *sink, void *user);

/** Why traffic is allowed or denied at one of its ends. */
enum hd_cluster_reason_kind {
    HD_CLUSTER_REASON_UNSET = 0,
    /** No policy selects the pods for this direction, so that all traffic is allowed. */
    HD_CLUSTER_REASON_OPEN,
    /** A rule of a policy allows the traffic. */
    HD_CLUSTER_REASON_ALLOWED,
    /** Policies select the pods, this one among them, and no rule of any of them allows the traffic. */
    HD_CLUSTER_REASON_DENIED,
    /** A rule of an AuthorizationPolicy allows some requests, or it may allow them: the manifests do not tell. */
    HD_CLUSTER_REASON_ALLOWED_SOME,
    HD_CLUSTER_REASON_ALLOWED_PERHAPS,
    /** A rule of an AuthorizationPolicy refuses all requests, some, or perhaps some. */
    HD_CLUSTER_REASON_REFUSED,
    HD_CLUSTER_REASON_REFUSED_SOME,
    HD_CLUSTER_REASON_REFUSED_PERHAPS,
    /** A PeerAuthentication asks for a certificate, which the source does not show. */
    HD_CLUSTER_REASON_NO_CERTIFICATE,
    /** The Sidecar of the source does not have the target among its egress hosts, and its outboundTrafficPolicy is REGISTRY_ONLY. */
    HD_CLUSTER_REASON_NOT_IN_REGISTRY,
    /** Both pods are in an ambient mesh: what the reasons before and behind say about network policies is about its tunnel, TCP 15008. */
    HD_CLUSTER_REASON_TUNNEL,
    /** The traffic can go through this waypoint, by the reasons that follow. */
    HD_CLUSTER_REASON_WAYPOINT
};

/** One reason. Valid only during the visit. */
struct hd_cluster_reason {
    enum hd_cluster_reason_kind kind;
    /** 1: it is about egress from the source. 0: it is about ingress to the target. */
    int is_egress;
    /** The policy, or the Gateway of a waypoint; NULL for HD_CLUSTER_REASON_OPEN. */
    const struct hd_cluster_object *policy;
    /** The place of the rule that allows it, of the selector of the policy that denies it, or of the workload that no policy selects. */
    struct hd_cluster_place place;
    /** 1: it is about Istio. 0: it is about network policies. */
    int in_mesh;
};

/** Receives the reasons one after the other, those of the source first. Returns 0 to go on; anything else stops. */
typedef int hd_cluster_reason_visitor(void *user, const struct hd_cluster_reason *reason);

/**
 * Says why traffic is allowed or not: at both ends and in both layers, visits each rule that allows it, or each policy that denies it.
 * `from` and `to` are workloads, as in `web`, `shop/web` or `shop/web[Deployment]`, or single addresses; `from` may be a way in, as in
 * `shop/public[Ingress]`. `port` is a port, or a range of ports, which one rule must allow as a whole. `*ret_allowed` says whether the traffic
 * is allowed; it is set only on HD_OK.
 *
 * HD_BAD_CALL, with a diagnostic, when no workload has the name of an end, or several have it. HD_UNWRITABLE when the visitor stopped.
 * `options` may be NULL.
 */
HD_API enum hd_status hd_cluster_why(const struct hd_cluster *cluster, const struct hd_connectivity_options *options, const char *from,
                                     const char *to, const struct hd_cluster_range *port, struct hd_diagnostics *diagnostics,
                                     hd_cluster_reason_visitor *visitor, void *user, int *ret_allowed);

#ifdef __cplusplus
}
#endif

#endif
