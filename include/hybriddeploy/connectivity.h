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
};

/** Receives the connections one after the other. Returns 0 to go on; anything else stops. */
typedef int hd_cluster_visitor(void *user, const struct hd_cluster_connection *connection);

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
};

/**
 * Visits all connections that the NetworkPolicies of a cluster allow, in order of their ends: from workloads to workloads and to addresses
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
    HD_CLUSTER_REASON_DENIED
};

/** One reason. Valid only during the visit. */
struct hd_cluster_reason {
    enum hd_cluster_reason_kind kind;
    /** 1: it is about egress from the source. 0: it is about ingress to the target. */
    int is_egress;
    /** The policy; NULL for HD_CLUSTER_REASON_OPEN. */
    const struct hd_cluster_object *policy;
    /** The place of the rule that allows it, of the selector of the policy that denies it, or of the workload that no policy selects. */
    struct hd_cluster_place place;
};

/** Receives the reasons one after the other, those of the source first. Returns 0 to go on; anything else stops. */
typedef int hd_cluster_reason_visitor(void *user, const struct hd_cluster_reason *reason);

/**
 * Says why traffic is allowed or not: at both ends, visits each rule that allows it, or each policy that denies it. `from` and `to` are
 * workloads, as in `web`, `shop/web` or `shop/web[Deployment]`, or single addresses. `port` is a port, or a range of ports, which one rule
 * must allow as a whole. `*ret_allowed` says whether the traffic is allowed; it is set only on HD_OK.
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
