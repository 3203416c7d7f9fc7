/* Layers: what a later one says counts, and its null takes away what the earlier ones said. */
#ifndef HD_CORE_READING_LAY_OVER_H
#define HD_CORE_READING_LAY_OVER_H

#include "core/tables/field.h"
#include "tree.h"

/* The struct that a node of the tree fills, or the struct of its elements; `of` is NULL where a node fills neither. */
struct shape {
    const struct hd_struct *of;
    bool is_list;
};

/* The shape of the value of a key, and that of an element of a list. */
struct shape shape_behind(struct shape shape, const char *key);
struct shape shape_of_element(struct shape shape);

/*
 * `over` laid over `base`: mappings merge key by key, also over a list whose elements have names; everything else is replaced. A null
 * removes the value, and a member removes those of earlier layers that exclude it. The result may be `base`, which is changed when layers
 * made it, and copied when it was read. `over` is left as it is.
 */
struct node *tree_lay_over(struct arena *arena, struct shape shape, struct node *base, struct node *over);

/* Gives a key of a mapping its value, as a layer that says nothing else; the value is laid over the earlier one already. */
struct node *tree_set_key(struct arena *arena, struct shape shape, struct node *base, struct node *key, struct node *value);
/* The value of a key in a mapping; NULL when the key is absent. */
struct node *tree_value(const struct node *mapping, const char *key);
/* A sequence that may be changed in place: `base` when layers made it, else a copy. */
struct node *tree_take_sequence(struct arena *arena, struct node *base);

/* `base` with the value of a setting `path=value` in its place; NULL after reporting. */
struct node *tree_set(struct tree_memory memory, struct hd_diagnostics *report, struct shape shape, struct node *base, const char *setting);

/* Drops what was taken away; to be called once, when all layers are laid. */
void tree_settle(struct node *root);

#endif
