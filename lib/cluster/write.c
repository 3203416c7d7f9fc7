/* Writes connections as text. Names need no escapes in any of the formats, because name_at() checked them when they were read. */
#include "cluster.h"

#include "core/reporting/refuse.h"
#include "core/text/letter.h"
#include "core/writing/text_out.h"

#include <hybriddeploy/connectivity.h>
#include <stdlib.h>

static const char *const transports[] = {[HD_TRANSPORT_UNSET] = "",
                                         [HD_TRANSPORT_TCP] = "TCP",
                                         [HD_TRANSPORT_UDP] = "UDP",
                                         [HD_TRANSPORT_SCTP] = "SCTP",
                                         [HD_TRANSPORT_OTHER] = "other"};

static void put_range(struct text_out *t, const struct hd_cluster_range *range)
{
    text_int(t, range->first);
    if (range->last == range->first)
        return;
    text_put(t, "-");
    text_int(t, range->last);
}

/* Ports for people: "TCP 80, 8000-8999; UDP 53". */
static void put_ports(struct text_out *t, const struct hd_cluster_connection *connection)
{
    if (connection->is_all) {
        text_put(t, "all traffic");
        return;
    }
    for (size_t i = 0; i < connection->n_ranges; i++) {
        const struct hd_cluster_range *range = &connection->ranges[i];

        if (!i || range[-1].transport != range->transport)
            text_put(t, i ? "; " : "", transports[range->transport], range->transport == HD_TRANSPORT_OTHER ? NULL : " ");
        else
            text_put(t, ", ");
        if (range->transport != HD_TRANSPORT_OTHER)
            put_range(t, range);
    }
}

static void put_ranges(struct text_out *t, const char *what, const struct hd_cluster_range *ranges, size_t n)
{
    text_put(t, n ? what : "");
    for (size_t i = 0; i < n; i++) {
        text_put(t, i ? ", " : "");
        put_range(t, &ranges[i]);
    }
}

/* What Istio's layer limits. */
static void put_limits(struct text_out *t, const struct hd_cluster_connection *connection)
{
    if (!connection->in_mesh)
        return;
    text_put(t, " (mesh");
    put_ranges(t, "; some requests: ", connection->some, connection->n_some);
    put_ranges(t, "; not known: ", connection->unknown, connection->n_unknown);
    text_put(t, ")");
}

static void text_line(struct text_out *t, const struct hd_cluster_connection *connection)
{
    text_put(t, connection->from->name, " -> ", connection->to->name, ": ");
    put_ports(t, connection);
    put_limits(t, connection);
    text_put(t, "\n");
}

static void csv_line(struct text_out *t, const struct hd_cluster_connection *connection)
{
    text_put(t, connection->from->name, ",", connection->to->name, ",\"");
    put_ports(t, connection);
    put_limits(t, connection);
    text_put(t, "\"\n");
}

static void json_ranges(struct text_out *t, const struct hd_cluster_range *ranges, size_t n)
{
    text_put(t, "[");
    for (size_t i = 0; i < n; i++) {
        text_put(t, i ? "," : "", "{\"protocol\":\"", transports[ranges[i].transport], "\",\"first\":");
        text_int(t, ranges[i].first);
        text_put(t, ",\"last\":");
        text_int(t, ranges[i].last);
        text_put(t, "}");
    }
    text_put(t, "]");
}

static void json_line(struct text_out *t, const struct hd_cluster_connection *connection)
{
    text_put(t, "{\"from\":\"", connection->from->name, "\",\"to\":\"", connection->to->name,
             "\",\"all\":", connection->is_all ? "true" : "false", ",\"ports\":");
    json_ranges(t, connection->ranges, connection->n_ranges);
    if (connection->in_mesh) {
        text_put(t, ",\"layers\":[\"network\",\"mesh\"],\"some\":");
        json_ranges(t, connection->some, connection->n_some);
        text_put(t, ",\"unknown\":");
        json_ranges(t, connection->unknown, connection->n_unknown);
    }
    text_put(t, "}\n");
}

static void dot_line(struct text_out *t, const struct hd_cluster_connection *connection)
{
    text_put(t, "  \"", connection->from->name, "\" -> \"", connection->to->name, "\" [label=\"");
    put_ports(t, connection);
    put_limits(t, connection);
    text_put(t, connection->in_mesh ? "\" style=bold];\n" : "\"];\n");
}

