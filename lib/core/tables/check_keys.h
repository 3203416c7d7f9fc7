/* The rules for lists whose elements have names. */
#ifndef HD_CORE_TABLES_CHECK_KEYS_H
#define HD_CORE_TABLES_CHECK_KEYS_H

#include "check_fields.h"

/* Checks the names of the elements of a list member, and the keys and values of a map. */
void check_keys(const struct field_rules *rules, const struct hd_field *field, const void *object);

#endif
