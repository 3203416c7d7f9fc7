/* Parts that HTTPRoutes and GRPCRoutes have in common. */
#ifndef HD_GATEWAY_EMIT_BACKEND_H
#define HD_GATEWAY_EMIT_BACKEND_H

#include "model/route.h"
#include "model/version.h"
#include "plan/plan.h"

/* The members of a reference to a port of a Service. */
void emit_backend(struct yaml_out *y, const struct hd_service *service, const char *port);
/* An item of `backendRefs`; the only one of a rule has the weight 1, which servers fill in. */
void emit_weighted_backend(struct yaml_out *y, const struct hd_service *service, const char *port, int64_t weight);
/* The items for a service in which one version is chosen; or for all its versions and their weights, where it is NULL. */
void emit_version_backends(struct yaml_out *y, const struct hd_service *service, const char *port, const struct hd_version *version);
/* `backendRefs` of an exposure. */
void emit_backends(struct yaml_out *y, const struct hd_model *model, const struct route *route, const struct choice *choice);
/* The terms of a match, as items of `headers`; nothing for the rest. */
void emit_chosen_terms(struct yaml_out *y, const struct hd_version_match *match);

/* The filters that change headers and copy requests. */
void emit_header_filters(struct yaml_out *y, const struct hd_exposure *exposure);
void emit_mirror_filter(struct yaml_out *y, const struct hd_model *model, const struct hd_exposure *exposure);

/* A match of a header or parameter. */
void emit_match_term(struct yaml_out *y, const char *name, const char *exact, const char *regex);

/* The routes of one host that one object holds. */
struct host_rules {
    const struct route *routes;
    size_t n;
};
/* Whether a host is one of gRPC alone, in GRPCRoute's words. */
bool host_speaks_grpc(const struct route *routes, size_t n);

#endif
