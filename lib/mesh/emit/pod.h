/* What the mesh must know of a pod, as labels and annotations. */
#ifndef HD_MESH_EMIT_POD_H
#define HD_MESH_EMIT_POD_H

#include "plan/plan.h"

/* Room for the annotations of one pod. */
struct mesh_annotations {
    struct hd_pair pairs[9];
    size_t n;
    char port[24], config[256];
};

struct pairs mesh_pod_annotations(struct mesh_annotations *room, const struct hd_model *model, const struct hd_service *service);
struct pairs mesh_pod_labels(const struct hd_model *model, const struct hd_service *service);
/* The labels by which the mesh takes in the pods of the namespace; `room` has two. */
struct pairs mesh_namespace_labels(const struct hd_model *model, struct hd_pair room[2]);

#endif
