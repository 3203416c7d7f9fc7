/** Connectivity: who can talk to whom in a cluster that was read. */
#ifndef HYBRIDDEPLOY_CONNECTIVITY_H
#define HYBRIDDEPLOY_CONNECTIVITY_H

#include <hybriddeploy/cluster.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What an end of a connection is. */
enum hd_cluster_end_kind {
    HD_CLUSTER_END_UNSET = 0,
    /** Pods of a workload. */
    HD_CLUSTER_END_WORKLOAD,
    /** Addresses outside of the cluster. */
    HD_CLUSTER_END_ADDRESSES,
    /** Requests that an Ingress, a Route of OpenShift, a route of the Gateway API, or a VirtualService at a gateway leads in from outside. */
    HD_CLUSTER_END_WAY_IN
};

/** One end of a connection. */
struct hd_cluster_end {
    enum hd_cluster_end_kind kind;
    /** As people read it: `shop/web[Deployment]`, `10.0.0.0-10.255.255.255`. */
    const char *name;
    /** The workload; NULL for other ends. */
    const struct hd_cluster_workload *workload;
    /** The workload's object, or that of the way in; NULL for addresses. */
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

/** Traffic that is allowed. Valid only during the visit. */
struct hd_cluster_connection {
    const struct hd_cluster_end *from, *to;
    /** Ports at `to`, in order of protocol and number; at least one range. */
    const struct hd_cluster_range *ranges;
    size_t n_ranges;
    /** Whether the ranges are all traffic. */
    int is_all;
};

/** Receives the connections one after the other. Returns 0 to go on; anything else stops. */
typedef int hd_cluster_visitor(void *user, const struct hd_cluster_connection *connection);

/** Options for deciding; zeroes are the defaults. Set size to sizeof. */
struct hd_connectivity_options {
    /** sizeof(struct hd_connectivity_options). */
    size_t size;
    /**
     * How network policies treat pods that use the network of their nodes. Kubernetes leaves it to the network plugin. 0: as most plugins
     * do, they are part of their node, so that no selector means them and no policy isolates them. 1: like all other pods.
     */
    int host_network_as_pods;
    /** Whether only connections are visited of which one end is outside of the cluster: addresses, or a way in. */
    int only_exposed;
};

/**
 * Visits all connections that the NetworkPolicies of a cluster allow, in order of their ends: from workloads to workloads and to addresses
 * outside, then from addresses outside, then by ways in. A connection needs what the policies of both ends allow; where no policy selects a
 * pod for a direction, all traffic of this direction is allowed to it. Adjacent addresses of one end that are treated alike are one range.
 * Pods of one workload are taken together, also where they talk to each other. Blocks of addresses (ipBlock) mean addresses outside of
 * the cluster, not pods.
 *
 * A way in leads to ports of Services, and from there to pods. It comes from a gateway's pods, which need not be among the manifests, so it
 * is allowed where the policies of its target let in anybody, or some pods of a namespace that they select.
 *
 * Exact according to the documentation of networking.k8s.io/v1. What nodes and firewalls do to traffic is not looked at.
 *
 * HD_UNWRITABLE when the visitor stopped. `options` may be NULL. Several threads may ask at the same time.
 */
HD_API enum hd_status hd_cluster_connections(const struct hd_cluster *cluster, const struct hd_connectivity_options *options,
                                             struct hd_diagnostics *diagnostics, hd_cluster_visitor *visitor, void *user);

/** How connections are written. */
enum hd_graph_format {
    /** A line each, for people: `shop/web[Deployment] -> shop/orders[Deployment]: TCP 8000`. */
    HD_GRAPH_TEXT = 0,
    /** An object a line: from, to, all (whether it is all traffic), and ports with protocol, first and last. */
    HD_GRAPH_JSON,
    /** A line each behind a line of names: from, to, ports. */
    HD_GRAPH_CSV,
    /** A graph for Graphviz, with a cluster for each namespace. */
    HD_GRAPH_DOT,
    /** A flowchart for Mermaid, with a subgraph for each namespace. */
    HD_GRAPH_MERMAID
};

/**
 * Writes the connections that hd_cluster_connections() visits. HD_UNWRITABLE when the sink stopped, HD_BAD_CALL for a format that there is
 * not. `options` may be NULL.
 */
HD_API enum hd_status hd_cluster_write_graph(const struct hd_cluster *cluster, const struct hd_connectivity_options *options,
                                             enum hd_graph_format format, struct hd_diagnostics *diagnostics, hd_sink *sink, void *user);

/** What a policy has to do with traffic at one end of it. */
enum hd_cluster_reason_kind {
    HD_CLUSTER_REASON_UNSET = 0,
    /** No policy selects the pods for this direction, so that all traffic is allowed. */
    HD_CLUSTER_REASON_OPEN,
    /** A rule of a policy allows it. */
    HD_CLUSTER_REASON_ALLOWED,
    /** A policy selects the pods, and neither it nor another one that does has a rule that allows it. */
    HD_CLUSTER_REASON_DENIED
};

/** One reason. Valid only during the visit. */
struct hd_cluster_reason {
    enum hd_cluster_reason_kind kind;
    /** Whether it is about what leaves the source; else about what enters the target. */
    int is_egress;
    /** The policy; NULL for HD_CLUSTER_REASON_OPEN. */
    const struct hd_cluster_object *policy;
    /** The rule that allows it, the selector of the policy that denies it, or the workload that is open. */
    struct hd_cluster_place place;
};

/** Receives the reasons one after the other, those of the source first. Returns 0 to go on; anything else stops. */
typedef int hd_cluster_reason_visitor(void *user, const struct hd_cluster_reason *reason);

/**
 * Says why traffic is allowed or not: each rule that allows it, or each policy that denies it, at both ends. `from` and `to` are workloads,
 * as in `web`, `shop/web` or `shop/web[Deployment]`, or single addresses; `port` is a port, or a range of which all must be allowed by one
 * rule. `*ret_allowed` is whether it is allowed, and set only on HD_OK.
 *
 * HD_BAD_CALL, with a diagnostic, when an end is not there, or its name means several. HD_UNWRITABLE when the visitor stopped. `options`
 * may be NULL.
 */
HD_API enum hd_status hd_cluster_why(const struct hd_cluster *cluster, const struct hd_connectivity_options *options, const char *from,
                                     const char *to, const struct hd_cluster_range *port, struct hd_diagnostics *diagnostics,
                                     hd_cluster_reason_visitor *visitor, void *user, int *ret_allowed);

#ifdef __cplusplus
}
#endif

#endif
