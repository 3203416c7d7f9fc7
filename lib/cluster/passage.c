#include "passing.h"

#include <stdlib.h>

static bool has_tunnel(struct ports ports)
{
    return ports_have(ports, HD_TRANSPORT_TCP, TUNNEL_PORT, TUNNEL_PORT);
}

/* A proxy with a certificate shows it where the other end asks for one, and where it knows the other end. */
static enum caller_kind kind_of(const struct guard *from, const struct guard *to, uint16_t port, enum mtls mode)
{
    if (from->proxy == PROXY_NONE || to->proxy == PROXY_NONE)
        return CALLER_PLAIN;
    if (from->proxy != PROXY_SIDECAR)
        return CALLER_KNOWN;
    if (mode == MTLS_DISABLE || outlook_leads(&from->outlook, to, port) == TRUTH_NO)
        return CALLER_PLAIN;
    return CALLER_KNOWN;
}

static enum access enter(const struct guard *to, const struct caller *caller, uint16_t port, unsigned modes)
{
    bool is_refused = caller->kind == CALLER_PLAIN && (modes & 1u << MTLS_STRICT);
    enum access access;

    if (!guard_takes(to, port))
        return ACCESS_ALL;
    if (is_refused && modes == 1u << MTLS_STRICT)
        return ACCESS_NONE;
    access = gate_access(&to->gate, caller, port, guard_protocol(to, port));
    return is_refused && access > ACCESS_UNKNOWN ? ACCESS_UNKNOWN : access;
}

/* Where two modes may hold, and differ in their effect, only what both let in is known. */
static enum access either(enum access one, enum access other)
{
    if (one == other)
        return one;
    return one > ACCESS_UNKNOWN && other > ACCESS_UNKNOWN ? ACCESS_SOME : ACCESS_UNKNOWN;
}

enum mtls passage_next_mode(unsigned *modes)
{
    unsigned mode = MTLS_STRICT;

    while (mode && !(*modes >> mode & 1))
        mode--;
    *modes &= (1u << mode) - 1;
    return (enum mtls)mode;
}

enum access passage_enter(const struct guard *to, const struct caller *caller, uint16_t port)
{
    const struct peer_authentication *policy;

    return enter(to, caller, port, guard_modes(to, port, &policy));
}

static bool is_mixed(const struct guard *from, const struct guard *to)
{
    return from->proxy && to->proxy && (from->proxy == PROXY_SIDECAR) != (to->proxy == PROXY_SIDECAR);
}

enum truth passage_call(const struct mesh *mesh, uint32_t from, uint32_t to, uint16_t port, enum mtls mode, struct caller *caller)
{
    const struct guard *source = &mesh->guards[from], *target = &mesh->guards[to];
    const struct sidecar *sidecar = source->proxy == PROXY_SIDECAR ? source->outlook.sidecar : NULL;

    *caller = source->caller;
    caller->kind = kind_of(source, target, port, mode);
    return sidecar && sidecar->is_registry_only ? outlook_leads(&source->outlook, target, port) : TRUTH_YES;
}

static struct passage direct(const struct decision *decision, uint32_t from, uint32_t to, uint16_t port, enum mtls mode)
{
    const struct guard *source = &decision->mesh->guards[from], *target = &decision->mesh->guards[to];
    struct caller caller;
    struct passage passage;
    enum truth is_let_out = passage_call(decision->mesh, from, to, port, mode, &caller);

    if (is_let_out == TRUTH_NO)
        return (struct passage){ACCESS_NONE, true};
    passage = (struct passage){enter(target, &caller, port, 1u << mode), caller.kind == CALLER_PLAIN};
    /* Whether a sidecar and ztunnel use the tunnel depends on the version and settings of Istio. */
    if ((is_mixed(source, target) || is_let_out == TRUTH_UNKNOWN) && passage.access > ACCESS_UNKNOWN)
        passage.access = ACCESS_UNKNOWN;
    return passage;
}

struct passage passage_direct(const struct decision *decision, uint32_t from, uint32_t to, uint16_t port)
{
    const struct peer_authentication *policy;
    unsigned modes = guard_modes(&decision->mesh->guards[to], port, &policy);
    struct passage passage = {ACCESS_NONE, false};
    enum mtls mode;

    for (bool is_first = true; (mode = passage_next_mode(&modes)); is_first = false) {
        struct passage other = direct(decision, from, to, port, mode);

        passage.access = is_first ? other.access : either(passage.access, other.access);
        passage.is_plain = passage.is_plain || other.is_plain;
    }
    return passage;
}

