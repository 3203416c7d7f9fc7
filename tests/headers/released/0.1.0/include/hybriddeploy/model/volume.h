#ifndef HYBRIDDEPLOY_MODEL_VOLUME_H
#define HYBRIDDEPLOY_MODEL_VOLUME_H
#include <hybriddeploy/model/value.h>
struct hd_claim {
    const char *size;
    const char *storage_class_name;
    const char *const *access_modes;
    size_t n_access_modes;
    const char *volume_mode;
    const char *volume_name;
    struct hd_label_selector selector;
    const struct hd_at *at;
};
struct hd_empty_dir {
    enum hd_bool enabled;
    const char *medium;
    const char *size_limit;
    const struct hd_at *at;
};
struct hd_key_to_path {
    const char *key;
    const char *path;
    const char *mode;
    const struct hd_at *at;
};
struct hd_key_volume {
    const char *name;
    const struct hd_key_to_path *items;
    size_t n_items;
    const char *default_mode;
    enum hd_bool optional;
    const struct hd_at *at;
};
struct hd_key_projection {
    const char *name;
    const struct hd_key_to_path *items;
    size_t n_items;
    enum hd_bool optional;
    const struct hd_at *at;
};
struct hd_token_projection {
    const char *path;
    const char *audience;
    int64_t expiration_seconds;
    const struct hd_at *at;
};
struct hd_field_file {
    const char *path;
    const char *field;
    const struct hd_at *at;
};
struct hd_projection {
    struct hd_key_projection secret;
    struct hd_key_projection config_map;
    struct hd_token_projection service_account_token;
    const struct hd_field_file *downward_api;
    size_t n_downward_api;
    const struct hd_at *at;
};
struct hd_volume {
    const char *name;
    const char *mount_path;
    const char *sub_path;
    enum hd_bool read_only;
    struct hd_claim claim;
    struct hd_claim claim_template;
    const char *existing_claim;
    struct hd_empty_dir empty_dir;
    struct hd_key_volume secret;
    struct hd_key_volume config_map;
    const struct hd_projection *projected;
    size_t n_projected;
    const char *host_path;
    const struct hd_at *at;
};
#endif
