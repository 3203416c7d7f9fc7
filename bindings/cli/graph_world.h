/* Models and the workloads of their manifests: which belongs to which, and what is declared between them. */
#ifndef HYBRIDGEN_GRAPH_WORLD_H
#define HYBRIDGEN_GRAPH_WORLD_H

#include <hybriddeploy/hybriddeploy.h>
#include <stdbool.h>

/* One model, or those of a workspace, and the manifests that are compared with them. */
struct graph_world {
    const struct hd_model **models;
    size_t n_models;
    const struct hd_cluster *cluster;
};

/* The service that a workload belongs to: of a canary there are two. */
const char *graph_service_of(const struct hd_cluster_workload *workload);

/* The model that workloads of a namespace with these labels belong to; NULL when it is none of the world. Two applications may share a namespace. */
const struct hd_model *graph_model_in(const struct graph_world *world, const char *namespace_name, const struct hd_cluster_label *labels,
                                      size_t n_labels);
const struct hd_model *graph_model_of(const struct graph_world *world, const struct hd_cluster_workload *workload);

/* The workloads of a namespace: from `*ret_first` on, as many as are returned. */
size_t graph_workloads_in(const struct graph_world *world, const char *namespace_name, size_t *ret_first);

/* A workload of a service; NULL when there is none, or policies do not hold for it. */
const struct hd_cluster_workload *graph_workload_of(const struct graph_world *world, const char *namespace_name, const char *service);

/* The name by which a workload can be asked for: of one application that of the workload alone. */
const char *graph_name_of(const struct graph_world *world, const struct hd_cluster_workload *workload, char *name, size_t size);

/* Whether a peer is a service of the application, or belongs to it as its collector does. */
bool graph_is_of_app(const struct hd_peer *peer);

/* Whether an end of an edge, which is not of the model's own application, means a workload of another one. */
bool graph_means(const struct hd_model *model, const struct hd_edge *edge, bool is_from, const struct hd_cluster_workload *workload);

/* Whether the edge is one of a model for calls to a workload of another application. */
bool graph_calls(const struct hd_model *model, const struct hd_edge *edge, const char *service, const struct hd_cluster_workload *to);

/* Whether an edge has a port. */
bool graph_has_port(const struct hd_edge *edge, enum hd_transport transport, int64_t number);

/* Whether a part of the platform is at one end, which is another application of the world. */
bool graph_is_platform(const struct graph_world *world, const struct hd_cluster_workload *from, const struct hd_cluster_workload *to,
                       enum hd_transport transport, uint32_t number);

#endif
