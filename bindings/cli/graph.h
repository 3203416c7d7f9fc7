/* Parts of the verb graph. */
#ifndef HYBRIDGEN_GRAPH_H
#define HYBRIDGEN_GRAPH_H

#include "output.h"

#include <hybriddeploy/hybriddeploy.h>

/* A reason in words, with its place in front; the caller frees it. */
char *graph_reason(const struct hd_cluster_reason *reason);
void graph_write_reason(struct output *output, const struct hd_cluster_reason *reason);

/* Writes why a packet is allowed or not, a line for each rule on the way. */
enum hd_status graph_write_reasons(const struct hd_cluster *cluster, const struct hd_connectivity_options *options, const char *from,
                                   const char *to, const struct hd_cluster_range *port, struct hd_diagnostics *diagnostics,
                                   struct output *output);

/* The service that a workload belongs to: of a canary there are two. */
const char *graph_service_of(const struct hd_cluster_workload *workload);

/* Whether a peer is a service of the application, or belongs to it as its collector does. */
bool graph_is_of_app(const struct hd_peer *peer);

/* The name by which a workload of a service can be asked for; NULL when there is none, or policies do not hold for it. */
const char *graph_workload_of(const struct hd_cluster *cluster, const char *namespace_name, const char *service);

/* Compares what the mesh lets in with what the model declares, and adds the differences to `*n_wrong`. */
enum hd_status graph_check_mesh(const struct hd_model *model, const struct hd_cluster *cluster,
                                const struct hd_connectivity_options *options, struct hd_diagnostics *diagnostics, struct output *output,
                                size_t *n_wrong);

/* Writes what the manifests allow between the application's pods and the model does not declare, and the other way round. */
enum hd_status graph_check(const struct hd_model *model, const struct hd_cluster *cluster, const struct hd_connectivity_options *options,
                           struct hd_diagnostics *diagnostics, struct output *output, size_t *ret_n_wrong);

#endif
