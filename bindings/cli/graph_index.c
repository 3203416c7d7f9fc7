/*
 * Finds the workloads that ends of edges mean. Applications may have thousands of services that call each other, so everything is sorted once
 * and then looked up.
 */
#include "graph_world.h"

#include "app.h"
#include "call.h"

#include <stdlib.h>
#include <string.h>

struct named {
    const char *namespace_name, *service;
    /* Its place among all workloads. */
    size_t index;
    const struct hd_cluster_workload *workload;
};

/* The external, or the caller of a service, from which the library may have made an edge's end. */
struct entry {
    const struct hd_model *model;
    /* The name of the end, and of the service that is called; that is empty for an external. */
    const char *name, *service;
    const struct hd_pair *labels;
    size_t n_labels;
    const struct hd_caller *caller;
    const struct hd_container *container;
    char *made_name;
};

/* A model by the namespace of its application. */
struct owner {
    const char *namespace_name;
    const struct hd_model *model;
    size_t index;
};

struct graph_index {
    struct owner *owners;
    size_t n_owners;
    struct named *workloads;
    struct entry *entries;
    /* Waypoints and other gateways, by namespace. */
    struct named *gateways;
    size_t n_workloads, n_entries, n_gateways;
    struct graph_links calls, consents, platform;
};

static int by_address(const void *one, const void *other)
{
    return (uintptr_t)one < (uintptr_t)other ? -1 : (uintptr_t)one > (uintptr_t)other;
}

/* A wanted one without service stands before those of its namespace. */
static int by_service(const void *left, const void *right)
{
    const struct named *one = left, *other = right;
    int order = strcmp(one->namespace_name, other->namespace_name);

    if (!order)
        order = !one->service || !other->service ? (one->service != NULL) - (other->service != NULL) : strcmp(one->service, other->service);
    return order ? order : (one->index > other->index) - (one->index < other->index);
}

static int by_namespace(const void *left, const void *right)
{
    const struct owner *one = left, *other = right;
    int order = strcmp(one->namespace_name, other->namespace_name);

    return order ? order : (one->index > other->index) - (one->index < other->index);
}

static int by_name(const void *left, const void *right)
{
    const struct entry *one = left, *other = right;
    int order = by_address(one->model, other->model);

    order = order ? order : (one->caller != NULL) - (other->caller != NULL);
    order = order ? order : strcmp(one->name, other->name);
    return order ? order : strcmp(one->service, other->service);
}

static int by_ends(const void *left, const void *right)
{
    const struct graph_link *one = left, *other = right;
    int order = by_address(one->model, other->model);

    order = order ? order : strcmp(one->own, other->own);
    order = order ? order : by_address(one->other, other->other);
    return order ? order : by_address(one->edge, other->edge);
}

typedef int comparison(const void *one, const void *other);

static void sort(void *items, size_t n, size_t size, comparison *compare)
{
    if (n > 1)
        qsort(items, n, size, compare);
}

/* The first item that does not stand before the wanted one. */
static size_t first_of(const void *items, size_t n, size_t size, const void *wanted, comparison *compare)
{
    size_t begin = 0;

    while (begin < n) {
        size_t middle = begin + (n - begin) / 2;

        if (compare((const char *)items + middle * size, wanted) < 0)
            begin = middle + 1;
        else
            n = middle;
    }
    return begin;
}

static void take_workloads(struct graph_index *index, const struct hd_cluster *cluster)
{
    size_t n = hd_cluster_workload_count(cluster);

    index->workloads = grow(NULL, (n + 1) * sizeof *index->workloads);
    index->gateways = grow(NULL, (n + 1) * sizeof *index->gateways);
    for (size_t i = 0; i < n; i++) {
        const struct hd_cluster_workload *workload = hd_cluster_workload_at(cluster, i);

        index->workloads[index->n_workloads++] = (struct named){workload->namespace_name, graph_service_of(workload), i, workload};
        if (!strcmp(workload->kind, "Gateway"))
            index->gateways[index->n_gateways++] = (struct named){workload->namespace_name, "", i, workload};
    }
    sort(index->workloads, index->n_workloads, sizeof *index->workloads, by_service);
    sort(index->gateways, index->n_gateways, sizeof *index->gateways, by_service);
}

