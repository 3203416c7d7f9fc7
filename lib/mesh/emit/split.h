/* How requests are split between the two versions of a service. */
#ifndef HD_MESH_EMIT_SPLIT_H
#define HD_MESH_EMIT_SPLIT_H

#include "plan/plan.h"

/* The VirtualServices, and the routes in them, whose weights Argo Rollouts moves. */
void emit_split_routes(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service);

#endif
