/* Rules for the collector: it starts, has enough memory, and loses no data. */
#include "collectors.h"
#include "core/tables/field.h"
#include "core/text/among.h"
#include "exporter.h"
#include "model/claim.h"
#include "model/tables.h"
#include "telemetry_checks.h"

#include <stdlib.h>
#include <string.h>

/* Range of versions that accept the configuration that is generated. */
enum { COLLECTOR_OLDEST = 110, COLLECTOR_NEWEST_MINOR = 155 };

/* The operator adds suffixes to the name, of which -collector-networkpolicy is the longest. Pods have namespace and name in one label. */
enum { LONGEST_LABEL = 63, LONGEST_SUFFIX = 24 };

static const struct hd_collector *given(const struct checker *checker)
{
    return &checker->model->given->telemetry.collector;
}

/* The place that the name comes from. */
static struct where name_place(const struct checker *checker, const struct hd_collector *collector)
{
    return given(checker)->name ? AT(collector, name) : AT(checker->app, name);
}

static void check_name(struct checker *checker, const struct hd_collector *collector)
{
    const char *namespace_name = checker->app->namespace_name;
    size_t length = collector->name ? strlen(collector->name) : 0, suffix = LONGEST_SUFFIX;
    const char *before = tier_before(checker->app);
    size_t agent = strlen(before), label;

    if (length && !given(checker)->name && format_is_valid(&format_dns_label, collector->name) &&
        !format_is_valid(&format_service_name, collector->name))
        hint(found(checker, HD_BAD_FORM, AT(checker->app, name), "the collector's Service cannot be named \"%.63s-collector\"",
                   collector->name),
             "the name of a Service begins with a letter: write telemetry.collector.name");
    if (collector->form != HD_COLLECTOR_OPERATOR || !length || !namespace_name)
        return;
    label = strlen(namespace_name) + 1 + length + agent;
    if (length + agent + suffix > LONGEST_LABEL)
        hint(found(checker, HD_COLLECTOR_NAME_LONG, name_place(checker, collector),
                   "the operator shortens a collector's name of %zu letters%s%s", length + agent, agent ? ", with " : "", before),
             "the operator adds up to %zu letters, so at most %zu are left: write a shorter telemetry.collector.name", suffix,
             (size_t)LONGEST_LABEL - suffix - agent);
    else if (label > LONGEST_LABEL)
        hint(
            found(checker, HD_COLLECTOR_NAME_LONG, name_place(checker, collector),
                  "namespace and name of the collector have %zu letters together, so the operator shortens the label that selects its pods",
                  label),
            "together they may have %d letters: write a shorter telemetry.collector.name", LONGEST_LABEL - 1);
}

static void check_version(struct checker *checker, const struct hd_collector *collector)
{
    int minor;

    if (!collector->version || !format_is_valid(&format_collector_version, collector->version))
        return;
    minor = atoi(collector->version + 2);
    if (minor < COLLECTOR_OLDEST)
        hint(found(checker, HD_COLLECTOR_TOO_OLD, AT(collector, version), "collector %s is older than the oldest version that is supported",
                   collector->version),
             "use 0.%d.0 or later", COLLECTOR_OLDEST);
    if (minor > COLLECTOR_NEWEST_MINOR)
        hint(found(checker, HD_COLLECTOR_UNKNOWN, AT(collector, version), "collector %s is newer than the newest version that is known",
                   collector->version),
             "the configuration is written for 0.%d; later versions usually accept it", COLLECTOR_NEWEST_MINOR);
}

