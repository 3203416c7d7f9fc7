/* Rules for telemetry, which more than one file has. */
#ifndef HD_MODEL_TELEMETRY_RULES_H
#define HD_MODEL_TELEMETRY_RULES_H

#include "endpoint.h"
#include "rules.h"

void check_exporters(struct checker *checker, const struct hd_collector *collector);
void check_collector(struct checker *checker, const struct hd_collector *collector);

/* The external of a name; NULL after reporting. */
void check_exporter_tls(struct checker *checker, const struct hd_exporter *exporter);
const struct hd_external *check_external_named(struct checker *checker, const char *name, struct where where);
/* Reports OTLP at the port of its other form; `change` says what else would be right. */
void check_otlp_port(struct checker *checker, struct where where, int64_t port, bool is_grpc, const char *change);
/* Reports a host outside the cluster; `how` says how the way there can be opened. */
void check_reachable(struct checker *checker, struct where where, const struct endpoint *endpoint, const char *how);

#endif
