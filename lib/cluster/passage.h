/* What both layers allow together: network policies, and the proxies of Istio. */
#ifndef HD_CLUSTER_PASSAGE_H
#define HD_CLUSTER_PASSAGE_H

#include "decide.h"

/* How a caller reaches pods on a port. */
struct passage {
    enum access access;
    bool is_plain;
};

/* No class: an end that is no workload. */
#define NO_CLASS UINT32_MAX

/* What a program may ask about a connection that it visits. */
struct hd_cluster_asking {
    const struct decision *decision;
    uint32_t from, to;
    /* For the answers, which last until the next question. */
    struct arena *memory;
};

/* Whether the mesh lets a request pass, on the direct way or through a waypoint. */
enum truth passage_asks(const struct hd_cluster_asking *asking, uint16_t port, const struct hd_cluster_request *request);

/* Finds out where waypoints lead; to be called before the functions below. */
void passage_begin(struct decision *decision, struct row *row);

/* The classes that `from` may reach by both layers, ascending. The row must be empty. */
struct allowed *passage_row(const struct decision *decision, uint32_t from, struct row *row, size_t *ret_count);

/* The same for a way in. */
struct allowed *passage_way(const struct decision *decision, const struct way *way, struct row *row, size_t *ret_count);

/* How the pods of a gateway show themselves: with a certificate through the tunnel, when `elsewhere`, where they are let in, has its port. */
struct caller passage_gateway(const struct guard *target, struct ports elsewhere, uint16_t port);

/* What is left of the traffic of a class with addresses of outside. `ports` are what network policies allow. */
struct allowed passage_addresses(const struct decision *decision, uint32_t class, enum direction direction, const struct ip_range *range,
                                 struct ports ports, struct arena *arena);

/* Cuts ranges of addresses where the policies of the pods' proxy distinguish them. */
struct spans passage_cut(const struct decision *decision, uint32_t class, enum direction direction, struct spans spans, struct arena *arena);

/* What one class of pods finds at a port of another one on the direct way, when the network lets it through. */
struct passage passage_direct(const struct decision *decision, uint32_t from, uint32_t to, uint16_t port);

/* Whether traffic between two classes goes through the tunnel of an ambient mesh. */
bool passage_is_tunnel(const struct decision *decision, uint32_t from, uint32_t to);

#endif