/* When the limiter begins to refuse data, the container still needs memory for data in flight. */
static void check_memory(struct checker *checker, const struct hd_collector *collector)
{
    const struct hd_memory_limiter *limiter = &collector->memory_limiter;
    enum collector_role role = collector->topology == HD_TOPOLOGY_SIDECAR ? COLLECTOR_SIDECAR : COLLECTOR_GATEWAY;
    int64_t memory = collector_memory_mib(checker->app, role);
    struct finding *finding = NULL;

    if (memory && limiter->limit_mib >= memory)
        finding = found(checker, HD_MEMORY_LIMIT_LATE, AT(limiter, limit_mib),
                        "the collector is killed at %lld MiB, before its memory limiter refuses data at %lld MiB", (long long)memory,
                        (long long)limiter->limit_mib);
    else if (memory && limiter->limit_mib > memory * 4 / 5)
        finding = found(checker, HD_MEMORY_LIMIT_TIGHT, AT(limiter, limit_mib),
                        "limitMib is %lld, which leaves too little of the container's %lld MiB for data in flight",
                        (long long)limiter->limit_mib, (long long)memory);
    if (finding) {
        also_at(finding, AT(&collector->resources, limits), "the container's limit is %lld MiB", (long long)memory);
        hint(finding, "write limitMib: %lld or less, or raise resources.limits.memory", (long long)memory * 4 / 5);
    }
    if (limiter->limit_mib && limiter->spike_limit_mib >= limiter->limit_mib) {
        finding = found(checker, HD_SPIKE_ABOVE_LIMIT, AT(limiter, spike_limit_mib),
                        "the collector does not start: spikeLimitMib %lld is not below limitMib", (long long)limiter->spike_limit_mib);
        also_at(finding, AT(limiter, limit_mib), "limitMib is %lld", (long long)limiter->limit_mib);
        hint(finding, "write about a fifth of limitMib: %lld", (long long)limiter->limit_mib / 5);
    }
}

static void check_batch(struct checker *checker, const struct hd_batch *batch)
{
    struct finding *finding;

    if (batch->send_batch_max_size >= batch->send_batch_size)
        return;
    finding = found(checker, HD_BATCH_MAX_BELOW, AT(batch, send_batch_max_size),
                    "the collector does not start: sendBatchMaxSize %lld is below sendBatchSize", (long long)batch->send_batch_max_size);
    also_at(finding, AT(batch, send_batch_size), "sendBatchSize is %lld", (long long)batch->send_batch_size);
    hint(finding, "raise sendBatchMaxSize to at least %lld, or remove it", (long long)batch->send_batch_size);
}

/* Whether there is more than one gateway pod, and where the number is given. */
static bool is_spread(const struct hd_collector *collector, struct where *where)
{
    *where = collector->autoscaling.enabled == HD_TRUE ? AT_STRUCT(&collector->autoscaling) : AT(collector, replicas);
    return collector->topology != HD_TOPOLOGY_SIDECAR && (collector->autoscaling.enabled == HD_TRUE || collector->replicas > 1);
}

static void check_tail_sampling(struct checker *checker, const struct hd_collector *collector)
{
    const struct hd_tail_sampling *sampling = &collector->tail_sampling;
    struct finding *finding;

    if (!struct_is_set(&hd_tail_sampling_struct, sampling))
        return;
    if (!sampling->n_policies && !at_refused(sampling->at, "policies"))
        hint(found(checker, HD_NO_POLICY, AT_STRUCT(sampling), "tailSampling has no policies, so no trace would be kept"),
             "write policies: {errors: {statusCodes: [ERROR]}, slow: {thresholdMs: 500}}");
    if (collector->topology == HD_TOPOLOGY_SIDECAR) {
        finding = found(checker, HD_TRACES_TORN, AT_STRUCT(sampling),
                        "tailSampling needs whole traces, but a collector in a pod sees only the spans of its pod");
        also_at(finding, AT(collector, topology), "each pod has its own collector");
        hint(finding, "use topology: gateway or agent+gateway");
    }
}

static bool has_queue(const struct hd_collector *collector)
{
    for (size_t i = 0; i < collector->n_exporters; i++)
        if (exporter_kind(&collector->exporters[i])->speaks_otlp)
            return true;
    return false;
}

