/* Finds out which of Istio's objects hold for which pods. */
#include "guard.h"

#include "cluster.h"

#include <stdlib.h>
#include <string.h>

static const struct selector everything;

static void gate_add(struct gate *gate, struct arena *arena, const struct authorization *policy)
{
    arena_grow(arena, gate->policies, gate->n);
    gate->policies[gate->n++] = policy;
}

/* The classes that an object of a namespace selects; one of the root namespace those of all namespaces. */
static struct class_set selected(const struct classes *classes, const char *namespace, const struct selector *pods, bool goes_everywhere)
{
    return classes_select(classes, namespace, goes_everywhere ? &everything : NULL, pods);
}

static void add_authorizations(struct mesh *mesh, const struct classes *classes)
{
    for (size_t i = 0; i < mesh->cluster->n_authorizations; i++) {
        const struct authorization *policy = mesh->cluster->authorizations[i];
        const char *namespace = policy->object->namespace_name;
        struct class_set set = {0};

        if (!policy->n_targets)
            set = selected(classes, namespace, &policy->pods, !strcmp(namespace, ROOT_NAMESPACE));
        for (size_t j = 0; j < set.n; j++) {
            struct guard *guard = &mesh->guards[set.items[j]];
            bool is_followed = guard->proxy == PROXY_SIDECAR || (guard->proxy == PROXY_AMBIENT && policy->action != AUTH_CUSTOM);

            if (is_followed)
                gate_add(&guard->gate, mesh->arena, policy);
        }
    }
}

static void peers_add(struct peers *peers, struct arena *arena, const struct peer_authentication *policy)
{
    const char *other = peers->n ? peers->items[0]->created : NULL;
    int order = other && policy->created ? strcmp(policy->created, other) : 0;

    if (order < 0)
        peers->n = 0;
    if (order > 0)
        return;
    arena_grow(arena, peers->items, peers->n);
    peers->items[peers->n++] = policy;
}

static void add_peers(struct mesh *mesh, const struct classes *classes)
{
    for (size_t i = 0; i < mesh->cluster->n_peer_authentications; i++) {
        const struct peer_authentication *policy = mesh->cluster->peer_authentications[i];
        const char *namespace = policy->object->namespace_name;
        bool is_of_mesh = !policy->has_selector && !strcmp(namespace, ROOT_NAMESPACE);
        struct class_set set = selected(classes, namespace, &policy->pods, is_of_mesh);
        int level = policy->has_selector ? 0 : is_of_mesh ? 2 : 1;

        for (size_t j = 0; j < set.n; j++)
            peers_add(&mesh->guards[set.items[j]].peers[level], mesh->arena, policy);
    }
}

/* The nearest Sidecar holds: one that selects the pods, one of their namespace, one of the root namespace. */
static void add_sidecars(struct mesh *mesh, const struct classes *classes)
{
    for (int level = 0; level < 3; level++)
        for (size_t i = 0; i < mesh->cluster->n_sidecars; i++) {
            const struct sidecar *sidecar = mesh->cluster->sidecars[i];
            const char *namespace = sidecar->object->namespace_name;
            bool is_of_mesh = !sidecar->has_selector && !strcmp(namespace, ROOT_NAMESPACE);
            struct class_set set = {0};

            if (level == (sidecar->has_selector ? 0 : is_of_mesh ? 2 : 1))
                set = selected(classes, namespace, &sidecar->pods, is_of_mesh);
            for (size_t j = 0; j < set.n; j++) {
                struct outlook *outlook = &mesh->guards[set.items[j]].outlook;

                if (!outlook->sidecar)
                    outlook->sidecar = sidecar;
                if (!outlook->hosts && sidecar->has_egress)
                    outlook->hosts = sidecar;
            }
        }
}

/* The port of the pods to which a port of a Service leads; 0 when they have none of its name. */
static uint16_t target_of(const struct hd_cluster_workload *workload, const struct service_port *port)
{
    for (size_t i = 0; port->target_name && i < workload->n_ports; i++)
        if (workload->ports[i].name == port->target_name && workload->ports[i].transport == port->transport)
            return workload->ports[i].number;
    return port->target_name ? 0 : port->target;
}

