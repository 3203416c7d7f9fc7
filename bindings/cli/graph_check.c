/* Whether manifests allow between services what the model declares, and nothing else; or a packet that shows the difference. */
#include "graph.h"

#include "call.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A connection that the model declares, and at which of its ports it was seen to be allowed. */
struct declared {
    const struct hd_edge *edge;
    bool *is_seen;
};

struct check {
    const struct hd_cluster *cluster;
    const struct hd_connectivity_options *options;
    struct hd_diagnostics *diagnostics;
    struct output *output;
    const char *namespace_name;
    struct declared *declared; /* by names of their ends */
    size_t n_declared, n_wrong;
    enum hd_status status;
};

static const char *const transports[] = {
    [HD_TRANSPORT_TCP] = "tcp", [HD_TRANSPORT_UDP] = "udp", [HD_TRANSPORT_SCTP] = "sctp", [HD_TRANSPORT_OTHER] = "other"};

const char *graph_service_of(const struct hd_cluster_workload *workload)
{
    for (size_t i = 0; i < workload->n_labels; i++)
        if (!strcmp(workload->labels[i].key, "app.kubernetes.io/name"))
            return workload->labels[i].value;
    return workload->name;
}

static int compare(const char *from, const char *to, const struct hd_edge *edge)
{
    int order = strcmp(from, edge->from->name);

    return order ? order : strcmp(to, edge->to->name);
}

static int by_ends(const void *left, const void *right)
{
    const struct hd_edge *edge = ((const struct declared *)left)->edge;

    return compare(edge->from->name, edge->to->name, ((const struct declared *)right)->edge);
}

/* The first connection that is declared between two services; those behind it may be of the same ones. */
static size_t first_between(const struct check *check, const char *from, const char *to)
{
    size_t begin = 0, end = check->n_declared;

    while (begin < end) {
        size_t middle = begin + (end - begin) / 2;

        if (compare(from, to, check->declared[middle].edge) > 0)
            begin = middle + 1;
        else
            end = middle;
    }
    return begin;
}

static bool is_port(const struct hd_edge *edge, size_t port, enum hd_transport transport, uint32_t number)
{
    return edge->ports[port].number == number && (edge->ports[port].is_udp ? HD_TRANSPORT_UDP : HD_TRANSPORT_TCP) == transport;
}

/* Whether a port is declared between two services, which is noted. */
static bool take_port(struct check *check, const char *from, const char *to, enum hd_transport transport, uint32_t number)
{
    bool is_declared = false;

    for (size_t i = first_between(check, from, to); i < check->n_declared && !compare(from, to, check->declared[i].edge); i++) {
        struct declared *declared = &check->declared[i];

        is_declared = is_declared || !declared->edge->n_ports;
        for (size_t j = 0; j < declared->edge->n_ports; j++)
            if (is_port(declared->edge, j, transport, number))
                is_declared = declared->is_seen[j] = true;
    }
    return is_declared;
}

/* Writes a packet that shows a difference, and the lines that allow or deny it. */
static void show(struct check *check, const char *from, const char *to, enum hd_transport transport, uint32_t number, bool is_allowed)
{
    struct hd_cluster_range port = {transport, (uint16_t)number, (uint16_t)number};
    char what[64];

    check->n_wrong++;
    snprintf(what, sizeof what, "%u/%s", number, transports[transport]);
    output_text(check->output, from);
    output_text(check->output, " -> ");
    output_text(check->output, to);
    output_text(check->output, ":");
    output_text(check->output, what);
    output_text(check->output,
                is_allowed ? " is allowed, but the model does not declare it\n" : " is declared by the model, but not allowed\n");
    if (check->status == HD_OK)
        check->status = graph_write_reasons(check->cluster, check->options, from, to, &port, check->diagnostics, check->output);
}

static bool is_of_namespace(const struct check *check, const struct hd_cluster_end *end)
{
    return end->workload && !strcmp(end->workload->namespace_name, check->namespace_name);
}

/* Policies have no say between pods of the nodes' network. */
static bool is_compared(const struct check *check, const struct hd_cluster_connection *connection)
{
    return is_of_namespace(check, connection->from) && is_of_namespace(check, connection->to) &&
           !(connection->from->workload->host_network && connection->to->workload->host_network);
}

