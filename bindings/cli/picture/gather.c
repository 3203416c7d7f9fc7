/* Copies the ends and the connections, because the library shows each only during a visit. */
#include "picture.h"

#include "../call.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *room(void *array, size_t n, size_t size)
{
    bool is_full = !(n & (n - 1)); /* at 0 and at powers of two */

    return is_full ? grow(array, (n ? n * 2 : 1) * size) : array;
}

/* The addresses as people write them: a block where they are one. */
static char *address_title(const char *first, const char *last)
{
    unsigned a[4], b[4];
    char rest[2];
    uint32_t from, to;
    int bits = 32;

    if (!strcmp(first, last))
        return printed("%s", first);
    if (!strcmp(first, "::") && !strcmp(last, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"))
        return printed("all IPv6 addresses");
    if (sscanf(first, "%u.%u.%u.%u%1s", &a[0], &a[1], &a[2], &a[3], rest) != 4 ||
        sscanf(last, "%u.%u.%u.%u%1s", &b[0], &b[1], &b[2], &b[3], rest) != 4)
        return printed("%s to %s", first, last);
    from = a[0] << 24 | a[1] << 16 | a[2] << 8 | a[3];
    to = b[0] << 24 | b[1] << 16 | b[2] << 8 | b[3];
    if (!from && to == UINT32_MAX)
        return printed("all IPv4 addresses");
    for (bits = 32; bits && (to - from) >> (32 - bits); bits--)
        continue;
    if (bits && to - from == UINT32_MAX >> bits && !(from & UINT32_MAX >> bits))
        return printed("%s/%d", first, bits);
    return printed("%s to %s", first, last);
}

/* The picture that is being filled, and an index of its ends by name, because each connection looks up two of them. */
struct gathering {
    struct picture *picture;
    size_t *slots; /* of ends, by the hash of their names; 1 + index, 0 is free */
    size_t n_slots;
};

static size_t *slot_of(const struct gathering *gathering, const char *name)
{
    size_t hash = 5381;

    for (const char *c = name; *c; c++)
        hash = hash * 33 + (unsigned char)*c;
    for (hash %= gathering->n_slots;; hash = (hash + 1) % gathering->n_slots) {
        size_t *slot = &gathering->slots[hash];

        if (!*slot || !strcmp(gathering->picture->ends[*slot - 1].name, name))
            return slot;
    }
}

static void rehash(struct gathering *gathering)
{
    const struct picture *picture = gathering->picture;

    gathering->n_slots = picture->n_ends * 4 + 64;
    free(gathering->slots);
    gathering->slots = grow(NULL, gathering->n_slots * sizeof *gathering->slots);
    memset(gathering->slots, 0, gathering->n_slots * sizeof *gathering->slots);
    for (size_t i = 0; i < picture->n_ends; i++)
        *slot_of(gathering, picture->ends[i].name) = i + 1;
}

static size_t take_end(struct gathering *gathering, const struct hd_cluster_end *end)
{
    struct picture *picture = gathering->picture;
    size_t *slot;
    struct end *own;

    if (picture->n_ends * 2 >= gathering->n_slots)
        rehash(gathering);
    slot = slot_of(gathering, end->name);
    if (*slot)
        return *slot - 1;
    picture->ends = room(picture->ends, picture->n_ends, sizeof *picture->ends);
    own = &picture->ends[picture->n_ends++];
    *own = (struct end){.kind = end->kind, .name = printed("%s", end->name), .workload = end->workload, .object = end->object};
    if (end->kind == HD_CLUSTER_END_ADDRESSES)
        own->first = printed("%s", end->first);
    own->title = end->kind == HD_CLUSTER_END_ADDRESSES ? address_title(end->first, end->last)
                                                       : printed("%s", end->workload ? end->workload->name : end->object->name);
    own->what = end->kind == HD_CLUSTER_END_ADDRESSES ? "outside of the cluster" : end->workload ? end->workload->kind : end->object->kind;
    return (*slot = picture->n_ends) - 1;
}

/* Ports for people: "TCP 80, 8000-8999; UDP 53". */
static char *ports_text(const struct hd_cluster_connection *connection)
{
    static const char *const transports[] = {
        [HD_TRANSPORT_TCP] = "TCP", [HD_TRANSPORT_UDP] = "UDP", [HD_TRANSPORT_SCTP] = "SCTP", [HD_TRANSPORT_OTHER] = "other protocols"};
    char *text = printed(connection->is_all ? "all traffic" : "");

    for (size_t i = 0; !connection->is_all && i < connection->n_ranges; i++) {
        const struct hd_cluster_range *range = &connection->ranges[i];
        bool is_first = !i || range[-1].transport != range->transport;
        char number[16] = "", *longer;

        if (range->transport != HD_TRANSPORT_OTHER)
            snprintf(number, sizeof number, range->first == range->last ? " %u" : " %u-%u", range->first, range->last);
        longer = printed("%s%s%s%s", text, !i ? "" : is_first ? "; " : ",", is_first ? transports[range->transport] : "", number);
        free(text);
        text = longer;
    }
    return text;
}

const char *link_layer(const struct link *link)
{
    return !link->in_mesh      ? "network"
           : link->has_some    ? "network and mesh, some requests"
           : link->has_unknown ? "network and mesh, not known"
                               : "network and mesh";
}

static int take_link(void *user, const struct hd_cluster_connection *connection)
{
    struct gathering *gathering = user;
    struct picture *picture = gathering->picture;
    struct link link = {.in_mesh = connection->in_mesh != 0, .has_some = connection->n_some, .has_unknown = connection->n_unknown};

    if (picture->n_links == MOST_LINKS || picture->n_ends > MOST_ENDS) {
        picture->has_too_many = true;
        return 1;
    }
    link.from = take_end(gathering, connection->from);
    link.to = take_end(gathering, connection->to);
    link.ports = ports_text(connection);
    link.n_ranges = connection->n_ranges;
    link.ranges = grow(NULL, link.n_ranges * sizeof *link.ranges + 1);
    memcpy(link.ranges, connection->ranges, link.n_ranges * sizeof *link.ranges);
    picture->links = room(picture->links, picture->n_links, sizeof *picture->links);
    picture->links[picture->n_links++] = link;
    return 0;
}

/* Workloads that talk to nobody are drawn too, unless only what is exposed is asked for. */
static void take_workloads(struct gathering *gathering)
{
    const struct picture *picture = gathering->picture;
    const struct hd_cluster *cluster = picture->cluster;
    size_t n = hd_cluster_workload_count(cluster);

    for (size_t i = 0; i < n && picture->n_ends <= MOST_ENDS; i++) {
        const struct hd_cluster_workload *workload = hd_cluster_workload_at(cluster, i);
        char *name = printed("%s/%s[%s]", workload->namespace_name, workload->name, workload->kind);

        take_end(gathering, &(struct hd_cluster_end){HD_CLUSTER_END_WORKLOAD, name, workload, workload->object, NULL, NULL});
        free(name);
    }
}

enum hd_status picture_gather(struct picture *picture)
{
    struct gathering gathering = {.picture = picture};
    enum hd_status status;

    if (!picture->options->only_exposed)
        take_workloads(&gathering);
    status = hd_cluster_connections(picture->cluster, picture->options, picture->diagnostics, take_link, &gathering);
    free(gathering.slots);
    return status == HD_UNWRITABLE && picture->has_too_many ? HD_OK : status;
}
