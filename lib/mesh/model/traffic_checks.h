/* Rules that services and externals share. */
#ifndef HD_MESH_MODEL_TRAFFIC_CHECKS_H
#define HD_MESH_MODEL_TRAFFIC_CHECKS_H

#include "model/checks.h"
#include "model/traffic.h"

/* Checks the policy for all callers of a service or external. */
void check_policy(struct checker *checker, const struct callee *callee, const struct hd_traffic_policy *policy);
/* Checks the load balancing of one set of settings. */
void check_balancer(struct checker *checker, struct settings settings);
/* Reports an external that needs a route, but has no single host. */
void check_host_of_route(struct checker *checker, const struct hd_external *external, struct where where, bool needs_route);
/* Reports a caller that cannot get its client certificate. */
void check_credential_of_caller(struct checker *checker, const struct hd_service *caller, const struct hd_call *call,
                                const struct hd_external *external);

/* Reports externals that the service's proxy cannot tell apart. */
void check_ranges_of_calls(struct checker *checker, const struct hd_service *service);

#endif
