/* Whether the mesh lets in what the model declares, and nothing else; or a request that shows the difference. */
#include "graph.h"

#include "app.h"
#include "call.h"

#include <stdlib.h>
#include <string.h>

/* A service, and the account by which the mesh knows its pods. */
struct known {
    const char *namespace_name, *service, *account;
};

/* The identity of a caller: its namespace and service account; both are empty for callers without certificate. */
struct caller {
    const char *namespace_name, *account;
};

/* A connection that a model declares. */
struct declared {
    struct caller from;
    const char *namespace_name, *to;
    const struct hd_edge *edge;
    /* The pods of another application that are let in; NULL for those of the same one, and for callers without certificate. */
    const struct hd_cluster_workload *neighbour;
    bool *is_seen;
};

struct check {
    const struct graph_world *world;
    const struct hd_connectivity_options *options;
    struct hd_diagnostics *diagnostics;
    struct output *output;
    struct known *known; /* by service */
    struct declared *declared; /* by `to` and `from` */
    struct hd_cluster_requests *requests; /* room for those of one port */
    size_t n_known, n_declared, n_wrong;
    enum hd_status status;
};

static int by_service(const void *left, const void *right)
{
    const struct known *a = left, *b = right;
    int order = strcmp(a->namespace_name, b->namespace_name);

    return order ? order : strcmp(a->service, b->service);
}

static int by_ends(const void *left, const void *right)
{
    const struct declared *a = left, *b = right;
    int order = strcmp(a->namespace_name, b->namespace_name);

    order = order ? order : strcmp(a->to, b->to);
    order = order ? order : strcmp(a->from.namespace_name, b->from.namespace_name);
    return order ? order : strcmp(a->from.account, b->from.account);
}

static void take_workloads(struct check *check)
{
    size_t n = hd_cluster_workload_count(check->world->cluster);

    check->known = grow(NULL, (n + 1) * sizeof *check->known);
    for (size_t i = 0; i < n; i++) {
        const struct hd_cluster_workload *workload = hd_cluster_workload_at(check->world->cluster, i);

        if (graph_model_of(check->world, workload) && !workload->host_network)
            check->known[check->n_known++] = (struct known){workload->namespace_name, graph_service_of(workload), workload->service_account};
    }
    if (check->n_known > 1)
        qsort(check->known, check->n_known, sizeof *check->known, by_service);
}

static const char *account_of(const struct check *check, const char *namespace_name, const char *service)
{
    const struct known wanted = {namespace_name, service, NULL};
    const struct known *found = bsearch(&wanted, check->known, check->n_known, sizeof wanted, by_service);

    return found ? found->account : NULL;
}

static void add(struct check *check, struct declared declared)
{
    size_t n_ports = declared.edge->n_ports + 1;

    declared.is_seen = grow(NULL, n_ports);
    memset(declared.is_seen, 0, n_ports);
    check->declared = grow(check->declared, (check->n_declared + 1) * sizeof *check->declared);
    check->declared[check->n_declared++] = declared;
}

/* Whether the mesh must let in what the edge is about. */
static bool is_to_known(const struct check *check, const char *namespace_name, const struct hd_edge *edge)
{
    return edge && edge->in_mesh && graph_is_of_app(edge->to) && edge->to->in_mesh && account_of(check, namespace_name, edge->to->name);
}

/* Adds the connections from other applications, by the edges of the application that is called. */
static void take_consents(struct check *check)
{
    const struct graph_links *consents = graph_consents(check->world);

    for (size_t i = 0; i < consents->n; i++) {
        const struct graph_link *link = &consents->items[i];
        const char *namespace_name = app_of(link->model)->namespace_name;
        const struct hd_model *other = graph_model_of(check->world, link->other);

        if (other && other != link->model && link->edge->from->in_mesh && is_to_known(check, namespace_name, link->edge))
            add(check, (struct declared){.from = {link->other->namespace_name, link->other->service_account},
                                         .namespace_name = namespace_name,
                                         .to = link->own,
                                         .edge = link->edge,
                                         .neighbour = link->other});
    }
}

static void take_edges(struct check *check, const struct hd_model *model)
{
    const char *namespace_name = app_of(model)->namespace_name;

    for (size_t i = 0; i < hd_model_n_edges(model); i++) {
        const struct hd_edge *edge = hd_model_edge(model, i);
        struct declared declared = {.from = {"", ""}, .namespace_name = namespace_name, .edge = edge};

        if (!is_to_known(check, namespace_name, edge) || (edge->from->in_mesh && !graph_is_of_app(edge->from)))
            continue;
        declared.to = edge->to->name;
        if (edge->from->in_mesh)
            declared.from = (struct caller){namespace_name, account_of(check, namespace_name, edge->from->name)};
        if (declared.from.account)
            add(check, declared);
    }
}

