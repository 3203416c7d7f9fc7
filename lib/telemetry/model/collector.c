/* The OpenTelemetry collector. */
#include "collectors.h"

#include "core/tables/bounded.h"
#include "core/tables/field.h"
#include "core/tables/layer.h"
#include "core/text/quantity.h"
#include "exporter.h"
#include "model/mesh.h"
#include "model/resources.h"
#include "model/tables.h"

#include <stdlib.h>
#include <string.h>

WORDS(hd_collector_form, {"plain", HD_COLLECTOR_PLAIN}, {"operator", HD_COLLECTOR_OPERATOR});
WORDS(hd_topology, {"gateway", HD_TOPOLOGY_GATEWAY}, {"agent+gateway", HD_TOPOLOGY_AGENT_GATEWAY}, {"sidecar", HD_TOPOLOGY_SIDECAR});
CHOICES(signal_word, WORD("traces"), WORD("metrics"), WORD("logs"));
CHOICES(compression, WORD("gzip"), WORD("snappy"), WORD("zstd"), WORD("none"));
CHOICES(status_code, WORD("OK"), WORD("ERROR"), WORD("UNSET"));
CHOICES(k8s_metadata, WORD("k8s.namespace.name"), WORD("k8s.pod.name"), WORD("k8s.pod.uid"), WORD("k8s.pod.start_time"), WORD("k8s.pod.ip"),
        WORD("k8s.node.name"), WORD("k8s.deployment.name"), WORD("k8s.replicaset.name"), WORD("k8s.statefulset.name"),
        WORD("k8s.daemonset.name"), WORD("k8s.job.name"), WORD("k8s.cronjob.name"), WORD("k8s.container.name"), WORD("container.id"),
        WORD("container.image.name"), WORD("container.image.tag"));
CHOICES(collector_log_level, WORD("DEBUG"), WORD("INFO"), WORD("WARN"), WORD("ERROR"));

#define T hd_exporter_header
static const struct hd_field exporter_header_fields[] = {
    STR("name", name, .required = true, .format = &format_header_name),
    STR("value", value, .choice = 1, .format = &format_statement),
    STR("secret", secret, .choice = 1, .format = &format_subdomain),
    STR("key", key, .format = &format_config_key),
};
const struct hd_struct hd_exporter_header_struct = STRUCT(exporter_header_fields, .scalar = "value", .keyed_by = "name");
#undef T

#define T hd_exporter
static const struct hd_field exporter_fields[] = {
    STR("name", name, .required = true, .format = &format_dns_label),
    STR("type", type),
    STR("endpoint", endpoint),
    STR("external", external, .format = &format_dns_label),
    IOS("port", port, .format = &format_port_ref),
    STRS("signals", signals, .words = &signal_word),
    LIST("headers", headers, hd_exporter_header),
    BOOL("insecure", insecure),
    OBJ("tls", tls, hd_exporter_tls),
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
    STR("external", external, .format = &format_dns_label, .anyway = true),
    STRS("metadata", metadata, .words = &k8s_metadata),
    STRS("labels", labels, .format = &format_label_key),
};
const struct hd_struct hd_k8s_attributes_struct = STRUCT(k8s_attributes_fields, .scalar = "enabled");
#undef T

#define T hd_ottl
static const struct hd_field ottl_fields[] = {
    STRS("traces", traces, .format = &format_ottl),
    STRS("metrics", metrics, .format = &format_ottl),
    STRS("logs", logs, .format = &format_ottl),
};
const struct hd_struct hd_ottl_struct = STRUCT(ottl_fields);
#undef T

