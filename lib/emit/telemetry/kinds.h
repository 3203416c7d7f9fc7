/* The rows of the telemetry family; each stands in the file of its kind. */
#ifndef HD_EMIT_TELEMETRY_KINDS_H
#define HD_EMIT_TELEMETRY_KINDS_H

#include "../../plan.h"

extern const struct plan_row prometheus_rule_row, alertmanager_config_row;

#endif
