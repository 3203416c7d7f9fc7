/* The effect of a field that differs: a table of kinds and paths. */
#ifndef HD_CHANGE_EFFECTS_H
#define HD_CHANGE_EFFECTS_H

#include "core/reading/tree.h"

#include <hybriddeploy/diff.h>

/* An object before and after a change; `before` or `after` is NULL when the object does not exist there. */
struct changed_object {
    const char *group, *kind;
    const struct node *before, *after;
    int kube_minor;
};

/* Sets `effect` and `why` of a field that differs. */
void judge_field(struct hd_field_change *field, const struct changed_object *object);

/* The effect of an object that is gone. `*ret_why` says why it is HD_EFFECT_DATA, and is NULL for HD_EFFECT_DELETE. */
enum hd_effect effect_of_removal(const struct changed_object *object, const char **ret_why);

#endif
