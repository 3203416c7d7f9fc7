/** Objects that the library does not make. */
#ifndef HYBRIDDEPLOY_MODEL_MANIFEST_H
#define HYBRIDDEPLOY_MODEL_MANIFEST_H

#include <hybriddeploy/model/value.h>

/**
 * Whole objects that the library does not make: a file of them, or one in the model itself. They come out with the values that they have;
 * only metadata.namespace is added where an object gives none and its kind has one. A kind that neither the library nor a
 * CustomResourceDefinition among the manifests knows counts as one that has it, because the API server leaves the namespace of others away.
 */
struct hd_foreign_manifest {
    /**
     * Path of a file of YAML or JSON with one or several documents; a List in it stands for its items. It is relative to the file in which
     * the model names it, and leads neither out of that folder nor over a link, so that a model takes nothing that is not beside it.
     */
    const char *file;
    /** One object with apiVersion, kind and metadata.name, as a text of YAML or JSON; in YAML it stands in the list as it is. */
    const char *object;
    const struct hd_at *at;
};

#endif