/* Members that have no effect with this form or topology. */
static void check_unused(struct checker *checker, const struct hd_collector *collector)
{
    bool is_sidecar = collector->topology == HD_TOPOLOGY_SIDECAR, has_agents = collector->topology == HD_TOPOLOGY_AGENT_GATEWAY;
    bool has_operator = collector->form == HD_COLLECTOR_OPERATOR;
    const struct hd_autoscaling *autoscaling = &collector->autoscaling;
    const struct unused {
        const char *key;
        bool given;
        struct where where;
        const char *why;
    } members[] = {
        {"replicas", is_sidecar && collector->replicas, AT(collector, replicas),
         "with topology: sidecar each pod has exactly one collector"},
        {"autoscaling", is_sidecar && struct_is_set(&hd_autoscaling_struct, autoscaling), AT_STRUCT(autoscaling),
         "with topology: sidecar each pod has exactly one collector"},
        {"nodeSelector", is_sidecar && collector->n_node_selector, AT(collector, node_selector),
         "with topology: sidecar the collector runs on the node of its pod"},
        {"tolerations", is_sidecar && collector->n_tolerations, AT(collector, tolerations),
         "with topology: sidecar the collector runs on the node of its pod"},
        {"k8sAttributes", is_sidecar && collector->k8s_attributes.enabled == HD_TRUE, AT_STRUCT(&collector->k8s_attributes),
         "with topology: sidecar the pod's own variables give these names"},
        {"agentResources", !has_agents && struct_is_set(&hd_resources_struct, &collector->agent_resources),
         AT_STRUCT(&collector->agent_resources), "only topology: agent+gateway has agents"},
        {"containerLogs", !has_agents && collector->container_logs == HD_TRUE, AT(collector, container_logs),
         "agents read the logs: write topology: agent+gateway"},
        {"storage", is_sidecar && collector->storage.size, AT_STRUCT(&collector->storage),
         "with topology: sidecar the queues are in memory"},
        {"storage", !is_sidecar && collector->storage.size && !has_queue(collector), AT_STRUCT(&collector->storage),
         "storage is for the queues of otlp_grpc and otlp_http, and there is no such exporter"},
        {"triggers", autoscaling->n_triggers, AT(autoscaling, triggers), "a collector is scaled by cpu and memory"},
        {"scaler", autoscaling->scaler, AT(autoscaling, scaler), "a collector is scaled by cpu and memory"},
        {"containers", has_operator && autoscaling->n_containers, AT(autoscaling, containers),
         "the operator scales only by cpu and memory"},
        {"pods", has_operator && autoscaling->n_pods, AT(autoscaling, pods), "the operator scales only by cpu and memory"},
        {"external", has_operator && autoscaling->n_external, AT(autoscaling, external), "the operator scales only by cpu and memory"},
    };

    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (members[i].given)
            hint(found(checker, HD_COLLECTOR_MEMBER_UNUSED, members[i].where, "%s has no effect here", members[i].key), "%s",
                 members[i].why);
}

/* Queues are files, and each pod has its own. */
static void check_storage(struct checker *checker, const struct hd_collector *collector)
{
    const struct hd_claim *storage = &collector->storage;
    struct finding *finding;

    if (!storage->size || collector->topology == HD_TOPOLOGY_SIDECAR)
        return;
    check_claim(checker, storage);
    if (storage->volume_mode && !strcmp(storage->volume_mode, "Block"))
        hint(found(checker, HD_QUEUE_NOT_KEPT, AT(storage, volume_mode), "queues are files, and a volume of mode Block has no files"),
             "remove volumeMode");
    if (collector->autoscaling.enabled == HD_TRUE) {
        finding = found(checker, HD_QUEUE_LEFT, AT_STRUCT(storage),
                        "data that a pod has not sent stays in its claim when autoscaling removes the pod");
        also_at(finding, AT_STRUCT(&collector->autoscaling), "the number of pods follows the load");
        hint(finding, "write a fixed number of replicas; or accept that the data is sent when the pod comes back");
    }
}

static void check_size(struct checker *checker, const struct hd_collector *collector)
{
    const struct hd_autoscaling *autoscaling = &collector->autoscaling;
    struct finding *finding;

    if (autoscaling->enabled != HD_TRUE || autoscaling->min_replicas <= autoscaling->max_replicas)
        return;
    finding = found(checker, HD_MIN_ABOVE_MAX, AT(autoscaling, min_replicas), "minReplicas %lld is above maxReplicas %lld",
                    (long long)autoscaling->min_replicas, (long long)autoscaling->max_replicas);
    also_at(finding, AT(autoscaling, max_replicas), "maxReplicas is %lld", (long long)autoscaling->max_replicas);
    hint(finding, "raise maxReplicas to at least %lld, or lower minReplicas", (long long)autoscaling->min_replicas);
}