static void add_entry(struct graph_index *index, struct entry entry)
{
    index->entries = grow(index->entries, (index->n_entries + 1) * sizeof *index->entries);
    index->entries[index->n_entries++] = entry;
}

/* Callers have the name that the library gives to their edges: from, or the namespace, with the account where there is one. */
static void add_caller(struct graph_index *index, const struct hd_model *model, const struct hd_service *service, const struct hd_caller *caller)
{
    struct entry entry = {.model = model,
                          .name = caller->from ? caller->from : caller->namespace_name,
                          .service = service->name,
                          .labels = caller->pod_labels,
                          .n_labels = caller->n_pod_labels,
                          .caller = caller,
                          .container = &service->container};

    if (!entry.name)
        return;
    if (!caller->from && caller->service_account)
        entry.name = entry.made_name = printed("%s/%s", caller->namespace_name, caller->service_account);
    add_entry(index, entry);
}

static void take_entries(struct graph_index *index, const struct hd_model *model)
{
    const struct hd_app *app = app_of(model);

    for (size_t i = 0; i < app->n_externals; i++)
        add_entry(index, (struct entry){.model = model,
                                        .name = app->externals[i].name,
                                        .service = "",
                                        .labels = app->externals[i].pod_labels,
                                        .n_labels = app->externals[i].n_pod_labels});
    for (size_t i = 0; i < app->n_services; i++)
        for (size_t k = 0; k < app->services[i].n_callers; k++)
            add_caller(index, model, &app->services[i], &app->services[i].callers[k]);
}

/* The port of an ambient mesh's tunnel, which network policies see in the place of the one that is called. */
enum { TUNNEL = 15008 };

static bool has_number(const struct hd_edge *edge, int64_t number)
{
    return graph_has_port(edge, HD_TRANSPORT_TCP, number) || graph_has_port(edge, HD_TRANSPORT_UDP, number);
}

/* Whether the edge is for the port of the entry, which is a name or a number; ports of further containers are not told apart. */
static bool is_of_port(const struct entry *entry, const struct hd_edge *edge)
{
    const char *port = entry->caller->port;

    if (!port || has_number(edge, TUNNEL) || (*port >= '1' && *port <= '9' && has_number(edge, atoi(port))))
        return true;
    for (size_t i = 0; i < entry->container->n_ports; i++)
        if (!strcmp(entry->container->ports[i].name, port))
            return has_number(edge, entry->container->ports[i].port);
    return port[strspn(port, "0123456789")] != '\0';
}

static const char *pair_of(const struct entry *entry, const char *name)
{
    for (size_t i = 0; i < entry->n_labels; i++)
        if (!strcmp(entry->labels[i].name, name))
            return entry->labels[i].value;
    return NULL;
}

static bool has_labels(const struct hd_cluster_workload *workload, const struct entry *entry)
{
    for (size_t i = 0; i < entry->n_labels; i++) {
        const char *value = graph_label(workload->labels, workload->n_labels, entry->labels[i].name);

        if (!value || strcmp(value, entry->labels[i].value) != 0)
            return false;
    }
    return true;
}

static void add_link(struct graph_links *links, struct graph_link link)
{
    links->items = grow(links->items, (links->n + 1) * sizeof *links->items);
    links->items[links->n++] = link;
}

/* Adds a link to each workload of the namespace with the labels of the entry; most entries have a name among them. */
static void link_entry(const struct graph_index *index, const struct entry *entry, const char *namespace_name, struct graph_link link,
                       struct graph_links *links)
{
    const struct named wanted = {namespace_name, pair_of(entry, GRAPH_NAME_LABEL), 0, NULL};

    for (size_t i = first_of(index->workloads, index->n_workloads, sizeof wanted, &wanted, by_service); i < index->n_workloads; i++) {
        const struct named *named = &index->workloads[i];

        if (strcmp(named->namespace_name, namespace_name) != 0 || (wanted.service && strcmp(named->service, wanted.service) != 0))
            return;
        link.other = named->workload;
        if (has_labels(link.other, entry))
            add_link(links, link);
    }
}

