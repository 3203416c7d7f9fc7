/* The rows of the Kubernetes family; each stands in the file of its kind. */
#ifndef HD_KUBERNETES_EMIT_KINDS_H
#define HD_KUBERNETES_EMIT_KINDS_H

#include "plan/plan.h"

extern const struct plan_row namespace_row, priority_class_row, resource_quota_row, limit_range_row, service_account_row, role_row, cluster_role_row,
    role_binding_row, cluster_role_binding_row, external_secret_row, config_map_row, persistent_volume_claim_row, network_policy_row, service_row, deployment_row,
    stateful_set_row, daemon_set_row, job_row, cron_job_row, horizontal_pod_autoscaler_row, pod_disruption_budget_row, ingress_row;

extern const struct plan_row scaled_object_row, scaled_job_row, trigger_authentication_row, cilium_network_policy_row;

/* What an autoscaler scales: the workload of a service. */
void emit_scale_target(struct yaml_out *y, const struct subject *subject);
/* One autoscaler for the service; or one for each of its versions without a fixed number of pods. */
void plan_scalers(struct hd_model *model, const struct plan_row *row, const struct hd_service *service);

/* The triggers of KEDA, as items. */
void emit_triggers(struct yaml_out *y, const struct hd_service *service);

enum { TRIGGER_NAME_SIZE = 256 };
/* The name of the TriggerAuthentication for a trigger's secrets. */
void trigger_authentication_name(char name[TRIGGER_NAME_SIZE], const struct hd_service *service, const struct hd_trigger *trigger);

#endif
