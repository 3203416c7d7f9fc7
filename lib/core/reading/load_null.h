/* Null: keys with nothing behind them. Only a later layer may say so, to take away what the earlier ones say. */
#ifndef HD_CORE_READING_LOAD_NULL_H
#define HD_CORE_READING_LOAD_NULL_H

#include "core/tables/field.h"
#include "load_scalar.h"

/*
 * The word none in place of a null that is written out (null or ~) where a default may be refused: Helm takes values away so. An empty
 * value stays what it is, because the value may have been forgotten, and so does a null of a later layer.
 */
const struct node *none_for_null(struct loader *loader, const struct node *node);

/* Reports a member whose value is null, and returns true. Texts without a value are left to whoever loads them. */
bool null_is_told(struct loader *loader, const struct hd_field *field, const struct node *node, const struct step *step);

/* The same for the element at `index` of a list that is written as the mapping `node`; values of maps are texts. */
bool null_element_is_told(struct loader *loader, const struct hd_field *list, const struct node *node, uint32_t index,
                          const struct step *step);

/* The same for an element of a list that is written as one. */
bool null_item_is_told(struct loader *loader, const struct hd_field *list, const struct node *item, const struct step *step);

#endif