/* The waypoint in front of a service of another application has that service's name. */
static void link_gateways(const struct graph_index *index, const char *namespace_name, struct graph_link link, struct graph_links *links)
{
    const struct named wanted = {namespace_name, "", 0, NULL};
    size_t i = first_of(index->gateways, index->n_gateways, sizeof wanted, &wanted, by_service);

    for (; i < index->n_gateways && !strcmp(index->gateways[i].namespace_name, namespace_name); i++) {
        link.other = index->gateways[i].workload;
        add_link(links, link);
    }
}

/* Callers of a service are those of its own entries; those of a waypoint may be those of any. */
static void link_entries(const struct graph_index *index, const struct hd_peer *peer, struct graph_link link, struct graph_links *links)
{
    static const struct hd_caller some;
    bool is_caller = peer->kind == HD_PEER_CALLER, is_of_service = is_caller && link.edge->to->kind == HD_PEER_SERVICE;
    const struct entry wanted = {
        .model = link.model, .name = peer->name, .service = is_of_service ? link.edge->to->name : "", .caller = is_caller ? &some : NULL};

    for (size_t i = first_of(index->entries, index->n_entries, sizeof wanted, &wanted, by_name); i < index->n_entries; i++) {
        const struct entry *entry = &index->entries[i];

        if (entry->model != link.model || !entry->caller != !is_caller || strcmp(entry->name, peer->name) != 0 ||
            (is_of_service && strcmp(entry->service, wanted.service) != 0))
            return;
        if (!is_of_service || is_of_port(entry, link.edge))
            link_entry(index, entry, peer->namespace_name, link, links);
    }
}

/* Adds a link to each workload that the end of an edge means which is not of the model's own application. */
static void link_meant(const struct graph_index *index, const struct hd_peer *peer, struct graph_link link, struct graph_links *links)
{
    if (!peer->name || !peer->namespace_name)
        return;
    if (peer->kind == HD_PEER_EXTERNAL || peer->kind == HD_PEER_CALLER)
        link_entries(index, peer, link, links);
    else if (peer->kind == HD_PEER_PLATFORM && strchr(peer->name, '/'))
        link_gateways(index, peer->namespace_name, link, links);
}

static void take_edge(struct graph_index *index, const struct hd_model *model, const struct hd_edge *edge)
{
    bool is_from = graph_is_of_app(edge->from), is_to = graph_is_of_app(edge->to);
    struct graph_link from = {.model = model, .edge = edge, .own = edge->from->name}, to = {.model = model, .edge = edge, .own = edge->to->name};

    if (is_from && !is_to)
        link_meant(index, edge->to, from, &index->calls);
    if (is_to && !is_from)
        link_meant(index, edge->from, to, &index->consents);
    if (from.own && edge->to->kind == HD_PEER_PLATFORM)
        add_link(&index->platform, from);
    if (to.own && edge->from->kind == HD_PEER_PLATFORM)
        add_link(&index->platform, to);
}

/* Sorts links, and leaves out those that two entries gave. */
static void settle(struct graph_links *links)
{
    size_t n = 0;

    sort(links->items, links->n, sizeof *links->items, by_ends);
    for (size_t i = 0; i < links->n; i++)
        if (!n || by_ends(&links->items[n - 1], &links->items[i]))
            links->items[n++] = links->items[i];
    links->n = n;
}

static void take_models(struct graph_index *index, const struct graph_world *world)
{
    index->owners = grow(NULL, (world->n_models + 1) * sizeof *index->owners);
    for (size_t i = 0; i < world->n_models; i++)
        index->owners[index->n_owners++] = (struct owner){app_of(world->models[i])->namespace_name, world->models[i], i};
    sort(index->owners, index->n_owners, sizeof *index->owners, by_namespace);
}

