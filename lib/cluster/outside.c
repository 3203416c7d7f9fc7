/* What Istio's layer makes of traffic with ends that are not in the manifests: gateways and addresses. */
#include "passing.h"

#include <stdlib.h>

static bool has_proxy(const struct guard *guard)
{
    return guard->proxy == PROXY_SIDECAR || guard->proxy == PROXY_AMBIENT;
}

static bool is_tunnelled(const struct guard *target, struct ports elsewhere)
{
    return target->proxy == PROXY_AMBIENT && ports_have(elsewhere, HD_TRANSPORT_TCP, TUNNEL_PORT, TUNNEL_PORT);
}

struct caller passage_gateway(const struct guard *target, struct ports elsewhere, uint16_t port)
{
    const struct peer_authentication *policy;
    struct caller caller = {.kind = target->proxy == PROXY_AMBIENT ? CALLER_PLAIN : CALLER_ANYBODY};

    if (is_tunnelled(target, elsewhere) || (target->proxy == PROXY_SIDECAR && guard_modes(target, port, &policy) == 1u << MTLS_STRICT))
        caller.kind = CALLER_SOMEBODY;
    return caller;
}

/* What the pods of a gateway find: through the tunnel they show a certificate, elsewhere perhaps. */
static enum access way_access(const struct guard *target, struct ports elsewhere, uint16_t port)
{
    const struct ports without = {NULL, 0};
    struct caller caller = passage_gateway(target, without, port);
    enum access access = ACCESS_NONE, tunnelled = ACCESS_NONE;

    if (ports_have(elsewhere, HD_TRANSPORT_TCP, port, port))
        access = has_proxy(target) ? passage_enter(target, &caller, port) : ACCESS_ALL;
    if (is_tunnelled(target, elsewhere)) {
        caller = passage_gateway(target, elsewhere, port);
        tunnelled = passage_enter(target, &caller, port);
    }
    return access > tunnelled ? access : tunnelled;
}

static struct allowed pass_way(const struct decision *decision, const struct allowed *led, struct arena *arena)
{
    const struct guard *target = &decision->mesh->guards[led->class];
    struct ports elsewhere = decision->sides[led->class].to_elsewhere;
    struct found found = {.arena = arena};

    for (uint32_t i = 0; i < led->ports.n && led->ports.ranges[i].transport == HD_TRANSPORT_TCP; i++)
        for (uint32_t port = led->ports.ranges[i].first; port <= led->ports.ranges[i].last; port++)
            found_note(&found, (uint16_t)port, (uint16_t)port, (struct passage){way_access(target, elsewhere, (uint16_t)port), false});
    return (struct allowed){.class = led->class,
                            .ports = passage_with_others(arena, found.all, ports_both(arena, led->ports, elsewhere)),
                            .some = found.some,
                            .unknown = found.unknown,
                            .in_mesh = has_proxy(target)};
}

struct allowed *passage_way(const struct decision *decision, const struct way *way, struct row *row, size_t *ret_count)
{
    size_t n, n_all = 0;
    struct allowed *allowed = decide_way(decision, way, row, &n);

    for (size_t i = 0; i < n && decision->mesh; i++) {
        allowed[n_all] = pass_way(decision, &allowed[i], &row->arena);
        n_all += allowed[n_all].ports.n > 0;
    }
    *ret_count = decision->mesh ? n_all : n;
    return allowed;
}

/* Ports of hosts outside that the proxy knows. Their addresses are not in the manifests, so that they may be any. */
static struct ports known_ports(const struct mesh *mesh, const struct outlook *outlook, struct arena *arena)
{
    struct ports ports = {NULL, 0};

