/*
 * A cluster as it was read.
 *
 * read.c takes inputs apart and hands each object to the function of its kind (kinds.c); what only all objects together tell, such as which
 * pods belong to one workload, settle.c finds out afterwards. From then on nothing changes. Deciding (decide.c) reads these structs alone.
 */
#ifndef HD_CLUSTER_CLUSTER_H
#define HD_CLUSTER_CLUSTER_H

#include "core/memory/names.h"
#include "policy.h"
#include "ways.h"

#include <hybriddeploy/cluster.h>
#include <stdbool.h>

/* Servers label each namespace with its name. */
#define NAMESPACE_NAME_LABEL "kubernetes.io/metadata.name"

/* A namespace: one that was read, or that other objects stand in. Its labels are sorted, and have its name among them. */
struct namespace {
    const char *name;
    const struct hd_cluster_label *labels;
    size_t n_labels;
    /* NULL when it was not read. */
    const struct hd_cluster_object *object;
};

/* A workload as it was read, with what tells which of them are one. */
struct workload {
    struct hd_cluster_workload public;
    const struct namespace *namespace;
    /* As people read it: shop/web[Deployment]. */
    const char *end_name;
    /* The kind and name of what makes it, where another object does. */
    const char *owner_kind, *owner_name;
};

struct hd_cluster {
    struct arena arena;
    /* Texts that are kept, each once. */
    struct names texts;
    struct hd_cluster_object **objects;
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
};

/* The namespace of a name, which comes to be when there is none yet. */
struct namespace *cluster_namespace(struct hd_cluster *cluster, const char *name);

/* Finds out which pods belong together, and sorts. */
void cluster_settle(struct hd_cluster *cluster);

/* Reports objects that have no effect; `arena` is for what it looks things up in. */
void cluster_check(struct hd_cluster *cluster, struct hd_diagnostics *report, struct arena *arena);

/* A text that is the same for pods that are alike in all that is decided by: namespace, account, labels, ports. */
char *workload_signature(struct arena *arena, const struct hd_cluster_workload *workload);

#endif
