/* What the mesh must know of a pod, as labels and annotations. */
#ifndef HD_MESH_EMIT_POD_H
#define HD_MESH_EMIT_POD_H

#include "plan/plan.h"

struct pairs mesh_pod_annotations(struct pair_room *room, const struct hd_model *model, const struct hd_service *service);
struct pairs mesh_pod_labels(struct pair_room *room, const struct hd_model *model, const struct hd_service *service);
/* The labels by which the mesh takes in the pods of the namespace. */
size_t mesh_namespace_labels(const struct hd_model *model, struct hd_pair *room);

#endif
