/* Finds the connections that only one of two models allows. */
#include "core/memory/names.h"
#include "core/text/among.h"
#include "diff.h"

#include <string.h>

/* A text that is equal for two edges that allow the same traffic. */
static const char *key_of(struct arena *arena, const struct hd_edge *edge)
{
    const char *key =
        arena_printf(arena, "%d/%s/%s>%d/%s/%s>%s>%s%d%d", (int)edge->from->kind, text_or(edge->from->name, ""),
                     text_or(edge->from->namespace_name, ""), (int)edge->to->kind, text_or(edge->to->name, ""), text_or(edge->to->namespace_name, ""),
                     edge->reason, edge->by ? text_or(edge->by->name, "") : "", edge->in_network, edge->in_mesh);

    for (size_t i = 0; i < edge->n_ports; i++)
        key = arena_printf(arena, "%s,%lld%s", key, (long long)edge->ports[i].number, edge->ports[i].is_udp ? "u" : "");
    for (size_t i = 0; i < edge->n_methods; i++)
        key = arena_printf(arena, "%s %s", key, edge->methods[i]);
    for (size_t i = 0; i < edge->n_paths; i++)
        key = arena_printf(arena, "%s %s", key, edge->paths[i]);
    return key;
}

static bool is_same_peer(const struct hd_peer *a, const struct hd_peer *b)
{
    return a == b || (a && b && a->kind == b->kind && same_text(a->name, b->name) &&
                      same_text(a->namespace_name, b->namespace_name));
}

static bool is_same_list(const char *const *a, size_t n_a, const char *const *b, size_t n_b)
{
    bool is_same = n_a == n_b;

    for (size_t i = 0; is_same && i < n_a; i++)
        is_same = same_text(a[i], b[i]);
    return is_same;
}

static bool is_same_edge(const struct hd_edge *a, const struct hd_edge *b)
{
    bool is_same = a->in_network == b->in_network && a->in_mesh == b->in_mesh && a->n_ports == b->n_ports && is_same_peer(a->from, b->from) &&
                   is_same_peer(a->to, b->to) && is_same_peer(a->by, b->by) && same_text(a->reason, b->reason) &&
                   is_same_list(a->methods, a->n_methods, b->methods, b->n_methods) &&
                   is_same_list(a->paths, a->n_paths, b->paths, b->n_paths);

    for (size_t i = 0; is_same && i < a->n_ports; i++)
        is_same = a->ports[i].number == b->ports[i].number && a->ports[i].is_udp == b->ports[i].is_udp;
    return is_same;
}

/* Most changes touch no connection; to see that, no key is needed. */
static bool has_same_edges(const struct hd_model *before, const struct hd_model *after)
{
    size_t n_edges = hd_model_n_edges(before);
    bool is_same = n_edges == hd_model_n_edges(after);

    for (size_t i = 0; is_same && i < n_edges; i++)
        is_same = is_same_edge(hd_model_edge(before, i), hd_model_edge(after, i));
    return is_same;
}

static void index_edges(struct arena *arena, struct names *edges, const struct hd_model *model)
{
    const struct hd_edge *edge;

    names_init(arena, edges, hd_model_n_edges(model));
    for (size_t i = 0; (edge = hd_model_edge(model, i)); i++)
        names_add(edges, key_of(arena, edge), edge);
}

static void add_missing(struct hd_diff *diff, struct arena *arena, const struct hd_model *model, const struct names *others, bool is_added)
{
    const struct hd_edge *edge;

    for (size_t i = 0; (edge = hd_model_edge(model, i)); i++)
        if (!names_find(others, key_of(arena, edge))) {
            arena_grow(&diff->arena, diff->edges, diff->n_edges);
            diff->edges[diff->n_edges++] = (struct hd_edge_change){edge, is_added};
        }
}

void find_edge_changes(struct hd_diff *diff, struct arena *arena)
{
    struct names before, after;

    /* The first call of hd_model_n_edges() makes the list of edges, which can fail because memory runs out. */
    if ((hd_model_n_edges(diff->before) && !hd_model_edge(diff->before, 0)) ||
        (hd_model_n_edges(diff->after) && !hd_model_edge(diff->after, 0)))
        longjmp(*arena->out_of_memory, 1);
    if (has_same_edges(diff->before, diff->after))
        return;
    index_edges(arena, &before, diff->before);
    index_edges(arena, &after, diff->after);
    add_missing(diff, arena, diff->after, &before, true);
    add_missing(diff, arena, diff->before, &after, false);
}
