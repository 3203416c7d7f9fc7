/* Ports at which the proxy of a class of pods decides otherwise than at the rest. */
#include "guard.h"

#include "cluster.h"

#include <stdlib.h>
#include <string.h>

static void add(struct guard *guard, struct arena *arena, uint16_t port)
{
    if (!port)
        return;
    arena_grow(arena, guard->doors, guard->n_doors);
    guard->doors[guard->n_doors++] = port;
}

static void add_all(struct guard *guard, struct arena *arena, const uint16_t *ports, size_t n)
{
    for (size_t i = 0; i < n; i++)
        add(guard, arena, ports[i]);
}

static void add_terms(struct guard *guard, struct arena *arena, const struct terms *terms)
{
    for (size_t i = 0; i < terms->n; i++)
        if (terms->items[i].attribute == ATTRIBUTE_PORT)
            add_all(guard, arena, terms->items[i].ports, terms->items[i].n);
}

static void add_policy(struct guard *guard, struct arena *arena, const struct authorization *policy)
{
    for (size_t i = 0; i < policy->n_rules; i++) {
        add_terms(guard, arena, &policy->rules[i].when);
        for (size_t j = 0; j < policy->rules[i].n_to; j++)
            add_terms(guard, arena, &policy->rules[i].to[j]);
    }
}

static int by_number(const void *left, const void *right)
{
    return *(const uint16_t *)left - *(const uint16_t *)right;
}

/* Metrics, health and statistics of the proxy itself. */
static const uint16_t own_ports[] = {15020, 15021, 15090};

void guard_doors(struct guard *guard, struct arena *arena)
{
    size_t n = 0;

    for (size_t i = 0; i < guard->gate.n; i++)
        add_policy(guard, arena, guard->gate.policies[i]);
    for (size_t i = 0; i < guard->peers[0].n; i++)
        for (size_t j = 0; j < guard->peers[0].items[i]->n_ports; j++)
            add(guard, arena, guard->peers[0].items[i]->ports[j].port);
    for (size_t i = 0; i < guard->n_leading; i++)
        add(guard, arena, guard->leading[i].target);
    add_all(guard, arena, guard->excluded, guard->n_excluded);
    add_all(guard, arena, guard->included, guard->n_included);
    if (guard->proxy == PROXY_SIDECAR)
        add_all(guard, arena, own_ports, sizeof own_ports / sizeof *own_ports);
    if (guard->n_doors > 1)
        qsort(guard->doors, guard->n_doors, sizeof *guard->doors, by_number);
    for (size_t i = 0; i < guard->n_doors; i++)
        if (!n || guard->doors[n - 1] != guard->doors[i])
            guard->doors[n++] = guard->doors[i];
    guard->n_doors = n;
}

static bool has(const uint16_t *ports, size_t n, uint16_t port)
{
    for (size_t i = 0; i < n; i++)
        if (ports[i] == port)
            return true;
    return false;
}

bool guard_takes(const struct guard *guard, uint16_t port)
{
    if (guard->proxy != PROXY_SIDECAR)
        return guard->proxy == PROXY_AMBIENT;
    if (has(own_ports, sizeof own_ports / sizeof *own_ports, port) || has(guard->excluded, guard->n_excluded, port))
        return false;
    return !guard->only_included || has(guard->included, guard->n_included, port);
}

/* The mode of one PeerAuthentication for a port; only one that selects pods may have ports. */
static enum mtls mode_at(const struct peer_authentication *policy, uint16_t port)
{
    for (size_t i = 0; i < policy->n_ports; i++)
        if (policy->ports[i].port == port && policy->ports[i].mode)
            return policy->ports[i].mode;
    return policy->mode;
}

/* A level decides but where one of its policies says nothing. */
unsigned guard_modes(const struct guard *guard, uint16_t port, const struct peer_authentication **ret_policy)
{
    unsigned modes = 0;
    bool is_left = true;

    *ret_policy = NULL;
    for (const struct peers *peers = guard->peers; is_left && peers < guard->peers + 3; peers++) {
        is_left = !peers->n;
        for (size_t i = 0; i < peers->n; i++) {
            enum mtls mode = mode_at(peers->items[i], port);

            modes |= 1u << mode;
            is_left = is_left || !mode;
            if (mode == MTLS_STRICT && !*ret_policy)
                *ret_policy = peers->items[i];
        }
    }
    return (modes | (unsigned)is_left << MTLS_PERMISSIVE) & ~1u;
}

/* Where Services give a port different protocols, requests of each may come. */
enum protocol guard_protocol(const struct guard *guard, uint16_t port)
{
    enum protocol protocol = PROTOCOL_ANY;
    bool is_found = false;

    for (size_t i = 0; i < guard->n_leading; i++) {
        enum protocol given = guard->leading[i].port->protocol;

        if (guard->leading[i].target != port)
            continue;
        protocol = is_found && given != protocol ? PROTOCOL_ANY : given;
        if (protocol == PROTOCOL_ANY)
            return PROTOCOL_ANY;
        is_found = true;
    }
    return protocol;
}

bool outlook_knows(const struct outlook *outlook, const char *namespace, const char *host, uint16_t port)
{
    const struct sidecar *sidecar = outlook->hosts;

    for (size_t i = 0; sidecar && i < sidecar->n_hosts; i++) {
        const struct egress_host *egress = &sidecar->hosts[i];

        if ((!strcmp(egress->namespace, "*") || !strcmp(egress->namespace, namespace)) && (!egress->port || egress->port == port) &&
            patterns_match((struct patterns){(struct pattern *)(uintptr_t)&egress->host, 1}, host) == TRUTH_YES)
            return true;
    }
    return !sidecar;
}

static bool knows_some(const struct outlook *outlook, const char *namespace)
{
    for (size_t i = 0; outlook->hosts && i < outlook->hosts->n_hosts; i++)
        if (!strcmp(outlook->hosts->hosts[i].namespace, "*") || !strcmp(outlook->hosts->hosts[i].namespace, namespace))
            return true;
    return !outlook->hosts;
}

enum truth outlook_leads(const struct outlook *outlook, const struct guard *to, uint16_t port)
{
    bool is_led = false;

    for (size_t i = 0; i < to->n_leading; i++) {
        const struct leading *leading = &to->leading[i];

        if (leading->target != port)
            continue;
        is_led = true;
        if (outlook_knows(outlook, leading->service->object->namespace_name, leading->host, leading->port->number))
            return TRUTH_YES;
    }
    if (is_led)
        return TRUTH_NO;
    if (!outlook->sidecar || !outlook->sidecar->is_registry_only)
        return TRUTH_YES;
    return knows_some(outlook, to->caller.namespace) ? TRUTH_UNKNOWN : TRUTH_NO;
}