/* k8sAttributes and scraping need the API server, so a policy must allow it. */
static void check_api_server(struct checker *checker, const struct hd_collector *collector)
{
    const struct hd_k8s_attributes *attributes = &collector->k8s_attributes;
    bool scrapes = checker->app->telemetry.scraping.form == HD_SCRAPING_COLLECTOR;

    if (attributes->external && *attributes->external) {
        check_external_named(checker, attributes->external, AT(attributes, external));
        return;
    }
    if (collector->topology == HD_TOPOLOGY_SIDECAR || at_has(attributes->at, "external") ||
        checker->app->platform.api_server.enabled == HD_TRUE)
        return;
    if (attributes->enabled == HD_TRUE || scrapes)
        hint(found(checker, HD_COLLECTOR_WITHOUT_API,
                   attributes->enabled == HD_TRUE ? AT_STRUCT(attributes) : AT(&checker->app->telemetry.scraping, form),
                   "the collector must ask the API server for pods, but no NetworkPolicy allows it"),
             "write platform: {apiServer: {cidrs: [10.0.0.1/32]}}");
}

/* With several collector pods each would scrape every service. */
static void check_scraping(struct checker *checker, const struct hd_collector *collector)
{
    const struct hd_scraping *scraping = &checker->app->telemetry.scraping;
    struct finding *finding;
    struct where spread;

    if (scraping->form != HD_SCRAPING_COLLECTOR)
        return;
    if (collector->topology == HD_TOPOLOGY_SIDECAR) {
        finding = found(checker, HD_SCRAPED_TWICE, AT(scraping, form), "a collector in a pod does not scrape services");
        also_at(finding, AT(collector, topology), "each pod has its own collector");
        hint(finding, "use topology: gateway, or scraping: podMonitor");
    } else if (is_spread(collector, &spread)) {
        finding =
            found(checker, HD_SCRAPED_TWICE, AT(scraping, form), "there are several collector pods, and each would scrape every service");
        also_at(finding, spread, "the number of pods is set here");
        hint(finding, "write collector.replicas: 1, or scraping: serviceMonitor");
    }
}

static void check_container_logs(struct checker *checker, const struct hd_collector *collector)
{
    const struct hd_app *app = checker->app;
    bool forbidden = app->pod_security == HD_POD_SECURITY_RESTRICTED || app->pod_security == HD_POD_SECURITY_BASELINE;

    if (collector->container_logs != HD_TRUE || collector->topology != HD_TOPOLOGY_AGENT_GATEWAY)
        return;
    if (forbidden)
        hint(found(checker, HD_HOST_PATH, AT(collector, container_logs),
                   "containerLogs needs a folder of the node, which podSecurity forbids"),
             "let services send their logs (signals: [logs]), or write podSecurity: privileged");
}

/* Reports settings for a signal that no exporter takes, because they would be in no pipeline. Span metrics need no exporter for traces. */
static void check_pipelines(struct checker *checker, const struct hd_collector *collector)
{
    const struct hd_ottl *filter = &collector->filter, *transform = &collector->transform;
    const struct hd_scraping *scraping = &checker->app->telemetry.scraping;
    bool has_agents = collector->topology == HD_TOPOLOGY_AGENT_GATEWAY;
    unsigned seen = collector_signals(checker->app);
    const struct {
        bool given;
        unsigned there, bit;
        const char *signal, *what;
        struct where where;
    } uses[] = {
        {has_agents && collector->container_logs == HD_TRUE, seen, SIGNAL_LOGS, "logs", "containerLogs", AT(collector, container_logs)},
        {filter->n_traces, seen, SIGNAL_TRACES, "traces", "filter", AT(filter, traces)},
        {filter->n_metrics, seen, SIGNAL_METRICS, "metrics", "filter", AT(filter, metrics)},
        {filter->n_logs, seen, SIGNAL_LOGS, "logs", "filter", AT(filter, logs)},
        {transform->n_traces, seen, SIGNAL_TRACES, "traces", "transform", AT(transform, traces)},
        {transform->n_metrics, seen, SIGNAL_METRICS, "metrics", "transform", AT(transform, metrics)},
        {transform->n_logs, seen, SIGNAL_LOGS, "logs", "transform", AT(transform, logs)},
        {collector->tail_sampling.n_policies, exporters_take(collector), SIGNAL_TRACES, "traces", "tailSampling",
         AT_STRUCT(&collector->tail_sampling)},
        {has_span_metrics(checker->app), seen, SIGNAL_METRICS, "metrics", "spanMetrics", AT_STRUCT(&collector->span_metrics)},
        {scraping->form == HD_SCRAPING_COLLECTOR, seen, SIGNAL_METRICS, "metrics", "scraping: collector", AT(scraping, form)},
    };

    for (size_t i = 0; seen && i < sizeof uses / sizeof *uses; i++)
        if (uses[i].given && !(uses[i].there & uses[i].bit))
            hint(found(checker, HD_SIGNAL_WITHOUT_EXPORTER, uses[i].where, "%s has no effect, because no exporter takes %s", uses[i].what,
                       uses[i].signal),
                 "add an exporter for %s under telemetry.collector.exporters, or remove this", uses[i].signal);
}

