/* What the concepts that all families share fill in, beyond what layers and tables say. */
#ifndef HD_MODEL_RESOLVE_H
#define HD_MODEL_RESOLVE_H

#include "family.h"
#include "runtime.h"

/* Lets all families resolve their parts of the application. */
void resolve_families(struct hd_model *model, enum app_phase phase, struct hd_diagnostics *report);

void resolve_platform(struct hd_model *model);
/* Sets the place of the pods or addresses from which requests come, by the class of the application's `gateway`. */
void resolve_gateway_peer(struct hd_model *model, struct hd_platform_peer *peer);
/* Whether that class is Cilium's, which works on Cilium's network alone. (Cilium: Gateway API support, prerequisites) */
bool gateway_needs_cilium(const struct hd_app *app);
/* Whether it is said where something is, and not only what the mesh knows of it. */
bool peer_has_place(const struct hd_platform_peer *peer);
/* The namespace in the host name of a Service, such as postgres.database.svc.cluster.local; else NULL. */
const char *namespace_of_host(const char *host, size_t *length);
/* Whether policies name an external by its host, which those of Cilium can for hosts outside of the cluster. */
bool external_by_host(const struct hd_app *app, const struct hd_external *external);
void resolve_secrets(struct hd_model *model);
void resolve_externals(struct hd_model *model);

/* One service, and what stands in it; `given` as in struct resolving. */
void resolve_service(struct hd_model *model, struct hd_service *service, const struct hd_service *given,
                     const struct runtime *runtime, struct hd_diagnostics *report);
void resolve_ports(struct hd_model *model, struct hd_container *container);
void resolve_expose(struct hd_model *model, struct hd_service *service);
/* Calls, once all services are complete: those of services of other applications, or the rest. */
void resolve_calls(struct hd_model *model, struct hd_service *service, bool of_neighbours);
/* Those who call from outside of the application, once the service is complete. */
void resolve_callers(struct hd_model *model, struct hd_service *service);

/* Adds an annotation of the pods, unless they have it. */
void pod_annotate(struct hd_model *model, struct hd_pod *pod, const char *name, const char *value);

/* Whether the service runs to an end, instead of serving. */
bool runs_to_end(const struct hd_service *service);
/* Who changes the number of its pods; HD_SCALER_UNSET when it is fixed. */
enum hd_scaler service_scaler(const struct hd_service *service);
/* Whether KEDA makes Jobs of the service while triggers see work: a ScaledJob. */
bool is_scaled_job(const struct hd_service *service);
/* The fewest pods that the service has when all is well. */
int64_t least_replicas(const struct hd_service *service);
/* The most, an update left aside. */
int64_t most_replicas(const struct hd_service *service);
/* The name by which findings speak of a service, which may lack one. */
const char *service_called(const struct hd_service *service);

#endif
