/* Finds the model that a workload belongs to, and the workloads that an end of a model's edge means. */
#include "graph_world.h"
#include "app.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *label_of(const struct hd_cluster_label *labels, size_t n, const char *key)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(labels[i].key, key))
            return labels[i].value;
    return NULL;
}

const char *graph_service_of(const struct hd_cluster_workload *workload)
{
    const char *name = label_of(workload->labels, workload->n_labels, "app.kubernetes.io/name");

    return name ? name : workload->name;
}

const struct hd_model *graph_model_in(const struct graph_world *world, const char *namespace_name, const struct hd_cluster_label *labels,
                                      size_t n_labels)
{
    const char *instance = label_of(labels, n_labels, "app.kubernetes.io/instance");
    const struct hd_model *found = NULL;

    for (size_t i = 0; i < world->n_models; i++) {
        const struct hd_app *app = app_of(world->models[i]);

        if (strcmp(app->namespace_name, namespace_name) != 0)
            continue;
        if (instance && !strcmp(instance, app->name))
            return world->models[i];
        found = found ? found : world->models[i];
    }
    return found;
}

const struct hd_model *graph_model_of(const struct graph_world *world, const struct hd_cluster_workload *workload)
{
    return graph_model_in(world, workload->namespace_name, workload->labels, workload->n_labels);
}

size_t graph_workloads_in(const struct graph_world *world, const char *namespace_name, size_t *ret_first)
{
    size_t n = hd_cluster_workload_count(world->cluster), begin = 0, end = n;

    while (begin < end) {
        size_t middle = begin + (end - begin) / 2;

        if (strcmp(hd_cluster_workload_at(world->cluster, middle)->namespace_name, namespace_name) < 0)
            begin = middle + 1;
        else
            end = middle;
    }
    *ret_first = begin;
    while (end < n && !strcmp(hd_cluster_workload_at(world->cluster, end)->namespace_name, namespace_name))
        end++;
    return end - begin;
}

const struct hd_cluster_workload *graph_workload_of(const struct graph_world *world, const char *namespace_name, const char *service)
{
    size_t first, n = graph_workloads_in(world, namespace_name, &first);

    for (size_t i = first; i < first + n; i++) {
        const struct hd_cluster_workload *workload = hd_cluster_workload_at(world->cluster, i);

        if (!strcmp(graph_service_of(workload), service))
            return workload->host_network ? NULL : workload;
    }
    return NULL;
}

const char *graph_name_of(const struct graph_world *world, const struct hd_cluster_workload *workload, char *name, size_t size)
{
    if (world->n_models == 1)
        return workload->name;
    snprintf(name, size, "%s/%s[%s]", workload->namespace_name, workload->name, workload->kind);
    return name;
}

bool graph_is_of_app(const struct hd_peer *peer)
{
    return peer->name && (peer->kind == HD_PEER_SERVICE || peer->kind == HD_PEER_OWN);
}

static bool has_labels(const struct hd_cluster_workload *workload, const struct hd_pair *labels, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char *value = label_of(workload->labels, workload->n_labels, labels[i].name);

        if (!value || strcmp(value, labels[i].value) != 0)
            return false;
    }
    return true;
}

static bool is_external(const struct hd_app *app, const char *name, const struct hd_cluster_workload *workload)
{
    for (size_t i = 0; i < app->n_externals; i++)
        if (!strcmp(app->externals[i].name, name))
            return has_labels(workload, app->externals[i].pod_labels, app->externals[i].n_pod_labels);
    return false;
}

/* Whether the peer has the name that the library gives to an entry: from, or the namespace, with the account where there is one. */
static bool has_name_of(const struct hd_peer *peer, const struct hd_caller *entry)
{
    size_t length = entry->namespace_name ? strlen(entry->namespace_name) : 0;

    if (entry->from || !length)
        return entry->from && !strcmp(entry->from, peer->name);
    if (strncmp(peer->name, entry->namespace_name, length) != 0)
        return false;
    return entry->service_account ? peer->name[length] == '/' && !strcmp(peer->name + length + 1, entry->service_account) : !peer->name[length];
}

static bool has_number(const struct hd_edge *edge, int64_t number)
{
    return graph_has_port(edge, HD_TRANSPORT_TCP, number) || graph_has_port(edge, HD_TRANSPORT_UDP, number);
}