static void lead(struct mesh *mesh, const struct classes *classes, const struct service *service, const struct waypointed *by)
{
    const char *host = arena_printf(mesh->arena, "%s.%s.svc.cluster.local", service->object->name, service->object->namespace_name);
    struct class_set set = by ? by->pods : selected(classes, service->object->namespace_name, &service->pods, false);

    for (size_t i = 0; i < set.n; i++)
        for (size_t j = 0; j < service->n_ports; j++) {
            struct guard *guard = &mesh->guards[set.items[i]];
            const struct hd_cluster_workload *workload = &classes->items[set.items[i]].workload->public;
            struct leading leading = {service, &service->ports[j], host, target_of(workload, &service->ports[j]), by};

            if (service->ports[j].transport != HD_TRANSPORT_TCP || !leading.target)
                continue;
            arena_grow(mesh->arena, guard->leading, guard->n_leading);
            guard->leading[guard->n_leading++] = leading;
        }
}

/* The waypoint that the labels of a Service, or of its namespace, name; NULL when it was not read. */
static struct waypoint *waypoint_of(struct mesh *mesh, const struct names *waypoints, const struct service *service)
{
    const char *own = service->object->namespace_name, *name = service->waypoint, *namespace = service->waypoint_namespace;
    const struct namespace *space = names_find(&mesh->cluster->namespace_of, own);

    if (!name && space) {
        name = label_value(space->labels, space->n_labels, WAYPOINT_LABEL);
        namespace = label_value(space->labels, space->n_labels, WAYPOINT_NAMESPACE_LABEL);
    }
    if (!name)
        return NULL;
    return (struct waypoint *)(uintptr_t)names_find(waypoints, arena_printf(mesh->arena, "%s/%s", namespace ? namespace : own, name));
}

static void add_services(struct mesh *mesh, const struct classes *classes, const struct names *waypoints, struct names *waypointed)
{
    for (size_t i = 0; i < mesh->cluster->n_services; i++) {
        const struct service *service = mesh->cluster->services[i];
        struct waypoint *waypoint = mesh->n_waypoints ? waypoint_of(mesh, waypoints, service) : NULL;
        struct waypointed *by = NULL;

        if (!service->has_selector)
            continue;
        if (waypoint) {
            by = arena_new(mesh->arena, struct waypointed);
            by->service = service;
            by->pods = selected(classes, service->object->namespace_name, &service->pods, false);
            by->waypoint = waypoint->class;
            arena_grow(mesh->arena, waypoint->services, waypoint->n_services);
            waypoint->services[waypoint->n_services++] = by;
            names_add(waypointed, arena_printf(mesh->arena, "%s/%s", service->object->namespace_name, service->object->name), by);
        }
        lead(mesh, classes, service, by);
    }
}

/* Policies that name a Service, a waypoint, or the class of all waypoints. */
static void add_targets(struct mesh *mesh, const struct authorization *policy, const struct auth_target *target,
                        const struct names *waypoints, const struct names *waypointed)
{
    const char *namespace = policy->object->namespace_name;
    const char *key = arena_printf(mesh->arena, "%s/%s", namespace, target->name);
    struct waypointed *one = !strcmp(target->kind, "Service") ? (struct waypointed *)(uintptr_t)names_find(waypointed, key) : NULL;
    const struct waypoint *named = !strcmp(target->kind, "Gateway") ? names_find(waypoints, key) : NULL;
    bool is_all = !strcmp(target->kind, "GatewayClass") && !strcmp(target->name, "istio-waypoint") && !strcmp(namespace, ROOT_NAMESPACE);

    if (one)
        gate_add(&one->gate, mesh->arena, policy);
    for (size_t i = 0; (named || is_all) && i < mesh->n_waypoints; i++)
        for (size_t j = 0; (is_all || &mesh->waypoints[i] == named) && j < mesh->waypoints[i].n_services; j++)
            gate_add(&mesh->waypoints[i].services[j]->gate, mesh->arena, policy);
}

