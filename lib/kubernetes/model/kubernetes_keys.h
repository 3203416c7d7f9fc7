/* Keys of Kubernetes, Helm and Compose that have another name in a model. */
#ifndef HD_KUBERNETES_MODEL_KUBERNETES_KEYS_H
#define HD_KUBERNETES_MODEL_KUBERNETES_KEYS_H

#include <hybriddeploy/schema.h>

/* The hint for a key that manifests have but the struct does not: what to write instead; NULL when there is none. */
const char *kubernetes_key_hint(const struct hd_struct *type, const char *key);

#endif
