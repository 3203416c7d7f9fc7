/* The OpenTelemetry collector. */
#include "../core/field.h"
#include "tables.h"

WORDS(hd_collector_form, {"plain", HD_COLLECTOR_PLAIN}, {"operator", HD_COLLECTOR_OPERATOR});
WORDS(hd_topology, {"gateway", HD_TOPOLOGY_GATEWAY}, {"agent+gateway", HD_TOPOLOGY_AGENT_GATEWAY}, {"sidecar", HD_TOPOLOGY_SIDECAR});
CHOICES(signal, WORD("traces"), WORD("metrics"), WORD("logs"));
CHOICES(compression, WORD("gzip"), WORD("snappy"), WORD("zstd"), WORD("none"));
CHOICES(policy_type, WORD("always_sample"), WORD("latency"), WORD("status_code"), WORD("probabilistic"));
CHOICES(status_code, WORD("OK"), WORD("ERROR"), WORD("UNSET"));
CHOICES(collector_log_level, WORD("DEBUG"), WORD("INFO"), WORD("WARN"), WORD("ERROR"));

#define T hd_exporter_header
static const struct hd_field exporter_header_fields[] = {
    STR("name", name, .required = true, .format = &format_header_name),
    STR("value", value, .choice = 1),
    STR("secret", secret, .choice = 1, .format = &format_subdomain),
    STR("key", key, .format = &format_config_key),
};
const struct hd_struct hd_exporter_header_struct = STRUCT(exporter_header_fields, .scalar = "value", .keyed_by = "name");
#undef T

#define T hd_exporter
static const struct hd_field exporter_fields[] = {
    STR("name", name, .required = true, .format = &format_dns_label),
    STR("type", type),
    STR("endpoint", endpoint, .choice = 1),
    STR("external", external, .choice = 1, .format = &format_dns_label),
    IOS("port", port, .format = &format_port_ref),
    STRS("signals", signals, .words = &signal),
    LIST("headers", headers, hd_exporter_header),
    BOOL("insecure", insecure),
    STR("compression", compression, .words = &compression),
    STR("timeout", timeout, .format = &format_duration),
    INT("queueSize", queue_size, .min = 1, .max = 10000000),
};
const struct hd_struct hd_exporter_struct = STRUCT(exporter_fields, .scalar = "endpoint", .keyed_by = "name");
#undef T

#define T hd_memory_limiter
static const struct hd_field memory_limiter_fields[] = {
    STR("checkInterval", check_interval, .format = &format_duration),
    INT("limitMib", limit_mib, .min = 1, .max = 1048576),
    INT("spikeLimitMib", spike_limit_mib, .min = 1, .max = 1048576),
};
const struct hd_struct hd_memory_limiter_struct = STRUCT(memory_limiter_fields, .scalar = "limitMib");
#undef T

#define T hd_batch
static const struct hd_field batch_fields[] = {
    STR("timeout", timeout, .format = &format_duration),
    INT("sendBatchSize", send_batch_size, .min = 1, .max = 1000000),
    INT("sendBatchMaxSize", send_batch_max_size, .min = 1, .max = 1000000),
};
const struct hd_struct hd_batch_struct = STRUCT(batch_fields);
#undef T

#define T hd_k8s_attributes
static const struct hd_field k8s_attributes_fields[] = {
    BOOL("enabled", enabled),
    STR("external", external, .format = &format_dns_label),
    STRS("metadata", metadata),
    STRS("labels", labels, .format = &format_label_key),
};
const struct hd_struct hd_k8s_attributes_struct = STRUCT(k8s_attributes_fields, .scalar = "enabled");
#undef T

#define T hd_ottl
static const struct hd_field ottl_fields[] = {
    STRS("traces", traces),
    STRS("metrics", metrics),
    STRS("logs", logs),
};
const struct hd_struct hd_ottl_struct = STRUCT(ottl_fields);
#undef T

#define T hd_tail_policy
static const struct hd_field tail_policy_fields[] = {
    STR("name", name, .required = true, .format = &format_dns_label),
    STR("type", type, .words = &policy_type),
    INT("thresholdMs", threshold_ms, .min = 1, .max = 86400000),
    STRS("statusCodes", status_codes, .words = &status_code),
    STR("samplingPercentage", sampling_percentage, .format = &format_percentage),
};
const struct hd_struct hd_tail_policy_struct = STRUCT(tail_policy_fields, .keyed_by = "name");
#undef T

#define T hd_tail_sampling
static const struct hd_field tail_sampling_fields[] = {
    STR("decisionWait", decision_wait, .format = &format_duration),
    INT("numTraces", num_traces, .min = 1, .max = 100000000),
    LIST("policies", policies, hd_tail_policy),
};
const struct hd_struct hd_tail_sampling_struct = STRUCT(tail_sampling_fields);
#undef T

#define T hd_span_metrics
static const struct hd_field span_metrics_fields[] = {
    BOOL("enabled", enabled),
    STRS("buckets", buckets, .format = &format_duration),
    STRS("dimensions", dimensions),
};
const struct hd_struct hd_span_metrics_struct = STRUCT(span_metrics_fields, .scalar = "enabled");
#undef T

#define T hd_collector
static const struct hd_field collector_fields[] = {
    STR("external", external, .alone = true),
    ENUM("form", form, hd_collector_form),
    ENUM("topology", topology, hd_topology),
    STR("name", name, .format = &format_service_name),
    STR("version", version, .format = &format_collector_version),
    STR("image", image, .format = &format_image_path),
    INT("replicas", replicas, .choice = 1, .min = 1, .max = 1000),
    OBJ("autoscaling", autoscaling, hd_autoscaling, .choice = 1),
    OBJ("resources", resources, hd_resources),
    LIST("nodeSelector", node_selector, hd_pair, .key_format = &format_label_key, .format = &format_label_value),
    LIST("tolerations", tolerations, hd_toleration),
    OBJ("memoryLimiter", memory_limiter, hd_memory_limiter),
    OBJ("k8sAttributes", k8s_attributes, hd_k8s_attributes),
    LIST("resourceAttributes", resource_attributes, hd_pair),
    OBJ("filter", filter, hd_ottl),
    OBJ("transform", transform, hd_ottl),
    OBJ("tailSampling", tail_sampling, hd_tail_sampling),
    OBJ("batch", batch, hd_batch),
    OBJ("spanMetrics", span_metrics, hd_span_metrics),
    BOOL("containerLogs", container_logs),
    LIST("exporters", exporters, hd_exporter),
    STR("logLevel", log_level, .words = &collector_log_level),
};
const struct hd_struct hd_collector_struct = STRUCT(collector_fields);
#undef T
