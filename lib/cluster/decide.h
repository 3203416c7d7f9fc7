/*
 * Decides which traffic the NetworkPolicies allow.
 *
 * Each rule of a policy connects two sets of classes (struct link): the pods that the policy selects, and the peers of the rule. Only pairs
 * of classes that such sets contain, or that are open to all, are looked at.
 */
#ifndef HD_CLUSTER_DECIDE_H
#define HD_CLUSTER_DECIDE_H

#include "addresses.h"
#include "classes.h"
#include "guard.h"
#include "ports.h"

/* A rule of a policy. */
struct link {
    const struct policy *policy;
    const struct rule *rule;
    struct class_set subjects, peers;
    /* is_anybody: the rule has no peers, so it is about all pods, nodes and addresses. is_elsewhere: it can be about pods not read. */
    bool is_anybody, is_elsewhere;
    /* The ports that the rule gives by number. has_names: it also gives ports by name, whose numbers depend on the pods. */
    struct ports ports;
    bool has_names;
    /* The addresses of its ipBlocks, IPv4 and IPv6. */
    struct spans addresses;
};

/* Numbers of links. */
struct link_list {
    uint32_t *items;
    size_t n;
};

/* The links of one class; arrays are indexed by direction. */
struct sides {
    bool is_isolated[2];
    /* subject: the links whose policy selects the class. peer: the links with the class as a peer, but not those whose peers are all. */
    struct link_list subject[2], peer[2];
    /* Ports of the class at which ingress from anybody, from all pods, and from pods that were not read is allowed. */
    struct ports to_anybody, to_pods, to_elsewhere;
};

struct decision {
    struct arena *arena;
    const struct hd_cluster *cluster;
    struct classes classes;
    struct link *links;
    size_t n_links;
    struct sides *sides; /* one for each class */
    /* Classes that are open to anybody or to all pods at some port. */
    struct class_set open;
    /* Services by "namespace/name". */
    struct names services;
    /* Istio's layer; NULL when no pods have a proxy, or it is left out. */
    struct mesh *mesh;
};

/* Traffic from one class to another one. */
struct allowed {
    uint32_t class;
    struct ports ports;
    /* Those of the ports at which a proxy lets in some requests only, at which the manifests do not tell it, and at which the caller
     * shows no certificate. */
    struct ports some, unknown, plain;
    /* Whether a proxy decides. */
    bool in_mesh;
};

void decide(struct decision *decision, struct arena *arena, const struct hd_cluster *cluster,
            const struct hd_connectivity_options *options);

/* All ports of a rule at the pods of a class, whose containers give names to ports. */
struct ports ports_at(const struct decision *decision, const struct link *link, uint32_t target, struct arena *arena);

/* The ports that are allowed at each class, and the list of the classes that have some. */
struct targets {
    struct ports *ports;
    uint32_t *classes;
    size_t n;
};

/* Memory for deciding about one class after the other. Results live until row_empty(). */
struct row {
    struct arena arena;
    struct targets out, in;
};

void row_init(struct row *row, const struct decision *decision, jmp_buf *out_of_memory);
void row_empty(struct row *row);

/* The classes that `from` may reach, in ascending order. The row must be empty. */
struct allowed *decide_row(const struct decision *decision, uint32_t from, struct row *row, size_t *ret_count);

/*
 * The classes that a way in may reach, ascending: at the ports to which it leads, where policies may let in pods that were not read. With a
 * mesh, all ports to which it leads, because the network may see the port of the tunnel instead.
 */
struct allowed *decide_way(const struct decision *decision, const struct way *way, struct row *row, size_t *ret_count);

/* Addresses that a class may reach (EGRESS), or that may reach it. */
struct spans decide_addresses(const struct decision *decision, uint32_t class, enum direction direction, struct arena *arena);

#endif
