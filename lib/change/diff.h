/* A comparison of two models in work, and its result. */
#ifndef HD_CHANGE_DIFF_H
#define HD_CHANGE_DIFF_H

#include "core/memory/arena.h"

#include <hybriddeploy/diff.h>

struct hd_diff {
    struct arena arena;
    const struct hd_model *before, *after;
    struct hd_object_change *objects;
    size_t n_objects;
    struct hd_cause *causes;
    size_t n_causes;
    struct hd_edge_change *edges;
    size_t n_edges;
    enum hd_effect worst;
};

/* The result stands in the diff; `arena` is for what is needed on the way. Finds the changed lines of what the objects belong to, and for
 * each object those that may have caused it. */
void find_causes(struct hd_diff *diff, struct arena *arena);
/* Finds the connections of one model that the other lacks. */
void find_edge_changes(struct hd_diff *diff, struct arena *arena);
/* How many pods of a service are replaced, and how fast. */
void find_pace(struct hd_diff *diff, struct hd_object_change *object);

#endif