static void add_waypoints(struct mesh *mesh, const struct classes *classes)
{
    struct names waypoints, waypointed;

    names_init(mesh->arena, &waypoints, 0);
    names_init(mesh->arena, &waypointed, 0);
    for (size_t i = 0; i < classes->n; i++) {
        if (mesh->guards[i].proxy != PROXY_WAYPOINT)
            continue;
        arena_grow(mesh->arena, mesh->waypoints, mesh->n_waypoints);
        mesh->waypoints[mesh->n_waypoints++] = (struct waypoint){.class = (uint32_t)i};
    }
    for (size_t i = 0; i < mesh->n_waypoints; i++) {
        const struct hd_cluster_workload *workload = &classes->items[mesh->waypoints[i].class].workload->public;

        names_add(&waypoints, arena_printf(mesh->arena, "%s/%s", workload->namespace_name, workload->name), &mesh->waypoints[i]);
    }
    add_services(mesh, classes, &waypoints, &waypointed);
    for (size_t i = 0; i < mesh->cluster->n_authorizations; i++)
        for (size_t j = 0; j < mesh->cluster->authorizations[i]->n_targets; j++)
            add_targets(mesh, mesh->cluster->authorizations[i], &mesh->cluster->authorizations[i]->targets[j], &waypoints, &waypointed);
    for (size_t i = 0; i < mesh->n_waypoints; i++)
        for (size_t j = 0; j < mesh->waypoints[i].n_services; j++)
            gate_settle(&mesh->waypoints[i].services[j]->gate, mesh->arena);
}

/* Reads a list of ports in an annotation, as in "9090,9091". */
static uint16_t *ports_of(struct arena *arena, const char *text, size_t *ret_count)
{
    uint16_t *ports = NULL;
    size_t n = 0;

    while (text && *text) {
        char *end;
        unsigned long number = strtoul(text, &end, 10);

        if (end > text && number && number <= 65535) {
            arena_grow(arena, ports, n);
            ports[n++] = (uint16_t)number;
        }
        text = end + strcspn(end, ",");
        text += *text == ',';
    }
    *ret_count = n;
    return ports;
}

static void begin(struct mesh *mesh, struct guard *guard, const struct workload *workload, const char *trust_domain)
{
    const struct hd_cluster_workload *public = &workload->public;
    const char *account = arena_printf(mesh->arena, "%s/%s", public->namespace_name, public->service_account);
    const char *rest = arena_printf(mesh->arena, "/ns/%s/sa/%s", public->namespace_name, public->service_account);

    guard->proxy = workload->proxy;
    guard->gate.is_ztunnel = workload->proxy == PROXY_AMBIENT;
    guard->caller = (struct caller){.kind = CALLER_KNOWN, .namespace = public->namespace_name, .account = account};
    guard->caller.principal = arena_printf(mesh->arena, "cluster.local%s", rest);
    if (trust_domain)
        guard->caller.own_principal = arena_printf(mesh->arena, "%s%s", trust_domain, rest);
    if (workload->proxy != PROXY_SIDECAR)
        return;
    guard->excluded = ports_of(mesh->arena, workload->mesh.exclude_ports, &guard->n_excluded);
    guard->only_included = workload->mesh.include_ports && strcmp(workload->mesh.include_ports, "*") != 0;
    if (guard->only_included)
        guard->included = ports_of(mesh->arena, workload->mesh.include_ports, &guard->n_included);
}

struct mesh *mesh_make(struct arena *arena, const struct classes *classes, const char *trust_domain)
{
    struct mesh *mesh = arena_new(arena, struct mesh);

    mesh->arena = arena;
    mesh->cluster = classes->cluster;
    mesh->guards = arena_array(arena, classes->n, sizeof *mesh->guards);
    for (size_t i = 0; i < classes->n; i++)
        begin(mesh, &mesh->guards[i], classes->items[i].workload, trust_domain);
    add_authorizations(mesh, classes);
    add_peers(mesh, classes);
    add_sidecars(mesh, classes);
    add_waypoints(mesh, classes);
    for (size_t i = 0; i < classes->n; i++) {
        gate_settle(&mesh->guards[i].gate, arena);
        guard_doors(&mesh->guards[i], arena);
    }
    return mesh;
}
