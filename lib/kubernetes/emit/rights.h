/* What roles and their bindings share. */
#ifndef HD_KUBERNETES_EMIT_RIGHTS_H
#define HD_KUBERNETES_EMIT_RIGHTS_H

#include "model/model.h"

/* `<namespace>.<service>`, which no other application has: neither name has a dot. NULL when a part is missing. */
const char *cluster_role_name(struct hd_model *model, const struct hd_service *service);

#endif
