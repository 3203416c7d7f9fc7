#include "changes_allowed.h"

#include "addresses.h"
#include "call.h"
#include "generated.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A connection of one side. */
struct allowed {
    /* Connections with the same key are compared: it has the namespace, kind and name of both ends and the limits, but neither ports nor addresses. */
    char *key;
    /* Without the text of the ports, which is made when the connection is shown. */
    struct connection shown;
    struct hd_cluster_range *ranges;
    size_t n_ranges;
    bool is_all;
    /* Of an end that is addresses; all zero where none is. */
    struct addresses addresses;
    bool is_to_addresses;
};

static void add_range(struct text *text, const struct hd_cluster_range *range)
{
    static const char *const names[] = {[HD_TRANSPORT_TCP] = "TCP", [HD_TRANSPORT_UDP] = "UDP", [HD_TRANSPORT_SCTP] = "SCTP"};
    char part[64];
    int length;

    if (range->transport == HD_TRANSPORT_OTHER)
        length = snprintf(part, sizeof part, "%sother protocols", text->length ? ", " : "");
    else if (range->first == range->last)
        length = snprintf(part, sizeof part, "%s%u/%s", text->length ? ", " : "", range->first, names[range->transport]);
    else
        length = snprintf(part, sizeof part, "%s%u-%u/%s", text->length ? ", " : "", range->first, range->last, names[range->transport]);
    text_sink(text, part, (size_t)length);
}

/* A copy of its own size, because a text that grows has far more room, and each connection keeps one. */
static char *ranges_text(const struct hd_cluster_range *ranges, size_t n)
{
    struct text text = {0};
    char *copy;

    for (size_t i = 0; i < n; i++)
        add_range(&text, &ranges[i]);
    text_sink(&text, "", 1);
    copy = printed("%s", text.bytes);
    free(text.bytes);
    return copy;
}

/* Only some requests, or it is not known which: part of what is compared. */
static char *limits_of(const struct hd_cluster_connection *connection)
{
    char *some = ranges_text(connection->some, connection->n_some), *unknown = ranges_text(connection->unknown, connection->n_unknown);
    char *both = printed("%s%s%s%s%s", *some ? "some requests at " : "", some, *some && *unknown ? "; " : "",
                         *unknown ? "not known at " : "", unknown);

    free(some);
    free(unknown);
    return both;
}

static const char *namespace_of(const struct allowed_list *list, const struct hd_cluster_end *end)
{
    const char *name = end->workload ? end->workload->namespace_name : end->object ? end->object->namespace_name : NULL;

    return !name ? "" : strcmp(name, "default") ? name : list->home;
}

char *allowed_end_name(const struct allowed_list *list, const struct hd_cluster_end *end, bool is_whole)
{
    const char *name = end->workload ? end->workload->name : end->object ? end->object->name : "";
    const char *kind = end->workload ? end->workload->kind : end->object ? end->object->kind : "addresses";
    bool has_namespace = is_whole || list->has_several_namespaces, has_kind = is_whole || !end->workload;

    return printed("%s%s%s%s%s", has_namespace ? namespace_of(list, end) : "", has_namespace ? "/" : "", has_kind ? kind : "",
                   has_kind ? "/" : "", name);
}

