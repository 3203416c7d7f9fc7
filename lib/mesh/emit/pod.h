/* Labels and annotations of a pod for the mesh. */
#ifndef HD_MESH_EMIT_POD_H
#define HD_MESH_EMIT_POD_H

#include "plan/plan.h"

struct pairs mesh_pod_annotations(struct pair_room *room, const struct hd_model *model, const struct hd_service *service);
struct pairs mesh_pod_labels(struct pair_room *room, const struct hd_model *model, const struct hd_service *service);
/* Labels of the namespace for injection into the mesh. */
size_t mesh_namespace_labels(const struct hd_model *model, struct hd_pair *room);

#endif
