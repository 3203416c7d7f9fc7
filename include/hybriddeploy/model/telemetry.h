/** Traces, metrics and logs: their sources, the collector, its exporters, and Prometheus. */
#ifndef HYBRIDDEPLOY_MODEL_TELEMETRY_H
#define HYBRIDDEPLOY_MODEL_TELEMETRY_H

#include <hybriddeploy/model/alerts.h>
#include <hybriddeploy/model/autoscaling.h>
#include <hybriddeploy/model/container.h>
#include <hybriddeploy/model/dashboards.h>
#include <hybriddeploy/model/scheduling.h>
#include <hybriddeploy/model/signals.h>
#include <hybriddeploy/model/volume.h>

/** Whether the library or the OpenTelemetry operator makes the collector's objects. */
enum hd_collector_form { HD_COLLECTOR_FORM_UNSET = 0, HD_COLLECTOR_PLAIN, HD_COLLECTOR_OPERATOR };

/** Where collectors run. */
enum hd_topology { HD_TOPOLOGY_UNSET = 0, HD_TOPOLOGY_GATEWAY, HD_TOPOLOGY_AGENT_GATEWAY, HD_TOPOLOGY_SIDECAR };

/** How Prometheus learns what to scrape. */
enum hd_scraping_form {
    HD_SCRAPING_UNSET = 0,
    HD_SCRAPING_SERVICE_MONITOR,
    HD_SCRAPING_POD_MONITOR,
    HD_SCRAPING_ANNOTATIONS,
    HD_SCRAPING_COLLECTOR
};

/** A header of an exporter's requests. */
struct hd_exporter_header {
    /** Header name. */
    const char *name;
    /** Literal value. Something that looks like a credential is refused: use secret. */
    const char *value;
    /** Name of a secret of the application; key says which entry. */
    const char *secret;
    /** Entry of the secret. */
    const char *key;
    const struct hd_at *at;
};

/** By what an exporter knows its back end, and is known by it. Files of it are mounted into the collector's pods. */
struct hd_exporter_tls {
    /**
     * Secret of the application with the CA of the back end's certificate. Default: the CAs of the collector's image, which presumes a
     * certificate that the public trusts.
     */
    const char *ca_secret;
    /** The same from a ConfigMap, which exists in the namespace. */
    const char *ca_config_map;
    /** Key of either. Default: ca.crt, because cert-manager calls it so. */
    const char *ca_key;
    /** Secret of the application with a certificate of the collector's own, tls.crt and tls.key, which back ends may ask for. */
    const char *secret_name;
    /** Name that the back end's certificate is for. Default: the endpoint's host, because that is whom the collector calls. */
    const char *server_name;
    const struct hd_at *at;
};

/** A destination of the collector's data. */
struct hd_exporter {
    /** Name, unique among exporters. */
    const char *name;
    /**
     * otlp_grpc, otlp_http, prometheus (an endpoint to scrape), prometheus_remote_write or debug. Default: the name if it is one of these,
     * else otlp_http for an endpoint that begins with http, else otlp_grpc, because most back ends take OTLP.
     */
    const char *type;
    /**
     * host:port for otlp_grpc; a URL for otlp_http and prometheus_remote_write. A host `service.namespace` is taken for pods of that
     * namespace. Default: that of the external, by its host or name, so that it is said once.
     */
    const char *endpoint;
    /** Name of the external of the application that the endpoint is. Needed where the host is not in the cluster. */
    const char *external;
    /** Name or number of the external's port. Default: its only one, because no other can be meant. */
    const char *port;
    /**
     * Signals sent there: traces, metrics, logs. Default: by type, and for otlp by name, because not every back end takes all: traces for
     * jaeger, tempo and zipkin, logs for loki, metrics for mimir, else all three.
     */
    const char *const *signals;
    size_t n_signals;
    /** Headers of requests. */
    const struct hd_exporter_header *headers;
    size_t n_headers;
    /**
     * Whether the connection has no TLS. Default for otlp_grpc: true for pods of the cluster without tls, false for other hosts, because
     * few back ends in a cluster have a certificate.
     */
    enum hd_bool insecure;
    struct hd_exporter_tls tls;
    /** gzip, snappy, zstd or none. Default: gzip, because every backend of OTLP takes it. */
    const char *compression;
    /**
     * How long one request may take, a duration with its unit. Default: 30s for otlp_http, else 5s, because they are the collector's own.
     */
    const char *timeout;
    /** Batches kept while the back end is away, 1 to 10000000. Default: 1000, because it is the collector's own. */
    int64_t queue_size;
    const struct hd_at *at;
};

/** Refuses data before memory runs out; first in every pipeline. */
struct hd_memory_limiter {
    /** How often memory is measured, a duration with its unit. Default: 1s, because memory can grow far in a few seconds. */
    const char *check_interval;
    /**
     * Memory in MiB from which data is refused, 1 to 1048576; below the container's limit. Default: 73 percent of that limit, 1500 of 2Gi,
     * so that the collector refuses data before the kernel ends it.
     */
    int64_t limit_mib;
    /**
     * MiB below limitMib at which refusing begins, 1 to 1048576. Default: a fifth of limitMib, because that much may come between two
     * measurements.
     */
    int64_t spike_limit_mib;
    const struct hd_at *at;
};

