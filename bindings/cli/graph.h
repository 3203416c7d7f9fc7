/* Parts of the verb graph. */
#ifndef HYBRIDGEN_GRAPH_H
#define HYBRIDGEN_GRAPH_H

#include "output.h"

#include <hybriddeploy/hybriddeploy.h>

/* Writes why a packet is allowed or not, a line for each rule on the way. */
enum hd_status graph_write_reasons(const struct hd_cluster *cluster, const struct hd_connectivity_options *options, const char *from,
                                   const char *to, const struct hd_cluster_range *port, struct hd_diagnostics *diagnostics,
                                   struct output *output);

/* Writes what the manifests allow between the application's pods and the model does not declare, and the other way round. */
enum hd_status graph_check(const struct hd_model *model, const struct hd_cluster *cluster, const struct hd_connectivity_options *options,
                           struct hd_diagnostics *diagnostics, struct output *output, size_t *ret_n_wrong);

#endif