const struct hd_model *graph_index_model(const struct graph_index *index, const char *namespace_name, size_t i)
{
    const struct owner wanted = {.namespace_name = namespace_name};
    size_t first = first_of(index->owners, index->n_owners, sizeof wanted, &wanted, by_namespace);

    return first + i < index->n_owners && !strcmp(index->owners[first + i].namespace_name, namespace_name) ? index->owners[first + i].model : NULL;
}

struct graph_index *graph_index_make(const struct graph_world *world)
{
    struct graph_index *index = grow(NULL, sizeof *index);

    *index = (struct graph_index){.n_workloads = 0};
    take_models(index, world);
    take_workloads(index, world->cluster);
    for (size_t i = 0; i < world->n_models; i++)
        take_entries(index, world->models[i]);
    sort(index->entries, index->n_entries, sizeof *index->entries, by_name);
    for (size_t i = 0; i < world->n_models; i++)
        for (size_t k = 0; k < hd_model_n_edges(world->models[i]); k++) {
            const struct hd_edge *edge = hd_model_edge(world->models[i], k);

            if (edge)
                take_edge(index, world->models[i], edge);
        }
    settle(&index->calls);
    settle(&index->consents);
    settle(&index->platform);
    return index;
}

void graph_index_free(struct graph_index *index)
{
    for (size_t i = 0; i < index->n_entries; i++)
        free(index->entries[i].made_name);
    free(index->owners);
    free(index->workloads);
    free(index->gateways);
    free(index->entries);
    free(index->calls.items);
    free(index->consents.items);
    free(index->platform.items);
    free(index);
}

const struct graph_links *graph_calls(const struct graph_world *world)
{
    return &world->index->calls;
}

const struct graph_links *graph_consents(const struct graph_world *world)
{
    return &world->index->consents;
}

const struct graph_link *graph_next_link(const struct graph_links *links, const struct graph_link *wanted, size_t *position)
{
    const struct graph_link *link;

    if (*position == SIZE_MAX)
        *position = first_of(links->items, links->n, sizeof *links->items, wanted, by_ends);
    link = *position < links->n ? &links->items[(*position)++] : NULL;
    return link && link->model == wanted->model && !strcmp(link->own, wanted->own) && link->other == wanted->other ? link : NULL;
}

const struct hd_cluster_workload *graph_workload_of(const struct graph_world *world, const char *namespace_name, const char *service)
{
    const struct graph_index *index = world->index;
    const struct named wanted = {namespace_name, service, 0, NULL};
    size_t i = first_of(index->workloads, index->n_workloads, sizeof wanted, &wanted, by_service);
    const struct named *found = i < index->n_workloads ? &index->workloads[i] : NULL;

    if (!found || strcmp(found->namespace_name, namespace_name) != 0 || strcmp(found->service, service) != 0)
        return NULL;
    return found->workload->host_network ? NULL : found->workload;
}

/* Whether a model has an edge between the service of `own` and a part of the platform in the namespace of `other`. */
static bool has_platform_edge(const struct graph_world *world, const struct hd_model *model, const struct hd_cluster_workload *own,
                              const struct hd_cluster_workload *other, bool is_from, enum hd_transport transport, uint32_t number)
{
    const struct graph_link wanted = {.model = model, .own = graph_service_of(own)};
    const struct graph_link *link;

    for (size_t at = SIZE_MAX; model && (link = graph_next_link(&world->index->platform, &wanted, &at));) {
        const struct hd_peer *there = is_from ? link->edge->to : link->edge->from;

        if (there->kind == HD_PEER_PLATFORM && there->namespace_name && !strcmp(there->namespace_name, other->namespace_name) &&
            graph_has_port(link->edge, transport, number))
            return true;
    }
    return false;
}

bool graph_is_platform(const struct graph_world *world, const struct hd_cluster_workload *from, const struct hd_cluster_workload *to,
                       enum hd_transport transport, uint32_t number)
{
    const struct hd_model *one = graph_model_of(world, from), *other = graph_model_of(world, to);

    return one != other && (has_platform_edge(world, one, from, to, true, transport, number) ||
                            has_platform_edge(world, other, to, from, false, transport, number));
}
