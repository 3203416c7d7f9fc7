/* The public function that visits all connections. */
#include "core/reporting/refuse.h"
#include "passage.h"

#include <stdlib.h>

struct visit {
    struct arena arena;
    /* For hd_cluster_compare(). */
    struct arena memory;
    struct decision decision;
    struct row row;
    struct hd_cluster_end *ends; /* of the workloads */
    hd_cluster_visitor *visitor;
    void *user;
    bool is_stopped;
};

static void show(struct visit *visit, const struct hd_cluster_end *from, const struct hd_cluster_end *to, const struct allowed *allowed,
                 const struct hd_cluster_asking *asking)
{
    const struct hd_cluster_connection connection = {.from = from,
                                                     .to = to,
                                                     .ranges = allowed->ports.ranges,
                                                     .n_ranges = allowed->ports.n,
                                                     .is_all = ports_are_all(allowed->ports) && !allowed->some.n && !allowed->unknown.n,
                                                     .in_mesh = allowed->in_mesh,
                                                     .some = allowed->some.ranges,
                                                     .n_some = allowed->some.n,
                                                     .unknown = allowed->unknown.ranges,
                                                     .n_unknown = allowed->unknown.n,
                                                     .plain = allowed->plain.ranges,
                                                     .n_plain = allowed->plain.n,
                                                     .asking = asking};

    visit->is_stopped = visit->is_stopped || visit->visitor(visit->user, &connection);
}

static struct hd_cluster_end *ends_of(struct arena *arena, const struct hd_cluster *cluster)
{
    struct hd_cluster_end *ends = arena_array(arena, cluster->n_workloads, sizeof *ends);

    for (size_t i = 0; i < cluster->n_workloads; i++)
        ends[i] = (struct hd_cluster_end){.kind = HD_CLUSTER_END_WORKLOAD,
                                          .name = cluster->workloads[i]->end_name,
                                          .workload = &cluster->workloads[i]->public,
                                          .object = cluster->workloads[i]->public.object};
    return ends;
}

static struct hd_cluster_end addresses_end(struct arena *arena, const struct ip_range *range)
{
    char first[IP_TEXT], last[IP_TEXT];
    struct hd_cluster_end end = {.kind = HD_CLUSTER_END_ADDRESSES};

    ip_write(&range->first, range->is_v6, first);
    ip_write(&range->last, range->is_v6, last);
    end.first = arena_printf(arena, "%s", first);
    end.last = arena_printf(arena, "%s", last);
    end.name = arena_printf(arena, "%s-%s", first, last);
    return end;
}

/* A workload that can be reached, by its index in the cluster. */
struct reached {
    uint32_t workload;
    const struct allowed *allowed;
};

static int by_number(const void *left, const void *right)
{
    uint32_t a = ((const struct reached *)left)->workload, b = ((const struct reached *)right)->workload;

    return a < b ? -1 : a > b;
}

/* Visits a connection to each workload of the classes in `allowed`. */
static void show_workloads(struct visit *visit, const struct hd_cluster_end *from, uint32_t class, const struct allowed *allowed,
                           size_t n_allowed)
{
    const struct classes *classes = &visit->decision.classes;
    struct reached *reached;
    size_t n = 0;

    for (size_t i = 0; i < n_allowed; i++)
        n += classes->items[allowed[i].class].n_members;
    reached = arena_room(&visit->row.arena, n, sizeof *reached);
    n = 0;
    for (size_t i = 0; i < n_allowed; i++)
        for (size_t j = 0; j < classes->items[allowed[i].class].n_members; j++)
            reached[n++] = (struct reached){classes->items[allowed[i].class].members[j], &allowed[i]};
    if (n > 1)
        qsort(reached, n, sizeof *reached, by_number);
    for (size_t i = 0; i < n && !visit->is_stopped; i++) {
        const struct hd_cluster_asking asking = {&visit->decision, class, reached[i].allowed->class, &visit->memory};

        show(visit, from, &visit->ends[reached[i].workload], reached[i].allowed, class == NO_CLASS || !visit->decision.mesh ? NULL : &asking);
    }
}

/* Traffic with addresses of outside. */
struct beyond {
    struct ip_range range;
    struct allowed allowed;
};

/* Whether `next` follows without a gap and allows the same. */
static bool goes_on(const struct beyond *last, const struct beyond *next)
{
    struct ip behind = last->range.last;

    return last->range.is_v6 == next->range.is_v6 && ip_next(&behind, last->range.is_v6) && !ip_compare(&behind, &next->range.first) &&
           ports_equal(last->allowed.ports, next->allowed.ports) && ports_equal(last->allowed.some, next->allowed.some) &&
           ports_equal(last->allowed.unknown, next->allowed.unknown);
}

