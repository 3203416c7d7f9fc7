/* Traffic policy in Istio's words, as DestinationRules have it, and what others make DestinationRules from. */
#ifndef HD_EMIT_TRAFFIC_POLICY_H
#define HD_EMIT_TRAFFIC_POLICY_H

#include "model/traffic.h"
#include "plan/plan.h"

/* loadBalancer, connectionPool and outlierDetection, as far as they are given. */
void emit_settings(struct yaml_out *y, const struct hd_model *model, struct settings settings);

#endif
