#ifndef HYBRIDDEPLOY_MODEL_H
#define HYBRIDDEPLOY_MODEL_H
#include <hybriddeploy/model/mesh.h>
#include <hybriddeploy/model/operations.h>
#include <hybriddeploy/model/service.h>
#include <hybriddeploy/model/telemetry.h>
#define HD_ABI (&hd_layout_of_program)
struct hd_layout;
enum hd_pod_security { HD_POD_SECURITY_UNSET = 0, HD_POD_SECURITY_RESTRICTED, HD_POD_SECURITY_BASELINE, HD_POD_SECURITY_PRIVILEGED };
enum hd_store_kind { HD_STORE_KIND_UNSET = 0, HD_CLUSTER_SECRET_STORE, HD_SECRET_STORE };
struct hd_secret_store {
    const char *name;
    enum hd_store_kind kind;
    const struct hd_at *at;
};
struct hd_secret_key {
    const char *name;
    const char *remote_key;
    const char *property;
    const char *version;
    const struct hd_at *at;
};
struct hd_secret {
    const char *name;
    const struct hd_secret_key *keys;
    size_t n_keys;
    struct hd_secret_store store;
    const char *refresh_interval;
    enum hd_bool existing;
    const struct hd_at *at;
};
struct hd_external_port {
    const char *name;
    int64_t port;
    enum hd_protocol protocol;
    const struct hd_at *at;
};
struct hd_external {
    const char *name;
    const char *namespace_name;
    const struct hd_pair *pod_labels;
    size_t n_pod_labels;
    const char *const *cidrs;
    size_t n_cidrs;
    const char *host;
    enum hd_bool mesh;
    const struct hd_external_port *ports;
    size_t n_ports;
    struct hd_client_tls tls;
    struct hd_traffic_policy traffic_policy;
    const struct hd_at *at;
};
struct hd_platform_peer {
    enum hd_bool enabled;
    const char *namespace_name;
    const struct hd_pair *pod_labels;
    size_t n_pod_labels;
    const char *const *cidrs;
    size_t n_cidrs;
    enum hd_bool mesh;
    const char *service_account;
    const struct hd_at *at;
};
struct hd_platform {
    struct hd_platform_peer dns;
    struct hd_platform_peer gateway;
    struct hd_platform_peer prometheus;
    struct hd_platform_peer collector;
    struct hd_platform_peer istiod;
    const struct hd_at *at;
};
struct hd_ingress {
    enum hd_bool enabled;
    const char *class_name;
    const char *tls_secret;
    const struct hd_pair *annotations;
    size_t n_annotations;
    const struct hd_at *at;
};
struct hd_resource_quota {
    const char *name;
    const struct hd_quantity *hard;
    size_t n_hard;
    const char *const *scopes;
    size_t n_scopes;
    const struct hd_at *at;
};
struct hd_limit_range_item {
    const char *type;
    const struct hd_quantity *default_limit;
    size_t n_default_limit;
    const struct hd_quantity *default_request;
    size_t n_default_request;
    const struct hd_quantity *min;
    size_t n_min;
    const struct hd_quantity *max;
    size_t n_max;
    const struct hd_quantity *max_limit_request_ratio;
    size_t n_max_limit_request_ratio;
    const struct hd_at *at;
};
struct hd_limit_range {
    const char *name;
    const struct hd_limit_range_item *limits;
    size_t n_limits;
    const struct hd_at *at;
};
struct hd_priority_class {
    const char *name;
    struct hd_opt_int value;
    const char *preemption_policy;
    const char *description;
    const struct hd_at *at;
};
struct hd_app {
    const struct hd_layout *abi;
    const char *name;
    const char *namespace_name;
    const char *environment;
    const char *host;
    const char *kubernetes_version;
    const char *image_registry;
    const char *image_tag;
    const struct hd_pair *labels;
    size_t n_labels;
    const struct hd_pair *annotations;
    size_t n_annotations;
    enum hd_pod_security pod_security;
    const struct hd_service *runtimes;
    size_t n_runtimes;
    struct hd_secret_store secret_store;
    const struct hd_secret *secrets;
    size_t n_secrets;
    const struct hd_external *externals;
    size_t n_externals;
    struct hd_platform platform;
    struct hd_ingress ingress;
    struct hd_mesh mesh;
    struct hd_telemetry telemetry;
    struct hd_operations operations;
    const struct hd_resource_quota *resource_quotas;
    size_t n_resource_quotas;
    const struct hd_limit_range *limit_ranges;
    size_t n_limit_ranges;
    const struct hd_priority_class *priority_classes;
    size_t n_priority_classes;
    const struct hd_silence *silence;
    size_t n_silence;
    const struct hd_service *services;
    size_t n_services;
    const struct hd_at *at;
};
#include <hybriddeploy/layout.h>
#endif
