/* Decides which classes and addresses one class of pods may reach. */
#include "decide.h"

#include <stdlib.h>

static struct targets no_targets(struct arena *arena, size_t n_classes)
{
    return (struct targets){arena_array(arena, n_classes, sizeof(struct ports)), arena_room(arena, n_classes, sizeof(uint32_t)), 0};
}

void row_init(struct row *row, const struct decision *decision, jmp_buf *out_of_memory)
{
    arena_init(&row->arena, out_of_memory);
    row->out = no_targets(decision->arena, decision->classes.n);
    row->in = no_targets(decision->arena, decision->classes.n);
}

static void forget(struct targets *targets)
{
    for (size_t i = 0; i < targets->n; i++)
        targets->ports[targets->classes[i]].n = 0;
    targets->n = 0;
}

void row_empty(struct row *row)
{
    forget(&row->out);
    forget(&row->in);
    arena_empty(&row->arena);
}

static void add(struct targets *targets, struct arena *arena, uint32_t class, struct ports ports)
{
    if (!ports.n)
        return;
    if (!targets->ports[class].n)
        targets->classes[targets->n++] = class;
    targets->ports[class] = ports_union(arena, targets->ports[class], ports);
}

static void add_set(const struct decision *decision, const struct link *link, struct class_set set, struct targets *targets,
                    struct arena *arena)
{
    for (size_t i = 0; i < set.n; i++)
        add(targets, arena, set.items[i], ports_at(decision, link, set.items[i], arena));
}

/* For a rule about anybody or all pods: adds each target that has one of the ports that the rule gives by name. */
static void add_named(const struct decision *decision, const struct link *link, struct row *row)
{
    for (size_t i = 0; i < link->rule->n_ports; i++) {
        const struct rule_port *port = &link->rule->ports[i];
        struct class_set having = port->name ? classes_with_port(&decision->classes, port->name, port->transport) : (struct class_set){0};

        for (size_t j = 0; j < having.n; j++)
            if (link->is_anybody || !decision->classes.items[having.items[j]].is_host)
                add(&row->out, &row->arena, having.items[j], ports_at(decision, link, having.items[j], &row->arena));
    }
}

/* Ports at which egress rules allow traffic to all pods, and to anybody. */
struct open_ports {
    struct ports pods, anybody;
};

/* Applies the egress rules of a class: adds certain targets to row->out, and returns the ports that are open at all targets. */
static struct open_ports go_out(const struct decision *decision, uint32_t from, struct row *row)
{
    const struct sides *sides = &decision->sides[from];
    struct open_ports open = {.anybody = sides->is_isolated[EGRESS] ? (struct ports){NULL, 0} : ports_all()};

    for (size_t i = 0; i < sides->subject[EGRESS].n; i++) {
        const struct link *link = &decision->links[sides->subject[EGRESS].items[i]];
        struct ports *to = link->is_anybody ? &open.anybody : link->peers.is_all ? &open.pods : NULL;

        if (to)
            *to = ports_union(&row->arena, *to, link->ports);
        else
            add_set(decision, link, link->peers, &row->out, &row->arena);
        if (to && link->has_names)
            add_named(decision, link, row);
    }
    return open;
}

/* Adds to row->in the targets whose ingress rules let the class in; targets open to all are added only when egress `goes_everywhere`. */
static void come_in(const struct decision *decision, uint32_t from, bool goes_everywhere, struct row *row)
{
    const struct link_list *links = &decision->sides[from].peer[INGRESS];
    bool is_host = decision->classes.items[from].is_host;

    for (size_t i = 0; i < links->n; i++)
        add_set(decision, &decision->links[links->items[i]], decision->links[links->items[i]].subjects, &row->in, &row->arena);
    for (size_t i = 0; i < decision->open.n && goes_everywhere; i++) {
        uint32_t to = decision->open.items[i];

        add(&row->in, &row->arena, to, decision->sides[to].to_anybody);
        if (!is_host)
            add(&row->in, &row->arena, to, decision->sides[to].to_pods);
    }
}

static int by_class(const void *left, const void *right)
{
    uint32_t a = ((const struct allowed *)left)->class, b = ((const struct allowed *)right)->class;

    return a < b ? -1 : a > b;
}

/* The ports that both the egress rules of `from` and the ingress rules of `to` allow. */
static struct ports both_ends(const struct decision *decision, uint32_t from, uint32_t to, const struct open_ports *open, struct row *row)
{
    struct ports goes = ports_union(&row->arena, row->out.ports[to], open->anybody);
    struct ports comes = ports_union(&row->arena, row->in.ports[to], decision->sides[to].to_anybody);

    if (!decision->classes.items[to].is_host)
        goes = ports_union(&row->arena, goes, open->pods);
    if (!decision->classes.items[from].is_host)
        comes = ports_union(&row->arena, comes, decision->sides[to].to_pods);
    return ports_both(&row->arena, goes, comes);
}

