/** Several versions of a service that run at the same time, and which of them answers a request. */
#ifndef HYBRIDDEPLOY_MODEL_VERSIONS_H
#define HYBRIDDEPLOY_MODEL_VERSIONS_H

#include <hybriddeploy/model/container.h>
#include <hybriddeploy/model/route.h>

/** A cookie that a request must have. */
struct hd_cookie_match {
    /** Name of the cookie. */
    const char *name;
    /** Its whole value. Default: any, because a cookie that is there alone may mean something. */
    const char *exact;
    const struct hd_at *at;
};

/**
 * Requests that a version gets whatever the weights are: those that meet all of this. Of several matches that a request meets the one with
 * more terms counts (headers, cookie and user), as in the Gateway API; of those with as many, the one that is named first.
 */
struct hd_version_match {
    /** Headers that a request must have, all of them. */
    const struct hd_header_match *headers;
    size_t n_headers;
    /** A cookie that a request must have. */
    struct hd_cookie_match cookie;
    /**
     * The user who asks: the value of the header end-user. It must be set where users are known, and each service must pass it on when it
     * calls the next one; and it proves nothing, because everybody can send a header.
     */
    const char *user;
    const struct hd_at *at;
};

/**
 * A version of a service: a Deployment of its own, `<service>-<version>`, behind the Service of the service. What it leaves out is that of
 * the service. Its pods have the label `version` with its name.
 */
struct hd_version {
    /** Name of the version, a DNS label, such as v2. */
    const char *name;
    /**
     * Image of its container; parts left out are those of the service's image. Default: the service's image, because versions may differ
     * in their variables alone.
     */
    struct hd_image image;
    /** Tag of its image, where everything else is as in the service's image. */
    const char *image_tag;
    /**
     * Fixed number of its pods, from 0. Default: as many as the service has, by its replicas or by an autoscaler of this version, so that
     * each version bears what the service bears.
     */
    struct hd_opt_int replicas;
    /** Environment variables of its container, beside those of the service; of two with the same name this one counts. */
    const struct hd_env *env;
    size_t n_env;
    /** Resources of its container; an amount left out is that of the service. */
    struct hd_resources resources;
    /**
     * Percent of the requests that it gets, 0 to 100; those of all versions add up to 100. Default: 0 where another version has a
     * weight, because that one is chosen; where none has, requests spread over the pods of all versions, as a Service does it.
     *
     * Without a mesh, the application's `gateway` heeds weights and matches in what comes in through it, and calls of other services
     * spread over all pods.
     */
    struct hd_opt_int weight;
    /** Requests that it gets whatever the weights are; one match is enough. Default: none, because only you know whom it is meant for. */
    const struct hd_version_match *match;
    size_t n_match;
    const struct hd_at *at;
};

#endif
