/* A comparison of two sides while it runs, and its result. */
#ifndef HD_CHANGE_DIFF_H
#define HD_CHANGE_DIFF_H

#include "core/memory/arena.h"
#include "core/reading/tree.h"

#include <hybriddeploy/diff.h>

struct hd_diff {
    struct arena arena;
    /* NULL for a side that is manifests. */
    const struct hd_model *before, *after;
    /* The version of Kubernetes whose rules count. */
    int kube_minor;
    struct hd_object_change *objects;
    size_t n_objects;
    struct hd_cause *causes;
    size_t n_causes;
    struct hd_edge_change *edges;
    size_t n_edges;
    /* Before and after. */
    struct hd_diff_load load[2];
    const char **notes;
    size_t n_notes;
    /* Kinds that a dump lacks. */
    const char **missing_kinds;
    size_t n_missing_kinds;
    bool has_own_connections;
    enum hd_effect worst;
    /*
     * For writing by cause: of each cause, and behind them of objects without one, the first object below it; of each object the next one below
     * the same cause. They are indexes from 1, and 0 ends them. And whether any object names the cause.
     */
    size_t *first_object, *next_object;
    bool *is_named;
    /* Of each object, its first cause, while causes are lines of manifests. */
    size_t *first_line;
};

/* These functions write their results into `diff`; `arena` is for temporary memory. This one finds the changed lines of the services whose
 * objects differ and of the application, and for each object the lines that may have caused its change. */
void find_causes(struct hd_diff *diff, struct arena *arena);
/* Puts each object below its first cause, for writing by cause. */
void link_objects(struct hd_diff *diff);
/*
 * Where NEW is manifests: adds the lines of the manifests as causes of the object that was added last. `nodes` are the values of its fields,
 * NULL for an object that is new or gone; `place` is that of the object in NEW, or of one that is gone in OLD; NULL when OLD is a model. When
 * all are added, link_lines() gives the objects their causes.
 */
void add_lines(struct hd_diff *diff, struct hd_object_change *object, const struct node *const *nodes, const struct hd_cluster_place *place);
void link_lines(struct hd_diff *diff);
/* Finds the connections of one model that the other lacks. */
void find_edge_changes(struct hd_diff *diff, struct arena *arena);
/* Sets how many pods of the object are replaced, and how fast. */
void find_pace(struct hd_diff *diff, struct hd_object_change *object);

#endif
