/* Filling what a struct leaves out. */
#ifndef HD_CORE_TABLES_LAYER_H
#define HD_CORE_TABLES_LAYER_H

#include "core/memory/arena.h"
#include "field.h"

/*
 * Takes every member that `object` leaves out from `layer`. Keyed lists are merged by key, other lists taken whole; of
 * members that exclude each other none is taken when one is there; a struct with enabled: false stays as it is; members that
 * `workload` (0: any) does not have are passed over.
 */
void layer_fill(struct arena *arena, const struct hd_struct *type, void *object, const void *layer, unsigned workload);

/*
 * Sets the tables' defaults in `object`, and in every struct in it that says anything; structs `apart` have layers of their own. Lists are
 * copied first, but for the list `own`, which may be changed where it stands.
 */
void layer_defaults(struct arena *arena, const struct hd_struct *type, void *object, const struct hd_struct *apart, const void *own);

/* Whether the member counts for this kind of workload. */
bool field_applies(const struct hd_field *field, unsigned workload);

#endif
