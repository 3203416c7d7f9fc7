/* Fields that the API server adds or fills in, so that they differ from the manifest that was applied, although nobody changed them. */
#ifndef HD_CHANGE_SERVER_FIELDS_H
#define HD_CHANGE_SERVER_FIELDS_H

#include "core/reading/tree.h"

/* Fields that may differ where one of the two manifests was read from a cluster. */
struct tolerance {
    /* Whether an autoscaler sets the number of replicas before and after the change, so that only a server's manifest has it. */
    bool is_scaled;
};

/*
 * Whether it makes no difference that the value is absent on one side, because a server fills it in by itself or it is null. `parent` is the
 * key of the mapping. False when `tolerance` is NULL.
 */
bool is_tolerated(const struct tolerance *tolerance, const char *parent, const char *key, const struct node *value);

/* Whether pods are the same without the value, because it is the default. */
bool is_default_of_pods(const char *parent, const char *key, const struct node *value);

/* Whether values of the key are quantities or the mapping's: 1000m is 1. */
bool is_quantity(const char *key);

#endif