/* Identifiers of Mermaid have letters, digits and underscores; another character is written as its number. */
static void put_identifier(struct text_out *t, const struct hd_cluster_end *end)
{
    static const char digits[] = "0123456789abcdef";

    text_put(t, "n_");
    for (const char *c = end->name; *c; c++) {
        const char number[] = {'_', digits[(unsigned char)*c >> 4], digits[*c & 15]};
        bool is_plain = letter_is_digit(*c) || letter_is_lower(letter_lower(*c));

        text_putn(t, is_plain ? c : number, is_plain ? 1 : sizeof number);
    }
}

static void put_mermaid_end(struct text_out *t, const struct hd_cluster_end *end)
{
    put_identifier(t, end);
    text_put(t, "[\"", end->name, "\"]");
}

static void mermaid_line(struct text_out *t, const struct hd_cluster_connection *connection)
{
    text_put(t, "  ");
    put_mermaid_end(t, connection->from);
    text_put(t, " -->|\"");
    put_ports(t, connection);
    put_limits(t, connection);
    text_put(t, "\"| ");
    put_mermaid_end(t, connection->to);
    text_put(t, "\n");
}

/* Writes the workloads, grouped by namespace. */
static void put_workloads(struct text_out *t, const struct hd_cluster *cluster, bool is_dot)
{
    const char *namespace = NULL;

    for (size_t i = 0; i < cluster->n_workloads; i++) {
        const struct hd_cluster_workload *workload = &cluster->workloads[i]->public;
        const struct hd_cluster_end end = {.name = cluster->workloads[i]->end_name};

        if (namespace != workload->namespace_name) {
            text_put(t,
                     !namespace ? ""
                     : is_dot   ? "  }\n"
                                : "  end\n",
                     is_dot ? "  subgraph \"cluster_" : "  subgraph ", workload->namespace_name, is_dot ? "\" {\n    label=\"" : "\n",
                     is_dot ? workload->namespace_name : NULL, is_dot ? "\";\n" : NULL);
            namespace = workload->namespace_name;
        }
        text_put(t, "    ");
        if (is_dot)
            text_put(t, "\"", end.name, "\" [label=\"", workload->name, "\\n", workload->kind, "\"];");
        else
            put_mermaid_end(t, &end);
        text_put(t, "\n");
    }
    text_put(t, !namespace ? "" : is_dot ? "  }\n" : "  end\n");
}

static void csv_head(struct text_out *t, const struct hd_cluster *cluster)
{
    (void)cluster;
    text_put(t, "from,to,ports\n");
}

static void dot_head(struct text_out *t, const struct hd_cluster *cluster)
{
    text_put(t, "digraph connections {\n  rankdir=LR;\n  node [shape=box];\n");
    put_workloads(t, cluster, true);
}

static void mermaid_head(struct text_out *t, const struct hd_cluster *cluster)
{
    text_put(t, "flowchart LR\n");
    put_workloads(t, cluster, false);
}

static const struct form {
    void (*head)(struct text_out *, const struct hd_cluster *);
    void (*line)(struct text_out *, const struct hd_cluster_connection *);
    const char *end;
} forms[] = {
    [HD_GRAPH_TEXT] = {NULL, text_line, NULL},
    [HD_GRAPH_JSON] = {NULL, json_line, NULL},
    [HD_GRAPH_CSV] = {csv_head, csv_line, NULL},
    [HD_GRAPH_DOT] = {dot_head, dot_line, "}\n"},
    [HD_GRAPH_MERMAID] = {mermaid_head, mermaid_line, NULL},
};

struct writing {
    struct text_out out;
    const struct form *form;
};

static int write_line(void *user, const struct hd_cluster_connection *connection)
{
    struct writing *writing = user;

    writing->form->line(&writing->out, connection);
    return writing->out.failed;
}

enum hd_status hd_cluster_write_graph(const struct hd_cluster *cluster, const struct hd_connectivity_options *options,
                                      enum hd_graph_format format, struct hd_diagnostics *report, hd_sink *sink, void *user)
{
    struct writing writing;
    enum hd_status status;

    if (!cluster || !sink)
        return refuse_call(report, "hd_cluster_write_graph() is given NULL for %s", cluster ? "sink" : "cluster");
    if ((size_t)format >= sizeof forms / sizeof *forms)
        return refuse_call(report, "hd_cluster_write_graph() is given the unknown format %d", (int)format);
    writing.form = &forms[format];
    text_init(&writing.out, sink, user);
    if (writing.form->head)
        writing.form->head(&writing.out, cluster);
    status = hd_cluster_connections(cluster, options, report, write_line, &writing);
    if (writing.form->end)
        text_put(&writing.out, writing.form->end);
    text_flush(&writing.out);
    return status == HD_OK && writing.out.failed ? HD_UNWRITABLE : status;
}
