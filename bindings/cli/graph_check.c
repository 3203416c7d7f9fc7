/* Whether manifests allow between services what the model declares, and nothing else; or a packet that shows the difference. */
#include "graph.h"

#include "app.h"
#include "call.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A service, or pods that belong to an application as its collector does. */
struct end {
    const char *namespace_name, *name;
};

/* A connection that is declared, and at which of its ports it was seen to be allowed. */
struct declared {
    struct end from, to;
    const struct hd_edge *edge;
    /* Between two applications, the edge by which the other one lets it in. */
    const struct hd_edge *consent;
    bool *is_seen;
};

struct check {
    const struct graph_world *world;
    const struct hd_connectivity_options *options;
    struct hd_diagnostics *diagnostics;
    struct output *output;
    struct declared *declared; /* by their ends */
    size_t n_declared, n_wrong;
    enum hd_status status;
};

static const char *const transports[] = {
    [HD_TRANSPORT_TCP] = "tcp", [HD_TRANSPORT_UDP] = "udp", [HD_TRANSPORT_SCTP] = "sctp", [HD_TRANSPORT_OTHER] = "other"};

static int compare(const struct end *one, const struct end *other)
{
    int order = strcmp(one->namespace_name, other->namespace_name);

    return order ? order : strcmp(one->name, other->name);
}

static int by_ends(const void *left, const void *right)
{
    const struct declared *one = left, *other = right;
    int order = compare(&one->from, &other->from);

    return order ? order : compare(&one->to, &other->to);
}

static struct end end_of(const struct hd_cluster_workload *workload)
{
    return (struct end){workload->namespace_name, graph_service_of(workload)};
}

/* The first connection that is declared between two services; those behind it may be of the same ones. */
static size_t first_between(const struct check *check, const struct declared *wanted)
{
    size_t begin = 0, end = check->n_declared;

    while (begin < end) {
        size_t middle = begin + (end - begin) / 2;

        if (by_ends(&check->declared[middle], wanted) < 0)
            begin = middle + 1;
        else
            end = middle;
    }
    return begin;
}

static enum hd_transport transport_of(const struct hd_edge_port *port)
{
    return port->is_udp ? HD_TRANSPORT_UDP : HD_TRANSPORT_TCP;
}

static bool is_consented(const struct declared *declared, enum hd_transport transport, int64_t number)
{
    return !declared->consent || graph_has_port(declared->consent, transport, number);
}

/* Whether a port is declared between two services, which is noted. */
static bool take_port(struct check *check, const struct declared *wanted, enum hd_transport transport, uint32_t number)
{
    bool is_declared = false;

    for (size_t i = first_between(check, wanted); i < check->n_declared && !by_ends(&check->declared[i], wanted); i++) {
        struct declared *declared = &check->declared[i];
        const struct hd_edge *edge = declared->edge;

        if (!is_consented(declared, transport, number))
            continue;
        is_declared = is_declared || !edge->n_ports;
        for (size_t j = 0; j < edge->n_ports; j++)
            if (edge->ports[j].number == number && transport_of(&edge->ports[j]) == transport)
                is_declared = declared->is_seen[j] = true;
    }
    return is_declared;
}

/* Of one model and of several: what is declared and not allowed, and the other way round. */
static const char *const words[][2] = {
    {" is declared by the model, but not allowed\n", " is allowed, but the model does not declare it\n"},
    {" is declared by the models, but not allowed\n", " is allowed, but the models do not declare it on both sides\n"},
};

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
    output_text(check->output, words[check->world->n_models > 1][is_allowed]);
    if (check->status == HD_OK)
        check->status = graph_write_reasons(check->world->cluster, check->options, from, to, &port, check->diagnostics, check->output);
}

/* Policies have no say between pods of the nodes' network. */
static bool is_compared(const struct check *check, const struct hd_cluster_connection *connection)
{
    const struct hd_cluster_workload *from = connection->from->workload, *to = connection->to->workload;

    return from && to && !(from->host_network && to->host_network) && graph_model_of(check->world, from) && graph_model_of(check->world, to);
}

/* One packet is enough for a connection. */
static int visit(void *user, const struct hd_cluster_connection *connection)
{
    struct check *check = user;
    const struct hd_cluster_workload *from = connection->from->workload, *to = connection->to->workload;
    bool is_shown = false;

    if (!is_compared(check, connection))
        return 0;
    for (size_t i = 0; i < connection->n_ranges; i++)
        for (uint32_t number = connection->ranges[i].first; number <= connection->ranges[i].last; number++) {
            const struct declared wanted = {.from = end_of(from), .to = end_of(to)};
            enum hd_transport transport = connection->ranges[i].transport;
            bool is_declared = transport == HD_TRANSPORT_OTHER || take_port(check, &wanted, transport, number);

            if (!is_declared && !is_shown && !graph_is_platform(check->world, from, to, transport, number)) {
                show(check, connection->from->name, connection->to->name, transport, number, true);
                is_shown = true;
            }
        }
    return check->status != HD_OK;
}

static const struct hd_cluster_workload *workload_of(const struct check *check, const struct end *end)
{
    return graph_workload_of(check->world, end->namespace_name, end->name);
}

