/* Rules for telemetry that several files share. */
#ifndef HD_TELEMETRY_MODEL_TELEMETRY_CHECKS_H
#define HD_TELEMETRY_MODEL_TELEMETRY_CHECKS_H

#include "endpoint.h"
#include "exporter.h"
#include "model/checks.h"

void check_exporters(struct checker *checker, const struct hd_collector *collector);
void check_collector(struct checker *checker, const struct hd_collector *collector);
/* Conditions and statements, and sampling before sampling. */
void check_processing(struct checker *checker, const struct hd_collector *collector);
void check_mesh_sampling(struct checker *checker);
/* Whether traces go on to the services that are called. */
void check_propagation(struct checker *checker, const struct hd_service *service);

void check_exporter_tls(struct checker *checker, const struct hd_exporter *exporter);
/* Reports an endpoint that usually serves another protocol; check_known_port() looks at the port alone, and returns whether it reported. */
void check_back_end(struct checker *checker, const struct hd_exporter *exporter, const struct exporter_kind *kind, const struct endpoint *endpoint);
/* For endpoints within the application, the model knows services and ports. */
void check_own_endpoint(struct checker *checker, struct where where, const struct endpoint *endpoint);
bool check_known_port(struct checker *checker, struct where where, int64_t port, bool is_grpc);
/* Whether a host is a collector of the application's own. */
bool is_own_collector(const struct hd_model *model, const struct endpoint *endpoint);
/* Finds the external with a name; reports a missing one, and returns NULL. */
const struct hd_external *check_external_named(struct checker *checker, const char *name, struct where where);
/* Reports OTLP to the well-known port of the other protocol; `change` is the second way to mend it in the hint. */
void check_otlp_port(struct checker *checker, struct where where, int64_t port, bool is_grpc, const char *change);
/* Reports a host outside the cluster, which no policy can allow by name; `how` is the hint. */
void check_reachable(struct checker *checker, struct where where, const struct endpoint *endpoint, const char *how);

#endif
