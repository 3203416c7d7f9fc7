/* One HTTP route of a VirtualService, and its parts. */
#ifndef HD_MESH_EMIT_HTTP_ROUTE_H
#define HD_MESH_EMIT_HTTP_ROUTE_H

#include "model/route.h"
#include "model/version.h"
#include "plan/plan.h"

/* `destination`: a port of a service, and a subset of its pods (NULL: all). */
void emit_destination(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service, const char *port,
                      const char *subset);
/* One element of `route` for a service that gets `weight` of 100 requests; 0 when it gets all. */
void emit_share(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service, const char *port, int64_t weight);
/* All requests to a service: `route` with one version, or with all and their weights; or `delegate`, where Flagger has the route. */
void emit_all_to(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service, const char *port,
                 const struct hd_version *version);
/* The terms of a match, as members of `headers`; nothing for the rest. */
void emit_choice(struct yaml_out *y, const struct hd_version_match *match);
/* `name` of a route, which those of its choices begin with. */
void emit_choice_name(struct yaml_out *y, const char *name, const struct choice *choice);
/* The elements of such a `route`. */
void emit_versions(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service, const char *port);
/* `timeout` and `retries`. */
void emit_tries(struct yaml_out *y, const char *timeout, const struct hd_retries *retries);

/* The unique name of a route within a VirtualService: `web`, `web-2` for the second exposure of web. */
enum { ROUTE_NAME_LONGEST = 96 };
void route_name(char name[ROUTE_NAME_LONGEST], const struct route *route);

/* The names of the routes of a service within the mesh, and the ports of its connections, as Argo Rollouts wants them. */
void emit_way_names(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service);

/* An exposure as one element of `http`. */
/* `exact_is_taken`: a route before it has all requests for the very path of this one. */
void emit_http_route(struct yaml_out *y, const struct hd_model *model, const struct route *route, bool exact_is_taken);

#endif
