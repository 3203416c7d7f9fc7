/* The rows of the Gateway API's family; each stands in the file of its kind. */
#ifndef HD_GATEWAY_EMIT_KINDS_H
#define HD_GATEWAY_EMIT_KINDS_H

#include "plan/plan.h"

extern const struct plan_row gateway_api_row, http_route_row, grpc_route_row, tls_route_row, reference_grant_row, backend_tls_policy_row;

#define GATEWAY_GROUP "gateway.networking.k8s.io"

#endif
