/* An endpoint: [scheme://]host[:port][/path], and whether a NetworkPolicy can select its host. */
#ifndef HD_TELEMETRY_MODEL_ENDPOINT_H
#define HD_TELEMETRY_MODEL_ENDPOINT_H

#include "core/memory/arena.h"

#include <stdint.h>

struct endpoint {
    enum endpoint_scheme { SCHEME_NONE, SCHEME_HTTP, SCHEME_HTTPS, SCHEME_OTHER } scheme;
    const char *host;
    int64_t port; /* 0 when none is given */
    const char *path; /* "" when there is none */
    enum endpoint_place {
        PLACE_ADDRESS,   /* an IP address */
        PLACE_HERE,      /* one word: a Service of the own namespace */
        PLACE_NAMESPACE, /* a Service of another one */
        PLACE_OUTSIDE
    } place;
    const char *service, *namespace_name; /* of a Service */
};

/* Parses a text; false when it is not an endpoint. */
bool endpoint_parse(struct arena *arena, const char *text, struct endpoint *endpoint);

/* The name of the Service that it means when that is one of a namespace, which may be NULL; else NULL. */
const char *endpoint_service_in(const struct endpoint *endpoint, const char *namespace_name);

/* The port, or that of the scheme when none is given. */
int64_t endpoint_port(const struct endpoint *endpoint);

#endif