static const char *const words[] = {
    [HD_CLUSTER_DIFFERENCE_ALLOWED] = " is let in by the mesh, but the model does not declare it\n",
    [HD_CLUSTER_DIFFERENCE_DENIED] = " is declared by the model, but the mesh does not let it in\n",
    [HD_CLUSTER_DIFFERENCE_UNKNOWN] = " is not compared with the model, because the policies have too many patterns\n",
};

/* Writes how a port differs from what is declared, and the lines that decide about it. `request` is NULL for all of them. */
static void show(struct check *check, const char *from, const char *to, uint16_t number, const struct hd_cluster_request *request,
                 enum hd_cluster_difference difference)
{
    const struct hd_cluster_range port = {HD_TRANSPORT_TCP, number, number};

    check->n_wrong++;
    output_text(check->output, from);
    output_text(check->output, " -> ");
    output_text(check->output, to);
    output_print(check->output, ":%u/tcp", (unsigned)number);
    if (request) {
        output_text(check->output, " ");
        output_text(check->output, request->method);
        output_text(check->output, " ");
        output_text(check->output, request->path);
    }
    output_text(check->output, words[difference]);
    if (check->status == HD_OK)
        check->status = graph_write_reasons(check->world->cluster, check->options, from, to, &port, check->diagnostics, check->output);
}

static bool has(const struct hd_cluster_range *ranges, size_t n, uint32_t number)
{
    for (size_t i = 0; i < n; i++)
        if (ranges[i].first <= number && number <= ranges[i].last)
            return true;
    return false;
}

/* The first connection that is declared between these ends. */
static size_t first_declared(const struct check *check, const struct declared *ends)
{
    size_t begin = 0, end = check->n_declared;

    while (begin < end) {
        size_t middle = begin + (end - begin) / 2;

        if (by_ends(&check->declared[middle], ends) < 0)
            begin = middle + 1;
        else
            end = middle;
    }
    return begin;
}

/* The ends as models declare them: a caller that shows no certificate is anybody. */
static struct declared ends_of(const struct hd_cluster_connection *connection, bool is_plain)
{
    const struct hd_cluster_workload *from = connection->from->workload, *to = connection->to->workload;
    struct declared ends = {0};

    ends.namespace_name = to->namespace_name;
    ends.to = graph_service_of(to);
    ends.from = is_plain ? (struct caller){"", ""} : (struct caller){from->namespace_name, from->service_account};
    return ends;
}

static bool is_between(const struct check *check, size_t index, const struct declared *ends)
{
    return index < check->n_declared && !by_ends(&check->declared[index], ends);
}

/*
 * Notes which declared ports of a connection are let in, also those behind a difference that is shown. A call whose caller shows no certificate
 * any more is let in where anybody is.
 */
static void note_seen(struct check *check, const struct hd_cluster_connection *connection, bool is_plain)
{
    const struct declared ends = ends_of(connection, is_plain);

    for (size_t i = first_declared(check, &ends); is_between(check, i, &ends); i++) {
        const struct hd_edge *edge = check->declared[i].edge;

        for (size_t k = 0; k < edge->n_ports; k++)
            if (!edge->ports[k].is_udp && has(connection->ranges, connection->n_ranges, (uint32_t)edge->ports[k].number) &&
                (!is_plain || has(connection->plain, connection->n_plain, (uint32_t)edge->ports[k].number)))
                check->declared[i].is_seen[k] = true;
    }
}

/* The requests that are declared at a port, of which `*ret_count` are written to check->requests. */
static void take_port(struct check *check, const struct declared *ends, uint32_t number, size_t *ret_count)
{
    for (size_t i = first_declared(check, ends); is_between(check, i, ends); i++) {
        const struct hd_edge *edge = check->declared[i].edge;

        if (graph_has_port(edge, HD_TRANSPORT_TCP, number))
            check->requests[(*ret_count)++] = (struct hd_cluster_requests){edge->methods, edge->n_methods, edge->paths, edge->n_paths};
    }
}

