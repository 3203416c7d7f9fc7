/* Amounts of resources, by name. */
#ifndef HD_MODEL_RESOURCES_H
#define HD_MODEL_RESOURCES_H

#include <hybriddeploy/model.h>
#include <stdbool.h>

/* Whether a quantity has a name and an amount that Kubernetes reads. */
bool quantity_is_given(const struct hd_quantity *quantity);
/* The valid amount of a resource; NULL when there is none. */
const struct hd_quantity *resource_named(const struct hd_quantity *quantities, size_t count, const char *name);

#endif
