#include "addresses.h"

#include <stdlib.h>

static int compare(const struct ip_range *left, const struct ip_range *right)
{
    return left->is_v6 != right->is_v6 ? left->is_v6 - right->is_v6 : ip_compare(&left->first, &right->first);
}

struct spans spans_all(struct arena *arena, struct ports ports)
{
    struct spans spans = {arena_array(arena, 2, sizeof *spans.items), ports.n ? 2 : 0};

    spans.items[0] = (struct span){ip_all(false), ports};
    spans.items[1] = (struct span){ip_all(true), ports};
    return spans;
}

/* Adds a span behind all others, or makes the last one longer. */
static void append(struct spans *spans, const struct span *span)
{
    struct span *last = spans->n ? &spans->items[spans->n - 1] : NULL;
    struct ip behind;

    if (last && last->range.is_v6 == span->range.is_v6 && ports_equal(last->ports, span->ports)) {
        behind = last->range.last;
        if (ip_next(&behind, last->range.is_v6) && !ip_compare(&behind, &span->range.first)) {
            last->range.last = span->range.last;
            return;
        }
    }
    spans->items[spans->n++] = *span;
}

/* A position in a list of spans. `current` is the part of a span that has not been passed yet. */
struct cursor_in_spans {
    const struct span *next, *end;
    struct span current;
    bool is_done;
};

static void begin(struct cursor_in_spans *cursor, struct spans spans)
{
    *cursor = (struct cursor_in_spans){.next = spans.items, .end = spans.items + spans.n, .is_done = !spans.n};
    if (spans.n)
        cursor->current = *cursor->next++;
}

/* Moves on to the first address after `last`. */
static void advance(struct cursor_in_spans *cursor, struct ip last)
{
    if (ip_compare(&cursor->current.range.last, &last)) {
        cursor->current.range.first = last;
        ip_next(&cursor->current.range.first, cursor->current.range.is_v6);
    } else if (cursor->next < cursor->end) {
        cursor->current = *cursor->next++;
    } else {
        cursor->is_done = true;
    }
}

/* The last address up to which no span begins or ends. `first` begins before `other`, or at the same address (`is_together`). */
static struct ip even_end(const struct cursor_in_spans *first, const struct cursor_in_spans *other, bool is_together)
{
    struct ip last = first->current.range.last, before;

    if (other->is_done || other->current.range.is_v6 != first->current.range.is_v6)
        return last;
    if (is_together)
        return ip_compare(&last, &other->current.range.last) < 0 ? last : other->current.range.last;
    before = other->current.range.first;
    ip_before(&before);
    return ip_compare(&last, &before) < 0 ? last : before;
}

struct spans spans_union(struct arena *arena, struct spans left, struct spans right)
{
    struct spans all = {arena_room(arena, 2 * (left.n + right.n) + 1, sizeof *all.items), 0};
    struct cursor_in_spans a, b;

    if (!left.n || !right.n)
        return left.n ? left : right;
    begin(&a, left);
    begin(&b, right);
    while (!a.is_done || !b.is_done) {
        int order = a.is_done ? 1 : b.is_done ? -1 : compare(&a.current.range, &b.current.range);
        struct cursor_in_spans *first = order <= 0 ? &a : &b, *other = order <= 0 ? &b : &a;
        struct span out = first->current;

        out.range.last = even_end(first, other, !order);
        if (!order) {
            out.ports = ports_union(arena, a.current.ports, b.current.ports);
            advance(other, out.range.last);
        }
        advance(first, out.range.last);
        append(&all, &out);
    }
    return all;
}

static int by_first(const void *left, const void *right)
{
    return compare(&((const struct span *)left)->range, &((const struct span *)right)->range);
}

static int holes_by_first(const void *left, const void *right)
{
    return compare(left, right);
}

/* Adds the addresses of a block, without those of its exceptions. */
static void add_block(struct arena *arena, struct spans *spans, const struct rule_peer *peer, struct ports ports)
{
    struct ip_range *holes = arena_copy(arena, peer->except, peer->n_except * sizeof *holes), left = peer->block;
    bool is_left = true;

    if (peer->n_except > 1)
        qsort(holes, peer->n_except, sizeof *holes, holes_by_first);
    for (size_t i = 0; i < peer->n_except && is_left; i++) {
        struct ip_range before = left;

        if (ip_compare(&holes[i].last, &left.first) < 0)
            continue;
        before.last = holes[i].first;
        if (ip_compare(&left.first, &holes[i].first) < 0 && ip_before(&before.last))
            spans->items[spans->n++] = (struct span){before, ports};
        left.first = holes[i].last;
        is_left = ip_compare(&left.first, &left.last) < 0 && ip_next(&left.first, left.is_v6);
    }
    if (is_left)
        spans->items[spans->n++] = (struct span){left, ports};
}

/* Makes spans with the same ports disjoint. */
static void flatten(struct spans *spans)
{
    struct spans flat = {spans->items, 0};

    if (spans->n > 1)
        qsort(spans->items, spans->n, sizeof *spans->items, by_first);
    for (size_t i = 0; i < spans->n; i++) {
        struct span span = spans->items[i];
        struct span *last = flat.n ? &flat.items[flat.n - 1] : NULL;

        if (!last || last->range.is_v6 != span.range.is_v6 || ip_compare(&last->range.last, &span.range.first) < 0)
            append(&flat, &span);
        else if (ip_compare(&last->range.last, &span.range.last) < 0)
            last->range.last = span.range.last;
    }
    *spans = flat;
}

struct spans spans_of_rule(struct arena *arena, const struct rule *rule, struct ports ports)
{
    struct spans spans = {NULL, 0};
    size_t most = 0;

    for (size_t i = 0; i < rule->n_peers; i++)
        most += rule->peers[i].is_block ? rule->peers[i].n_except + 1 : 0;
    if (!most || !ports.n)
        return spans;
    spans.items = arena_room(arena, most, sizeof *spans.items);
    for (size_t i = 0; i < rule->n_peers; i++)
        if (rule->peers[i].is_block)
            add_block(arena, &spans, &rule->peers[i], ports);
    flatten(&spans);
    return spans;
}

void cuts_add(struct arena *arena, struct cuts *cuts, const struct ip_range *range)
{
    struct ip_range behind = {range->is_v6, range->last, range->last};

    arena_grow(arena, cuts->items, cuts->n);
    cuts->items[cuts->n++] = *range;
    if (!ip_next(&behind.first, range->is_v6))
        return;
    arena_grow(arena, cuts->items, cuts->n);
    cuts->items[cuts->n++] = behind;
}

struct spans spans_cut(struct arena *arena, struct spans spans, struct cuts *cuts)
{
    struct spans pieces = {arena_room(arena, spans.n + cuts->n, sizeof *pieces.items), 0};
    size_t next = 0;

    qsort(cuts->items, cuts->n, sizeof *cuts->items, holes_by_first);
    for (size_t i = 0; i < spans.n; i++) {
        struct span left = spans.items[i], piece;

        for (; next < cuts->n && compare(&cuts->items[next], &left.range) <= 0; next++)
            ;
        for (; next < cuts->n && cuts->items[next].is_v6 == left.range.is_v6; next++) {
            if (ip_compare(&cuts->items[next].first, &left.range.last) > 0)
                break;
            if (!ip_compare(&cuts->items[next].first, &left.range.first))
                continue;
            piece = left;
            piece.range.last = left.range.first = cuts->items[next].first;
            ip_before(&piece.range.last);
            pieces.items[pieces.n++] = piece;
        }
        pieces.items[pieces.n++] = left;
    }
    return pieces;
}
