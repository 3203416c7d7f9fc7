/*
 * A cluster as it was read.
 *
 * read.c splits the inputs into objects and calls the function of each object's kind (kinds.c). settle.c runs when all objects are read,
 * because only then it is known, for example, which pods belong to one workload. After that nothing changes; decide.c only reads these
 * structs.
 */
#ifndef HD_CLUSTER_CLUSTER_H
#define HD_CLUSTER_CLUSTER_H

#include "manifest.h"
#include "mesh.h"
#include "policy.h"
#include "ways.h"

#include <hybriddeploy/cluster.h>
#include <stdbool.h>

/* Servers label each namespace with its name. */
#define NAMESPACE_NAME_LABEL "kubernetes.io/metadata.name"

/* A namespace that was read, or that only other objects name. Its labels are sorted and include NAMESPACE_NAME_LABEL. */
struct namespace {
    const char *name;
    const struct hd_cluster_label *labels;
    size_t n_labels;
    /* NULL when it was not read. */
    const struct hd_cluster_object *object;
};

/* A workload as it was read, and its owner, by which settle.c joins the pods of one owner. */
struct workload {
    struct hd_cluster_workload public;
    const struct namespace *namespace;
    /* The labels and annotations of its manifest that decide whether it has a proxy, and the decision. */
    struct pod_mesh mesh;
    enum proxy proxy;
    /* The name for people: shop/web[Deployment]. */
    const char *end_name;
    /* Kind and name of the object that makes it; NULL when no other object does. */
    const char *owner_kind, *owner_name;
};

struct node;

struct hd_cluster {
    struct arena arena;
    struct kept_texts texts;
    struct hd_cluster_object **objects;
    /* The content of each object, where it is kept; else NULL. */
    const struct node **contents;
    size_t n_objects;
    struct workload **workloads;
    size_t n_workloads;
    struct namespace **namespaces;
    size_t n_namespaces;
    struct names namespace_of;
    struct policy **policies;
    size_t n_policies;
    struct service **services;
    size_t n_services;
    struct way **ways;
    size_t n_ways;
    struct authorization **authorizations;
    size_t n_authorizations;
    struct peer_authentication **peer_authentications;
    size_t n_peer_authentications;
    struct sidecar **sidecars;
    size_t n_sidecars;
    struct service_entry **service_entries;
    size_t n_service_entries;
    /* Whether any pods have a proxy. */
    bool has_mesh;
};

/* The namespace with this name; adds it when there is none yet. */
struct namespace *cluster_namespace(struct hd_cluster *cluster, const char *name);

/* Joins the pods of one owner into one workload, and sorts everything. */
void cluster_settle(struct hd_cluster *cluster);

/* Warns of objects that have no effect; `arena` holds the indexes that it builds for this. */
void cluster_check(struct hd_cluster *cluster, struct hd_diagnostics *report, struct arena *arena);

/* A text that is equal for workloads with the same namespace, account, labels, ports and proxy: nothing else decides about traffic. */
char *workload_signature(struct arena *arena, const struct workload *workload);

/* How the pods take part in the mesh, by their labels and those of their namespace. */
enum proxy proxy_of(const struct workload *workload);

#endif