static void show_missing(struct check *check)
{
    for (size_t i = 0; i < check->n_declared && check->status == HD_OK; i++) {
        const struct declared *declared = &check->declared[i];

        for (size_t j = 0; j < declared->edge->n_ports; j++) {
            const struct hd_edge_port *port = &declared->edge->ports[j];
            bool is_missing = !declared->is_seen[j] && is_consented(declared, transport_of(port), port->number);
            const struct hd_cluster_workload *from = is_missing ? workload_of(check, &declared->from) : NULL;
            const struct hd_cluster_workload *to = from ? workload_of(check, &declared->to) : NULL;
            char names[2][640];

            if (!to)
                continue;
            show(check, graph_name_of(check->world, from, names[0], sizeof names[0]), graph_name_of(check->world, to, names[1], sizeof names[1]),
                 transport_of(port), (uint32_t)port->number, false);
            /* Others that declare the same are shown by it. */
            take_port(check, declared, transport_of(port), (uint32_t)port->number);
        }
    }
}

static void add(struct check *check, struct end from, struct end to, const struct hd_edge *edge, const struct hd_edge *consent)
{
    check->declared = grow(check->declared, (check->n_declared + 1) * sizeof *check->declared);
    check->declared[check->n_declared] = (struct declared){from, to, edge, consent, grow(NULL, edge->n_ports + 1)};
    memset(check->declared[check->n_declared++].is_seen, 0, edge->n_ports + 1);
}

/* Whether pods of the application's namespace are none of its own. */
static bool is_made_by_others(const struct hd_cluster_workload *workload, const struct hd_model *model)
{
    const char *instance = graph_label(workload->labels, workload->n_labels, "app.kubernetes.io/instance");

    return !instance || strcmp(instance, app_of(model)->name) != 0;
}

/* Adds the callers that the model knows as pods of its own namespace, which others made. */
static void take_neighbours(struct check *check)
{
    const struct graph_links *consents = graph_consents(check->world);

    for (size_t i = 0; i < consents->n; i++) {
        const struct graph_link *consent = &consents->items[i];

        if (consent->edge->in_network && graph_model_of(check->world, consent->other) == consent->model &&
            is_made_by_others(consent->other, consent->model))
            add(check, end_of(consent->other), (struct end){app_of(consent->model)->namespace_name, consent->own}, consent->edge, NULL);
    }
}

/* Adds the calls between applications that both sides declare, and those to pods of the own namespace that others made. */
static void take_calls(struct check *check)
{
    const struct graph_links *calls = graph_calls(check->world);

    for (size_t i = 0; i < calls->n; i++) {
        const struct graph_link *call = &calls->items[i], *consent;
        const struct end from = {app_of(call->model)->namespace_name, call->own};
        const struct graph_link wanted = {
            .model = graph_model_of(check->world, call->other), .own = graph_service_of(call->other), .other = workload_of(check, &from)};
        size_t at = SIZE_MAX;

        if (!call->edge->in_network || !wanted.model || !wanted.other)
            continue;
        if (wanted.model == call->model) {
            if (is_made_by_others(call->other, call->model))
                add(check, from, end_of(call->other), call->edge, NULL);
            continue;
        }
        while ((consent = graph_next_link(graph_consents(check->world), &wanted, &at)))
            if (consent->edge->in_network)
                add(check, from, end_of(call->other), call->edge, consent->edge);
    }
}

static void take_edges(struct check *check, const struct hd_model *model)
{
    const char *namespace_name = app_of(model)->namespace_name;

    for (size_t i = 0; i < hd_model_n_edges(model); i++) {
        const struct hd_edge *edge = hd_model_edge(model, i);

        if (edge && edge->in_network && graph_is_of_app(edge->from) && graph_is_of_app(edge->to))
            add(check, (struct end){namespace_name, edge->from->name}, (struct end){namespace_name, edge->to->name}, edge, NULL);
    }
}

enum hd_status graph_check(const struct graph_world *world, const struct hd_connectivity_options *options, struct hd_diagnostics *diagnostics,
                           struct output *output, size_t *ret_n_wrong)
{
    struct hd_connectivity_options own = *options;
    struct graph_world indexed = *world;
    struct check check = {.world = &indexed, .options = &own, .diagnostics = diagnostics, .output = output, .status = HD_OK};
    enum hd_status status;

    indexed.index = graph_index_make(world);
    own.layers = HD_CLUSTER_LAYERS_NETWORK;
    for (size_t i = 0; i < world->n_models; i++)
        take_edges(&check, world->models[i]);
    take_calls(&check);
    take_neighbours(&check);
    if (check.n_declared > 1)
        qsort(check.declared, check.n_declared, sizeof *check.declared, by_ends);
    status = hd_cluster_connections(world->cluster, &own, diagnostics, visit, &check);
    if (status == HD_OK)
        show_missing(&check);
    while (check.n_declared)
        free(check.declared[--check.n_declared].is_seen);
    free(check.declared);
    *ret_n_wrong = check.n_wrong;
    status = check.status != HD_OK ? check.status : status;
    if (status == HD_OK)
        status = graph_check_mesh(&indexed, options, diagnostics, output, ret_n_wrong);
    graph_index_free(indexed.index);
    return status;
}
