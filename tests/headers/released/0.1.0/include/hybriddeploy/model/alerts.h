#ifndef HYBRIDDEPLOY_MODEL_ALERTS_H
#define HYBRIDDEPLOY_MODEL_ALERTS_H
#include <hybriddeploy/model/value.h>
enum hd_request_source { HD_REQUESTS_UNSET = 0, HD_REQUESTS_ISTIO, HD_REQUESTS_SPAN_METRICS, HD_REQUESTS_SDK };
enum hd_receiver_type { HD_RECEIVER_UNSET = 0, HD_RECEIVER_PAGERDUTY, HD_RECEIVER_SLACK, HD_RECEIVER_EMAIL, HD_RECEIVER_WEBHOOK };
struct hd_metric_sources {
    enum hd_request_source requests;
    enum hd_bool kube_state_metrics;
    enum hd_bool cadvisor;
    enum hd_bool cert_manager;
    const struct hd_at *at;
};
struct hd_alert {
    enum hd_bool enabled;
    const char *threshold;
    const char *window;
    const char *hold;
    const char *severity;
    const struct hd_at *at;
};
struct hd_alert_set {
    struct hd_alert availability;
    struct hd_alert response_time;
    struct hd_alert error_rate;
    struct hd_alert resource_use;
    struct hd_alert crash_loop;
    struct hd_alert unavailable_replicas;
    struct hd_alert autoscaler_at_max;
    struct hd_alert cpu_throttling;
    struct hd_alert job_failed;
    const struct hd_at *at;
};
struct hd_service_alerts {
    enum hd_bool enabled;
    const struct hd_pair *labels;
    size_t n_labels;
    struct hd_alert_set set;
    const struct hd_at *at;
};
struct hd_receiver {
    const char *name;
    enum hd_receiver_type type;
    const char *secret;
    const char *key;
    const char *url;
    const char *channel;
    const char *to;
    const char *from;
    const char *smarthost;
    const char *username;
    const struct hd_at *at;
};
struct hd_alert_routing {
    const struct hd_receiver *receivers;
    size_t n_receivers;
    const char *receiver;
    const char *critical;
    const char *warning;
    const char *info;
    const char *watchdog;
    const char *const *group_by;
    size_t n_group_by;
    const char *group_wait;
    const char *group_interval;
    const char *repeat_interval;
    const struct hd_pair *labels;
    size_t n_labels;
    const struct hd_at *at;
};
struct hd_alerts {
    enum hd_bool enabled;
    const char *interval;
    const char *runbook_url;
    const struct hd_pair *labels;
    size_t n_labels;
    struct hd_alert_set set;
    struct hd_alert certificate_expiry;
    struct hd_alert collector_dropping_data;
    struct hd_alert watchdog;
    struct hd_alert_routing routing;
    const struct hd_at *at;
};
struct hd_slo {
    const char *name;
    const char *service;
    const char *objective;
    const char *latency;
    const char *window;
    const struct hd_at *at;
};
#endif
