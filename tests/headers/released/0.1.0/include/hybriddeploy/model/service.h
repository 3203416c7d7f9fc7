#ifndef HYBRIDDEPLOY_MODEL_SERVICE_H
#define HYBRIDDEPLOY_MODEL_SERVICE_H
#include <hybriddeploy/model/autoscaling.h>
#include <hybriddeploy/model/build.h>
#include <hybriddeploy/model/mesh.h>
#include <hybriddeploy/model/delivery.h>
#include <hybriddeploy/model/pod.h>
#include <hybriddeploy/model/signals.h>
#include <hybriddeploy/model/traffic.h>
#include <hybriddeploy/model/route.h>
enum hd_workload {
    HD_WORKLOAD_UNSET = 0,
    HD_WORKLOAD_DEPLOYMENT,
    HD_WORKLOAD_STATEFUL_SET,
    HD_WORKLOAD_DAEMON_SET,
    HD_WORKLOAD_JOB,
    HD_WORKLOAD_CRON_JOB
};
enum hd_strategy_type { HD_STRATEGY_UNSET = 0, HD_STRATEGY_ROLLING_UPDATE, HD_STRATEGY_RECREATE, HD_STRATEGY_ON_DELETE };
struct hd_strategy {
    enum hd_strategy_type type;
    const char *max_surge;
    const char *max_unavailable;
    struct hd_opt_int partition;
    const struct hd_at *at;
};
struct hd_claim_retention {
    const char *when_deleted;
    const char *when_scaled;
    const struct hd_at *at;
};
struct hd_job {
    const char *schedule;
    const char *time_zone;
    const char *concurrency_policy;
    enum hd_bool suspend;
    int64_t starting_deadline_seconds;
    struct hd_opt_int successful_jobs_history_limit;
    struct hd_opt_int failed_jobs_history_limit;
    int64_t completions;
    struct hd_opt_int parallelism;
    const char *completion_mode;
    struct hd_opt_int backoff_limit;
    int64_t active_deadline_seconds;
    struct hd_opt_int ttl_seconds_after_finished;
    const char *restart_policy;
    const struct hd_at *at;
};
struct hd_service_object {
    const char *type;
    enum hd_bool headless;
    const struct hd_pair *annotations;
    size_t n_annotations;
    const char *session_affinity;
    int64_t session_affinity_timeout_seconds;
    const char *external_traffic_policy;
    const char *internal_traffic_policy;
    const char *traffic_distribution;
    enum hd_bool publish_not_ready_addresses;
    const char *load_balancer_class;
    const char *const *load_balancer_source_ranges;
    size_t n_load_balancer_source_ranges;
    const struct hd_at *at;
};
struct hd_call {
    const char *to;
    const char *port;
    const char *const *methods;
    size_t n_methods;
    const char *const *paths;
    size_t n_paths;
    const char *timeout;
    struct hd_retries retries;
    struct hd_call_policy traffic_policy;
    const struct hd_at *at;
};
struct hd_metrics {
    enum hd_bool enabled;
    const char *port;
    const char *path;
    const char *interval;
    const char *scrape_timeout;
    const struct hd_at *at;
};
struct hd_silence {
    const char *code;
    const char *reason;
    const struct hd_at *at;
};
struct hd_service {
    const char *name;
    const char *runtime;
    enum hd_workload workload;
    struct hd_opt_int replicas;
    struct hd_container container;
    struct hd_pod pod;
    struct hd_job job;
    const struct hd_call *calls;
    size_t n_calls;
    const struct hd_exposure *expose;
    size_t n_expose;
    struct hd_metrics metrics;
    struct hd_service_telemetry telemetry;
    struct hd_service_object service;
    struct hd_service_mesh mesh;
    struct hd_autoscaling autoscaling;
    struct hd_disruption_budget disruption_budget;
    struct hd_traffic_policy traffic_policy;
    struct hd_delivery delivery;
    struct hd_strategy strategy;
    struct hd_opt_int min_ready_seconds;
    int64_t progress_deadline_seconds;
    struct hd_opt_int revision_history_limit;
    const char *pod_management_policy;
    struct hd_claim_retention persistent_volume_claim_retention_policy;
    struct hd_build build;
    const struct hd_pair *labels;
    size_t n_labels;
    const struct hd_pair *annotations;
    size_t n_annotations;
    const struct hd_silence *silence;
    size_t n_silence;
    const struct hd_at *at;
};
#endif
