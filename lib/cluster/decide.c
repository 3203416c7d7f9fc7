#include "decide.h"

#include <stdlib.h>
#include <string.h>

static void list_add(struct arena *arena, struct link_list *list, uint32_t link)
{
    arena_grow(arena, list->items, list->n);
    list->items[list->n++] = link;
}

/* The ports of a rule that are numbers. */
static struct ports numbered_ports(struct arena *arena, const struct rule *rule, bool *ret_has_names)
{
    struct ports ports = {NULL, 0};

    if (!rule->n_ports)
        return ports_all();
    for (size_t i = 0; i < rule->n_ports; i++) {
        const struct rule_port *port = &rule->ports[i];

        if (port->name)
            *ret_has_names = true;
        else
            ports = ports_union(arena, ports, ports_range(arena, port->transport, port->first, port->last));
    }
    return ports;
}

struct ports ports_at(const struct decision *decision, const struct link *link, uint32_t target, struct arena *arena)
{
    const struct hd_cluster_workload *workload = &decision->classes.items[target].workload->public;
    struct ports ports = link->ports;

    for (size_t i = 0; link->has_names && i < link->rule->n_ports; i++)
        for (size_t j = 0; link->rule->ports[i].name && j < workload->n_ports; j++)
            if (workload->ports[j].name == link->rule->ports[i].name && workload->ports[j].transport == link->rule->ports[i].transport &&
                workload->ports[j].number)
                ports = ports_union(arena, ports,
                                    ports_range(arena, workload->ports[j].transport, workload->ports[j].number, workload->ports[j].number));
    return ports;
}

static struct class_set peers_of(struct decision *decision, const struct policy *policy, const struct rule *rule)
{
    struct class_set peers = {0};

    for (size_t i = 0; i < rule->n_peers; i++) {
        const struct rule_peer *peer = &rule->peers[i];

        if (!peer->is_block)
            peers = class_set_union(decision->arena, peers,
                                    classes_select(&decision->classes, policy->object->namespace_name,
                                                   peer->has_namespaces ? &peer->namespaces : NULL, &peer->pods));
    }
    return peers;
}

/* Adds the link to the lists of the classes at both of its ends. */
static void enter(struct decision *decision, uint32_t number, enum direction direction)
{
    struct link *link = &decision->links[number];

    for (size_t i = 0; i < link->subjects.n; i++)
        list_add(decision->arena, &decision->sides[link->subjects.items[i]].subject[direction], number);
    for (size_t i = 0; i < link->peers.n && !link->is_anybody && !link->peers.is_all; i++)
        list_add(decision->arena, &decision->sides[link->peers.items[i]].peer[direction], number);
}

static void add_rule(struct decision *decision, const struct policy *policy, const struct rule *rule, struct class_set subjects,
                     enum direction direction)
{
    struct link link = {.policy = policy, .rule = rule, .subjects = subjects, .is_anybody = !rule->n_peers, .is_elsewhere = !rule->n_peers};

    link.ports = numbered_ports(decision->arena, rule, &link.has_names);
    link.peers = peers_of(decision, policy, rule);
    for (size_t i = 0; i < rule->n_peers; i++)
        link.is_elsewhere = link.is_elsewhere || rule->peers[i].has_namespaces;
    link.addresses = link.is_anybody ? spans_all(decision->arena, link.ports) : spans_of_rule(decision->arena, rule, link.ports);
    arena_grow(decision->arena, decision->links, decision->n_links);
    decision->links[decision->n_links++] = link;
    enter(decision, (uint32_t)decision->n_links - 1, direction);
}

static void add_policy(struct decision *decision, const struct policy *policy)
{
    struct class_set subjects = classes_select(&decision->classes, policy->object->namespace_name, NULL, &policy->pods);

    for (int direction = INGRESS; direction <= EGRESS; direction++) {
        for (size_t i = 0; policy->isolates[direction] && i < subjects.n; i++)
            decision->sides[subjects.items[i]].is_isolated[direction] = true;
        for (size_t i = 0; policy->isolates[direction] && i < policy->n_rules[direction]; i++)
            add_rule(decision, policy, &policy->rules[direction][i], subjects, direction);
    }
}

/* Finds out which ports of a class are open to anybody, and to all pods. */
static void open_side(struct decision *decision, uint32_t class)
{
    struct sides *sides = &decision->sides[class];

    if (!sides->is_isolated[INGRESS])
        sides->to_anybody = sides->to_elsewhere = ports_all();
    for (size_t i = 0; i < sides->subject[INGRESS].n; i++) {
        const struct link *link = &decision->links[sides->subject[INGRESS].items[i]];
        struct ports *to = link->is_anybody ? &sides->to_anybody : link->peers.is_all ? &sides->to_pods : NULL;

        if (to)
            *to = ports_union(decision->arena, *to, ports_at(decision, link, class, decision->arena));
        if (link->is_elsewhere)
            sides->to_elsewhere = ports_union(decision->arena, sides->to_elsewhere, ports_at(decision, link, class, decision->arena));
    }
    if (!sides->to_anybody.n && !sides->to_pods.n)
        return;
    arena_grow(decision->arena, decision->open.items, decision->open.n);
    decision->open.items[decision->open.n++] = class;
}

void decide(struct decision *decision, struct arena *arena, const struct hd_cluster *cluster,
            const struct hd_connectivity_options *options)
{
    bool is_alone = options->layers == HD_CLUSTER_LAYERS_MESH;

    *decision = (struct decision){.arena = arena, .cluster = cluster};
    classes_make(&decision->classes, arena, cluster, options->host_network_as_pods);
    decision->sides = arena_array(arena, decision->classes.n, sizeof *decision->sides);
    for (size_t i = 0; i < cluster->n_policies && !is_alone; i++)
        add_policy(decision, cluster->policies[i]);
    for (size_t i = 0; i < decision->classes.n; i++)
        open_side(decision, (uint32_t)i);
    names_init(arena, &decision->services, cluster->n_services);
    for (size_t i = 0; i < cluster->n_services; i++)
        names_add(&decision->services,
                  arena_printf(arena, "%s/%s", cluster->services[i]->object->namespace_name, cluster->services[i]->object->name),
                  cluster->services[i]);
    if (cluster->has_mesh && options->layers != HD_CLUSTER_LAYERS_NETWORK)
        decision->mesh = mesh_make(arena, &decision->classes, options->trust_domain);
    if (decision->mesh && is_alone)
        mesh_alone(decision->mesh, decision->classes.n);
}