static enum truth ask_by(const struct hd_cluster_asking *asking, const struct request *wanted, enum mtls mode)
{
    const struct guard *target = &asking->decision->mesh->guards[asking->to];
    struct request request = *wanted;
    struct caller caller;
    enum truth is_let_out = passage_call(asking->decision->mesh, asking->from, asking->to, request.port, mode, &caller);

    if (is_let_out == TRUTH_NO || !guard_takes(target, request.port))
        return is_let_out;
    if (caller.kind == CALLER_PLAIN && mode == MTLS_STRICT)
        return TRUTH_NO;
    request.caller = &caller;
    if (target->gate.is_ztunnel || guard_protocol(target, request.port) == PROTOCOL_TCP)
        request.method = NULL;
    return truth_and(is_let_out, gate_passes(&target->gate, &request));
}

static enum truth ask_directly(const struct hd_cluster_asking *asking, const struct request *wanted)
{
    const struct peer_authentication *policy;
    unsigned modes = guard_modes(&asking->decision->mesh->guards[asking->to], wanted->port, &policy);
    enum truth truth = TRUTH_NO;
    enum mtls mode;

    for (bool is_first = true; (mode = passage_next_mode(&modes)); is_first = false) {
        enum truth other = ask_by(asking, wanted, mode);

        truth = is_first || truth == other ? other : TRUTH_UNKNOWN;
    }
    return truth;
}

enum truth passage_asks(const struct hd_cluster_asking *asking, uint16_t port, const struct hd_cluster_request *asked)
{
    const struct mesh *mesh = asking->decision->mesh;
    const struct guard *target = &mesh->guards[asking->to];
    struct request request = {.port = port, .method = asked->method, .path = asked->path, .host = asked->host};
    enum truth truth = ask_directly(asking, &request);

    for (size_t i = 0; i < target->n_leading && mesh->guards[asking->from].proxy == PROXY_AMBIENT; i++) {
        const struct leading *leading = &target->leading[i];

        if (!leading->by || leading->target != port || !passage_direct(asking->decision, leading->by->waypoint, asking->to, port).access)
            continue;
        request.caller = &mesh->guards[asking->from].caller;
        request.port = leading->port->number;
        request.method = leading->port->protocol == PROTOCOL_TCP ? NULL : asked->method;
        truth = truth_or(truth, gate_passes(&leading->by->gate, &request));
    }
    return truth;
}

bool passage_is_tunnel(const struct decision *decision, uint32_t from, uint32_t to)
{
    const struct guard *source = &decision->mesh->guards[from], *target = &decision->mesh->guards[to];

    return target->proxy == PROXY_AMBIENT && (source->proxy == PROXY_AMBIENT || source->proxy == PROXY_WAYPOINT);
}

static void append(struct arena *arena, struct ports *ports, uint16_t first, uint16_t last)
{
    struct hd_cluster_range *ranges = (struct hd_cluster_range *)(uintptr_t)ports->ranges;

    if (ports->n && ranges[ports->n - 1].last + 1 == first) {
        ranges[ports->n - 1].last = last;
        return;
    }
    arena_grow(arena, ranges, ports->n);
    ranges[ports->n++] = (struct hd_cluster_range){HD_TRANSPORT_TCP, first, last};
    ports->ranges = ranges;
}

void found_note(struct found *found, uint16_t first, uint16_t last, struct passage passage)
{
    if (passage.access == ACCESS_NONE)
        return;
    append(found->arena, &found->all, first, last);
    if (passage.access < ACCESS_ALL)
        append(found->arena, passage.access == ACCESS_SOME ? &found->some : &found->unknown, first, last);
    if (passage.is_plain)
        append(found->arena, &found->plain, first, last);
}

static struct passage ask(struct asking *asking, uint16_t port)
{
    const struct guard *target = &asking->decision->mesh->guards[asking->to];
    struct passage passage = {ACCESS_NONE, false};

    if (asking->decision->mesh->is_alone && !guard_takes(target, port))
        return passage;
    if (!asking->is_closed && asking->caller)
        passage = (struct passage){passage_enter(target, asking->caller, port), asking->caller->kind == CALLER_PLAIN};
    else if (!asking->is_closed)
        passage = passage_direct(asking->decision, asking->from, asking->to, port);
    for (; asking->n_via && asking->via->port <= port; asking->via++, asking->n_via--)
        if (asking->via->port == port && asking->via->access > passage.access)
            passage = (struct passage){asking->via->access, false};
    return passage;
}