static void check_anything_exported(struct checker *checker, const struct hd_collector *collector)
{
    if (!collector_signals(checker->app) && !at_refused(collector->at, "exporters"))
        hint(found(checker, HD_SIGNAL_WITHOUT_EXPORTER, AT_STRUCT(&checker->app->telemetry),
                   "the collector has no exporter, so it cannot send anything"),
             "write exporters, such as telemetry: {collector: {exporters: {jaeger: jaeger-collector.observability:4317}}}; or "
             "platform.prometheus");
}

static void check_two_collectors(struct checker *checker, const struct hd_collector *collector)
{
    struct finding *finding;

    if (checker->app->platform.collector.enabled != HD_TRUE)
        return;
    finding = found(checker, HD_TWO_COLLECTORS, AT_STRUCT(&checker->app->platform.collector),
                    "platform.collector has no effect, because services send to the application's own collector");
    also_at(finding, struct_is_set(&hd_collector_struct, given(checker)) ? AT_STRUCT(collector) : AT_STRUCT(&checker->app->telemetry),
            "telemetry adds that collector");
    hint(finding,
         "remove platform.collector; or, to send to it, write telemetry: {collector: {external: "
         "\"http://collector.%s:4317\"}}",
         text_or(checker->app->platform.collector.namespace_name, "observability"));
}

static void check_native_sidecar(struct checker *checker, const struct hd_collector *collector)
{
    if (collector->topology == HD_TOPOLOGY_SIDECAR && collector->form == HD_COLLECTOR_PLAIN && checker->kube_minor < 29)
        hint(found(checker, HD_TOO_NEW, AT(collector, topology),
                   "topology: sidecar needs Kubernetes 1.29, because it uses native sidecars; kubernetesVersion is 1.%d",
                   checker->kube_minor),
             "use topology: gateway, or form: operator");
}

/* The image opentelemetry-collector is the small distribution, which has only a few components. */
static void check_distribution(struct checker *checker, const struct hd_collector *collector)
{
    const char *slash = collector->image ? strrchr(collector->image, '/') : NULL, *lacks;

    if (!collector->image || strcmp(slash ? slash + 1 : collector->image, "opentelemetry-collector") != 0)
        return;
    lacks = has_span_metrics(checker->app)                          ? "spanMetrics"
            : collector->tail_sampling.n_policies                   ? "tailSampling"
            : collector->storage.size                               ? "storage"
            : collector->k8s_attributes.enabled == HD_TRUE          ? "k8sAttributes"
            : collector->container_logs == HD_TRUE                  ? "containerLogs"
            : struct_is_set(&hd_ottl_struct, &collector->transform) ? "transform"
                                                                    : NULL;
    if (lacks)
        hint(found(checker, HD_IMAGE_LACKS, AT(collector, image), "the image opentelemetry-collector has no component for %s", lacks),
             "use opentelemetry-collector-contrib, or turn %s off", lacks);
}

void check_collector(struct checker *checker, const struct hd_collector *collector)
{
    check_two_collectors(checker, collector);
    check_name(checker, collector);
    check_version(checker, collector);
    check_distribution(checker, collector);
    check_native_sidecar(checker, collector);
    check_size(checker, collector);
    check_storage(checker, collector);
    check_memory(checker, collector);
    check_batch(checker, &collector->batch);
    check_tail_sampling(checker, collector);
    check_unused(checker, collector);
    check_api_server(checker, collector);
    check_scraping(checker, collector);
    check_container_logs(checker, collector);
    check_pipelines(checker, collector);
    check_processing(checker, collector);
    check_anything_exported(checker, collector);
    check_exporters(checker, collector);
}
