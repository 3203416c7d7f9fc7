/* The tables of all model structs; each stands in the file of its concept. */
#ifndef HD_MODEL_TABLES_H
#define HD_MODEL_TABLES_H

#include <hybriddeploy/schema.h>

#define EACH_STRUCT(X)                                                                                                               \
    X(hd_pair) X(hd_quantity) X(hd_selector_expression) X(hd_label_selector)                                                         \
    X(hd_header_match) X(hd_query_match) X(hd_rewrite) X(hd_redirect) X(hd_direct_response) X(hd_fault_delay)                        \
    X(hd_fault_abort) X(hd_fault) X(hd_mirror) X(hd_origin) X(hd_cors_policy) X(hd_header_changes) X(hd_destination)                 \
    X(hd_claim_match) X(hd_jwt) X(hd_backend_tls) X(hd_certificate_issuer) X(hd_gateway_tls) X(hd_gateway) X(hd_jwt_issuer)          \
    X(hd_parent_gateway) X(hd_app_gateway)                                                                                            \
    X(hd_image) X(hd_port) X(hd_env) X(hd_env_from) X(hd_config_file) X(hd_resources)                                                \
    X(hd_exec_action) X(hd_http_get_action) X(hd_tcp_socket_action) X(hd_grpc_action) X(hd_sleep_action) X(hd_probe)                 \
    X(hd_lifecycle_handler) X(hd_lifecycle) X(hd_capabilities) X(hd_profile) X(hd_selinux_options) X(hd_security_context)            \
    X(hd_volume_mount) X(hd_container) X(hd_named_container)                                                                         \
    X(hd_claim) X(hd_empty_dir) X(hd_key_to_path) X(hd_key_volume) X(hd_key_projection)                                              \
    X(hd_token_projection) X(hd_field_file) X(hd_projection) X(hd_volume)                                                            \
    X(hd_toleration) X(hd_node_selector_term) X(hd_preferred_node) X(hd_node_selector) X(hd_node_affinity)                           \
    X(hd_cookie_match) X(hd_version_match) X(hd_version)                                                                             \
    X(hd_pod_affinity_term)                                                                                                          \
    X(hd_preferred_pod) X(hd_pod_affinity) X(hd_affinity) X(hd_topology_spread)                                                      \
    X(hd_policy_rule) X(hd_service_account) X(hd_pod_security_context) X(hd_host_alias) X(hd_dns_config) X(hd_pod)                   \
    X(hd_container_metric) X(hd_pods_metric) X(hd_external_metric) X(hd_scaling_policy) X(hd_scaling_rules)                          \
    X(hd_scaling_behavior)                                                                                                           \
    X(hd_trigger_secret) X(hd_trigger) X(hd_autoscaling) X(hd_disruption_budget) X(hd_strategy) X(hd_claim_retention) X(hd_job) X(hd_service_object)                    \
    X(hd_extra_service_port) X(hd_extra_service)                                                                                     \
    X(hd_retries) X(hd_hash_cookie) X(hd_consistent_hash) X(hd_locality_failover) X(hd_locality_share)                               \
    X(hd_locality_distribution)                                                                                                      \
    X(hd_locality_lb) X(hd_warmup) X(hd_load_balancer) X(hd_tcp_keepalive) X(hd_tcp_pool) X(hd_http_pool) X(hd_connection_pool)      \
    X(hd_outlier_detection) X(hd_port_policy) X(hd_call_policy) X(hd_traffic_policy) X(hd_client_tls) X(hd_canary_step)              \
    X(hd_delivery_metric) X(hd_analysis) X(hd_canary) X(hd_blue_green) X(hd_delivery)                                                \
    X(hd_call) X(hd_caller) X(hd_exposure) X(hd_metrics) X(hd_silence) X(hd_patch_operation) X(hd_patch) X(hd_service)                                                              \
    X(hd_secret_store) X(hd_secret_key) X(hd_secret) X(hd_external_port) X(hd_external) X(hd_platform_pods) X(hd_platform_peer) X(hd_platform)           \
    X(hd_ingress) X(hd_mesh_proxy) X(hd_mesh) X(hd_service_mesh)                                                                     \
    X(hd_signals) X(hd_service_telemetry) X(hd_exporter_header) X(hd_exporter_tls) X(hd_exporter) X(hd_memory_limiter)               \
    X(hd_batch) X(hd_k8s_attributes)                                                                                                 \
    X(hd_ottl) X(hd_tail_policy) X(hd_tail_sampling) X(hd_span_metrics) X(hd_collector) X(hd_scraping) X(hd_mesh_telemetry)          \
    X(hd_metric_sources) X(hd_alert) X(hd_alert_set) X(hd_service_alerts) X(hd_receiver) X(hd_alert_routing) X(hd_alerts)            \
    X(hd_slo)                                                                                                                        \
    X(hd_dashboards) X(hd_telemetry)                                                                                                 \
    X(hd_exemption) X(hd_secret_entry) X(hd_velero) X(hd_backup) X(hd_operations) X(hd_build)                                        \
    X(hd_resource_quota) X(hd_limit_range_item) X(hd_limit_range) X(hd_priority_class) X(hd_foreign_manifest)               \
    X(hd_app)

#define X(type) extern const struct hd_struct type##_struct;
EACH_STRUCT(X)
#undef X

extern const struct hd_enum hd_routing_enum, hd_network_policy_enum, hd_executor_enum;
extern const struct hd_enum hd_pull_policy_enum, hd_protocol_enum, hd_scheme_enum, hd_profile_type_enum, hd_proc_mount_enum,
    hd_workload_enum, hd_scaler_enum, hd_strategy_type_enum, hd_path_type_enum, hd_pod_security_enum, hd_store_kind_enum,
    hd_mesh_mode_enum, hd_image_form_enum, hd_volume_backup_enum,
    hd_request_source_enum, hd_receiver_type_enum, hd_dashboard_form_enum,
    hd_mtls_mode_enum, hd_outbound_mode_enum,
    hd_otlp_protocol_enum, hd_instrumentation_enum, hd_collector_form_enum, hd_topology_enum, hd_scraping_form_enum;

#endif
