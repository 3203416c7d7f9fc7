/* The runbook's chapter about alerts. */
#ifndef HD_TELEMETRY_EMIT_RUNBOOK_ALERTS_H
#define HD_TELEMETRY_EMIT_RUNBOOK_ALERTS_H

#include "plan/file_plan.h"

/* One entry for each alert that the model has. */
void write_alert_entries(struct text_out *t, const struct file_subject *subject);

#endif
