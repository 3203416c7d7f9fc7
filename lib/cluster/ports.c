#include "ports.h"

#include <string.h>

static const struct hd_cluster_range all[] = {
    {HD_TRANSPORT_TCP, 1, 65535}, {HD_TRANSPORT_UDP, 1, 65535}, {HD_TRANSPORT_SCTP, 1, 65535}, {HD_TRANSPORT_OTHER, 0, 0}};

struct ports ports_all(void)
{
    return (struct ports){all, sizeof all / sizeof *all};
}

struct ports ports_range(struct arena *arena, enum hd_transport transport, uint16_t first, uint16_t last)
{
    struct hd_cluster_range *range = arena_new(arena, struct hd_cluster_range);

    *range = (struct hd_cluster_range){transport, first, last};
    return (struct ports){range, 1};
}

static bool is_before(const struct hd_cluster_range *left, const struct hd_cluster_range *right)
{
    return left->transport != right->transport ? left->transport < right->transport : left->first < right->first;
}

/* Adds a range that does not begin before the last one in the list; joins the two where they touch. */
static void add(struct hd_cluster_range *ranges, uint32_t *n, const struct hd_cluster_range *range)
{
    struct hd_cluster_range *last = *n ? &ranges[*n - 1] : NULL;

    if (!last || last->transport != range->transport || (uint32_t)last->last + 1 < range->first)
        ranges[(*n)++] = *range;
    else if (range->last > last->last)
        last->last = range->last;
}

struct ports ports_union(struct arena *arena, struct ports left, struct ports right)
{
    struct hd_cluster_range *ranges;
    uint32_t n = 0, l = 0, r = 0;

    if (!right.n || ports_are_all(left) || ports_equal(left, right))
        return left;
    if (!left.n || ports_are_all(right))
        return right;
    ranges = arena_room(arena, left.n + right.n, sizeof *ranges);
    while (l < left.n || r < right.n) {
        bool is_left = r == right.n || (l < left.n && is_before(&left.ranges[l], &right.ranges[r]));

        add(ranges, &n, is_left ? &left.ranges[l++] : &right.ranges[r++]);
    }
    return (struct ports){ranges, n};
}

struct ports ports_both(struct arena *arena, struct ports left, struct ports right)
{
    struct hd_cluster_range *ranges;
    uint32_t n = 0, l = 0, r = 0;

    if (!left.n || ports_are_all(right) || ports_equal(left, right))
        return left;
    if (!right.n || ports_are_all(left))
        return right;
    ranges = arena_room(arena, left.n + right.n, sizeof *ranges);
    while (l < left.n && r < right.n) {
        const struct hd_cluster_range *a = &left.ranges[l], *b = &right.ranges[r];
        uint16_t first = a->first > b->first ? a->first : b->first, last = a->last < b->last ? a->last : b->last;

        if (a->transport == b->transport && first <= last)
            ranges[n++] = (struct hd_cluster_range){a->transport, first, last};
        if (a->transport != b->transport ? a->transport < b->transport : a->last < b->last)
            l++;
        else
            r++;
    }
    return (struct ports){ranges, n};
}

bool ports_equal(struct ports left, struct ports right)
{
    if (left.n != right.n)
        return false;
    if (left.ranges == right.ranges)
        return true;
    for (uint32_t i = 0; i < left.n; i++)
        if (left.ranges[i].transport != right.ranges[i].transport || left.ranges[i].first != right.ranges[i].first ||
            left.ranges[i].last != right.ranges[i].last)
            return false;
    return true;
}

bool ports_are_all(struct ports ports)
{
    return ports_equal(ports, ports_all());
}

bool ports_have(struct ports ports, enum hd_transport transport, uint16_t first, uint16_t last)
{
    for (uint32_t i = 0; i < ports.n; i++)
        if (ports.ranges[i].transport == transport && ports.ranges[i].first <= first && last <= ports.ranges[i].last)
            return true;
    return false;
}
