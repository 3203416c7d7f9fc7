/* Rules for telemetry, which more than one file has. */
#ifndef HD_TELEMETRY_MODEL_TELEMETRY_CHECKS_H
#define HD_TELEMETRY_MODEL_TELEMETRY_CHECKS_H

#include "endpoint.h"
#include "exporter.h"
#include "model/checks.h"

void check_exporters(struct checker *checker, const struct hd_collector *collector);
void check_collector(struct checker *checker, const struct hd_collector *collector);

void check_exporter_tls(struct checker *checker, const struct hd_exporter *exporter);
/* What is known of who listens at an endpoint; and of a port alone: whether it was reported. */
void check_back_end(struct checker *checker, const struct hd_exporter *exporter, const struct exporter_kind *kind, const struct endpoint *endpoint);
bool check_known_port(struct checker *checker, struct where where, int64_t port, bool is_grpc);
/* Whether a host is a collector of the application's own. */
bool is_own_collector(const struct hd_model *model, const struct endpoint *endpoint);
/* The external of a name; NULL after reporting. */
const struct hd_external *check_external_named(struct checker *checker, const char *name, struct where where);
/* Reports OTLP at the port of its other form; `change` says what else would be right. */
void check_otlp_port(struct checker *checker, struct where where, int64_t port, bool is_grpc, const char *change);
/* Reports a host outside the cluster; `how` says how the way there can be opened. */
void check_reachable(struct checker *checker, struct where where, const struct endpoint *endpoint, const char *how);

#endif
