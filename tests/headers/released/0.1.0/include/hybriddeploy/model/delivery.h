#ifndef HYBRIDDEPLOY_MODEL_DELIVERY_H
#define HYBRIDDEPLOY_MODEL_DELIVERY_H
#include <hybriddeploy/model/value.h>
enum hd_executor { HD_EXECUTOR_UNSET = 0, HD_EXECUTOR_ARGO_ROLLOUTS, HD_EXECUTOR_FLAGGER, HD_EXECUTOR_PLAIN };
struct hd_canary_step {
    struct hd_opt_int set_weight;
    const char *pause;
    const struct hd_at *at;
};
struct hd_delivery_metric {
    const char *name;
    const char *query;
    const char *min;
    const char *max;
    const struct hd_at *at;
};
struct hd_analysis {
    const char *interval;
    struct hd_opt_int failure_limit;
    const char *success_rate;
    const char *latency;
    const struct hd_delivery_metric *metrics;
    size_t n_metrics;
    const char *prometheus;
    const struct hd_at *at;
};
struct hd_canary {
    const struct hd_canary_step *steps;
    size_t n_steps;
    struct hd_analysis analysis;
    struct hd_opt_int weight;
    const char *image_tag;
    int64_t replicas;
    const struct hd_at *at;
};
struct hd_blue_green {
    const char *preview_host;
    enum hd_bool auto_promotion_enabled;
    int64_t auto_promotion_seconds;
    int64_t preview_replica_count;
    struct hd_opt_int scale_down_delay_seconds;
    struct hd_analysis analysis;
    const struct hd_at *at;
};
struct hd_delivery {
    enum hd_executor executor;
    struct hd_canary canary;
    struct hd_blue_green blue_green;
    const struct hd_at *at;
};
#endif
