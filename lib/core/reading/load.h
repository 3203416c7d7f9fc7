/* From a tree to structs, by walking the tables. */
#ifndef HD_CORE_READING_LOAD_H
#define HD_CORE_READING_LOAD_H

#include "core/tables/key_hint.h"
#include "tree.h"

/*
 * Fills a zeroed struct from the tree's root, reporting what does not fit. All that it has lives where the tree's texts do. `foreign`
 * may be NULL. What is returned stands behind all positions, for the caller to say whether there were errors.
 */
struct hd_rest *load_tree(struct tree_memory memory, struct hd_diagnostics *report, const struct hd_struct *type, void *object,
                          const struct node *root, foreign_key *foreign);

#endif
