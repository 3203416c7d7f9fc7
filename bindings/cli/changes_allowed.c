#include "changes_allowed.h"

#include "addresses.h"
#include "call.h"
#include "generated.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A connection of one side. */
struct allowed {
    /* Connections with the same key are compared: it has the namespace, kind and name of both ends, the ports and the limits, but no addresses. */
    char *key;
    struct connection shown;
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
    char *key = printed("%s\n%s\n%s\n%s", from, to, shown->ports, shown->reason);

    free(from);
    free(to);
    return key;
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
        .shown = {.ports = connection->is_all ? printed("all ports") : ranges_text(connection->ranges, connection->n_ranges),
                  .from = allowed_end_name(list, from, false),
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
    free(allowed->shown.ports);
    free(allowed->shown.reason);
}

/* Sorts, and joins ranges of addresses that touch: the engine cuts them wherever any policy of the side has a border. */
static void settle(struct allowed_list *list)
{
    size_t n = 0;

    if (list->n)
        qsort(list->items, list->n, sizeof *list->items, by_key);
    for (size_t i = 0; i < list->n; i++) {
        struct allowed *last = n ? &list->items[n - 1] : NULL, *own = &list->items[i];

        if (last && *last->addresses.first && !strcmp(last->key, own->key) && address_is_next(own->addresses.first, last->addresses.last)) {
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

/* Moves a connection to those that are shown. */
static void add(struct changes *changes, struct allowed *allowed, bool is_added)
{
    struct connection shown = allowed->shown;

    if (*allowed->addresses.first) {
        char **end = allowed->is_to_addresses ? &shown.to : &shown.from;

        free(*end);
        *end = addresses_text(&allowed->addresses);
    }
    shown.ends = printed("%s -> %s", shown.from, shown.to);
    shown.is_added = is_added;
    changes_add(changes, shown);
    free(allowed->key);
}

/* Moves the part before an address to those that are shown; the rest stays. */
static void add_before(struct changes *changes, struct allowed *allowed, const unsigned char address[ADDRESS_BYTES], bool is_added)
{
    struct allowed part = {.addresses = allowed->addresses, .is_to_addresses = allowed->is_to_addresses, .shown = allowed->shown};

    part.shown.from = printed("%s", allowed->shown.from);
    part.shown.to = printed("%s", allowed->shown.to);
    part.shown.ports = printed("%s", allowed->shown.ports);
    part.shown.reason = printed("%s", allowed->shown.reason);
    memcpy(part.addresses.last, address, ADDRESS_BYTES);
    address_move(part.addresses.last, -1);
    memcpy(allowed->addresses.first, address, ADDRESS_BYTES);
    add(changes, &part, is_added);
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
 * Of two that are equal, shows what one has before the other begins, and drops what both have. Nothing is left of the old one when the
 * result is negative, of the new one when it is positive, and of both when it is 0.
 */
static int drop_common(struct changes *changes, struct allowed *old, struct allowed *new)
{
    int order = memcmp(old->addresses.first, new->addresses.first, ADDRESS_BYTES);
    struct allowed *longer;

    if (order < 0)
        add_before(changes, old, new->addresses.first, false);
    if (order > 0)
        add_before(changes, new, old->addresses.first, true);
    order = memcmp(old->addresses.last, new->addresses.last, ADDRESS_BYTES);
    if (order) {
        longer = order < 0 ? new : old;
        memcpy(longer->addresses.first, order < 0 ? old->addresses.last : new->addresses.last, ADDRESS_BYTES);
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
    size_t i = 0, k = 0;

    while (i < before->n || k < after->n) {
        int order = i == before->n ? 1 : k == after->n ? -1 : compare_allowed(&before->items[i], &after->items[k]);

        if (order < 0)
            add(changes, &before->items[i++], false);
        else if (order > 0)
            add(changes, &after->items[k++], true);
        else {
            order = drop_common(changes, &before->items[i], &after->items[k]);
            i += order <= 0;
            k += order >= 0;
        }
    }
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