static struct beyond *beyond_of(struct visit *visit, uint32_t class, enum direction direction, size_t *ret_count)
{
    struct arena *arena = &visit->row.arena;
    struct spans spans = decide_addresses(&visit->decision, class, direction, arena);
    struct beyond *all;
    size_t n = 0;

    spans = passage_cut(&visit->decision, class, direction, spans, arena);
    all = arena_room(arena, spans.n, sizeof *all);
    for (size_t i = 0; i < spans.n; i++) {
        const struct ip_range *range = &spans.items[i].range;
        struct beyond next = {*range, passage_addresses(&visit->decision, class, direction, range, spans.items[i].ports, arena)};

        if (n && goes_on(&all[n - 1], &next))
            all[n - 1].range.last = next.range.last;
        else if (next.allowed.ports.n)
            all[n++] = next;
    }
    *ret_count = n;
    return all;
}

static void show_addresses(struct visit *visit, uint32_t workload, enum direction direction)
{
    size_t n;
    const struct beyond *beyond = beyond_of(visit, visit->decision.classes.of_workload[workload], direction, &n);

    for (size_t i = 0; i < n && !visit->is_stopped; i++) {
        struct hd_cluster_end end = addresses_end(&visit->row.arena, &beyond[i].range);

        show(visit, direction == EGRESS ? &visit->ends[workload] : &end, direction == EGRESS ? &end : &visit->ends[workload],
             &beyond[i].allowed, NULL);
    }
}

static void show_way(struct visit *visit, const struct way *way)
{
    const struct hd_cluster_end end = {.kind = HD_CLUSTER_END_WAY_IN, .name = way->end_name, .object = way->object};
    size_t n;
    const struct allowed *allowed = passage_way(&visit->decision, way, &visit->row, &n);

    show_workloads(visit, &end, NO_CLASS, allowed, n);
}

static void visit_all(struct visit *visit, const struct hd_cluster *cluster, const struct hd_connectivity_options *options,
                      jmp_buf *out_of_memory)
{
    decide(&visit->decision, &visit->arena, cluster, options);
    row_init(&visit->row, &visit->decision, out_of_memory);
    passage_begin(&visit->decision, &visit->row);
    visit->ends = ends_of(&visit->arena, cluster);
    for (uint32_t i = 0; i < cluster->n_workloads && !visit->is_stopped; i++) {
        uint32_t class = visit->decision.classes.of_workload[i];
        size_t n = 0;
        const struct allowed *allowed = options->only_exposed ? NULL : passage_row(&visit->decision, class, &visit->row, &n);

        show_workloads(visit, &visit->ends[i], class, allowed, n);
        show_addresses(visit, i, EGRESS);
        row_empty(&visit->row);
    }
    for (uint32_t i = 0; i < cluster->n_workloads && !visit->is_stopped; i++) {
        show_addresses(visit, i, INGRESS);
        row_empty(&visit->row);
    }
    for (size_t i = 0; i < cluster->n_ways && !visit->is_stopped; i++) {
        show_way(visit, cluster->ways[i]);
        row_empty(&visit->row);
    }
}

enum hd_status hd_cluster_connections(const struct hd_cluster *cluster, const struct hd_connectivity_options *options,
                                      struct hd_diagnostics *report, hd_cluster_visitor *visitor, void *user)
{
    struct hd_connectivity_options own;
    struct visit *visit;
    enum hd_status status;
    jmp_buf out_of_memory;

    if (!cluster || !report || !visitor)
        return refuse_call(report, "hd_cluster_connections() is given NULL for %s", cluster ? "visitor" : "cluster");
    status = options_take(report, &own, sizeof own, options, "hd_connectivity_options");
    if (status != HD_OK)
        return status;
    visit = calloc(1, sizeof *visit);
    if (!visit)
        return HD_NO_MEMORY;
    visit->visitor = visitor;
    visit->user = user;
    arena_init(&visit->arena, &out_of_memory);
    arena_init(&visit->memory, &out_of_memory);
    if (setjmp(out_of_memory))
        status = HD_NO_MEMORY;
    else
        visit_all(visit, cluster, &own, &out_of_memory);
    if (status == HD_OK && visit->is_stopped)
        status = HD_UNWRITABLE;
    arena_free(&visit->row.arena);
    arena_free(&visit->arena);
    arena_free(&visit->memory);
    free(visit);
    return status;
}