struct allowed *decide_row(const struct decision *decision, uint32_t from, struct row *row, size_t *ret_count)
{
    struct open_ports open = go_out(decision, from, row);
    bool goes_everywhere = open.pods.n || open.anybody.n;
    const struct targets *candidates = goes_everywhere ? &row->in : &row->out;
    struct allowed *allowed;
    size_t n = 0;

    come_in(decision, from, goes_everywhere, row);
    allowed = arena_room(&row->arena, candidates->n, sizeof *allowed);
    for (size_t i = 0; i < candidates->n; i++) {
        struct ports ports = both_ends(decision, from, candidates->classes[i], &open, row);

        if (ports.n)
            allowed[n++] = (struct allowed){.class = candidates->classes[i], .ports = ports};
    }
    if (n > 1)
        qsort(allowed, n, sizeof *allowed, by_class);
    *ret_count = n;
    return allowed;
}

/* The ports at which the pods of a class listen for a port of a Service. */
static struct ports target_ports(const struct decision *decision, const struct service_port *port, uint32_t class, struct arena *arena)
{
    const struct hd_cluster_workload *workload = &decision->classes.items[class].workload->public;

    if (!port->target_name)
        return port->target ? ports_range(arena, port->transport, port->target, port->target) : (struct ports){NULL, 0};
    for (size_t i = 0; i < workload->n_ports; i++)
        if (workload->ports[i].name == port->target_name && workload->ports[i].transport == port->transport && workload->ports[i].number)
            return ports_range(arena, port->transport, workload->ports[i].number, workload->ports[i].number);
    return (struct ports){NULL, 0};
}

static void follow(const struct decision *decision, const struct backend *backend, struct row *row)
{
    const struct service *service =
        names_find(&decision->services, arena_printf(&row->arena, "%s/%s", backend->namespace, backend->service));
    struct class_set classes = {0};

    if (service && service->has_selector)
        classes = classes_select(&decision->classes, service->object->namespace_name, NULL, &service->pods);
    for (size_t i = 0; i < classes.n; i++)
        for (size_t j = 0; j < service->n_ports; j++)
            if (backend_means(backend, &service->ports[j]))
                add(&row->out, &row->arena, classes.items[i], target_ports(decision, &service->ports[j], classes.items[i], &row->arena));
}

struct allowed *decide_way(const struct decision *decision, const struct way *way, struct row *row, size_t *ret_count)
{
    struct allowed *allowed;
    size_t n = 0;

    for (size_t i = 0; i < way->n_backends; i++)
        follow(decision, &way->backends[i], row);
    allowed = arena_room(&row->arena, row->out.n, sizeof *allowed);
    for (size_t i = 0; i < row->out.n; i++) {
        uint32_t class = row->out.classes[i];
        struct ports ports = row->out.ports[class];

        if (!decision->mesh)
            ports = ports_both(&row->arena, ports, decision->sides[class].to_elsewhere);
        if (ports.n)
            allowed[n++] = (struct allowed){.class = class, .ports = ports};
    }
    if (n > 1)
        qsort(allowed, n, sizeof *allowed, by_class);
    *ret_count = n;
    return allowed;
}

/* Unites the addresses of many links in pairs, because uniting them one after the other takes quadratic time. */
static struct spans union_of(const struct decision *decision, const struct link_list *links, size_t begin, size_t end, struct arena *arena)
{
    if (begin == end)
        return (struct spans){NULL, 0};
    if (end - begin == 1)
        return decision->links[links->items[begin]].addresses;
    return spans_union(arena, union_of(decision, links, begin, begin + (end - begin) / 2, arena),
                       union_of(decision, links, begin + (end - begin) / 2, end, arena));
}

/* The addresses of a link that gives ports by name: the numbers are those of the containers of `class`. */
static struct spans named_addresses(const struct decision *decision, const struct link *link, uint32_t class, struct arena *arena)
{
    struct ports ports = ports_at(decision, link, class, arena);

    return link->is_anybody ? spans_all(arena, ports) : spans_of_rule(arena, link->rule, ports);
}

struct spans decide_addresses(const struct decision *decision, uint32_t class, enum direction direction, struct arena *arena)
{
    const struct link_list *links = &decision->sides[class].subject[direction];
    struct spans spans;

    if (!decision->sides[class].is_isolated[direction])
        return spans_all(arena, ports_all());
    spans = union_of(decision, links, 0, links->n, arena);
    for (size_t i = 0; direction == INGRESS && i < links->n; i++)
        if (decision->links[links->items[i]].has_names)
            spans = spans_union(arena, spans, named_addresses(decision, &decision->links[links->items[i]], class, arena));
    return spans;
}
