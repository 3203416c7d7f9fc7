#ifndef HYBRIDDEPLOY_MODEL_TELEMETRY_H
#define HYBRIDDEPLOY_MODEL_TELEMETRY_H
#include <hybriddeploy/model/alerts.h>
#include <hybriddeploy/model/autoscaling.h>
#include <hybriddeploy/model/container.h>
#include <hybriddeploy/model/dashboards.h>
#include <hybriddeploy/model/scheduling.h>
#include <hybriddeploy/model/signals.h>
#include <hybriddeploy/model/volume.h>
enum hd_collector_form { HD_COLLECTOR_FORM_UNSET = 0, HD_COLLECTOR_PLAIN, HD_COLLECTOR_OPERATOR };
enum hd_topology { HD_TOPOLOGY_UNSET = 0, HD_TOPOLOGY_GATEWAY, HD_TOPOLOGY_AGENT_GATEWAY, HD_TOPOLOGY_SIDECAR };
enum hd_scraping_form {
    HD_SCRAPING_UNSET = 0,
    HD_SCRAPING_SERVICE_MONITOR,
    HD_SCRAPING_POD_MONITOR,
    HD_SCRAPING_ANNOTATIONS,
    HD_SCRAPING_COLLECTOR
};
struct hd_exporter_header {
    const char *name;
    const char *value;
    const char *secret;
    const char *key;
    const struct hd_at *at;
};
struct hd_exporter_tls {
    const char *ca_secret;
    const char *ca_config_map;
    const char *ca_key;
    const char *secret_name;
    const char *server_name;
    const struct hd_at *at;
};
struct hd_exporter {
    const char *name;
    const char *type;
    const char *endpoint;
    const char *external;
    const char *port;
    const char *const *signals;
    size_t n_signals;
    const struct hd_exporter_header *headers;
    size_t n_headers;
    enum hd_bool insecure;
    struct hd_exporter_tls tls;
    const char *compression;
    const char *timeout;
    int64_t queue_size;
    const struct hd_at *at;
};
struct hd_memory_limiter {
    const char *check_interval;
    int64_t limit_mib;
    int64_t spike_limit_mib;
    const struct hd_at *at;
};
struct hd_batch {
    const char *timeout;
    int64_t send_batch_size;
    int64_t send_batch_max_size;
    const struct hd_at *at;
};
struct hd_k8s_attributes {
    enum hd_bool enabled;
    const char *external;
    const char *const *metadata;
    size_t n_metadata;
    const char *const *labels;
    size_t n_labels;
    const struct hd_at *at;
};
struct hd_ottl {
    const char *const *traces;
    size_t n_traces;
    const char *const *metrics;
    size_t n_metrics;
    const char *const *logs;
    size_t n_logs;
    const struct hd_at *at;
};
struct hd_tail_policy {
    const char *name;
    int64_t threshold_ms;
    const char *const *status_codes;
    size_t n_status_codes;
    const char *sampling_percentage;
    const struct hd_at *at;
};
struct hd_tail_sampling {
    const char *decision_wait;
    int64_t num_traces;
    const struct hd_tail_policy *policies;
    size_t n_policies;
    const struct hd_at *at;
};
struct hd_span_metrics {
    enum hd_bool enabled;
    const char *const *buckets;
    size_t n_buckets;
    const char *const *dimensions;
    size_t n_dimensions;
    const struct hd_at *at;
};
struct hd_collector {
    const char *external;
    enum hd_collector_form form;
    enum hd_topology topology;
    const char *name;
    const char *version;
    const char *image;
    int64_t replicas;
    struct hd_autoscaling autoscaling;
    struct hd_resources resources;
    struct hd_resources agent_resources;
    struct hd_claim storage;
    const struct hd_pair *node_selector;
    size_t n_node_selector;
    const struct hd_toleration *tolerations;
    size_t n_tolerations;
    struct hd_memory_limiter memory_limiter;
    struct hd_k8s_attributes k8s_attributes;
    const struct hd_pair *resource_attributes;
    size_t n_resource_attributes;
    struct hd_ottl filter;
    struct hd_ottl transform;
    struct hd_tail_sampling tail_sampling;
    struct hd_batch batch;
    struct hd_span_metrics span_metrics;
    enum hd_bool container_logs;
    const struct hd_exporter *exporters;
    size_t n_exporters;
    const char *log_level;
    const struct hd_at *at;
};
struct hd_scraping {
    enum hd_scraping_form form;
    const struct hd_pair *labels;
    size_t n_labels;
    const char *interval;
    const char *scrape_timeout;
    const struct hd_at *at;
};
struct hd_mesh_telemetry {
    enum hd_bool enabled;
    const char *provider;
    const char *random_sampling_percentage;
    enum hd_bool access_logs;
    const struct hd_at *at;
};
struct hd_telemetry {
    enum hd_bool enabled;
    struct hd_signals signals;
    struct hd_collector collector;
    struct hd_scraping scraping;
    struct hd_mesh_telemetry mesh;
    struct hd_metric_sources sources;
    struct hd_alerts alerts;
    const struct hd_slo *slos;
    size_t n_slos;
    struct hd_dashboards dashboards;
    const struct hd_at *at;
};
#endif
