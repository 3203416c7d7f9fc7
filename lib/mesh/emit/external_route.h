/* Routes to externals: how long requests to them may take, and what happens to those that failed. */
#ifndef HD_MESH_EMIT_EXTERNAL_ROUTE_H
#define HD_MESH_EMIT_EXTERNAL_ROUTE_H

#include "plan/plan.h"

void plan_external_routes(struct hd_model *model, const struct plan_row *row);
/* `hosts` and `http`. */
void emit_external_routes(struct yaml_out *y, const struct hd_model *model, const struct hd_external *external);

#endif
