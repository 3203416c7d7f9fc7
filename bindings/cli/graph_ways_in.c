/* Which ways lead from the world to a workload, and why. */
#include "graph.h"

#include "call.h"

#include <stdlib.h>
#include <string.h>

/* An end of outside that reaches the workload. */
struct way_in {
    /* Its name, and what to ask for: the name of a way in, or one of the addresses. */
    char *name, *asked;
    /* The line that says what leads to the workload; NULL for addresses. */
    char *leads;
};

struct ways_in {
    const char *to;
    const struct hd_cluster_range *port;
    struct way_in *items;
    size_t n;
};

/* Whether an end is called so: web, shop/web or shop/web[Deployment]. */
static bool is_called(const struct hd_cluster_end *end, const char *name)
{
    size_t length = strlen(name);

    return !strcmp(end->workload->name, name) || (!strncmp(end->name, name, length) && (!end->name[length] || end->name[length] == '['));
}

static bool has_port(const struct hd_cluster_connection *connection, const struct hd_cluster_range *port)
{
    for (size_t i = 0; i < connection->n_ranges; i++)
        if (connection->ranges[i].transport == port->transport && connection->ranges[i].first <= port->first && port->last <= connection->ranges[i].last)
            return true;
    return false;
}

static int take(void *user, const struct hd_cluster_connection *connection)
{
    struct ways_in *ways = user;
    const struct hd_cluster_end *from = connection->from;
    struct way_in *way;

    if (from->workload || !connection->to->workload || !is_called(connection->to, ways->to) || !has_port(connection, ways->port))
        return 0;
    ways->items = grow(ways->items, (ways->n + 1) * sizeof *ways->items);
    way = &ways->items[ways->n++];
    *way = (struct way_in){.name = printed("%s", from->name), .asked = printed("%s", from->first ? from->first : from->name)};
    if (from->object)
        way->leads = printed("  %s:%u:%u: %s %s/%s leads requests to it\n", from->object->place.file, from->object->place.line,
                             from->object->place.column, from->object->kind, from->object->namespace_name, from->object->name);
    return 0;
}

static int swallow(void *user, const struct hd_cluster_reason *reason)
{
    (void)user;
    (void)reason;
    return 0;
}

static enum hd_status write_one(const struct graph_question *question, const struct way_in *way, struct output *output)
{
    output_text(output, way->name);
    output_text(output, " -> ");
    output_text(output, question->target);
    output_text(output, " is allowed\n");
    output_text(output, way->leads ? way->leads : "");
    return graph_write_reasons(question->cluster, question->options, way->asked, question->to, question->port, question->diagnostics, output);
}

enum hd_status graph_write_ways_in(const struct graph_question *question, struct output *output)
{
    static const char anybody[] = "0.0.0.0";
    struct hd_connectivity_options exposed = *question->options;
    struct ways_in ways = {.to = question->to, .port = question->port};
    int allowed;
    /* The name of the workload may be wrong, or that of several. */
    enum hd_status status = hd_cluster_why(question->cluster, question->options, anybody, question->to, question->port, question->diagnostics,
                                           swallow, NULL, &allowed);

    exposed.only_exposed = 1;
    if (status == HD_OK)
        status = hd_cluster_connections(question->cluster, &exposed, question->diagnostics, take, &ways);
    for (size_t i = 0; status == HD_OK && i < ways.n; i++)
        status = write_one(question, &ways.items[i], output);
    if (status == HD_OK && !ways.n) {
        output_text(output, GRAPH_WORLD " -> ");
        output_text(output, question->target);
        output_text(output, " is not allowed\n");
        status = graph_write_reasons(question->cluster, question->options, anybody, question->to, question->port, question->diagnostics, output);
    }
    for (size_t i = 0; i < ways.n; i++) {
        free(ways.items[i].name);
        free(ways.items[i].asked);
        free(ways.items[i].leads);
    }
    free(ways.items);
    return status;
}
