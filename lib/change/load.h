/* The sums of requests and limits of all pods. */
#ifndef HD_CHANGE_LOAD_H
#define HD_CHANGE_LOAD_H

#include "side.h"

/* Adds the pods of a manifest to the sums; does nothing for kinds that make none. */
void add_load(struct hd_diff_load *load, struct side *side, const struct hd_manifest *manifest, const struct node *content);

/* Whether pods come from manifests of the kind. */
bool makes_pods(const struct hd_manifest *manifest);

#endif
