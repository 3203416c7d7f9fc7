/* Finds the model and the service that a workload belongs to. */
#include "graph_world.h"
#include "app.h"

#include <stdio.h>
#include <string.h>

const char *graph_label(const struct hd_cluster_label *labels, size_t n, const char *key)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(labels[i].key, key))
            return labels[i].value;
    return NULL;
}

const char *graph_service_of(const struct hd_cluster_workload *workload)
{
    const char *name = graph_label(workload->labels, workload->n_labels, GRAPH_NAME_LABEL);

    return name ? name : workload->name;
}

const struct hd_model *graph_model_in(const struct graph_world *world, const char *namespace_name, const struct hd_cluster_label *labels,
                                      size_t n_labels)
{
    const char *instance = graph_label(labels, n_labels, "app.kubernetes.io/instance");
    const struct hd_model *model;

    for (size_t i = 0; instance && (model = graph_index_model(world->index, namespace_name, i)); i++)
        if (!strcmp(instance, app_of(model)->name))
            return model;
    return graph_index_model(world->index, namespace_name, 0);
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

bool graph_has_port(const struct hd_edge *edge, enum hd_transport transport, int64_t number)
{
    for (size_t i = 0; i < edge->n_ports; i++)
        if (edge->ports[i].number == number && (edge->ports[i].is_udp ? HD_TRANSPORT_UDP : HD_TRANSPORT_TCP) == transport)
            return true;
    return !edge->n_ports;
}
