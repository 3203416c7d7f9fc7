/* Models and the workloads of their manifests: which belongs to which, and what is declared between them. */
#ifndef HYBRIDGEN_GRAPH_WORLD_H
#define HYBRIDGEN_GRAPH_WORLD_H

#include <hybriddeploy/hybriddeploy.h>
#include <stdbool.h>

/* By this label of pods their service is known. */
#define GRAPH_NAME_LABEL "app.kubernetes.io/name"

/* Private to graph_index.c: what the ends of edges mean. */
struct graph_index;

/* One model, or those of a workspace, and the manifests that are compared with them. */
struct graph_world {
    const struct hd_model **models;
    size_t n_models;
    const struct hd_cluster *cluster;
    /* NULL until something asks for what edges mean. */
    struct graph_index *index;
};

/* An edge between a service of a model and pods of another application that one of its ends means. */
struct graph_link {
    const struct hd_model *model;
    const struct hd_edge *edge;
    /* The service, or what belongs to the application as its collector does. */
    const char *own;
    const struct hd_cluster_workload *other;
};

/* Sorted by model, `own` and `other`. */
struct graph_links {
    struct graph_link *items;
    size_t n;
};

/* The service that a workload belongs to: of a canary there are two. */
const char *graph_service_of(const struct hd_cluster_workload *workload);

/* The model that workloads of a namespace with these labels belong to; NULL when it is none of the world. Two applications may share a namespace. */
const struct hd_model *graph_model_in(const struct graph_world *world, const char *namespace_name, const struct hd_cluster_label *labels,
                                      size_t n_labels);
const struct hd_model *graph_model_of(const struct graph_world *world, const struct hd_cluster_workload *workload);

/* The workloads of a namespace: from `*ret_first` on, as many as are returned. */
size_t graph_workloads_in(const struct graph_world *world, const char *namespace_name, size_t *ret_first);

/* The name by which a workload can be asked for: of one application that of the workload alone. */
const char *graph_name_of(const struct graph_world *world, const struct hd_cluster_workload *workload, char *name, size_t size);

/* Whether a peer is a service of the application, or belongs to it as its collector does. */
bool graph_is_of_app(const struct hd_peer *peer);

/* Whether an edge has a port. */
bool graph_has_port(const struct hd_edge *edge, enum hd_transport transport, int64_t number);

/* A label of a workload; NULL when it has none of this key. */
const char *graph_label(const struct hd_cluster_label *labels, size_t n, const char *key);

/* The functions below look things up in the world's index. */
struct graph_index *graph_index_make(const struct graph_world *world);
void graph_index_free(struct graph_index *index);

/* Model `i` of those whose applications have this namespace; NULL past the last. */
const struct hd_model *graph_index_model(const struct graph_index *index, const char *namespace_name, size_t i);

/* A workload of a service; NULL when there is none, or policies do not hold for it. */
const struct hd_cluster_workload *graph_workload_of(const struct graph_world *world, const char *namespace_name, const char *service);

/* The calls to pods of other applications, and the calls of such pods that are let in, as one side declares them. */
const struct graph_links *graph_calls(const struct graph_world *world);
const struct graph_links *graph_consents(const struct graph_world *world);

/* The next link with the model, `own` and `other` of the wanted one; NULL behind the last. `*position` begins as SIZE_MAX. */
const struct graph_link *graph_next_link(const struct graph_links *links, const struct graph_link *wanted, size_t *position);

/* Whether a part of the platform is at one end, which is another application of the world. */
bool graph_is_platform(const struct graph_world *world, const struct hd_cluster_workload *from, const struct hd_cluster_workload *to,
                       enum hd_transport transport, uint32_t number);

#endif
