/* The rows of the Istio family; each stands in the file of its kind. */
#ifndef HD_MESH_EMIT_KINDS_H
#define HD_MESH_EMIT_KINDS_H

#include "model/mesh.h"
#include "plan/plan.h"

extern const struct plan_row destination_rule_row;
extern const struct plan_row gateway_row, virtual_service_row, certificate_row, request_authentication_row, token_policy_row;
extern const struct plan_row peer_authentication_row, authorization_policy_row, sidecar_row, service_entry_row, waypoint_row,
    waypoint_options_row;

#endif
