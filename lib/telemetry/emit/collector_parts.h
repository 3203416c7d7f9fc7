/* Parts of a collector's configuration. */
#ifndef HD_TELEMETRY_EMIT_COLLECTOR_PARTS_H
#define HD_TELEMETRY_EMIT_COLLECTOR_PARTS_H

#include "core/writing/writer.h"
#include "model/model.h"
#include "model/port.h"
#include "telemetry/model/collectors.h"
#include "telemetry/model/exporter.h"
#include "telemetry/model/scraping.h"

#include <stdio.h>

void emit_processors(struct yaml_out *y, const struct hd_model *model, enum collector_role role);
void emit_exporters(struct yaml_out *y, const struct hd_model *model, enum collector_role role);
void emit_span_metrics(struct yaml_out *y, const struct hd_app *app);
void emit_pipelines(struct yaml_out *y, const struct hd_model *model, enum collector_role role);

/* Whether an agent reads the logs of containers; whether a collector scrapes services itself. */
bool reads_container_logs(const struct hd_app *app, enum collector_role role);
bool scrapes_services(const struct hd_app *app, enum collector_role role);

/* The extension that keeps queues on a volume. */
#define FILE_STORAGE "file_storage"
/* The minor version from which on the load-balancing exporter has a queue of its own. */
enum { BALANCER_QUEUES = 116 };

/* Names of components, which changed from version to version. */
const char *file_log_name(const struct hd_app *app);
const char *k8s_attributes_name(const struct hd_app *app);
const char *span_metrics_name(const struct hd_app *app);
const char *load_balancing_name(const struct hd_app *app);
const char *exporter_type_name(const struct hd_app *app, enum exporter_type type);
/* `type/name`, or the type alone. */
enum { COMPONENT_LONGEST = 128 };
void exporter_id(char id[COMPONENT_LONGEST], const struct hd_app *app, const struct hd_exporter *exporter);

/* A user's text, in which the collector must not look for variables. */
void y_literal(struct yaml_out *y, const char *key, const char *text);

#endif