/* Asks about all ports of a range. */
static void ask_range(struct asking *asking, uint16_t first, uint16_t last, struct found *found)
{
    const struct guard *target = &asking->decision->mesh->guards[asking->to];
    uint32_t next = first;

    for (size_t i = 0; i < target->n_doors && target->doors[i] <= last; i++) {
        uint16_t door = target->doors[i];

        if (door < next)
            continue;
        if (door > next)
            found_note(found, (uint16_t)next, (uint16_t)(door - 1), ask(asking, (uint16_t)next));
        found_note(found, door, door, ask(asking, door));
        next = (uint32_t)door + 1;
    }
    if (next <= last)
        found_note(found, (uint16_t)next, last, ask(asking, (uint16_t)next));
}

struct ports passage_with_others(struct arena *arena, struct ports found, struct ports ports)
{
    uint32_t n_tcp = 0;

    while (n_tcp < ports.n && ports.ranges[n_tcp].transport == HD_TRANSPORT_TCP)
        n_tcp++;
    if (n_tcp == ports.n)
        return found;
    return ports_union(arena, found, (struct ports){ports.ranges + n_tcp, ports.n - n_tcp});
}

static const struct hd_cluster_range all_tcp = {HD_TRANSPORT_TCP, 1, 65535};

struct allowed passage_pass(struct asking *asking, struct ports ports, struct ports tcp, struct arena *arena)
{
    struct found found = {.arena = arena};
    const struct mesh *mesh = asking->decision->mesh;

    for (uint32_t i = 0; i < tcp.n && tcp.ranges[i].transport == HD_TRANSPORT_TCP; i++)
        ask_range(asking, tcp.ranges[i].first, tcp.ranges[i].last, &found);
    return (struct allowed){.class = asking->to,
                            .ports = mesh->is_alone ? found.all : passage_with_others(arena, found.all, ports),
                            .some = found.some,
                            .unknown = found.unknown,
                            .plain = found.plain,
                            .in_mesh = mesh->guards[asking->to].proxy == PROXY_SIDECAR || mesh->guards[asking->to].proxy == PROXY_AMBIENT};
}

struct ports passage_without_tunnel(struct arena *arena, struct ports ports)
{
    static const struct hd_cluster_range others[] = {{HD_TRANSPORT_TCP, 1, TUNNEL_PORT - 1},
                                                     {HD_TRANSPORT_TCP, TUNNEL_PORT + 1, 65535},
                                                     {HD_TRANSPORT_UDP, 1, 65535},
                                                     {HD_TRANSPORT_SCTP, 1, 65535},
                                                     {HD_TRANSPORT_OTHER, 0, 0}};

    return ports_both(arena, ports, (struct ports){others, sizeof others / sizeof *others});
}

static struct allowed pass_class(struct asking *asking, struct ports ports, struct arena *arena)
{
    const struct mesh *mesh = asking->decision->mesh;
    const struct guard *source = &mesh->guards[asking->from], *target = &mesh->guards[asking->to];
    const struct ports every = {&all_tcp, 1};
    struct ports tcp = ports;
    struct allowed allowed;
    bool is_limited = source->proxy == PROXY_SIDECAR && source->outlook.sidecar && source->outlook.sidecar->is_registry_only;

    if (passage_is_tunnel(asking->decision, asking->from, asking->to)) {
        asking->is_closed = !has_tunnel(ports);
        tcp = every;
    } else if (is_mixed(source, target) && target->proxy != PROXY_WAYPOINT && has_tunnel(ports)) {
        tcp = every;
    } else if (source->proxy == PROXY_NONE && (target->proxy == PROXY_AMBIENT || target->proxy == PROXY_WAYPOINT)) {
        tcp = passage_without_tunnel(arena, ports);
    }
    if (!is_limited && target->proxy != PROXY_SIDECAR && target->proxy != PROXY_AMBIENT)
        return (struct allowed){.class = asking->to,
                                .ports = mesh->is_alone ? (struct ports){NULL, 0} : passage_with_others(arena, tcp, ports)};
    allowed = passage_pass(asking, ports, tcp, arena);
    allowed.in_mesh = allowed.in_mesh || is_limited;
    return allowed;
}

/* What a class finds through a waypoint at the pods of one of its Services. */
static void pass_waypoint(const struct decision *decision, uint32_t from, const struct waypoint *waypoint, const struct waypointed *service,
                          struct row *row, struct via **via, size_t *n_via)
{
    const struct mesh *mesh = decision->mesh;

