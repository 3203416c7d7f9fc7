/* Lists of a model and their entries, found by a model path. */
#ifndef HD_CORE_TABLES_ENTRY_H
#define HD_CORE_TABLES_ENTRY_H

#include "core/reporting/report.h"
#include "field.h"

struct entry_place {
    /* The struct that has the list, and the list's row. */
    const struct hd_struct *type;
    void *object;
    const struct hd_field *field;
    /* The entry, from 1; 0 when the path names the list itself. */
    size_t item;
};

/* Finds what a path below `object` names. False when that is no list and no entry; a finding then says why. */
bool entry_find(struct hd_diagnostics *report, const struct hd_struct *type, void *object, const char *path, struct entry_place *ret_place);

/* Size of an element of the list's array. */
size_t entry_size(const struct hd_field *list);

/* The name of an element of the list, by which a path names it; NULL when it has none. */
const char *entry_name(const struct hd_field *list, const void *item);

/* The list's array and its count. */
char *entry_items(const struct entry_place *place);
size_t *entry_count(const struct entry_place *place);

/* The index of the element with this name, from 1; 0 when there is none. */
size_t entry_named(const struct entry_place *place, const char *name);

#endif
