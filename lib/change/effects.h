/* What follows from a field that differs: a table of kinds and paths. */
#ifndef HD_CHANGE_EFFECTS_H
#define HD_CHANGE_EFFECTS_H

#include "core/reading/tree.h"

#include <hybriddeploy/diff.h>

/* An object before and after a change; a manifest that is not there is NULL. */
struct changed_object {
    const char *group, *kind;
    const struct node *before, *after;
    int kube_minor;
};

/* Sets effect and reason of a field that differs. */
void judge_field(struct hd_field_change *field, const struct changed_object *object);

/* The effect of an object that is gone, and why it is more than its removal; else NULL. */
enum hd_effect effect_of_removal(const struct changed_object *object, const char **ret_why);

#endif
