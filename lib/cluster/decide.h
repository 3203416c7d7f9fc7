/*
 * What NetworkPolicies allow.
 *
 * A rule of a policy is a connection of two sets: the pods that the policy selects, and the peers of the rule (struct link). Pairs are
 * looked at only where both ends are in such sets, or are open to all.
 */
#ifndef HD_CLUSTER_DECIDE_H
#define HD_CLUSTER_DECIDE_H

#include "addresses.h"
#include "classes.h"
#include "ports.h"

/* A rule of a policy. */
struct link {
    const struct policy *policy;
    const struct rule *rule;
    struct class_set subjects, peers;
    /* Whether it is about anybody: pods, nodes and addresses; and whether it may be about pods that were not read, as anybody's are. */
    bool is_anybody, is_elsewhere;
    /* Ports that are numbers; those with names depend on the pods that have them. */
    struct ports ports;
    bool has_names;
    /* Addresses that its blocks mean, of both versions. */
    struct spans addresses;
};

/* Numbers of links. */
struct link_list {
    uint32_t *items;
    size_t n;
};

/* What is known of a class, by direction. */
struct sides {
    bool is_isolated[2];
    /* Links whose policy selects it, and those in which it is a peer, unless all are. */
    struct link_list subject[2], peer[2];
    /* Ports that are open to anybody, to all pods, and to pods that were not read; of ingress alone. */
    struct ports to_anybody, to_pods, to_elsewhere;
};

struct decision {
    struct arena *arena;
    const struct hd_cluster *cluster;
    struct classes classes;
    struct link *links;
    size_t n_links;
    struct sides *sides; /* of each class */
    /* Classes that are open to anybody or to all pods at some port. */
    struct class_set open;
    /* Services by "namespace/name". */
    struct names services;
};

/* Traffic from one class to another one. */
struct allowed {
    uint32_t class;
    struct ports ports;
};

void decide(struct decision *decision, struct arena *arena, const struct hd_cluster *cluster, bool hosts_are_pods);

/* All ports of a rule at the pods of a class, whose containers give names to ports. */
struct ports ports_at(const struct decision *decision, const struct link *link, uint32_t target, struct arena *arena);

/* Ports by class, of those that have some. */
struct targets {
    struct ports *ports;
    uint32_t *classes;
    size_t n;
};

/* What deciding about one class after the other works with; what comes out lives until row_empty(). */
struct row {
    struct arena arena;
    struct targets out, in;
};

void row_init(struct row *row, const struct decision *decision, jmp_buf *out_of_memory);
void row_empty(struct row *row);

/* What a class may reach, in order of classes. The row must be empty. */
struct allowed *decide_row(const struct decision *decision, uint32_t from, struct row *row, size_t *ret_count);

/* What a way in may reach, in order of classes: the ports to which it leads, as far as gateways that were not read may be let in. */
struct allowed *decide_way(const struct decision *decision, const struct way *way, struct row *row, size_t *ret_count);

/* Addresses that a class may reach (EGRESS), or that may reach it. */
struct spans decide_addresses(const struct decision *decision, uint32_t class, enum direction direction, struct arena *arena);

#endif
