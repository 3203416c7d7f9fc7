/* Groups of rules: alerts, and what watches objectives. */
#ifndef HD_TELEMETRY_EMIT_ALERT_RULES_H
#define HD_TELEMETRY_EMIT_ALERT_RULES_H

#include "core/text/monitoring_units.h"
#include "plan/plan.h"
#include "telemetry/model/alert.h"

/* The group of all alerts of a service, or of the application (service NULL). */
void emit_alert_group(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service);
/* The groups of a service's objectives. */
void emit_slo_groups(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service);
/* Whether there are any alerts. */
bool has_alert_group(const struct hd_model *model, const struct hd_service *service);

/* A bound as a number, in the unit of what it is compared with; empty when the alert has none. */
void alert_threshold(char text[DECIMAL_LONGEST], const struct alert_kind *kind, const struct alert_case *one, const char *bound,
                     enum hd_request_source source);

/* Labels that every alert has, besides those of its own. */
void emit_alert_labels(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service, const char *severity);
/* Annotations: texts, and where to read on. */
void emit_alert_annotations(struct yaml_out *y, const struct hd_model *model, const char *summary, const char *description,
                            const char *anchor);

#endif
