#ifndef HYBRIDDEPLOY_MODEL_AUTOSCALING_H
#define HYBRIDDEPLOY_MODEL_AUTOSCALING_H
#include <hybriddeploy/model/value.h>
struct hd_container_metric {
    const char *container;
    const char *name;
    int64_t average_utilization;
    const char *average_value;
    const struct hd_at *at;
};
struct hd_pods_metric {
    const char *name;
    struct hd_label_selector selector;
    const char *average_value;
    const struct hd_at *at;
};
struct hd_external_metric {
    const char *name;
    struct hd_label_selector selector;
    const char *average_value;
    const char *value;
    const struct hd_at *at;
};
struct hd_scaling_policy {
    const char *type;
    int64_t value;
    int64_t period_seconds;
    const struct hd_at *at;
};
struct hd_scaling_rules {
    struct hd_opt_int stabilization_window_seconds;
    const char *select_policy;
    const struct hd_scaling_policy *policies;
    size_t n_policies;
    const struct hd_at *at;
};
struct hd_scaling_behavior {
    struct hd_scaling_rules scale_up;
    struct hd_scaling_rules scale_down;
    const struct hd_at *at;
};
struct hd_autoscaling {
    enum hd_bool enabled;
    int64_t min_replicas;
    int64_t max_replicas;
    struct hd_opt_int cpu;
    struct hd_opt_int memory;
    const struct hd_container_metric *containers;
    size_t n_containers;
    const struct hd_pods_metric *pods;
    size_t n_pods;
    const struct hd_external_metric *external;
    size_t n_external;
    struct hd_scaling_behavior behavior;
    const struct hd_at *at;
};
struct hd_disruption_budget {
    enum hd_bool enabled;
    const char *min_available;
    const char *max_unavailable;
    const char *unhealthy_pod_eviction_policy;
    const struct hd_at *at;
};
#endif
