/* How collectors are built, and what they add to the model and the graph. */
#ifndef HD_TELEMETRY_MODEL_COLLECTORS_H
#define HD_TELEMETRY_MODEL_COLLECTORS_H

#include "model/model.h"

struct hd_diagnostics;

/* Ports of every collector. */
enum { OTLP_GRPC_PORT = 4317, OTLP_HTTP_PORT = 4318, COLLECTOR_METRICS_PORT = 8888, COLLECTOR_HEALTH_PORT = 13133 };

/* Whether a collector of this role only forwards to the gateway. */
static inline bool hands_on(enum collector_role role)
{
    return role == COLLECTOR_AGENT || role == COLLECTOR_BALANCER;
}
/* Whether several gateway pods do tail sampling, so that all spans of a trace must be sent to the same pod. */
bool shares_traces(const struct hd_app *app);
/* Suffix of the name of the collectors that forward to the gateway; empty when there are none. */
const char *tier_before(const struct hd_app *app);
/* Whether a collector of this role gets data directly from the senders, so that it knows their addresses. */
bool sees_senders(const struct hd_app *app, enum collector_role role);
/* Whether a collector of this role is a StatefulSet. */
bool runs_in_set(const struct hd_app *app, enum collector_role role);
/* Whether a collector of this role keeps its queues in a claim, and where. */
bool stores_queues(const struct hd_app *app, enum collector_role role);
#define COLLECTOR_STORAGE_PATH "/var/lib/otelcol"

/* The signals that have a pipeline in the collector. */
unsigned collector_signals(const struct hd_app *app);
/* Whether the proxies of a mesh send spans to the collector: it has a Service, and an exporter or spanMetrics uses them. */
bool mesh_sends_traces(const struct hd_app *app);
/* Whether the collector makes metrics from spans (spanMetrics). */
bool has_span_metrics(const struct hd_app *app);
/* Whether the collector has the component names of this minor version (0.N) or later. */
bool collector_since(const struct hd_app *app, int minor);
/* The memory limit of a collector of this role, in MiB; 0 when it is not valid. */
int64_t collector_memory_mib(const struct hd_app *app, enum collector_role role);
/* limitMib of the memory limiter for a memory limit, both in MiB. */
int64_t collector_limit_mib(int64_t memory_mib);
/* The external that stands for the API server, or NULL. */
const struct hd_external *collector_api_server(const struct hd_model *model);

/* Marks the externals that the collector sends to or asks. */
void mark_telemetry_externals(const struct hd_model *model, bool *used);
/* Mounts what a collector of this role needs; and one more volume of a pod. */
void set_collector_volumes(struct hd_model *model, struct hd_service *service, enum collector_role role);
void add_pod_volume(struct hd_model *model, struct hd_pod *pod, struct hd_volume volume);
/* Fills in what the collector leaves out. */
void resolve_collector(struct hd_model *model, struct hd_collector *collector);
/* Builds the collectors, once all services are complete and names are indexed. */
void resolve_collectors(struct hd_model *model, struct hd_diagnostics *report);
/* Adds their pods and traffic to the graph. */
void graph_add_collectors(struct hd_model *model);
/* Adds the edges of a waypoint, which sends spans. */
void graph_add_proxy_telemetry(struct hd_model *model, const struct peer *proxy);
/* Adds the edges from a service to its collector. */
void graph_add_telemetry(struct hd_model *model, const struct peer *self);

#endif
