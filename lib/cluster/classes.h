/* Classes of workloads, which no policy can tell apart, and an index by their labels. */
#ifndef HD_CLUSTER_CLASSES_H
#define HD_CLUSTER_CLASSES_H

#include "cluster.h"

/* Workloads of one namespace with equal labels and ports. */
struct class {
    const struct workload *workload; /* any of them */
    uint32_t *members;               /* their numbers in the cluster, ascending */
    size_t n_members;
    bool is_host; /* no selector selects it, and no policy isolates it */
};

/* Numbers of classes, ascending. `is_all`: the set has all classes but those with `is_host`. */
struct class_set {
    uint32_t *items;
    size_t n;
    bool is_all;
};

struct classes {
    struct arena *arena;
    const struct hd_cluster *cluster;
    struct class *items;
    size_t n;
    /* The class of each workload. */
    uint32_t *of_workload;
    /* By "key=value" of a label, by namespace, and by "port of a protocol": each a struct class_set. */
    struct names by_label, by_namespace, by_port;
    /* All classes but those with `is_host`. */
    struct class_set pods;
};

void classes_make(struct classes *classes, struct arena *arena, const struct hd_cluster *cluster, bool hosts_are_pods);

/* The classes whose pods are selected in a namespace, or, where `namespaces` is not NULL, in all namespaces that it selects. */
struct class_set classes_select(const struct classes *classes, const char *namespace, const struct selector *namespaces,
                                const struct selector *pods);

/* The classes that have a port of this name, including those with `is_host`. */
struct class_set classes_with_port(const struct classes *classes, const char *name, enum hd_transport transport);

/* Adds a class to the set of this name, which may be new. Classes are added in ascending order. */
void class_set_add(struct arena *arena, struct names *names, const char *name, uint32_t class);

bool class_set_has(const struct class_set *set, uint32_t class);

/* The classes that are in one of two sets or in both. */
struct class_set class_set_union(struct arena *arena, struct class_set left, struct class_set right);

#endif
