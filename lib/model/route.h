/* Routes through gateways, in the order in which gateways try them. */
#ifndef HD_MODEL_ROUTE_H
#define HD_MODEL_ROUTE_H

#include "core/memory/arena.h"

#include <hybriddeploy/model.h>

struct hd_model;

/* One exposure under one of its hosts. */
struct route {
    const struct hd_gateway *gateway; /* never NULL */
    const char *host;                 /* NULL: every host that no other route has */
    const struct hd_exposure *exposure;
    const struct hd_service *service;
    bool is_preview; /* leads to the version that has not taken over yet */
    size_t number;   /* in the order of the model */
};

/* Sorted: by gateway, host, and then the more special before the more general. */
struct routes {
    struct route *routes;
    size_t n;
};

/* Whether requests come in by a gateway: that of a mesh, or the application's `gateway`; and no Ingress beside it. */
bool app_routes(const struct hd_app *app);
/* Whether that is the application's `gateway`, without a mesh. */
bool app_routes_without_mesh(const struct hd_app *app);
/* Whether routes are written in the given API. */
bool app_routes_by(const struct hd_app *app, enum hd_routing routing);

/* The host names of an exposure, at least one; NULL is every host. */
size_t exposure_n_hosts(const struct hd_exposure *exposure);
const char *exposure_host(const struct hd_exposure *exposure, size_t index);

/* Whether a host stands under a host or wildcard of a gateway. */
bool host_covers(const char *pattern, const char *host);
/* For exposure_gateway(), whenever the hosts of gateways have changed. */
void index_gateway_hosts(struct hd_model *model);
/* The gateway of an exposure for one of its hosts; NULL when none has it. */
const struct hd_gateway *exposure_gateway(const struct hd_model *model, const struct hd_exposure *exposure, const char *host);

/* Length of a path without the / that a prefix may end with; 0 for the root. */
size_t prefix_length(const struct hd_exposure *exposure);
/* Whether requests go on to a service, instead of being answered at the gateway. */
bool exposure_forwards(const struct hd_exposure *exposure);

/* Orders two routes: negative when the first comes first. */
int route_compare(const void *left, const void *right);

/* Behind the routes of the same gateway and host that begin at `first`. */
size_t routes_end(const struct routes *routes, size_t first);
/* The name of the objects for a host: that of the host, with that of the gateway before it unless it is the first gateway. */
enum { HOST_OBJECT_LONGEST = 400 };
void host_object_text(char name[HOST_OBJECT_LONGEST], const struct hd_model *model, const struct route *route);
const char *host_object_name(struct hd_model *model, const struct route *route);

#endif
