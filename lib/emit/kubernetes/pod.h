/* Pod templates, which all workloads share. */
#ifndef HD_EMIT_KUBERNETES_POD_H
#define HD_EMIT_KUBERNETES_POD_H

#include "../../plan.h"

/* `template:` with metadata and spec. */
void emit_pod_template(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service);

/* One container as an element of a list. `is_sidecar`: an init container that keeps running. */
void emit_container(struct yaml_out *y, const struct hd_service *service, const char *name, const struct hd_container *container, bool is_sidecar);

/* `volumes:` */
void emit_volumes(struct yaml_out *y, const struct hd_service *service);
/* `volumeMounts:` of a container; `is_main` for the service's own. */
void emit_volume_mounts(struct yaml_out *y, const struct hd_service *service, const char *name, const struct hd_container *container, bool is_main);

#endif
