/* The configuration of a collector: the same for a ConfigMap and for an OpenTelemetryCollector. */
#ifndef HD_TELEMETRY_EMIT_COLLECTOR_CONFIG_H
#define HD_TELEMETRY_EMIT_COLLECTOR_CONFIG_H

#include "core/writing/writer.h"
#include "model/model.h"

/* Members of the open mapping: receivers, processors, exporters, connectors, extensions, service. */
void emit_collector_config(struct yaml_out *y, const struct hd_model *model, enum collector_role role);

/*
 * Writes the files with the configurations, once all collectors are known: an agent's names the gateway to which it sends. That
 * of a sidecar stands in the services' containers, where it is checked as theirs are; that of others is looked at by nobody
 * before it is written out.
 */
void write_sidecar_configs(struct hd_model *model);
void write_collector_configs(struct hd_model *model, struct hd_diagnostics *report);

#endif
