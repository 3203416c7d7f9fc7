/* Ranges of addresses with the ports that are allowed for them: sorted, disjoint, and joined where neighbours have the same ports. */
#ifndef HD_CLUSTER_ADDRESSES_H
#define HD_CLUSTER_ADDRESSES_H

#include "policy.h"
#include "ports.h"

struct span {
    struct ip_range range;
    struct ports ports;
};

struct spans {
    struct span *items;
    size_t n;
};

/* The addresses of both versions. */
struct spans spans_all(struct arena *arena, struct ports ports);

/* The addresses that the blocks of a rule mean. */
struct spans spans_of_rule(struct arena *arena, const struct rule *rule, struct ports ports);

/* The union: each address has the ports that it has in `left` or in `right`. */
struct spans spans_union(struct arena *arena, struct spans left, struct spans right);

/* Addresses at which something begins. */
struct cuts {
    struct ip_range *items; /* of which `first` counts */
    size_t n;
};

/* Adds where a range begins, and where it has ended. */
void cuts_add(struct arena *arena, struct cuts *cuts, const struct ip_range *range);

/* The same spans, in pieces, so that no cut is inside of one. */
struct spans spans_cut(struct arena *arena, struct spans spans, struct cuts *cuts);

#endif
