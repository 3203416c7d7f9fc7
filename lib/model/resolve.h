/* Defaults that each concept computes itself, beyond those of layers and tables. */
#ifndef HD_MODEL_RESOLVE_H
#define HD_MODEL_RESOLVE_H

#include "model.h"
#include "runtime.h"

/* The application's own parts. */
void resolve_platform(struct hd_app *app);
/* Whether it is said where something is, and not only what the mesh knows of it. */
bool peer_has_place(const struct hd_platform_peer *peer);
void resolve_mesh(struct hd_model *model);
void resolve_telemetry(struct hd_model *model);
void resolve_alerts(struct hd_model *model);
void resolve_alert_routing(struct hd_app *app);
void resolve_dashboards(struct hd_app *app);
void resolve_operations(struct hd_model *model);
void resolve_secrets(struct hd_model *model);
void resolve_externals(struct hd_model *model);

/* Adds an annotation of the pods, unless they have it. */
void pod_annotate(struct hd_model *model, struct hd_pod *pod, const char *name, const char *value);

/* Parts of every container. `base` (may be NULL) and the name of the service say what an image leaves out. */
void resolve_image(struct hd_model *model, struct hd_image *image, const struct hd_image *base, const char *service_name);
void resolve_security_context(struct hd_security_context *context);
void resolve_ports(struct hd_model *model, struct hd_container *container);
/* Lowers requests of the library's to limits that the user gave: no pod could have both. */
void resolve_requests(struct hd_model *model, struct hd_resources *resources, const struct hd_resources *library);
/* Before the library's defaults: its probes ask by HTTP, which not every port speaks. */
void resolve_probes_of_ports(struct hd_service *service);
void resolve_probes(struct hd_model *model, struct hd_container *container);
/* The size that a ConfigMap may have. (Kubernetes: core/v1 validation) */
enum { LARGEST_CONFIG = 1024 * 1024 };
/* The key of a configuration file in its ConfigMap, where the model gives none: the last part of its path. */
const char *config_file_key(const char *path);
/* Reads the files that configuration comes from. `name` is NULL for a service's own container. */
void resolve_config_files(struct hd_model *model, struct hd_container *container, const char *name, struct hd_diagnostics *report);

/* One service, and what stands in it. */
void resolve_service(struct hd_model *model, struct hd_service *service, const struct runtime *runtime, struct hd_diagnostics *report);
/* Parts of a service. */
void resolve_disruption_budget(struct hd_model *model, struct hd_service *service);
void resolve_strategy(struct hd_service *service);
/* Before the library's defaults: an update that cannot go on is no default. */
void resolve_strategy_of_claims(struct hd_service *service);
/* Whether only one node, or one pod, can have what the claim brings. */
bool claim_is_exclusive(const struct hd_claim *claim);
void resolve_job(struct hd_service *service);
void resolve_metrics(const struct hd_app *app, struct hd_service *service);
void resolve_expose(struct hd_model *model, struct hd_service *service);
void resolve_lifecycle(struct hd_model *model, struct hd_service *service);
void resolve_service_account(struct hd_service *service);
void resolve_service_mesh(struct hd_model *model, struct hd_service *service);
void resolve_volumes(struct hd_service *service);
/* Some of the node's disk for what a container writes there: logs, and scratch files in /tmp. */
void resolve_scratch(struct hd_model *model, struct hd_container *container);
void resolve_volume_backup(struct hd_model *model, struct hd_service *service);
/* `is_elsewhere`: its image is a whole reference, and it says nothing of building one itself. */
void resolve_build(struct hd_model *model, struct hd_service *service, bool is_elsewhere);
/* Defaults of the traffic policy; and, once all services are complete, of the settings of calls. */
void resolve_delivery(struct hd_model *model, struct hd_service *service);
void resolve_traffic(struct hd_model *model, struct hd_service *service);
void resolve_traffic_of_externals(struct hd_model *model);
void resolve_traffic_of_call(struct hd_model *model, struct hd_call *call);
/* Calls, once all services are complete. */
void resolve_calls(struct hd_model *model, struct hd_service *service);

/* Whether the service runs to an end, instead of serving. */
bool runs_to_end(const struct hd_service *service);
/* The fewest pods that the service has when all is well. */
int64_t least_replicas(const struct hd_service *service);
/* The most, an update left aside. */
int64_t most_replicas(const struct hd_service *service);

#endif