/* The port of an ambient mesh's tunnel, which network policies see in the place of the one that is called. */
enum { TUNNEL = 15008 };

/* Whether the edge is for the port of the entry, which is a name or a number; ports of further containers are not told apart. */
static bool is_of_port(const struct hd_container *container, const struct hd_caller *entry, const struct hd_edge *edge)
{
    if (!entry->port || has_number(edge, TUNNEL) || (*entry->port >= '1' && *entry->port <= '9' && has_number(edge, atoi(entry->port))))
        return true;
    for (size_t i = 0; i < container->n_ports; i++)
        if (!strcmp(container->ports[i].name, entry->port))
            return has_number(edge, container->ports[i].port);
    return entry->port[strspn(entry->port, "0123456789")] != '\0';
}

/* Callers of a service are those of its own entries; those of a waypoint may be those of any. */
static bool is_caller(const struct hd_app *app, const struct hd_edge *edge, const struct hd_cluster_workload *workload)
{
    bool is_own = edge->to->kind != HD_PEER_SERVICE;

    for (size_t i = 0; i < app->n_services; i++) {
        const struct hd_service *service = &app->services[i];

        for (size_t k = 0; (is_own || !strcmp(service->name, edge->to->name)) && k < service->n_callers; k++) {
            const struct hd_caller *entry = &service->callers[k];

            if (has_name_of(edge->from, entry) && (is_own || is_of_port(&service->container, entry, edge)) &&
                has_labels(workload, entry->pod_labels, entry->n_pod_labels))
                return true;
        }
    }
    return false;
}

bool graph_means(const struct hd_model *model, const struct hd_edge *edge, bool is_from, const struct hd_cluster_workload *workload)
{
    const struct hd_peer *peer = is_from ? edge->from : edge->to;

    if (!peer->name || !peer->namespace_name || strcmp(peer->namespace_name, workload->namespace_name) != 0)
        return false;
    switch (peer->kind) {
    case HD_PEER_EXTERNAL:
        return is_external(app_of(model), peer->name, workload);
    case HD_PEER_CALLER:
        return is_caller(app_of(model), edge, workload);
    case HD_PEER_PLATFORM:
        /* The waypoint in front of a service of another application has that service's name. */
        return strchr(peer->name, '/') && !strcmp(workload->kind, "Gateway");
    default:
        return false;
    }
}

bool graph_calls(const struct hd_model *model, const struct hd_edge *edge, const char *service, const struct hd_cluster_workload *to)
{
    return graph_is_of_app(edge->from) && !strcmp(edge->from->name, service) && graph_means(model, edge, false, to);
}

bool graph_has_port(const struct hd_edge *edge, enum hd_transport transport, int64_t number)
{
    for (size_t i = 0; i < edge->n_ports; i++)
        if (edge->ports[i].number == number && (edge->ports[i].is_udp ? HD_TRANSPORT_UDP : HD_TRANSPORT_TCP) == transport)
            return true;
    return !edge->n_ports;
}

/* Whether a model has an edge between the service of `own` and a part of the platform in the namespace of `other`. */
static bool has_platform_edge(const struct hd_model *model, const struct hd_cluster_workload *own, const struct hd_cluster_workload *other,
                              bool is_from, enum hd_transport transport, uint32_t number)
{
    for (size_t i = 0; i < hd_model_n_edges(model); i++) {
        const struct hd_edge *edge = hd_model_edge(model, i);
        const struct hd_peer *here = edge ? is_from ? edge->from : edge->to : NULL, *there = edge ? is_from ? edge->to : edge->from : NULL;

        if (edge && there->kind == HD_PEER_PLATFORM && there->namespace_name && !strcmp(there->namespace_name, other->namespace_name) &&
            here->name && !strcmp(here->name, graph_service_of(own)) && graph_has_port(edge, transport, number))
            return true;
    }
    return false;
}

bool graph_is_platform(const struct graph_world *world, const struct hd_cluster_workload *from, const struct hd_cluster_workload *to,
                       enum hd_transport transport, uint32_t number)
{
    const struct hd_model *one = graph_model_of(world, from), *other = graph_model_of(world, to);

    return one != other && (has_platform_edge(one, from, to, true, transport, number) || has_platform_edge(other, to, from, false, transport, number));
}
