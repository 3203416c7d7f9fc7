/** Several versions of a service that run at the same time, and which of them answers a request. */
#ifndef HYBRIDDEPLOY_MODEL_VERSIONS_H
#define HYBRIDDEPLOY_MODEL_VERSIONS_H

#include <hybriddeploy/model/container.h>
#include <hybriddeploy/model/value.h>

/**
 * A version of a service: a Deployment of its own, `<service>-<version>`, behind the Service of the service. What it leaves out is that of
 * the service. Its pods have the label `version` with its name.
 */
struct hd_version {
    /** Name of the version, a DNS label, such as v2. */
    const char *name;
    /** Image of its container; parts left out are those of the service's image. Default: the service's image, because versions may differ in their variables alone. */
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
     */
    struct hd_opt_int weight;
    const struct hd_at *at;
};

#endif
