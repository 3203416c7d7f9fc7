/* Parts of the verb graph. */
#ifndef HYBRIDGEN_GRAPH_H
#define HYBRIDGEN_GRAPH_H

#include "graph_world.h"
#include "output.h"

#include <hybriddeploy/hybriddeploy.h>

/* A reason in words, with its place in front; the caller frees it. */
char *graph_reason(const struct hd_cluster_reason *reason);
void graph_write_reason(struct output *output, const struct hd_cluster_reason *reason);

/* Writes why a packet is allowed or not, a line for each rule on the way. */
enum hd_status graph_write_reasons(const struct hd_cluster *cluster, const struct hd_connectivity_options *options, const char *from,
                                   const char *to, const struct hd_cluster_range *port, struct hd_diagnostics *diagnostics,
                                   struct output *output);

/* The word for all that is outside of the cluster, as one end of a question. */
#define GRAPH_WORLD "world"

/* Prints the ways in from outside the cluster to a workload. `target` is how the user wrote it, with the port. */
struct graph_question {
    const struct hd_cluster *cluster;
    const struct hd_connectivity_options *options;
    const char *to, *target;
    const struct hd_cluster_range *port;
    struct hd_diagnostics *diagnostics;
};

/* Writes each way from the world to the workload, with the rules on it. */
enum hd_status graph_write_ways_in(const struct graph_question *question, struct output *output);

/* Compares what the mesh lets in with what the models declare, and adds the differences to `*n_wrong`. */
enum hd_status graph_check_mesh(const struct graph_world *world, const struct hd_connectivity_options *options,
                                struct hd_diagnostics *diagnostics, struct output *output, size_t *n_wrong);

/* Writes what the manifests allow between the applications' pods and the models do not declare, and the other way round. */
enum hd_status graph_check(const struct graph_world *world, const struct hd_connectivity_options *options, struct hd_diagnostics *diagnostics,
                           struct output *output, size_t *ret_n_wrong);

/* Writes the connections, as hd_cluster_write_graph() does, by the application that they go out from. */
enum hd_status graph_by_application(const struct graph_world *world, const struct hd_connectivity_options *options, enum hd_graph_format format,
                                    struct hd_diagnostics *diagnostics, struct output *output);

#endif
