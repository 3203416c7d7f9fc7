/* Structs of a program become a model's own. */
#ifndef HD_CORE_TABLES_KEEP_H
#define HD_CORE_TABLES_KEEP_H

#include "core/memory/arena.h"
#include "field.h"

/*
 * Gives a struct that was copied from a program's texts, lists and positions of its own, in memory of the arena. `before` is the struct
 * in whose place it comes, or NULL: what is the same there already belongs to the model, and a member that differs is no longer said
 * to stand where the one before stood.
 */
void keep_struct(struct arena *arena, const struct hd_struct *type, void *object, const void *before);

#endif
