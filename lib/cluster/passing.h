/* Parts that decide about the ports of one connection. */
#ifndef HD_CLUSTER_PASSING_H
#define HD_CLUSTER_PASSING_H

#include "passage.h"

/* What a class finds at a port behind a waypoint. */
struct via {
    uint32_t class;
    uint16_t port;
    enum access access;
};

/* Asks about a port; the answer is the same for all ports between two doors. */
struct asking {
    const struct decision *decision;
    uint32_t from, to;
    /* A caller that is no class of pods. */
    const struct caller *caller;
    /* Ways through waypoints to ports of `to`, ascending. */
    const struct via *via;
    size_t n_via;
    bool is_closed; /* the direct way */
};

/* Ports of TCP on which something is allowed, as they are found in ascending order. */
struct found {
    struct arena *arena;
    struct ports all, some, unknown, plain;
};

/* Ports are to be noted in ascending order. */
void found_note(struct found *found, uint16_t first, uint16_t last, struct passage passage);

/* Takes one mode out of those that guard_modes() gives; MTLS_UNSET when there is none left. */
enum mtls passage_next_mode(unsigned *modes);

/* How `from` shows itself at a port with this mode, and whether its own proxy lets it out. */
enum truth passage_call(const struct mesh *mesh, uint32_t from, uint32_t to, uint16_t port, enum mtls mode, struct caller *caller);

/* What a caller finds at pods with a proxy. */
enum access passage_enter(const struct guard *to, const struct caller *caller, uint16_t port);

/* What the proxy leaves of `ports`, which network policies allow; of TCP, `tcp` in their place. */
struct allowed passage_pass(struct asking *asking, struct ports ports, struct ports tcp, struct arena *arena);

/* The ports of `ports` that are not TCP, behind those that were found. */
struct ports passage_with_others(struct arena *arena, struct ports found, struct ports ports);

/* The ports without that of the tunnel, which takes only callers with a certificate. */
struct ports passage_without_tunnel(struct arena *arena, struct ports ports);

#endif
