/* The rows of the telemetry family; each stands in the file of its kind. */
#ifndef HD_TELEMETRY_EMIT_KINDS_H
#define HD_TELEMETRY_EMIT_KINDS_H

#include "plan/file_plan.h"
#include "plan/plan.h"
#include "telemetry/model/collectors.h"
#include "telemetry/model/exporter.h"

extern const struct plan_row open_telemetry_collector_row, instrumentation_row, service_monitor_row, pod_monitor_row, mesh_telemetry_row;

extern const struct file_part mesh_config_part;
extern const struct file_row mesh_config_row;

extern const struct plan_row prometheus_rule_row, alertmanager_config_row, dashboard_row, grafana_dashboard_row;

#endif
