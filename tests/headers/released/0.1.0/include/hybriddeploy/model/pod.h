#ifndef HYBRIDDEPLOY_MODEL_POD_H
#define HYBRIDDEPLOY_MODEL_POD_H
#include <hybriddeploy/model/container.h>
#include <hybriddeploy/model/scheduling.h>
#include <hybriddeploy/model/volume.h>
struct hd_policy_rule {
    const char *const *api_groups;
    size_t n_api_groups;
    const char *const *resources;
    size_t n_resources;
    const char *const *resource_names;
    size_t n_resource_names;
    const char *const *verbs;
    size_t n_verbs;
    const struct hd_at *at;
};
struct hd_service_account {
    const char *name;
    const struct hd_pair *annotations;
    size_t n_annotations;
    const struct hd_policy_rule *rules;
    size_t n_rules;
    enum hd_bool automount_service_account_token;
    const struct hd_at *at;
};
struct hd_pod_security_context {
    enum hd_bool run_as_non_root;
    struct hd_opt_int run_as_user;
    struct hd_opt_int run_as_group;
    struct hd_opt_int fs_group;
    const char *fs_group_change_policy;
    struct hd_profile seccomp_profile;
    struct hd_profile app_armor_profile;
    struct hd_selinux_options se_linux_options;
    const struct hd_pair *sysctls;
    size_t n_sysctls;
    const struct hd_at *at;
};
struct hd_host_alias {
    const char *ip;
    const char *const *hostnames;
    size_t n_hostnames;
    const struct hd_at *at;
};
struct hd_dns_config {
    const char *const *nameservers;
    size_t n_nameservers;
    const char *const *searches;
    size_t n_searches;
    const struct hd_pair *options;
    size_t n_options;
    const struct hd_at *at;
};
struct hd_pod {
    const struct hd_pair *pod_labels;
    size_t n_pod_labels;
    const struct hd_pair *pod_annotations;
    size_t n_pod_annotations;
    const char *const *image_pull_secrets;
    size_t n_image_pull_secrets;
    const struct hd_named_container *init_containers;
    size_t n_init_containers;
    const struct hd_named_container *sidecars;
    size_t n_sidecars;
    const struct hd_volume *volumes;
    size_t n_volumes;
    struct hd_service_account service_account;
    struct hd_pod_security_context pod_security_context;
    const struct hd_pair *node_selector;
    size_t n_node_selector;
    const struct hd_toleration *tolerations;
    size_t n_tolerations;
    struct hd_affinity affinity;
    const struct hd_topology_spread *topology_spread_constraints;
    size_t n_topology_spread_constraints;
    const char *priority_class_name;
    const char *runtime_class_name;
    const char *scheduler_name;
    int64_t termination_grace_period_seconds;
    const char *dns_policy;
    struct hd_dns_config dns_config;
    const struct hd_host_alias *host_aliases;
    size_t n_host_aliases;
    enum hd_bool host_network;
    enum hd_bool host_pid;
    enum hd_bool host_ipc;
    enum hd_bool share_process_namespace;
    enum hd_bool enable_service_links;
    const struct hd_at *at;
};
#endif
