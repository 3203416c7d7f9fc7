/* The mesh, in Istio's kinds. */
#include "family.h"

#include "mesh/emit/kinds.h"
#include "mesh/emit/pod.h"
#include "mesh/emit/split.h"
#include "mesh/model/mesh_edges.h"
#include "mesh/model/parts.h"

static const struct plan_row *const kinds[] = {
    &waypoint_options_row,
    &service_entry_row,
    &peer_authentication_row,
    &authorization_policy_row,
    &sidecar_row,
    &waypoint_row,
    &request_authentication_row,
    &token_policy_row,
    &destination_rule_row,
    &certificate_row,
    &gateway_row,
    &virtual_service_row,
};

static void resolve_parts(struct hd_model *model, struct hd_diagnostics *report)
{
    (void)report;
    resolve_mesh(model);
}

static void resolve_policies_of_externals(struct hd_model *model, struct hd_diagnostics *report)
{
    (void)report;
    resolve_traffic_of_externals(model);
}

static void find_waypoints(struct hd_model *model, struct hd_diagnostics *report)
{
    (void)report;
    mesh_find_waypoints(model);
}

static void resolve_policy(const struct resolving *resolving)
{
    resolve_traffic(resolving->model, resolving->service);
}

static void resolve_membership(const struct resolving *resolving)
{
    resolve_service_mesh(resolving->model, resolving->service);
}

static void check_app(struct checker *checker)
{
    check_traffic_of_externals(checker);
    check_mesh(checker);
}

static void check_one_service(struct checker *checker, const struct hd_service *service)
{
    check_traffic(checker, service);
    check_service_mesh(checker, service);
}

const struct family mesh_family = {
    .resolve_app = {[APP_PARTS] = resolve_parts,
                    [APP_EXTERNALS] = resolve_policies_of_externals,
                    [APP_ROUTES] = find_waypoints},
    .resolve_service = {[SERVICE_CALLERS] = resolve_policy, [SERVICE_LAST] = resolve_membership},
    .resolve_call = resolve_traffic_of_call,
    .add_edges = {[GRAPH_PLATFORM] = mesh_add_application, [GRAPH_LAST] = mesh_add_ways_from_waypoint},
    .add_service_edges = {[EDGE_CALLS] = mesh_add_way_to_waypoint, [EDGE_NEEDS] = mesh_add_needs},
    .carry_call = mesh_carry_call,
    .carry = mesh_carry,
    .carry_scrape = mesh_carry_scrape,
    .check_app = check_app,
    .check_service = check_one_service,
    .pod_labels = mesh_pod_labels,
    .pod_annotations = mesh_pod_annotations,
    .namespace_labels = mesh_namespace_labels,
    .emit_split_routes = emit_split_routes,
    .kinds = kinds,
    .n_kinds = sizeof kinds / sizeof *kinds,
};
