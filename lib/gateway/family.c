/* The Gateway API. */
#include "family.h"

#include "gateway/emit/kinds.h"
#include "gateway/model/parts.h"

static const struct plan_row *const kinds[] = {
    &backend_tls_policy_row,
    &reference_grant_row,
    &gateway_api_row,
    &http_route_row,
    &grpc_route_row,
    &tls_route_row,
};

const struct family gateway_family = {
    .add_edges = {[GRAPH_PODS] = add_pods_of_gateway},
    .check_app = check_gateway_api,
    .kinds = kinds,
    .n_kinds = sizeof kinds / sizeof *kinds,
};