/** Puts data together before it is sent; last in every pipeline. */
struct hd_batch {
    /** How long data waits for more, a duration with its unit. Default: 1s, because a second late is early enough for telemetry. */
    const char *timeout;
    /** Items after which a batch is sent, 1 to 1000000. Default: 1024, so that a batch stays below the 4 MiB that servers of gRPC take. */
    int64_t send_batch_size;
    /** Most items in a batch, 1 to 1000000, not below sendBatchSize. Default: twice sendBatchSize, so that a burst is cut into pieces. */
    int64_t send_batch_max_size;
    const struct hd_at *at;
};

/** Adds attributes of the pod. It reads pods from the API server; services send the pod's and node's names themselves. */
struct hd_k8s_attributes {
    /** Whether it is there. Default: false, because it needs the right to read pods; true when anything else here is given. */
    enum hd_bool enabled;
    /** Name of the external of the application by which the API server is reached. Needed, since policies close all else. */
    const char *external;
    /**
     * Attributes to add. Default: k8s.pod.name, k8s.pod.uid, k8s.node.name, k8s.deployment.name and k8s.namespace.name, because they say
     * which pod it was, where, and of what.
     */
    const char *const *metadata;
    size_t n_metadata;
    /** Labels of pods to add, as k8s.pod.labels.<key>. */
    const char *const *labels;
    size_t n_labels;
    const struct hd_at *at;
};

/** Conditions or statements in OTTL, by signal. */
struct hd_ottl {
    /** For spans. */
    const char *const *traces;
    size_t n_traces;
    /** For metrics; in a filter for data points. */
    const char *const *metrics;
    size_t n_metrics;
    /** For log records. */
    const char *const *logs;
    size_t n_logs;
    const struct hd_at *at;
};

/** One reason to keep a trace; with no figure, every trace is kept. */
struct hd_tail_policy {
    /** Name, unique among policies. */
    const char *name;
    /** Traces that take longer: milliseconds, 1 to 86400000. */
    int64_t threshold_ms;
    /** Traces with a span of these: OK, ERROR, UNSET. */
    const char *const *status_codes;
    size_t n_status_codes;
    /** Percent of traces, 0 to 100. */
    const char *sampling_percentage;
    const struct hd_at *at;
};

/** Keeps or drops whole traces. All spans of a trace reach one pod: a single one, or that which its ID is shared out to. */
struct hd_tail_sampling {
    /** How long to wait for a trace's spans, a duration with its unit. Default: 10s, because most traces have ended by then. */
    const char *decision_wait;
    /** Traces kept in memory while waiting, 1 to 100000000. Default: 50000, because it is the collector's own. */
    int64_t num_traces;
    /** Reasons to keep a trace; one is enough. */
    const struct hd_tail_policy *policies;
    size_t n_policies;
    const struct hd_at *at;
};

/** Makes metrics of spans: traces_span_metrics_calls_total and traces_span_metrics_duration_milliseconds. */
struct hd_span_metrics {
    /**
     * Whether it is there. Default: true where traces are collected and an exporter takes metrics, so that there are figures of requests.
     */
    enum hd_bool enabled;
    /**
     * Upper bounds of the histogram's buckets, durations with their units. Default: 2ms to 10s, among them 100ms, which presumes services
     * that answer within ten seconds.
     */
    const char *const *buckets;
    size_t n_buckets;
    /** Span attributes that become labels, besides the service, span name, kind and status. */
    const char *const *dimensions;
    size_t n_dimensions;
    const struct hd_at *at;
};

