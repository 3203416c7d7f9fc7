/* Compares what the manifests of two sides allow, by the engine of hybridgen graph. */
#define _POSIX_C_SOURCE 200809L
#include "call.h"
#include "changes.h"
#include "generated.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Manifests without policies allow every pair of workloads: beyond so many nobody reads them, and they cost much memory. */
enum { MOST_CONNECTIONS = 200000, ADDRESS_BYTES = 17 };

/* A connection of one side. */
struct allowed {
    /* What it is compared by, but for addresses: both ends with namespace and kind, ports, and what limits it. */
    char *key;
    struct connection shown;
    /* Of an end that is addresses: the first and last one, with 4 or 6 before its bytes; all zero where none is. */
    unsigned char first[ADDRESS_BYTES], last[ADDRESS_BYTES];
    bool is_to_addresses;
};

/* The connections of one side. */
struct allowed_list {
    /* The namespace that is meant by manifests without one, and whether others occur. */
    const char *home;
    bool has_several_namespaces;
    /* The workloads that are compared, sorted. */
    char *const *compared;
    size_t n_compared;
    struct allowed *items;
    size_t n;
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

static char *ranges_text(const struct hd_cluster_range *ranges, size_t n, bool is_all)
{
    struct text text = {0};

    for (size_t i = 0; !is_all && i < n; i++)
        add_range(&text, &ranges[i]);
    text_sink(&text, is_all ? "all ports" : "", is_all ? sizeof "all ports" : 1);
    return text.bytes;
}

/* Only some requests, or it is not known which: part of what is compared. */
static char *limits_of(const struct hd_cluster_connection *connection)
{
    char *some = ranges_text(connection->some, connection->n_some, false), *unknown = ranges_text(connection->unknown, connection->n_unknown, false);
    char *first = joined_text(*some ? "some requests at " : "", some, *some && *unknown ? "; " : "");
    char *second = joined_text(*unknown ? "not known at " : "", unknown, ""), *both = joined_text(first, second, "");

    free(some);
    free(unknown);
    free(first);
    free(second);
    return both;
}

static const char *namespace_of(const struct allowed_list *list, const struct hd_cluster_end *end)
{
    const char *name = end->workload ? end->workload->namespace_name : end->object ? end->object->namespace_name : NULL;

    return !name ? "" : strcmp(name, "default") ? name : list->home;
}

/* The end for people, and, with its namespace and kind, for comparing. */
static char *name_of(const struct allowed_list *list, const struct hd_cluster_end *end, bool is_whole)
{
    const char *name = end->workload ? end->workload->name : end->object ? end->object->name : "";
    const char *kind = end->workload ? end->workload->kind : end->object ? end->object->kind : "addresses";
    char *with_kind = joined_text(is_whole || !end->workload ? kind : "", is_whole || !end->workload ? "/" : "", name), *with_namespace;

    if (!is_whole && !list->has_several_namespaces)
        return with_kind;
    with_namespace = joined_text(namespace_of(list, end), "/", with_kind);
    free(with_kind);
    return with_namespace;
}

static void read_address(unsigned char address[ADDRESS_BYTES], const char *text)
{
    memset(address, 0, ADDRESS_BYTES);
    if (inet_pton(AF_INET, text, address + 1) == 1)
        *address = 4;
    else if (inet_pton(AF_INET6, text, address + 1) == 1)
        *address = 6;
}

static int by_name(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

static bool is_compared(const struct allowed_list *list, const struct hd_cluster_end *end)
{
    char *name = end->workload ? name_of(list, end, true) : NULL;
    bool found = !name || bsearch(&name, list->compared, list->n_compared, sizeof *list->compared, by_name);

    free(name);
    return found;
}

static int take(void *user, const struct hd_cluster_connection *connection)
{
    struct allowed_list *list = user;
    const struct hd_cluster_end *from = connection->from, *to = connection->to, *addresses = to->first ? to : from;
    struct allowed *allowed;
    char *whole_from, *whole_to, *ends;

    if (!is_compared(list, from) || !is_compared(list, to))
        return 0;
    if (list->n == MOST_CONNECTIONS)
        return 1;
    if (!(list->n & (list->n - 1)))
        list->items = grow(list->items, (list->n ? 2 * list->n : 1) * sizeof *list->items);
    allowed = &list->items[list->n++];
    whole_from = name_of(list, from, true);
    whole_to = name_of(list, to, true);
    *allowed = (struct allowed){.is_to_addresses = to->first != NULL,
                                .shown = {.ports = ranges_text(connection->ranges, connection->n_ranges, connection->is_all),
                                          .from = name_of(list, from, false),
                                          .to = name_of(list, to, false),
                                          .reason = limits_of(connection),
                                          .is_from_outside = from->kind != HD_CLUSTER_END_WORKLOAD}};
    ends = joined_text(whole_from, "\n", whole_to);
    allowed->key = joined_text(ends, "\n", allowed->shown.ports);
    free(ends);
    ends = joined_text(allowed->key, "\n", allowed->shown.reason);
    free(allowed->key);
    allowed->key = ends;
    free(whole_from);
    free(whole_to);
    if (addresses->first) {
        read_address(allowed->first, addresses->first);
        read_address(allowed->last, addresses->last);
    }
    return 0;
}

static int by_key(const void *left, const void *right)
{
    const struct allowed *a = left, *b = right;
    int order = strcmp(a->key, b->key);

    return order ? order : memcmp(a->first, b->first, ADDRESS_BYTES);
}

static void free_allowed(struct allowed *allowed)
{
    free(allowed->key);
    free(allowed->shown.from);
    free(allowed->shown.to);
    free(allowed->shown.ports);
    free(allowed->shown.reason);
}

/* Whether the address is the one behind the other. */
static bool is_next(const unsigned char address[ADDRESS_BYTES], const unsigned char before[ADDRESS_BYTES])
{
    unsigned char next[ADDRESS_BYTES];
    size_t i = *before == 4 ? 4 : 16;

    memcpy(next, before, ADDRESS_BYTES);
    while (i && !++next[i])
        i--;
    return i && !memcmp(next, address, ADDRESS_BYTES);
}

/* Sorts, and joins ranges of addresses that touch: the engine cuts them wherever any policy of the side has a border. */
static void settle(struct allowed_list *list)
{
    size_t n = 0;

    if (list->n)
        qsort(list->items, list->n, sizeof *list->items, by_key);
    for (size_t i = 0; i < list->n; i++) {
        struct allowed *last = n ? &list->items[n - 1] : NULL;

        if (last && *last->first && !strcmp(last->key, list->items[i].key) && is_next(list->items[i].first, last->last)) {
            memcpy(last->last, list->items[i].last, ADDRESS_BYTES);
            free_allowed(&list->items[i]);
        } else
            list->items[n++] = list->items[i];
    }
    list->n = n;
}

static char *addresses_text(const struct allowed *allowed)
{
    char first[INET6_ADDRSTRLEN], last[INET6_ADDRSTRLEN];
    int family = *allowed->first == 4 ? AF_INET : AF_INET6;

    inet_ntop(family, allowed->first + 1, first, sizeof first);
    inet_ntop(family, allowed->last + 1, last, sizeof last);
    return memcmp(allowed->first, allowed->last, ADDRESS_BYTES) ? joined_text(first, "-", last) : joined_text(first, "", "");
}

/* Moves a connection to those that are shown. */
static void add(struct changes *changes, struct allowed *allowed, bool is_added)
{
    struct connection shown = allowed->shown;

    if (*allowed->first) {
        char **end = allowed->is_to_addresses ? &shown.to : &shown.from;

        free(*end);
        *end = addresses_text(allowed);
    }
    shown.ends = joined_text(shown.from, " -> ", shown.to);
    shown.is_added = is_added;
    changes_add(changes, shown);
    free(allowed->key);
}

static int compare_allowed(const struct allowed *a, const struct allowed *b)
{
    int order = by_key(a, b);

    return order ? order : memcmp(a->last, b->last, ADDRESS_BYTES);
}

static void add_differences(struct changes *changes, struct allowed_list *before, struct allowed_list *after)
{
    size_t i = 0, k = 0;

    while (i < before->n || k < after->n) {
        int order = i == before->n ? 1 : k == after->n ? -1 : compare_allowed(&before->items[i], &after->items[k]);

        if (order < 0)
            add(changes, &before->items[i++], false);
        else if (order > 0)
            add(changes, &after->items[k++], true);
        else {
            free_allowed(&before->items[i++]);
            free_allowed(&after->items[k++]);
        }
    }
    free(before->items);
    free(after->items);
}

/* The workloads of both sides, and those that the comparison lists as new or gone: what others made, and only a dump has, is neither. */
struct workloads {
    char **names;
    size_t n;
};

static void add_workloads(struct workloads *workloads, const struct hd_cluster *cluster, const struct allowed_list *list)
{
    for (size_t i = 0; i < hd_cluster_workload_count(cluster); i++) {
        struct hd_cluster_end end = {.workload = hd_cluster_workload_at(cluster, i)};

        workloads->names = grow(workloads->names, (workloads->n + 1) * sizeof *workloads->names);
        workloads->names[workloads->n++] = name_of(list, &end, true);
    }
}

static void add_listed(struct workloads *workloads, const struct hd_diff *diff, const struct allowed_list *list)
{
    const struct hd_object_change *object;

    for (size_t i = 0; (object = hd_diff_object(diff, i)); i++) {
        struct hd_cluster_workload workload = {.kind = object->kind, .name = object->name,
                                               .namespace_name = object->namespace_name ? object->namespace_name : "default"};
        struct hd_cluster_end end = {.workload = &workload};

        if (object->effect != HD_EFFECT_CREATE && object->effect < HD_EFFECT_DELETE)
            continue;
        /* Twice, as one that both sides have. */
        workloads->names = grow(workloads->names, (workloads->n + 2) * sizeof *workloads->names);
        workloads->names[workloads->n++] = name_of(list, &end, true);
        workloads->names[workloads->n++] = name_of(list, &end, true);
    }
}

/* Keeps one of each name that stands twice. */
static void keep_common(struct workloads *workloads)
{
    size_t n = 0;

    if (workloads->n)
        qsort(workloads->names, workloads->n, sizeof *workloads->names, by_name);
    for (size_t i = 0; i < workloads->n; i++) {
        bool is_again = n && !strcmp(workloads->names[n - 1], workloads->names[i]);

        if (!is_again && i + 1 < workloads->n && !strcmp(workloads->names[i], workloads->names[i + 1]))
            workloads->names[n++] = workloads->names[i];
        else
            free(workloads->names[i]);
    }
    workloads->n = n;
}

/* Whether a cluster has a workload in another namespace than this one, or than that of its first workload. */
static bool has_another_namespace(const struct hd_cluster *cluster, const char *known)
{
    for (size_t i = 0; i < hd_cluster_workload_count(cluster); i++) {
        const char *name = hd_cluster_workload_at(cluster, i)->namespace_name;

        if (strcmp(name, known ? known : hd_cluster_workload_at(cluster, 0)->namespace_name) != 0)
            return true;
    }
    return false;
}

static bool has_several_namespaces(const struct hd_cluster *old, const struct hd_cluster *new)
{
    const struct hd_cluster_workload *first = hd_cluster_workload_at(old, 0);

    return has_another_namespace(old, NULL) || has_another_namespace(new, first ? first->namespace_name : NULL);
}

/* Why connections would be compared wrongly; NULL when nothing is in the way. */
static const char *obstacle(const struct changes *changes, const struct side *before, const struct side *after, const char *home)
{
    static const char *const kinds[] = {"Pod", "Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob", "Rollout", "ScaledJob", "NetworkPolicy", "Service",
                                        "Ingress", "Route", "HTTPRoute", "GRPCRoute", "TLSRoute", "VirtualService", "AuthorizationPolicy", "PeerAuthentication",
                                        "Sidecar", "ServiceEntry", "Gateway"};
    const struct hd_cluster *clusters[] = {before->cluster, after->cluster};
    const char *note;

    for (size_t i = 0; (note = hd_diff_note(changes->diff, i)); i++)
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
            size_t length = strlen(kinds[k]);

            for (const char *at = note; (at = strstr(at, kinds[k])); at += length)
                if (at > note && at[-1] == ' ' && (at[length] == ',' || at[length] == ' '))
                    return "objects of kinds that decide about them are missing";
        }
    for (size_t i = 0; strcmp(home, "default") != 0 && i < 2; i++)
        for (size_t k = 0; k < hd_cluster_workload_count(clusters[i]); k++)
            if (!strcmp(hd_cluster_workload_at(clusters[i], k)->namespace_name, "default"))
                return "the manifests name no namespace, and policies depend on it";
    return NULL;
}

static const char *visit(const struct hd_cluster *cluster, const struct hd_connectivity_options *options, struct hd_diagnostics *diagnostics, struct allowed_list *list)
{
    enum hd_status status = hd_cluster_connections(cluster, options, diagnostics, take, list);

    settle(list);
    return status == HD_OK ? NULL : status == HD_UNWRITABLE ? "there are more than 200,000" : "they cannot be decided";
}

/* Compares two clusters; returns why not, or NULL. */
static const char *compare(struct changes *changes, const struct side *before, const struct side *after, const struct hd_cluster *old, const struct hd_cluster *new)
{
    const struct hd_model *model = before->input.model ? before->input.model : after->input.model;
    const char *home = model ? hd_model_app(model)->namespace_name : "default", *why = obstacle(changes, before, after, home);
    struct hd_connectivity_options options = {.size = sizeof options, .trust_domain = model ? hd_model_app(model)->mesh.trust_domain : NULL};
    struct allowed_list of_old = {.home = home, .has_several_namespaces = has_several_namespaces(old, new)};
    struct allowed_list of_new = of_old;
    struct workloads workloads = {0};

    add_workloads(&workloads, old, &of_old);
    add_workloads(&workloads, new, &of_old);
    add_listed(&workloads, changes->diff, &of_old);
    keep_common(&workloads);
    of_old.compared = of_new.compared = workloads.names;
    of_old.n_compared = of_new.n_compared = workloads.n;
    if (!why)
        why = visit(old, &options, before->input.diagnostics, &of_old);
    if (!why)
        why = visit(new, &options, after->input.diagnostics, &of_new);
    for (size_t i = 0; why && i < of_old.n; i++)
        free_allowed(&of_old.items[i]);
    for (size_t i = 0; why && i < of_new.n; i++)
        free_allowed(&of_new.items[i]);
    if (why)
        of_old.n = of_new.n = 0;
    add_differences(changes, &of_old, &of_new);
    while (workloads.n)
        free(workloads.names[--workloads.n]);
    free(workloads.names);
    return why;
}

int changes_find_connections(struct changes *changes, struct side *before, struct side *after)
{
    struct hd_cluster *generated = NULL;
    const char *why;
    int status = EXIT_FINE;

    if (!before->cluster && !after->cluster)
        return status;
    changes->are_of_manifests = true;
    if (!before->cluster || !after->cluster)
        status = generated_read(before->cluster ? &after->input : &before->input, &generated);
    if (status)
        return status;
    why = compare(changes, before, after, before->cluster ? before->cluster : generated, after->cluster ? after->cluster : generated);
    if (why)
        changes->note = joined_text("not compared: connections, because ", why, "");
    hd_cluster_free(generated);
    return status;
}
