/* Services of other applications, as far as they are known. */
#ifndef HD_MODEL_NEIGHBOUR_H
#define HD_MODEL_NEIGHBOUR_H

#include "model.h"

#include <string.h>

struct neighbour {
    /* As a model would describe it that knows it; named application/service. */
    struct hd_external external;
    const char *account;
    /* The port that a call without a port means; NULL when a call must name one. */
    const char *port;
    /* Whether callers of an ambient mesh reach it through the waypoint of its namespace. */
    bool has_waypoint;
    /* Where it is described; NULL when that is unknown. */
    const struct hd_at *at;
};

/* A call of a service by another application, and the next one of the same service. */
struct neighbour_call {
    const struct hd_call *call;
    const struct neighbour_call *next;
};

/* The services by application/service, the applications by name, and the calls between applications by the service that is called. */
struct neighbours {
    struct names services, applications, calls;
};

/* The most neighbours that a model can call. */
size_t most_neighbours(const struct hd_model *model);

/* Adds the neighbours that are called to the externals and their names, so that all that reads externals knows them. */
void resolve_neighbours(struct hd_model *model);

/* Whether a call names a service of another application: application/service. */
static inline bool is_of_neighbour(const struct hd_call *call)
{
    return call->to && strchr(call->to, '/');
}

/* NULL when none is known by this name. */
const struct neighbour *find_neighbour(const struct hd_model *model, const char *name);

/* The name of an external or service in names of objects, which have no slash. */
const char *callee_object_name(struct hd_model *model, const char *name);

/* Whether an external is a neighbour, which nobody wrote down. */
static inline bool is_neighbour(const struct hd_model *model, const struct hd_external *external)
{
    return (size_t)(external - model->app->externals) >= model->given->n_externals;
}

#endif
