/* Compares two manifests of one object, field by field. */
#ifndef HD_CHANGE_COMPARE_H
#define HD_CHANGE_COMPARE_H

#include "core/memory/arena.h"
#include "core/reading/tree.h"

#include <hybriddeploy/diff.h>

struct field_changes {
    struct hd_field_change *items;
    /* For each its value after the change, or the one before it where there is none after it. */
    const struct node **nodes;
    /* For each whether it is a default of pods that only one side writes. */
    bool *are_defaults;
    size_t n;
};

struct tolerance;

/*
 * Appends the fields in which the manifests differ, with their paths and values. effects.c sets their effects. `tolerance` says what may
 * differ when one of them was not written by this library; NULL when both were.
 */
void compare_manifests(struct arena *arena, struct field_changes *changes, const struct tolerance *tolerance, const struct node *before,
                       const struct node *after);

/* The value of a key of a mapping; NULL when the mapping has no such key, or the node is not a mapping. */
const struct node *node_at(const struct node *node, const char *key);

#endif