/** The OpenTelemetry collector of the application. */
struct hd_collector {
    /**
     * Endpoint of a collector that somebody else configures, such as http://collector.observability:4317; or of one that is a service of
     * the application, such as http://otelcol:4317, which all others may then send to. Excludes all other members.
     */
    const char *external;
    /**
     * plain (Deployment, ConfigMap and so on) or operator (an OpenTelemetryCollector). Default: plain, because it needs nothing that is
     * installed in the cluster.
     */
    enum hd_collector_form form;
    /**
     * gateway, agent+gateway (one on each node before it) or sidecar (one in each pod). Default: gateway, because it is the fewest pods
     * that lose nothing when a service ends.
     */
    enum hd_topology topology;
    /**
     * Name before the suffix -collector; at most 39 long with the operator. Default: the application's, so that collectors of two
     * applications can be told apart.
     */
    const char *name;
    /**
     * Version of the collector, "0.110.0" to the newest known; component names follow from it. Default: the newest known, because component
     * names follow the version that the library was tested with.
     */
    const char *version;
    /**
     * Image without tag. Default: docker.io/otel/opentelemetry-collector-contrib, because it has every component that a model can ask for.
     */
    const char *image;
    /**
     * Fixed number of gateway pods, 1 to 1000. Several that sample tails are a StatefulSet, and who stands before them shares traces out
     * among them: agents, or else a tier as large, <name>-balancer-collector. Default: 2, so that one takes data while the other is away; 1
     * with tail sampling, because one pod must see all of a trace. Excludes autoscaling.
     */
    int64_t replicas;
    /** Gateway pods by load. Default: off, which presumes that the pods of replicas are enough. */
    struct hd_autoscaling autoscaling;
    /**
     * CPU and memory of the gateway or a sidecar. Default: 200m and 512Mi, at most 1 and 2Gi, which is safe because the memory limiter
     * refuses data before the pod ends; a sidecar's are agentResources' defaults.
     */
    struct hd_resources resources;
    /** CPU and memory of an agent. Default: 50m and 128Mi, at most 250m and 512Mi, because an agent has only the data of its node. */
    struct hd_resources agent_resources;
    /**
     * Claim of each gateway pod, which are a StatefulSet then: what the queues of otlp_grpc and otlp_http hold outlives a restart. Default:
     * none, which presumes that what queues hold in memory may be lost.
     */
    struct hd_claim storage;
    /** Nodes of the gateway's pods. */
    const struct hd_pair *node_selector;
    size_t n_node_selector;
    /** Tolerations of gateway and agents. Default: none for the gateway, all nodes for agents, so that no node's pods are without one. */
    const struct hd_toleration *tolerations;
    size_t n_tolerations;
    struct hd_memory_limiter memory_limiter;
    struct hd_k8s_attributes k8s_attributes;
    /**
     * Resource attributes that everything gets. Default: service.namespace, and environment where the application has one, so that data of
     * two applications can be told apart.
     */
    const struct hd_pair *resource_attributes;
    size_t n_resource_attributes;
    /** Conditions; data for which one is true is dropped. */
    struct hd_ottl filter;
    /** Changes: statements. */
    struct hd_ottl transform;
    struct hd_tail_sampling tail_sampling;
    struct hd_batch batch;
    struct hd_span_metrics span_metrics;
    /**
     * Whether agents read the logs of the node's containers; not for a restricted or baseline namespace. Default: false, because it needs a
     * folder of the node.
     */
    enum hd_bool container_logs;
    /**
     * Where everything goes. Default for metrics: prometheus, scraped on 8889, where the platform has a Prometheus, so that metrics arrive
     * where alerts are evaluated.
     */
    const struct hd_exporter *exporters;
    size_t n_exporters;
    /** Level of the collector's own log: DEBUG, INFO, WARN or ERROR. Default: INFO, which says what failed and not each batch. */
    const char *log_level;
    const struct hd_at *at;
};

/** How Prometheus finds the collector, and services with metrics. */
struct hd_scraping {
    /**
     * serviceMonitor or podMonitor (Prometheus operator), annotations (prometheus.io/scrape), or collector (it scrapes the services
     * itself). Default: serviceMonitor, because the Prometheus operator is what most clusters have; nothing where platform.prometheus is
     * off, because such a cluster refuses its objects.
     */
    enum hd_scraping_form form;
    /**
     * Labels by which the user's Prometheus selects monitors and rules. Default: release: prometheus, because the chart of the Prometheus
     * operator selects by it.
     */
    const struct hd_pair *labels;
    size_t n_labels;
    /** Time between two scrapes, such as 30s. Default: 30s, because it is that of Prometheus' charts. */
    const char *interval;
    /** Time a scrape may take, not above the interval. Default: 10s, or the interval when that is less, because it is Prometheus' own. */
    const char *scrape_timeout;
    const struct hd_at *at;
};

/** Telemetry of the mesh's proxies; it needs a mesh. */
struct hd_mesh_telemetry {
    /** Whether there is an Istio Telemetry. Default: true in a mesh, because proxies tell nothing without it. */
    enum hd_bool enabled;
    /**
     * Name of the provider in MeshConfig.extensionProviders. Default: <application>-collector, which presumes that the mesh's operators
     * have added it.
     */
    const char *provider;
    /** Percent of requests that proxies begin a trace for, 0 to 100. Default: the application's sampling. */
    const char *random_sampling_percentage;
    /** Whether proxies log requests, through the provider envoy. Default: false, because a line for each request is much. */
    enum hd_bool access_logs;
    const struct hd_at *at;
};

/** Telemetry of the application; `telemetry: on` means all defaults. */
struct hd_telemetry {
    /** Whether there is any. Default: false, because the cluster may have nothing that takes it; true when anything else here is given. */
    enum hd_bool enabled;
    /** Defaults of all services. */
    struct hd_signals signals;
    struct hd_collector collector;
    struct hd_scraping scraping;
    struct hd_mesh_telemetry mesh;
    struct hd_metric_sources sources;
    struct hd_alerts alerts;
    /** Service level objectives. */
    const struct hd_slo *slos;
    size_t n_slos;
    struct hd_dashboards dashboards;
    const struct hd_at *at;
};

#endif