#define T hd_tail_policy
static const struct hd_field tail_policy_fields[] = {
    STR("name", name, .required = true, .format = &format_dns_label),
    INT("thresholdMs", threshold_ms, .choice = 1, .min = 1, .max = 86400000),
    STRS("statusCodes", status_codes, .choice = 1, .words = &status_code),
    STR("samplingPercentage", sampling_percentage, .choice = 1, .format = &format_percentage),
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
    STRS("dimensions", dimensions, .format = &format_statement),
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
    OBJ("agentResources", agent_resources, hd_resources),
    OBJ("storage", storage, hd_claim),
    LIST("nodeSelector", node_selector, hd_pair, .key_format = &format_label_key, .format = &format_label_value),
    LIST("tolerations", tolerations, hd_toleration),
    OBJ("memoryLimiter", memory_limiter, hd_memory_limiter),
    OBJ("k8sAttributes", k8s_attributes, hd_k8s_attributes),
    LIST("resourceAttributes", resource_attributes, hd_pair, .key_format = &format_statement, .format = &format_statement),
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

#define COLLECTOR_NEWEST "0.155.0"

#define RESOURCES(cpu_request, memory_request, cpu_limit, memory_limit)                         \
    {HD_LIST(requests, struct hd_quantity, {"cpu", cpu_request}, {"memory", memory_request}),   \
     HD_LIST(limits, struct hd_quantity, {"cpu", cpu_limit}, {"memory", memory_limit})}
static const struct hd_resources gateway_resources = RESOURCES("200m", "512Mi", "1", "2Gi");
static const struct hd_resources agent_resources = RESOURCES("50m", "128Mi", "250m", "512Mi");

static void resolve_memory_limiter(const struct hd_app *app, struct hd_collector *collector)
{
    struct hd_memory_limiter *limiter = &collector->memory_limiter;
    enum collector_role role = collector->topology == HD_TOPOLOGY_SIDECAR ? COLLECTOR_SIDECAR : COLLECTOR_GATEWAY;

    if (!limiter->check_interval)
        limiter->check_interval = "1s";
    if (!limiter->limit_mib)
        limiter->limit_mib = collector_limit_mib(collector_memory_mib(app, role));
    if (!limiter->spike_limit_mib)
        limiter->spike_limit_mib = limiter->limit_mib / 5;
}

static int64_t twice(int64_t number)
{
    return bounded(2 * bounded(number));
}

static void resolve_batch(struct hd_batch *batch)
{
    if (!batch->timeout)
        batch->timeout = "1s";
    if (!batch->send_batch_size)
        batch->send_batch_size = 1024;
    if (!batch->send_batch_max_size)
        batch->send_batch_max_size = twice(batch->send_batch_size);
}

static void resolve_tail_sampling(struct hd_tail_sampling *sampling)
{
    if (!struct_is_set(&hd_tail_sampling_struct, sampling))
        return;
    if (!sampling->decision_wait)
        sampling->decision_wait = "10s";
    if (!sampling->num_traces)
        sampling->num_traces = 50000;
}

static bool has_key(const struct hd_collector *collector, const char *key)
{
    for (size_t i = 0; i < collector->n_resource_attributes; i++)
        if (collector->resource_attributes[i].name && !strcmp(collector->resource_attributes[i].name, key))
            return true;
    return false;
}

static void resolve_resource_attributes(struct hd_model *model, struct hd_collector *collector)
{
    const struct hd_pair own[] = {{.name = "service.namespace", .value = model->app->name},
                                  {.name = "environment", .value = model->app->environment}};
    size_t n_given = collector->n_resource_attributes, n = n_given;
    struct hd_pair *pairs = arena_array(&model->arena, n_given + 2, sizeof *pairs);

    if (n_given)
        memcpy(pairs, collector->resource_attributes, n_given * sizeof *pairs);
    for (size_t i = 0; i < 2; i++)
        if (own[i].value && !has_key(collector, own[i].name))
            pairs[n++] = own[i];
    collector->resource_attributes = pairs;
    collector->n_resource_attributes = n;
}

static void resolve_span_metrics(struct hd_collector *collector)
{
    static const char *const buckets[] = {"2ms",   "5ms",   "10ms",  "25ms", "50ms",   "75ms", "100ms", "150ms",
                                          "250ms", "500ms", "750ms", "1s",   "2500ms", "5s",   "10s"};
    struct hd_span_metrics *metrics = &collector->span_metrics;

    if (!metrics->enabled)
        metrics->enabled = exporters_take(collector) & SIGNAL_METRICS ? HD_TRUE : HD_FALSE;
    if (metrics->enabled == HD_TRUE && !metrics->buckets) {
        metrics->buckets = buckets;
        metrics->n_buckets = sizeof buckets / sizeof *buckets;
    }
}

static void resolve_size(struct arena *arena, struct hd_collector *collector)
{
    bool is_sidecar = collector->topology == HD_TOPOLOGY_SIDECAR;
    struct hd_autoscaling *autoscaling = &collector->autoscaling;

    layer_fill(arena, &hd_resources_struct, &collector->resources, is_sidecar ? &agent_resources : &gateway_resources, 0);
    if (collector->topology == HD_TOPOLOGY_AGENT_GATEWAY)
        layer_fill(arena, &hd_resources_struct, &collector->agent_resources, &agent_resources, 0);
    if (is_sidecar)
        return;
    if (struct_is_set(&hd_autoscaling_struct, autoscaling) && autoscaling->enabled != HD_FALSE) {
        autoscaling->enabled = HD_TRUE;
        if (!autoscaling->min_replicas)
            autoscaling->min_replicas = 2;
        if (!autoscaling->max_replicas)
            autoscaling->max_replicas = autoscaling->min_replicas > 4 ? twice(autoscaling->min_replicas) : 8;
        if (!autoscaling->cpu.set)
            autoscaling->cpu = (struct hd_opt_int)HD_INT(70);
    } else if (!collector->replicas) {
        collector->replicas = struct_is_set(&hd_tail_sampling_struct, &collector->tail_sampling) ? 1 : 2;
    }
}

void resolve_collector(struct hd_model *model, struct hd_collector *collector)
{
    if (!collector->form)
        collector->form = HD_COLLECTOR_PLAIN;
    if (!collector->topology)
        collector->topology = HD_TOPOLOGY_GATEWAY;
    if (!collector->name)
        collector->name = model->app->name;
    if (!collector->version)
        collector->version = COLLECTOR_NEWEST;
    if (!collector->image)
        collector->image = "docker.io/otel/opentelemetry-collector-contrib";
    if (!collector->log_level)
        collector->log_level = "INFO";
    resolve_size(&model->arena, collector);
    resolve_memory_limiter(model->app, collector);
    resolve_batch(&collector->batch);
    resolve_tail_sampling(&collector->tail_sampling);
    resolve_resource_attributes(model, collector);
    if (struct_is_set(&hd_k8s_attributes_struct, &collector->k8s_attributes) && !collector->k8s_attributes.enabled)
        collector->k8s_attributes.enabled = HD_TRUE;
    resolve_exporters(model);
    resolve_span_metrics(collector);
}

/* 1500 of 2048 MiB, so that data in flight fits into the rest. */
int64_t collector_limit_mib(int64_t memory_mib)
{
    return memory_mib * 1500 / 2048;
}

int64_t collector_memory_mib(const struct hd_app *app, enum collector_role role)
{
    const struct hd_collector *collector = &app->telemetry.collector;
    const struct hd_resources *resources = role == COLLECTOR_AGENT ? &collector->agent_resources : &collector->resources;
    const struct hd_quantity *limit = resource_named(resources->limits, resources->n_limits, "memory");

    return limit ? quantity_milli(limit->amount) / 1000 / (1024 * 1024) : 0;
}

bool shares_traces(const struct hd_app *app)
{
    const struct hd_collector *collector = &app->telemetry.collector;

    return collector->tail_sampling.n_policies && collector->topology != HD_TOPOLOGY_SIDECAR &&
           (collector->autoscaling.enabled == HD_TRUE || collector->replicas > 1);
}

const char *tier_before(const struct hd_app *app)
{
    return app->telemetry.collector.topology == HD_TOPOLOGY_AGENT_GATEWAY ? "-agent" : shares_traces(app) ? "-balancer" : "";
}

bool sees_senders(const struct hd_app *app, enum collector_role role)
{
    return hands_on(role) || (app->telemetry.collector.topology == HD_TOPOLOGY_GATEWAY && !shares_traces(app));
}

bool stores_queues(const struct hd_app *app, enum collector_role role)
{
    return role == COLLECTOR_GATEWAY && app->telemetry.collector.storage.size;
}

unsigned collector_signals(const struct hd_app *app)
{
    const struct hd_collector *collector = &app->telemetry.collector;

    if (collector->external)
        return SIGNALS_ALL;
    return exporters_take(collector) | (has_span_metrics(app) ? SIGNAL_TRACES : 0);
}

bool mesh_sends_traces(const struct hd_app *app)
{
    const struct hd_telemetry *telemetry = &app->telemetry;

    return mesh_is_on(app) && telemetry->enabled == HD_TRUE && telemetry->mesh.enabled == HD_TRUE && !telemetry->collector.external &&
           telemetry->collector.topology != HD_TOPOLOGY_SIDECAR && collector_signals(app) & SIGNAL_TRACES;
}

bool has_span_metrics(const struct hd_app *app)
{
    return app->telemetry.enabled == HD_TRUE && !app->telemetry.collector.external &&
           app->telemetry.collector.span_metrics.enabled == HD_TRUE;
}

bool collector_since(const struct hd_app *app, int minor)
{
    const char *version = app->telemetry.collector.version;

    return !version || !format_is_valid(&format_collector_version, version) || atoi(version + 2) >= minor;
}

const struct hd_external *collector_api_server(const struct hd_model *model)
{
    const struct hd_k8s_attributes *attributes = &model->app->telemetry.collector.k8s_attributes;

    return attributes->external ? graph_callee(model, attributes->external).external : NULL;
}
