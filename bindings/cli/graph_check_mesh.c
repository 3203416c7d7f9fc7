/* Whether the mesh lets in what the model declares, and nothing else; or a request that shows the difference. */
#include "graph.h"

#include "call.h"

#include <stdlib.h>
#include <string.h>

/* A service, and the account by which the mesh knows its pods. */
struct known {
    const char *service, *account;
};

/* A connection that the model declares. `from` is an account; empty for callers without certificate. */
struct declared {
    const char *from, *to;
    const struct hd_edge *edge;
    bool *is_seen;
};

struct check {
    const struct hd_cluster *cluster;
    const struct hd_connectivity_options *options;
    struct hd_diagnostics *diagnostics;
    struct output *output;
    const char *namespace_name;
    struct known *known; /* by service */
    struct declared *declared; /* by `to` and `from` */
    struct hd_cluster_requests *requests; /* room for those of one port */
    size_t n_known, n_declared, n_wrong;
    enum hd_status status;
};

static int by_service(const void *left, const void *right)
{
    return strcmp(((const struct known *)left)->service, ((const struct known *)right)->service);
}

static int by_ends(const void *left, const void *right)
{
    const struct declared *a = left, *b = right;
    int order = strcmp(a->to, b->to);

    return order ? order : strcmp(a->from, b->from);
}

static void take_workloads(struct check *check)
{
    size_t n = hd_cluster_workload_count(check->cluster);

    check->known = grow(NULL, (n + 1) * sizeof *check->known);
    for (size_t i = 0; i < n; i++) {
        const struct hd_cluster_workload *workload = hd_cluster_workload_at(check->cluster, i);

        if (!strcmp(workload->namespace_name, check->namespace_name) && !workload->host_network)
            check->known[check->n_known++] = (struct known){graph_service_of(workload), workload->service_account};
    }
    if (check->n_known > 1)
        qsort(check->known, check->n_known, sizeof *check->known, by_service);
}

static const char *account_of(const struct check *check, const char *service)
{
    const struct known wanted = {service, NULL};
    const struct known *found = bsearch(&wanted, check->known, check->n_known, sizeof wanted, by_service);

    return found ? found->account : NULL;
}

static void take_edges(struct check *check, const struct hd_model *model)
{
    size_t n = hd_model_n_edges(model);

    check->declared = grow(NULL, (n + 1) * sizeof *check->declared);
    for (size_t i = 0; i < n; i++) {
        const struct hd_edge *edge = hd_model_edge(model, i);
        const char *from;

        if (!edge || !edge->in_mesh || !graph_is_of_app(edge->to) || !edge->to->in_mesh || (edge->from->in_mesh && !graph_is_of_app(edge->from)))
            continue;
        from = edge->from->in_mesh ? account_of(check, edge->from->name) : "";
        if (!from || !account_of(check, edge->to->name))
            continue;
        check->declared[check->n_declared] = (struct declared){from, edge->to->name, edge, grow(NULL, edge->n_ports + 1)};
        memset(check->declared[check->n_declared++].is_seen, 0, edge->n_ports + 1);
    }
    if (check->n_declared > 1)
        qsort(check->declared, check->n_declared, sizeof *check->declared, by_ends);
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
        check->status = graph_write_reasons(check->cluster, check->options, from, to, &port, check->diagnostics, check->output);
}

static bool has(const struct hd_cluster_range *ranges, size_t n, uint32_t number)
{
    for (size_t i = 0; i < n; i++)
        if (ranges[i].first <= number && number <= ranges[i].last)
            return true;
    return false;
}

