/* What collectors are made of, and what they bring. */
#ifndef HD_TELEMETRY_MODEL_COLLECTORS_H
#define HD_TELEMETRY_MODEL_COLLECTORS_H

#include "model/model.h"

struct hd_diagnostics;

/* Ports of every collector. */
enum { OTLP_GRPC_PORT = 4317, OTLP_HTTP_PORT = 4318, COLLECTOR_METRICS_PORT = 8888, COLLECTOR_HEALTH_PORT = 13133 };

/* Whether a collector only hands on to the gateway. */
static inline bool hands_on(enum collector_role role)
{
    return role == COLLECTOR_AGENT || role == COLLECTOR_BALANCER;
}
/* Whether several gateway pods sample tails, so that each trace must be led to one of them. */
bool shares_traces(const struct hd_app *app);
/* The name's ending of the collectors that stand before the gateway; empty when none do. */
const char *tier_before(const struct hd_app *app);
/* Whether a collector of this role is the first that sees data, and so who sent it. */
bool sees_senders(const struct hd_app *app, enum collector_role role);
/* Whether a collector of this role is a StatefulSet. */
bool runs_in_set(const struct hd_app *app, enum collector_role role);
/* Whether a collector of this role keeps its queues in a claim, and where. */
bool stores_queues(const struct hd_app *app, enum collector_role role);
#define COLLECTOR_STORAGE_PATH "/var/lib/otelcol"

/* The signals that have a pipeline in the collector. */
unsigned collector_signals(const struct hd_app *app);
/* Whether the proxies of a mesh send spans to the collector: it has a Service, and some use for them. */
bool mesh_sends_traces(const struct hd_app *app);
/* Whether spans become metrics. */
bool has_span_metrics(const struct hd_app *app);
/* Whether the collector has the component names of this minor version (0.N) or later. */
bool collector_since(const struct hd_app *app, int minor);
/* A limit of memory as a collector of this role has it, in MiB; 0 when none is valid. */
int64_t collector_memory_mib(const struct hd_app *app, enum collector_role role);
/* From how much memory on data is refused, of so much in all. */
int64_t collector_limit_mib(int64_t memory_mib);
/* The external by which the API server is reached, or NULL. */
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
/* What a proxy of the mesh that is no sidecar sends. */
void graph_add_proxy_telemetry(struct hd_model *model, const struct peer *proxy);
/* Adds what a service sends. */
void graph_add_telemetry(struct hd_model *model, const struct peer *self);

#endif
