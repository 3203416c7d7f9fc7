/* Names of services that hold in the whole mesh. */
#ifndef HD_MESH_EMIT_HOST_H
#define HD_MESH_EMIT_HOST_H

#include "plan/plan.h"

/* `<service>.<namespace>.svc.cluster.local` as the value of a key; with a suffix, of `<service>-<suffix>`. */
void emit_mesh_host(struct yaml_out *y, const char *key, const struct hd_model *model, const struct hd_service *service,
                    const char *suffix);

#endif
