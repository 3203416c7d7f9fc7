/* A comparison of two models while it runs, and its result. */
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
    /*
     * For writing by cause: of each cause, and behind them of objects without one, the first object below it; of each object the next one below
     * the same cause. They are indexes from 1, and 0 ends them. And whether any object names the cause.
     */
    size_t *first_object, *next_object;
    bool *is_named;
};

/* These functions write their results into `diff`; `arena` is for temporary memory. This one finds the changed lines of the services whose
 * objects differ and of the application, and for each object the lines that may have caused its change. */
void find_causes(struct hd_diff *diff, struct arena *arena);
/* Finds the connections of one model that the other lacks. */
void find_edge_changes(struct hd_diff *diff, struct arena *arena);
/* Sets how many pods of the object are replaced, and how fast. */
void find_pace(struct hd_diff *diff, struct hd_object_change *object);

#endif
