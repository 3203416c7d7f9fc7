/* NetworkPolicies as they were read. */
#ifndef HD_CLUSTER_POLICY_H
#define HD_CLUSTER_POLICY_H

#include "ip.h"
#include "selector.h"

enum direction { INGRESS, EGRESS };

/* A port of a rule. */
struct rule_port {
    struct hd_cluster_place place;
    enum hd_transport transport;
    /* The name of a port; when it is NULL, a range of numbers, which is 1 to 65535 for all ports. */
    const char *name;
    uint16_t first, last;
};

/* A peer of a rule: addresses, or pods, either in the policy's own namespace or in the namespaces that are selected. */
struct rule_peer {
    struct hd_cluster_place place;
    bool is_block, has_namespaces;
    struct selector namespaces, pods;
    struct ip_range block;
    struct ip_range *except;
    size_t n_except;
};

/* No peers means anybody, no ports means all traffic. */
struct rule {
    struct hd_cluster_place place;
    struct rule_peer *peers;
    struct rule_port *ports;
    size_t n_peers, n_ports;
};

struct policy {
    const struct hd_cluster_object *object;
    struct selector pods;
    /* Indexed by direction. */
    bool isolates[2];
    struct rule *rules[2];
    size_t n_rules[2];
};

#endif
