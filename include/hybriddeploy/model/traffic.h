/** How requests travel between the services of a mesh. */
#ifndef HYBRIDDEPLOY_MODEL_TRAFFIC_H
#define HYBRIDDEPLOY_MODEL_TRAFFIC_H

#include <hybriddeploy/model/value.h>

/** What happens to a request that failed; `retries: 3` stands for the attempts alone. */
struct hd_retries {
    /** How often a failed request is tried again, from 0; 0 turns off the two that a mesh makes by itself. */
    struct hd_opt_int attempts;
    /** Time that each try may take, the first one too, a Go duration from 1ms. Default: the timeout of the whole. */
    const char *per_try_timeout;
    /**
     * Failures after which to try again: 5xx, gateway-error, reset, connect-failure, refused-stream, unavailable and others of
     * Envoy, or HTTP status codes. Default: the mesh's own, connect-failure, refused-stream, unavailable, cancelled and 503.
     */
    const char *const *retry_on;
    size_t n_retry_on;
    /** Whether other localities may be tried as well. Default: false. */
    enum hd_bool retry_remote_localities;
    const struct hd_at *at;
};

#endif