    for (size_t i = 0; i < mesh->cluster->n_service_entries; i++) {
        const struct service_entry *entry = mesh->cluster->service_entries[i];

        for (size_t j = 0; j < entry->n_hosts; j++)
            for (size_t k = 0; entry->hosts[j] && k < entry->n_ports; k++)
                if (outlook_knows(outlook, entry->object->namespace_name, entry->hosts[j], entry->ports[k]))
                    ports = ports_union(arena, ports, ports_range(arena, HD_TRANSPORT_TCP, entry->ports[k], entry->ports[k]));
    }
    return ports;
}

/* Traffic to addresses outside: a proxy that limits itself to what it knows lets nothing else out. */
static struct allowed go_out(const struct mesh *mesh, const struct guard *guard, struct ports ports, struct arena *arena)
{
    struct ports known;

    if (guard->proxy != PROXY_SIDECAR || !guard->outlook.sidecar || !guard->outlook.sidecar->is_registry_only)
        return (struct allowed){.ports = mesh->is_alone ? (struct ports){NULL, 0} : ports};
    known = ports_both(arena, ports, known_ports(mesh, &guard->outlook, arena));
    return (struct allowed){
        .ports = mesh->is_alone ? known : passage_with_others(arena, known, ports), .unknown = known, .in_mesh = true};
}

/* The address from which the kubelet's probes come to pods of an ambient mesh; ztunnel does not judge them. */
static struct ip_range probes(void)
{
    struct ip_range range = {false, {{0}}, {{0}}};

    ip_read_block("169.254.7.127/32", &range);
    return range;
}

static bool is_probe(const struct ip_range *range)
{
    const struct ip_range all = probes();

    return ip_range_contains(&all, range);
}

struct allowed passage_addresses(const struct decision *decision, uint32_t class, enum direction direction, const struct ip_range *range,
                                 struct ports ports, struct arena *arena)
{
    const struct caller caller = {.kind = CALLER_PLAIN, .address = range};
    struct asking asking = {.decision = decision, .to = class, .caller = &caller};
    const struct guard *guard;

    if (!decision->mesh)
        return (struct allowed){.ports = ports};
    guard = &decision->mesh->guards[class];
    if (direction == EGRESS)
        return go_out(decision->mesh, guard, ports, arena);
    if (guard->proxy == PROXY_AMBIENT && is_probe(range))
        return (struct allowed){.ports = decision->mesh->is_alone ? (struct ports){NULL, 0} : ports};
    if (guard->proxy == PROXY_AMBIENT || guard->proxy == PROXY_WAYPOINT)
        ports = passage_without_tunnel(arena, ports);
    if (!has_proxy(guard))
        return (struct allowed){.ports = decision->mesh->is_alone ? (struct ports){NULL, 0} : ports};
    return passage_pass(&asking, ports, ports, arena);
}

/* Notes where the addresses that terms name begin and end. */
static void add_blocks(struct cuts *cuts, const struct terms *terms, struct arena *arena)
{
    for (size_t i = 0; i < terms->n; i++)
        for (size_t j = 0; terms->items[i].attribute == ATTRIBUTE_ADDRESS && j < terms->items[i].n; j++)
            cuts_add(arena, cuts, &terms->items[i].blocks[j]);
}

struct spans passage_cut(const struct decision *decision, uint32_t class, enum direction direction, struct spans spans, struct arena *arena)
{
    const struct gate *gate = decision->mesh && direction == INGRESS ? &decision->mesh->guards[class].gate : NULL;
    const struct ip_range kubelet = probes();
    struct cuts cuts = {NULL, 0};

    if (gate && gate->is_ztunnel)
        cuts_add(arena, &cuts, &kubelet);

    for (size_t i = 0; gate && i < gate->n; i++)
        for (size_t j = 0; j < gate->policies[i]->n_rules; j++) {
            const struct auth_rule *rule = &gate->policies[i]->rules[j];

            add_blocks(&cuts, &rule->when, arena);
            for (size_t k = 0; k < rule->n_from; k++)
                add_blocks(&cuts, &rule->from[k], arena);
        }
    return cuts.n ? spans_cut(arena, spans, &cuts) : spans;
}
