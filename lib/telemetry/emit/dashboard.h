/* Grafana's dashboards, as JSON. */
#ifndef HD_TELEMETRY_EMIT_DASHBOARD_H
#define HD_TELEMETRY_EMIT_DASHBOARD_H

#include "plan/plan.h"

/* Grafana's own limit for the name in a dashboard's address. */
enum { DASHBOARD_UID_LONGEST = 41 };

/* Whether there is anything to draw of a service. */
bool has_panels(const struct hd_model *model, const struct hd_service *service);

/* The dashboard of a service, or the overview (service NULL), as one document. */
void emit_dashboard(struct yaml_out *json, const struct hd_model *model, const struct hd_service *service);

#endif
