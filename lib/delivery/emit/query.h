/* PromQL for the new version of a service. */
#ifndef HD_DELIVERY_EMIT_QUERY_H
#define HD_DELIVERY_EMIT_QUERY_H

#include "plan/plan.h"

enum { QUERY_LONGEST = 1024 };

/* The percentage of requests without errors, and the milliseconds that 99 of 100 stay below, as the mesh counts them. */
void success_rate_query(char query[QUERY_LONGEST], const struct hd_model *model, const struct hd_service *service);
void latency_query(char query[QUERY_LONGEST], const struct hd_model *model, const struct hd_service *service);

#endif