/* Compares the requests at a port. Returns whether a difference was shown. */
static bool check_port(struct check *check, const struct hd_cluster_connection *connection, uint16_t number)
{
    const struct hd_cluster_workload *from = connection->from->workload, *to = connection->to->workload;
    const struct declared ends = ends_of(connection, has(connection->plain, connection->n_plain, number));
    enum hd_cluster_difference difference = HD_CLUSTER_DIFFERENCE_NONE;
    struct hd_cluster_request request;
    size_t n = 0;
    bool is_part = has(connection->some, connection->n_some, number);

    take_port(check, &ends, number, &n);
    if (!n && graph_is_platform(check->world, from, to, HD_TRANSPORT_TCP, number))
        return false;
    if (!n) {
        show(check, connection->from->name, connection->to->name, number, NULL, HD_CLUSTER_DIFFERENCE_ALLOWED);
        return true;
    }
    for (size_t i = 0; i < n; i++)
        is_part = is_part || check->requests[i].n_methods || check->requests[i].n_paths;
    if (is_part && check->status == HD_OK)
        check->status = hd_cluster_compare(connection, number, check->requests, n, &request, &difference);
    if (difference == HD_CLUSTER_DIFFERENCE_NONE)
        return false;
    show(check, connection->from->name, connection->to->name, number, difference == HD_CLUSTER_DIFFERENCE_UNKNOWN ? NULL : &request, difference);
    return true;
}

static bool is_compared(const struct check *check, const struct hd_cluster_end *end)
{
    return end->workload && !end->workload->host_network && graph_model_of(check->world, end->workload);
}

/* One request is enough for a connection. */
static int visit(void *user, const struct hd_cluster_connection *connection)
{
    struct check *check = user;
    bool is_shown = false;

    if (!connection->in_mesh || !is_compared(check, connection->from) || !is_compared(check, connection->to))
        return 0;
    note_seen(check, connection, false);
    note_seen(check, connection, true);
    for (size_t i = 0; i < connection->n_ranges; i++)
        for (uint32_t number = connection->ranges[i].first; number <= connection->ranges[i].last && !is_shown; number++)
            is_shown = check_port(check, connection, (uint16_t)number);
    return check->status != HD_OK;
}

/* Whether the other application declares the call that it is let in for. */
static bool is_called(const struct check *check, const struct declared *declared, int64_t number)
{
    const struct graph_link wanted = {.model = graph_model_of(check->world, declared->neighbour),
                                      .own = graph_service_of(declared->neighbour),
                                      .other = graph_workload_of(check->world, declared->namespace_name, declared->to)};
    const struct graph_link *call;

    for (size_t at = SIZE_MAX; wanted.other && (call = graph_next_link(graph_calls(check->world), &wanted, &at));)
        if (call->edge->in_mesh && graph_has_port(call->edge, HD_TRANSPORT_TCP, number))
            return true;
    return false;
}

static const struct hd_cluster_workload *workload_from(const struct check *check, const struct declared *declared)
{
    if (declared->neighbour)
        return declared->neighbour;
    return graph_is_of_app(declared->edge->from) ? graph_workload_of(check->world, declared->namespace_name, declared->edge->from->name) : NULL;
}

static void show_missing(struct check *check)
{
    for (size_t i = 0; i < check->n_declared && check->status == HD_OK; i++) {
        const struct declared *declared = &check->declared[i];
        const struct hd_edge *edge = declared->edge;

        for (size_t j = 0; j < edge->n_ports; j++) {
            int64_t number = edge->ports[j].number;
            bool is_missing = !declared->is_seen[j] && !edge->ports[j].is_udp && (!declared->neighbour || is_called(check, declared, number));
            const struct hd_cluster_workload *from = is_missing ? workload_from(check, declared) : NULL;
            const struct hd_cluster_workload *to = from ? graph_workload_of(check->world, declared->namespace_name, declared->to) : NULL;
            char names[2][640];

            if (to)
                show(check, graph_name_of(check->world, from, names[0], sizeof names[0]), graph_name_of(check->world, to, names[1], sizeof names[1]), (uint16_t)number, NULL,
                     HD_CLUSTER_DIFFERENCE_DENIED);
        }
    }
}

enum hd_status graph_check_mesh(const struct graph_world *world, const struct hd_connectivity_options *options,
                                struct hd_diagnostics *diagnostics, struct output *output, size_t *n_wrong)
{
    struct hd_connectivity_options own = *options;
    struct check check = {.world = world, .options = &own, .diagnostics = diagnostics, .output = output, .status = HD_OK};
    enum hd_status status;

    own.layers = HD_CLUSTER_LAYERS_MESH;
    take_workloads(&check);
    for (size_t i = 0; i < world->n_models; i++)
        take_edges(&check, world->models[i]);
    take_consents(&check);
    if (check.n_declared > 1)
        qsort(check.declared, check.n_declared, sizeof *check.declared, by_ends);
    check.requests = grow(NULL, (check.n_declared + 1) * sizeof *check.requests);
    status = check.n_declared ? hd_cluster_connections(world->cluster, &own, diagnostics, visit, &check) : HD_OK;
    if (status == HD_OK)
        show_missing(&check);
    while (check.n_declared)
        free(check.declared[--check.n_declared].is_seen);
    free(check.declared);
    free(check.known);
    free(check.requests);
    *n_wrong += check.n_wrong;
    return check.status != HD_OK ? check.status : status;
}
