/* The configuration of a collector: the same for a ConfigMap and for an OpenTelemetryCollector. */
#ifndef HD_TELEMETRY_EMIT_COLLECTOR_CONFIG_H
#define HD_TELEMETRY_EMIT_COLLECTOR_CONFIG_H

#include "core/writing/writer.h"
#include "model/model.h"

/* Members of the open mapping: receivers, processors, exporters, connectors, extensions, service. */
void emit_collector_config(struct yaml_out *y, const struct hd_model *model, enum collector_role role);

/* The same as text, in the model's arena. */
const char *collector_config_text(struct hd_model *model, enum collector_role role);

#endif
