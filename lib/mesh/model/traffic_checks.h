/* Rules that services and externals share. */
#ifndef HD_MESH_MODEL_TRAFFIC_CHECKS_H
#define HD_MESH_MODEL_TRAFFIC_CHECKS_H

#include "model/checks.h"
#include "model/traffic.h"

/* What is said for all callers of a service or external. */
void check_policy(struct checker *checker, const struct callee *callee, const struct hd_traffic_policy *policy);
/* Which pod takes a request, as one set of settings has it. */
void check_balancer(struct checker *checker, struct settings settings);
/* Whether a route could lead to an external, where one is needed. */
void check_host_of_route(struct checker *checker, const struct hd_external *external, struct where where, bool needs_route);
/* Whether a caller gets the certificate that it has to show. */
void check_credential_of_caller(struct checker *checker, const struct hd_service *caller, const struct hd_call *call,
                                const struct hd_external *external);

#endif
