/* The edit for a key that belongs one level deeper. */
#ifndef HD_CORE_READING_MOVED_KEY_H
#define HD_CORE_READING_MOVED_KEY_H

#include "core/tables/key_hint.h"
#include "tree.h"

/* Moves the key and its value where the hint says, unless something else of the mapping is there already, or goes there too. */
void move_key(struct finding *finding, const struct hd_struct *type, const struct node *mapping, const struct node *key, const struct node *value,
              foreign_key *foreign);

#endif
