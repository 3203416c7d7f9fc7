/* Sets of ports: ranges of each protocol, sorted, disjoint, and as few as possible. */
#ifndef HD_CLUSTER_PORTS_H
#define HD_CLUSTER_PORTS_H

#include "core/memory/arena.h"

#include <hybriddeploy/connectivity.h>

struct ports {
    const struct hd_cluster_range *ranges;
    uint32_t n;
};

/* All traffic, including protocols without ports. Needs no memory. */
struct ports ports_all(void);
struct ports ports_range(struct arena *arena, enum hd_transport transport, uint16_t first, uint16_t last);
struct ports ports_union(struct arena *arena, struct ports left, struct ports right);
struct ports ports_both(struct arena *arena, struct ports left, struct ports right);
bool ports_equal(struct ports left, struct ports right);
bool ports_are_all(struct ports ports);
bool ports_have(struct ports ports, enum hd_transport transport, uint16_t first, uint16_t last);

#endif