/* The requests that the model declares at a port, of which `*ret_count` are written to check->requests. Notes that they were seen. */
static void take_port(struct check *check, const char *from, const char *to, uint32_t number, size_t *ret_count)
{
    const struct declared wanted = {.from = from, .to = to};
    size_t begin = 0, end = check->n_declared;

    while (begin < end) {
        size_t middle = begin + (end - begin) / 2;

        if (by_ends(&check->declared[middle], &wanted) < 0)
            begin = middle + 1;
        else
            end = middle;
    }
    for (; begin < check->n_declared && !by_ends(&check->declared[begin], &wanted); begin++) {
        const struct hd_edge *edge = check->declared[begin].edge;
        bool has_port = false;

        for (size_t i = 0; i < edge->n_ports; i++)
            if (!edge->ports[i].is_udp && edge->ports[i].number == number)
                has_port = check->declared[begin].is_seen[i] = true;
        if (has_port)
            check->requests[(*ret_count)++] = (struct hd_cluster_requests){edge->methods, edge->n_methods, edge->paths, edge->n_paths};
    }
}

/* Compares the requests at a port. Returns whether a difference was shown. */
static bool check_port(struct check *check, const struct hd_cluster_connection *connection, uint16_t number)
{
    const struct hd_cluster_workload *from = connection->from->workload;
    bool is_plain = has(connection->plain, connection->n_plain, number);
    enum hd_cluster_difference difference = HD_CLUSTER_DIFFERENCE_NONE;
    struct hd_cluster_request request;
    size_t n = 0;
    bool is_part = has(connection->some, connection->n_some, number);

    take_port(check, is_plain ? "" : from->service_account, graph_service_of(connection->to->workload), number, &n);
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

static bool is_of_namespace(const struct check *check, const struct hd_cluster_end *end)
{
    return end->workload && !end->workload->host_network && !strcmp(end->workload->namespace_name, check->namespace_name);
}

/* One request is enough for a connection. */
static int visit(void *user, const struct hd_cluster_connection *connection)
{
    struct check *check = user;
    bool is_shown = false;

    if (!connection->in_mesh || !is_of_namespace(check, connection->from) || !is_of_namespace(check, connection->to))
        return 0;
    for (size_t i = 0; i < connection->n_ranges; i++)
        for (uint32_t number = connection->ranges[i].first; number <= connection->ranges[i].last && !is_shown; number++)
            is_shown = check_port(check, connection, (uint16_t)number);
    return check->status != HD_OK;
}

static void show_missing(struct check *check)
{
    for (size_t i = 0; i < check->n_declared && check->status == HD_OK; i++) {
        const struct declared *declared = &check->declared[i];
        const struct hd_edge *edge = declared->edge;

        for (size_t j = 0; graph_is_of_app(edge->from) && j < edge->n_ports; j++) {
            bool is_missing = !declared->is_seen[j] && !edge->ports[j].is_udp;
            /* Looked up for what is missing alone, because it goes through all workloads. */
            const char *from = is_missing ? graph_workload_of(check->cluster, check->namespace_name, edge->from->name) : NULL;
            const char *to = from ? graph_workload_of(check->cluster, check->namespace_name, declared->to) : NULL;

            if (to)
                show(check, from, to, (uint16_t)edge->ports[j].number, NULL, HD_CLUSTER_DIFFERENCE_DENIED);
        }
    }
}

enum hd_status graph_check_mesh(const struct hd_model *model, const struct hd_cluster *cluster,
                                const struct hd_connectivity_options *options, struct hd_diagnostics *diagnostics, struct output *output,
                                size_t *n_wrong)
{
    struct hd_connectivity_options own = *options;
    struct check check = {.cluster = cluster,
                          .options = &own,
                          .diagnostics = diagnostics,
                          .output = output,
                          .namespace_name = hd_model_app(model)->namespace_name,
                          .status = HD_OK};
    enum hd_status status;

    own.layers = HD_CLUSTER_LAYERS_MESH;
    take_workloads(&check);
    take_edges(&check, model);
    check.requests = grow(NULL, (check.n_declared + 1) * sizeof *check.requests);
    status = check.n_declared ? hd_cluster_connections(cluster, &own, diagnostics, visit, &check) : HD_OK;
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
