#ifndef HYBRIDDEPLOY_MODEL_CONTAINER_H
#define HYBRIDDEPLOY_MODEL_CONTAINER_H
#include <hybriddeploy/model/value.h>
struct hd_image {
    const char *reference;
    const char *registry;
    const char *repository;
    const char *tag;
    const char *digest;
    const struct hd_at *at;
};
enum hd_pull_policy { HD_PULL_POLICY_UNSET = 0, HD_PULL_ALWAYS, HD_PULL_IF_NOT_PRESENT, HD_PULL_NEVER };
enum hd_protocol {
    HD_PROTOCOL_UNSET = 0,
    HD_PROTOCOL_HTTP,
    HD_PROTOCOL_HTTP2,
    HD_PROTOCOL_HTTPS,
    HD_PROTOCOL_GRPC,
    HD_PROTOCOL_GRPC_WEB,
    HD_PROTOCOL_WEBSOCKET,
    HD_PROTOCOL_TCP,
    HD_PROTOCOL_TLS,
    HD_PROTOCOL_MONGO,
    HD_PROTOCOL_MYSQL,
    HD_PROTOCOL_REDIS,
    HD_PROTOCOL_UDP
};
enum hd_mtls_mode { HD_MTLS_MODE_UNSET = 0, HD_MTLS_STRICT, HD_MTLS_PERMISSIVE };
struct hd_port {
    const char *name;
    int64_t port;
    int64_t service_port;
    enum hd_protocol protocol;
    int64_t node_port;
    int64_t host_port;
    enum hd_mtls_mode mtls;
    const struct hd_at *at;
};
struct hd_env {
    const char *name;
    const char *value;
    const char *secret;
    const char *config_map;
    const char *key;
    const char *field;
    const char *resource;
    const char *divisor;
    enum hd_bool optional;
    const struct hd_at *at;
};
struct hd_env_from {
    const char *secret;
    const char *config_map;
    const char *prefix;
    enum hd_bool optional;
    const struct hd_at *at;
};
struct hd_config_file {
    const char *path;
    const char *key;
    const char *content;
    const char *from_file;
    const char *mode;
    const struct hd_at *at;
};
struct hd_resources {
    const struct hd_quantity *requests;
    size_t n_requests;
    const struct hd_quantity *limits;
    size_t n_limits;
    const struct hd_at *at;
};
struct hd_exec_action {
    const char *const *command;
    size_t n_command;
    const struct hd_at *at;
};
enum hd_scheme { HD_SCHEME_UNSET = 0, HD_SCHEME_HTTP, HD_SCHEME_HTTPS };
struct hd_http_get_action {
    const char *path;
    const char *port;
    enum hd_scheme scheme;
    const struct hd_pair *http_headers;
    size_t n_http_headers;
    const struct hd_at *at;
};
struct hd_tcp_socket_action {
    const char *port;
    const struct hd_at *at;
};
struct hd_grpc_action {
    const char *port;
    const char *service;
    const struct hd_at *at;
};
struct hd_sleep_action {
    int64_t seconds;
    const struct hd_at *at;
};
struct hd_probe {
    enum hd_bool enabled;
    struct hd_http_get_action http_get;
    struct hd_tcp_socket_action tcp_socket;
    struct hd_grpc_action grpc;
    struct hd_exec_action exec;
    struct hd_opt_int initial_delay_seconds;
    int64_t period_seconds;
    int64_t timeout_seconds;
    int64_t success_threshold;
    int64_t failure_threshold;
    int64_t termination_grace_period_seconds;
    const struct hd_at *at;
};
struct hd_lifecycle_handler {
    struct hd_exec_action exec;
    struct hd_http_get_action http_get;
    struct hd_sleep_action sleep;
    const struct hd_at *at;
};
struct hd_lifecycle {
    struct hd_lifecycle_handler post_start;
    struct hd_lifecycle_handler pre_stop;
    const struct hd_at *at;
};
struct hd_capabilities {
    const char *const *add;
    size_t n_add;
    const char *const *drop;
    size_t n_drop;
    const struct hd_at *at;
};
enum hd_profile_type { HD_PROFILE_UNSET = 0, HD_PROFILE_RUNTIME_DEFAULT, HD_PROFILE_LOCALHOST, HD_PROFILE_UNCONFINED };
struct hd_profile {
    enum hd_profile_type type;
    const char *localhost_profile;
    const struct hd_at *at;
};
struct hd_selinux_options {
    const char *user;
    const char *role;
    const char *type;
    const char *level;
    const struct hd_at *at;
};
enum hd_proc_mount { HD_PROC_MOUNT_UNSET = 0, HD_PROC_MOUNT_DEFAULT, HD_PROC_MOUNT_UNMASKED };
struct hd_security_context {
    enum hd_bool allow_privilege_escalation;
    enum hd_bool privileged;
    enum hd_bool read_only_root_filesystem;
    enum hd_bool run_as_non_root;
    struct hd_opt_int run_as_user;
    struct hd_opt_int run_as_group;
    struct hd_capabilities capabilities;
    struct hd_profile seccomp_profile;
    struct hd_profile app_armor_profile;
    struct hd_selinux_options se_linux_options;
    enum hd_proc_mount proc_mount;
    const struct hd_at *at;
};
struct hd_volume_mount {
    const char *mount_path;
    const char *name;
    const char *sub_path;
    const char *sub_path_expr;
    enum hd_bool read_only;
    const struct hd_at *at;
};
struct hd_container {
    struct hd_image image;
    enum hd_pull_policy image_pull_policy;
    const char *const *command;
    size_t n_command;
    const char *const *args;
    size_t n_args;
    const char *working_dir;
    const struct hd_port *ports;
    size_t n_ports;
    const struct hd_env *env;
    size_t n_env;
    const struct hd_env_from *env_from;
    size_t n_env_from;
    const struct hd_config_file *config_files;
    size_t n_config_files;
    struct hd_resources resources;
    struct hd_probe startup_probe;
    struct hd_probe readiness_probe;
    struct hd_probe liveness_probe;
    struct hd_lifecycle lifecycle;
    struct hd_security_context security_context;
    const struct hd_volume_mount *volume_mounts;
    size_t n_volume_mounts;
    const struct hd_at *at;
};
struct hd_named_container {
    const char *name;
    struct hd_container container;
    const struct hd_at *at;
};
#endif
