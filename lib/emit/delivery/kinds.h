/* The rows of the delivery family; each stands in the file of its kind. */
#ifndef HD_EMIT_DELIVERY_KINDS_H
#define HD_EMIT_DELIVERY_KINDS_H

#include "../../plan.h"

extern const struct plan_row rollout_row, analysis_template_row, flagger_canary_row, metric_template_row;

#endif