/* One packet is enough for a connection. */
static int visit(void *user, const struct hd_cluster_connection *connection)
{
    struct check *check = user;
    bool is_shown = false;

    if (!is_compared(check, connection))
        return 0;
    for (size_t i = 0; i < connection->n_ranges; i++)
        for (uint32_t number = connection->ranges[i].first; number <= connection->ranges[i].last; number++) {
            bool is_declared = connection->ranges[i].transport == HD_TRANSPORT_OTHER ||
                               take_port(check, graph_service_of(connection->from->workload), graph_service_of(connection->to->workload),
                                         connection->ranges[i].transport, number);

            if (!is_declared && !is_shown)
                show(check, connection->from->name, connection->to->name, connection->ranges[i].transport, number, true);
            is_shown = is_shown || !is_declared;
        }
    return check->status != HD_OK;
}

const char *graph_workload_of(const struct hd_cluster *cluster, const char *namespace_name, const char *service)
{
    for (size_t i = 0; i < hd_cluster_workload_count(cluster); i++) {
        const struct hd_cluster_workload *workload = hd_cluster_workload_at(cluster, i);

        if (!strcmp(workload->namespace_name, namespace_name) && !strcmp(graph_service_of(workload), service))
            return workload->host_network ? NULL : workload->name;
    }
    return NULL;
}

static void show_missing(struct check *check)
{
    for (size_t i = 0; i < check->n_declared && check->status == HD_OK; i++) {
        const struct hd_edge *edge = check->declared[i].edge;

        for (size_t j = 0; j < edge->n_ports; j++) {
            const char *from =
                check->declared[i].is_seen[j] ? NULL : graph_workload_of(check->cluster, check->namespace_name, edge->from->name);
            const char *to = from ? graph_workload_of(check->cluster, check->namespace_name, edge->to->name) : NULL;

            if (to)
                show(check, from, to, edge->ports[j].is_udp ? HD_TRANSPORT_UDP : HD_TRANSPORT_TCP, (uint32_t)edge->ports[j].number, false);
        }
    }
}

bool graph_is_of_app(const struct hd_peer *peer)
{
    return peer->name && (peer->kind == HD_PEER_SERVICE || peer->kind == HD_PEER_OWN);
}

static void take_edges(struct check *check, const struct hd_model *model)
{
    size_t n = hd_model_n_edges(model);

    check->declared = grow(NULL, (n + 1) * sizeof *check->declared);
    for (size_t i = 0; i < n; i++) {
        const struct hd_edge *edge = hd_model_edge(model, i);

        if (!edge || !edge->in_network || !graph_is_of_app(edge->from) || !graph_is_of_app(edge->to))
            continue;
        check->declared[check->n_declared] = (struct declared){edge, grow(NULL, edge->n_ports + 1)};
        memset(check->declared[check->n_declared++].is_seen, 0, edge->n_ports + 1);
    }
    if (check->n_declared > 1)
        qsort(check->declared, check->n_declared, sizeof *check->declared, by_ends);
}

enum hd_status graph_check(const struct hd_model *model, const struct hd_cluster *cluster, const struct hd_connectivity_options *options,
                           struct hd_diagnostics *diagnostics, struct output *output, size_t *ret_n_wrong)
{
    struct hd_connectivity_options own = *options;
    struct check check = {.cluster = cluster,
                          .options = &own,
                          .diagnostics = diagnostics,
                          .output = output,
                          .namespace_name = hd_model_app(model)->namespace_name,
                          .status = HD_OK};
    enum hd_status status;

    own.layers = HD_CLUSTER_LAYERS_NETWORK;
    take_edges(&check, model);
    status = hd_cluster_connections(cluster, &own, diagnostics, visit, &check);
    if (status == HD_OK)
        show_missing(&check);
    while (check.n_declared)
        free(check.declared[--check.n_declared].is_seen);
    free(check.declared);
    *ret_n_wrong = check.n_wrong;
    status = check.status != HD_OK ? check.status : status;
    return status == HD_OK ? graph_check_mesh(model, cluster, options, diagnostics, output, ret_n_wrong) : status;
}
