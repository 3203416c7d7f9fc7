#ifndef HYBRIDDEPLOY_MODEL_TRAFFIC_H
#define HYBRIDDEPLOY_MODEL_TRAFFIC_H
#include <hybriddeploy/model/value.h>
struct hd_retries {
    struct hd_opt_int attempts;
    const char *per_try_timeout;
    const char *const *retry_on;
    size_t n_retry_on;
    enum hd_bool retry_remote_localities;
    const struct hd_at *at;
};
struct hd_hash_cookie {
    const char *name;
    const char *path;
    const char *ttl;
    const struct hd_at *at;
};
struct hd_consistent_hash {
    const char *http_header_name;
    struct hd_hash_cookie http_cookie;
    enum hd_bool use_source_ip;
    const char *http_query_parameter_name;
    const struct hd_at *at;
};
struct hd_locality_failover {
    const char *from;
    const char *to;
    const struct hd_at *at;
};
struct hd_locality_share {
    const char *locality;
    int64_t weight;
    const struct hd_at *at;
};
struct hd_locality_distribution {
    const char *from;
    const struct hd_locality_share *to;
    size_t n_to;
    const struct hd_at *at;
};
struct hd_locality_lb {
    enum hd_bool enabled;
    const struct hd_locality_distribution *distribute;
    size_t n_distribute;
    const struct hd_locality_failover *failover;
    size_t n_failover;
    const char *const *failover_priority;
    size_t n_failover_priority;
    const struct hd_at *at;
};
struct hd_warmup {
    const char *duration;
    struct hd_opt_int minimum_percent;
    const struct hd_at *at;
};
struct hd_load_balancer {
    const char *simple;
    struct hd_consistent_hash consistent_hash;
    struct hd_locality_lb locality_lb_setting;
    struct hd_warmup warmup;
    const struct hd_at *at;
};
struct hd_tcp_keepalive {
    int64_t probes;
    const char *time;
    const char *interval;
    const struct hd_at *at;
};
struct hd_tcp_pool {
    int64_t max_connections;
    const char *connect_timeout;
    const char *idle_timeout;
    const char *max_connection_duration;
    struct hd_tcp_keepalive tcp_keepalive;
    const struct hd_at *at;
};
struct hd_http_pool {
    int64_t http1_max_pending_requests;
    int64_t http2_max_requests;
    int64_t max_requests_per_connection;
    int64_t max_retries;
    int64_t max_concurrent_streams;
    const char *idle_timeout;
    const char *h2_upgrade_policy;
    enum hd_bool use_client_protocol;
    const struct hd_at *at;
};
struct hd_connection_pool {
    struct hd_tcp_pool tcp;
    struct hd_http_pool http;
    const struct hd_at *at;
};
struct hd_outlier_detection {
    struct hd_opt_int consecutive_5xx_errors;
    struct hd_opt_int consecutive_gateway_errors;
    enum hd_bool split_external_local_origin_errors;
    int64_t consecutive_local_origin_failures;
    const char *interval;
    const char *base_ejection_time;
    int64_t max_ejection_percent;
    struct hd_opt_int min_health_percent;
    const struct hd_at *at;
};
struct hd_port_policy {
    const char *port;
    struct hd_load_balancer load_balancer;
    struct hd_connection_pool connection_pool;
    struct hd_outlier_detection outlier_detection;
    const struct hd_at *at;
};
struct hd_call_policy {
    struct hd_load_balancer load_balancer;
    struct hd_connection_pool connection_pool;
    struct hd_outlier_detection outlier_detection;
    const struct hd_at *at;
};
struct hd_traffic_policy {
    const char *timeout;
    struct hd_retries retries;
    struct hd_load_balancer load_balancer;
    struct hd_connection_pool connection_pool;
    struct hd_outlier_detection outlier_detection;
    const struct hd_port_policy *port_level_settings;
    size_t n_port_level_settings;
    const struct hd_at *at;
};
struct hd_client_tls {
    const char *mode;
    const char *sni;
    const char *const *subject_alt_names;
    size_t n_subject_alt_names;
    const char *credential_name;
    const char *ca_certificates;
    const char *client_certificate;
    const char *private_key;
    const struct hd_at *at;
};
#endif
