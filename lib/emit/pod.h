/* Pod templates, which all workloads share. */
#ifndef HD_EMIT_POD_H
#define HD_EMIT_POD_H

#include "model/container.h"
#include "model/delivery.h"
#include "model/version.h"
#include "plan/plan.h"

/* `template:` with metadata and spec. */
void emit_pod_template(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service);
/* The same for one version of a service; for its only one where `version` is NULL. */
void emit_version_template(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service,
                           const struct version *version);

/* One container as an element of a list. */
void emit_container(struct yaml_out *y, const struct hd_service *service, const struct container_in *self);

/* `env:` and `envFrom:` of a container of that name. */
void emit_env(struct yaml_out *y, const char *name, const struct hd_container *container);
/* `fieldRef`: what a field of the pod says; nothing when `path` is NULL. */
void emit_field_ref(struct yaml_out *y, const char *path);
void emit_probe(struct yaml_out *y, const char *key, const struct hd_probe *probe);
void emit_lifecycle(struct yaml_out *y, const struct hd_lifecycle *lifecycle);

/* `volumes:` */
void emit_volumes(struct yaml_out *y, const struct hd_service *service);
/* `volumeMounts:` and `volumeDevices:` of a container. */
void emit_volume_mounts(struct yaml_out *y, const struct hd_service *service, const struct container_in *self);

/* `replicas:`, unless an autoscaler or Flagger owns the number: given here as well, every apply would set it back. */
void emit_replicas(struct yaml_out *y, const struct hd_service *service);
/* `minReadySeconds:`; a zero is not stored. */
void emit_min_ready(struct yaml_out *y, const struct hd_service *service);

#endif