int compare_texts(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

static bool is_compared(const struct allowed_list *list, const struct hd_cluster_end *end)
{
    char *name = end->workload ? allowed_end_name(list, end, true) : NULL;
    bool found = !name || bsearch(&name, list->compared, list->n_compared, sizeof *list->compared, compare_texts);

    free(name);
    return found;
}

static char *key_of(const struct allowed_list *list, const struct hd_cluster_connection *connection, const struct connection *shown)
{
    char *from = allowed_end_name(list, connection->from, true), *to = allowed_end_name(list, connection->to, true);
    char *key = printed("%s\n%s\n%s", from, to, shown->reason);

    free(from);
    free(to);
    return key;
}

static struct hd_cluster_range *copy_of_ranges(const struct hd_cluster_range *ranges, size_t n)
{
    struct hd_cluster_range *copy = grow(NULL, n * sizeof *copy);

    memcpy(copy, ranges, n * sizeof *copy);
    return copy;
}

static int take(void *user, const struct hd_cluster_connection *connection)
{
    struct allowed_list *list = user;
    const struct hd_cluster_end *from = connection->from, *to = connection->to, *addresses = to->first ? to : from;
    struct allowed *allowed;

    if (!is_compared(list, from) || !is_compared(list, to))
        return 0;
    if (list->n == MOST_ALLOWED)
        return 1;
    if (!(list->n & (list->n - 1)))
        list->items = grow(list->items, (list->n ? 2 * list->n : 1) * sizeof *list->items);
    allowed = &list->items[list->n++];
    *allowed = (struct allowed){
        .is_to_addresses = to->first != NULL,
        .ranges = copy_of_ranges(connection->ranges, connection->n_ranges),
        .n_ranges = connection->n_ranges,
        .is_all = connection->is_all,
        .shown = {.from = allowed_end_name(list, from, false),
                  .to = allowed_end_name(list, to, false),
                  .reason = limits_of(connection),
                  .is_from_outside = from->kind != HD_CLUSTER_END_WORKLOAD}};
    allowed->key = key_of(list, connection, &allowed->shown);
    if (addresses->first) {
        address_read(allowed->addresses.first, addresses->first);
        address_read(allowed->addresses.last, addresses->last);
    }
    return 0;
}

static int by_key(const void *left, const void *right)
{
    const struct allowed *a = left, *b = right;
    int order = strcmp(a->key, b->key);

    return order ? order : memcmp(a->addresses.first, b->addresses.first, ADDRESS_BYTES);
}

static void free_allowed(struct allowed *allowed)
{
    free(allowed->key);
    free(allowed->shown.from);
    free(allowed->shown.to);
    free(allowed->shown.reason);
    free(allowed->ranges);
}

static bool are_same_ports(const struct allowed *a, const struct allowed *b)
{
    bool are_same = a->n_ranges == b->n_ranges;

    for (size_t i = 0; i < a->n_ranges && are_same; i++)
        are_same = a->ranges[i].transport == b->ranges[i].transport && a->ranges[i].first == b->ranges[i].first && a->ranges[i].last == b->ranges[i].last;
    return are_same;
}

/* Whether `own` goes on where `last` ends. */
static bool continues(const struct allowed *last, const struct allowed *own)
{
    return last->key && *last->addresses.first && !strcmp(last->key, own->key) && address_is_next(own->addresses.first, last->addresses.last) &&
           are_same_ports(last, own);
}

/* Sorts, and joins ranges of addresses that touch: the engine cuts them wherever any policy of the side has a border. */
static void settle(struct allowed_list *list)
{
    size_t n = 0;

    if (list->n)
        qsort(list->items, list->n, sizeof *list->items, by_key);
    for (size_t i = 0; i < list->n; i++) {
        struct allowed *last = n ? &list->items[n - 1] : NULL, *own = &list->items[i];

        if (last && continues(last, own)) {
            memcpy(last->addresses.last, own->addresses.last, ADDRESS_BYTES);
            free_allowed(own);
        } else
            list->items[n++] = *own;
    }
    list->n = n;
}

enum hd_status allowed_take(struct allowed_list *list, const struct hd_cluster *cluster, const struct hd_connectivity_options *options,
                            struct hd_diagnostics *diagnostics)
{
    enum hd_status status = hd_cluster_connections(cluster, options, diagnostics, take, list);

    settle(list);
    return status;
}

/* Collects the differences. The last part of each side is kept, because the next part may go on where it ends. */
struct difference {
    struct changes *changes;
    struct allowed last[2];
};

static void show_last(struct difference *difference, bool is_added)
{
    struct allowed *allowed = &difference->last[is_added];
    struct connection shown = allowed->shown;

    if (!allowed->key)
        return;
    if (*allowed->addresses.first) {
        char **end = allowed->is_to_addresses ? &shown.to : &shown.from;

        free(*end);
        *end = addresses_text(&allowed->addresses);
    }
    shown.ends = printed("%s -> %s", shown.from, shown.to);
    shown.ports = allowed->is_all ? printed("all ports") : ranges_text(allowed->ranges, allowed->n_ranges);
    shown.is_added = is_added;
    changes_add(difference->changes, shown);
    free(allowed->key);
    free(allowed->ranges);
    *allowed = (struct allowed){0};
}

/* Moves a connection to those that differ. */
static void add(struct difference *difference, struct allowed *allowed, bool is_added)
{
    struct allowed *last = &difference->last[is_added];

    if (continues(last, allowed)) {
        memcpy(last->addresses.last, allowed->addresses.last, ADDRESS_BYTES);
        free_allowed(allowed);
        return;
    }
    show_last(difference, is_added);
    *last = *allowed;
}

static struct allowed copy_of(const struct allowed *allowed)
{
    struct allowed copy = *allowed;

    copy.key = printed("%s", allowed->key);
    copy.shown.from = printed("%s", allowed->shown.from);
    copy.shown.to = printed("%s", allowed->shown.to);
    copy.shown.reason = printed("%s", allowed->shown.reason);
    copy.ranges = copy_of_ranges(allowed->ranges, allowed->n_ranges);
    return copy;
}

/* Moves the part before an address to those that differ; the rest stays. */
static void add_before(struct difference *difference, struct allowed *allowed, const unsigned char address[ADDRESS_BYTES], bool is_added)
{
    struct allowed part = copy_of(allowed);

    memcpy(part.addresses.last, address, ADDRESS_BYTES);
    address_move(part.addresses.last, -1);
    memcpy(allowed->addresses.first, address, ADDRESS_BYTES);
    add(difference, &part, is_added);
}

static void add_ports(struct allowed *allowed, enum hd_transport transport, unsigned first, unsigned last)
{
    allowed->ranges[allowed->n_ranges++] = (struct hd_cluster_range){transport, (uint16_t)first, (uint16_t)last};
}

/* Of addresses up to `last`, the ports of a connection that the other one lacks. */
static void add_ports_beyond(struct difference *difference, const struct allowed *allowed, const struct allowed *other,
                             const unsigned char last[ADDRESS_BYTES], bool is_added)
{
    struct allowed part = copy_of(allowed);

    part.n_ranges = 0;
    part.is_all = false;
    part.ranges = grow(part.ranges, (allowed->n_ranges + other->n_ranges) * sizeof *part.ranges);
    memcpy(part.addresses.last, last, ADDRESS_BYTES);
    for (size_t i = 0; i < allowed->n_ranges; i++) {
        const struct hd_cluster_range *own = &allowed->ranges[i], *theirs = other->ranges;
        unsigned first = own->first;

        for (; theirs < other->ranges + other->n_ranges; theirs++) {
            if (theirs->transport != own->transport || theirs->last < first || theirs->first > own->last)
                continue;
            if (theirs->first > first)
                add_ports(&part, own->transport, first, theirs->first - 1u);
            first = theirs->last + 1u;
        }
        if (first <= own->last)
            add_ports(&part, own->transport, first, own->last);
    }
    if (part.n_ranges)
        add(difference, &part, is_added);
    else
        free_allowed(&part);
}

/* Ranges that overlap are equal. */
static int compare_allowed(const struct allowed *a, const struct allowed *b)
{
    int order = strcmp(a->key, b->key);

    if (order)
        return order;
    return memcmp(a->addresses.last, b->addresses.first, ADDRESS_BYTES) < 0   ? -1
           : memcmp(b->addresses.last, a->addresses.first, ADDRESS_BYTES) < 0 ? 1
                                                                              : 0;
}

/*
 * Of two that are equal, shows what one has before the other begins, and of the addresses that both have the ports of one alone. Nothing is
 * left of the old one when the result is negative, of the new one when it is positive, and of both when it is 0.
 */
static int drop_common(struct difference *difference, struct allowed *old, struct allowed *new)
{
    int order = memcmp(old->addresses.first, new->addresses.first, ADDRESS_BYTES);
    struct allowed *longer, *shorter;

    if (order < 0)
        add_before(difference, old, new->addresses.first, false);
    if (order > 0)
        add_before(difference, new, old->addresses.first, true);
    order = memcmp(old->addresses.last, new->addresses.last, ADDRESS_BYTES);
    longer = order < 0 ? new : old;
    shorter = order < 0 ? old : new;
    if (!are_same_ports(old, new)) {
        add_ports_beyond(difference, old, new, shorter->addresses.last, false);
        add_ports_beyond(difference, new, old, shorter->addresses.last, true);
    }
    if (order) {
        memcpy(longer->addresses.first, shorter->addresses.last, ADDRESS_BYTES);
        address_move(longer->addresses.first, 1);
    }
    if (order <= 0)
        free_allowed(old);
    if (order >= 0)
        free_allowed(new);
    return order;
}

void allowed_compare(struct changes *changes, struct allowed_list *before, struct allowed_list *after)
{
    struct difference difference = {.changes = changes};
    size_t i = 0, k = 0;

    while (i < before->n || k < after->n) {
        int order = i == before->n ? 1 : k == after->n ? -1 : compare_allowed(&before->items[i], &after->items[k]);

        if (order < 0)
            add(&difference, &before->items[i++], false);
        else if (order > 0)
            add(&difference, &after->items[k++], true);
        else {
            order = drop_common(&difference, &before->items[i], &after->items[k]);
            i += order <= 0;
            k += order >= 0;
        }
    }
    show_last(&difference, false);
    show_last(&difference, true);
    before->n = after->n = 0;
    allowed_free(before);
    allowed_free(after);
}

void allowed_free(struct allowed_list *list)
{
    while (list->n)
        free_allowed(&list->items[--list->n]);
    free(list->items);
    list->items = NULL;
}
