/** Patches: what the model cannot say, changed in the manifests that are written. */
#ifndef HYBRIDDEPLOY_MODEL_PATCH_H
#define HYBRIDDEPLOY_MODEL_PATCH_H

#include <hybriddeploy/model/value.h>

/** One operation of a JSON patch. (RFC 6902) */
struct hd_patch_operation {
    /** add, remove, replace, move, copy or test. */
    const char *op;
    /** Place in the manifest, such as /spec/template/spec/containers/0/env/-. In a key, / is ~1 and ~ is ~0. (RFC 6901) */
    const char *path;
    /** Any value: what add, replace and test need. In C it is a text of YAML or JSON. */
    const char *value;
    /** Place from where move and copy take the value. */
    const char *from;
    const struct hd_at *at;
};

/**
 * A change of manifests that the model has no word for. It must change something. name, namespace, apiVersion and kind stay as they are, because
 * other manifests and the scripts know the object by them.
 */
struct hd_patch {
    /**
     * Kind and name of the manifest, such as Deployment/web; the kind alone means all manifests of the kind. Where two API groups have the kind:
     * Gateway.networking.istio.io/public. At a service only its own manifests are meant.
     */
    const char *target;
    /**
     * Any value: a mapping that is laid over the manifest. Kubernetes' own kinds are merged as the API server does it (strategic merge patch):
     * null removes a key; containers, env, ports, volumes and other lists are merged by the key of their elements, and $patch: delete or
     * replace removes or replaces one. For other kinds a list replaces a list (RFC 7386). In C it is a text of YAML or JSON.
     */
    const char *merge;
    /** Operations that are done one after the other (RFC 6902). */
    const struct hd_patch_operation *json;
    size_t n_json;
    const struct hd_at *at;
};

#endif