    for (size_t i = 0; i < service->pods.n; i++) {
        uint32_t to = service->pods.items[i];
        const struct guard *target = &mesh->guards[to];

        if (target->proxy != PROXY_AMBIENT || !class_set_has(&waypoint->reached, to))
            continue;
        for (size_t j = 0; j < target->n_leading; j++) {
            const struct leading *leading = &target->leading[j];
            enum access access, behind;

            if (leading->by != service)
                continue;
            access = gate_access(&service->gate, &mesh->guards[from].caller, leading->port->number, leading->port->protocol);
            behind = passage_direct(decision, waypoint->class, to, leading->target).access;
            arena_grow(&row->arena, *via, *n_via);
            (*via)[(*n_via)++] = (struct via){to, leading->target, access < behind ? access : behind};
        }
    }
}

static int by_class_and_port(const void *left, const void *right)
{
    const struct via *a = left, *b = right;

    return a->class != b->class ? (a->class < b->class ? -1 : 1) : a->port - b->port;
}

static struct via *pass_waypoints(const struct decision *decision, uint32_t from, const struct allowed *network, size_t n, struct row *row,
                                  size_t *ret_count)
{
    const struct mesh *mesh = decision->mesh;
    struct via *via = NULL;
    size_t n_via = 0, next = 0;

    for (size_t i = 0; i < mesh->n_waypoints && mesh->guards[from].proxy == PROXY_AMBIENT; i++) {
        const struct waypoint *waypoint = &mesh->waypoints[i];

        while (next < n && network[next].class < waypoint->class)
            next++;
        if (next == n || network[next].class != waypoint->class || !has_tunnel(network[next].ports))
            continue;
        for (size_t j = 0; j < waypoint->n_services; j++)
            pass_waypoint(decision, from, waypoint, waypoint->services[j], row, &via, &n_via);
    }
    if (n_via > 1)
        qsort(via, n_via, sizeof *via, by_class_and_port);
    *ret_count = n_via;
    return via;
}

/* Without network policies all ports of all pods are open. */
static struct allowed *open_row(const struct mesh *mesh, uint32_t from, struct row *row, size_t *ret_count)
{
    struct class_set reached = mesh_reached(mesh, from, &row->arena);
    struct allowed *allowed = arena_room(&row->arena, reached.n, sizeof *allowed);

    for (size_t i = 0; i < reached.n; i++)
        allowed[i] = (struct allowed){.class = reached.items[i], .ports = ports_all()};
    *ret_count = reached.n;
    return allowed;
}

struct allowed *passage_row(const struct decision *decision, uint32_t from, struct row *row, size_t *ret_count)
{
    size_t n, n_via, n_all = 0, i = 0, j = 0;
    bool is_alone = decision->mesh && decision->mesh->is_alone;
    struct allowed *network = is_alone ? open_row(decision->mesh, from, row, &n) : decide_row(decision, from, row, &n), *all;
    const struct via *via;

    *ret_count = n;
    if (!decision->mesh)
        return network;
    via = pass_waypoints(decision, from, network, n, row, &n_via);
    all = arena_room(&row->arena, n + n_via, sizeof *all);
    while (i < n || j < n_via) {
        struct asking asking = {.decision = decision, .from = from};
        struct ports ports = {NULL, 0};

        asking.to = j == n_via || (i < n && network[i].class < via[j].class) ? network[i].class : via[j].class;
        if (i < n && network[i].class == asking.to)
            ports = network[i++].ports;
        asking.via = j < n_via ? via + j : NULL;
        for (; j < n_via && via[j].class == asking.to; j++)
            asking.n_via++;
        all[n_all] = pass_class(&asking, ports, &row->arena);
        n_all += all[n_all].ports.n > 0;
    }
    *ret_count = n_all;
    return all;
}

void passage_begin(struct decision *decision, struct row *row)
{
    for (size_t i = 0; decision->mesh && i < decision->mesh->n_waypoints; i++) {
        struct waypoint *waypoint = &decision->mesh->waypoints[i];
        size_t n;
        const struct allowed *network = decide_row(decision, waypoint->class, row, &n);

        waypoint->reached.items = arena_array(decision->arena, n, sizeof *waypoint->reached.items);
        for (size_t j = 0; j < n; j++)
            if (has_tunnel(network[j].ports))
                waypoint->reached.items[waypoint->reached.n++] = network[j].class;
        row_empty(row);
    }
}
