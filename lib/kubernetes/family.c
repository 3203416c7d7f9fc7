/* Kubernetes' own objects. */
#include "family.h"

#include "kubernetes/emit/kinds.h"
#include "kubernetes/model/parts.h"

static const struct plan_row *const kinds[] = {
    &namespace_row,
    &priority_class_row,
    &resource_quota_row,
    &limit_range_row,
    &service_account_row,
    &role_row,
    &cluster_role_row,
    &role_binding_row,
    &cluster_role_binding_row,
    &external_secret_row,
    &config_map_row,
    &persistent_volume_claim_row,
    &network_policy_row,
    &cilium_network_policy_row,
    &service_row,
    &trigger_authentication_row,
    &deployment_row,
    &stateful_set_row,
    &daemon_set_row,
    &job_row,
    &scaled_job_row,
    &cron_job_row,
    &horizontal_pod_autoscaler_row,
    &scaled_object_row,
    &pod_disruption_budget_row,
    &ingress_row,
};

static void check_app(struct checker *checker)
{
    check_application_labels(checker);
    check_annotations_of_ingress(checker);
    check_workload_selectors(checker);
    check_bounds_of_namespace(checker);
    check_exclusion(checker);
    check_image_tag(checker);
}

static void check_one_service(struct checker *checker, const struct hd_service *service)
{
    check_service_labels(checker, service);
    check_annotations_of_pods(checker, service);
    check_workload_selector(checker, service);
    check_service_object(checker, service);
    check_extra_services(checker, service);
    check_env(checker, service);
    check_texts(checker, service);
    check_config_files(checker, service);
    check_way_to_api(checker, service);
    check_service_account(checker, service);
    check_pods(checker, service);
    check_units(checker, service);
    check_sense(checker, service);
    check_data(checker, service);
    check_writing(checker, service);
}

const struct family kubernetes_family = {
    .resolve_service = {[SERVICE_GIVEN] = resolve_before_defaults,
                        [SERVICE_LAYERS] = resolve_requests_of_service,
                        [SERVICE_IMAGES] = resolve_image_of_service,
                        [SERVICE_PODS] = resolve_pods},
    .add_service_edges = {[EDGE_NEEDS] = add_trigger_edges},
    .mark_externals = mark_asked_externals,
    .check_app = check_app,
    .check_service = check_one_service,
    .foreign_key = kubernetes_key_hint,
    .kinds = kinds,
    .n_kinds = sizeof kinds / sizeof *kinds,
};
