#ifndef HYBRIDDEPLOY_MODEL_OPERATIONS_H
#define HYBRIDDEPLOY_MODEL_OPERATIONS_H
#include <hybriddeploy/model/value.h>
enum hd_volume_backup { HD_VOLUME_BACKUP_UNSET = 0, HD_VOLUMES_SNAPSHOT, HD_VOLUMES_FILES, HD_VOLUMES_NONE };
struct hd_exemption {
    const char *claim;
    const char *reason;
    const struct hd_at *at;
};
struct hd_secret_entry {
    const char *name;
    const char *key;
    const struct hd_at *at;
};
struct hd_velero {
    enum hd_bool enabled;
    const char *namespace_name;
    const char *storage_location;
    const char *provider;
    const char *bucket;
    const char *prefix;
    const struct hd_pair *config;
    size_t n_config;
    struct hd_secret_entry credential;
    const char *const *snapshot_locations;
    size_t n_snapshot_locations;
    const struct hd_at *at;
};
struct hd_backup {
    const char *schedule;
    const char *retention;
    enum hd_volume_backup volumes;
    const struct hd_exemption *exempt;
    size_t n_exempt;
    enum hd_bool secrets;
    struct hd_velero velero;
    const struct hd_at *at;
};
struct hd_operations {
    enum hd_bool enabled;
    const char *recovery_point;
    const char *recovery_time;
    const char *source;
    struct hd_backup backup;
    const struct hd_at *at;
};
#endif
