/* The rows of the delivery family; each stands in the file of its kind. */
#ifndef HD_DELIVERY_EMIT_KINDS_H
#define HD_DELIVERY_EMIT_KINDS_H

#include "plan/plan.h"

extern const struct plan_row rollout_row, analysis_template_row, flagger_canary_row, metric_template_row;

#endif
