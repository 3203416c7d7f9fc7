/* What Kubernetes, Helm or Compose calls otherwise than a model. */
#ifndef HD_KUBERNETES_MODEL_KUBERNETES_KEYS_H
#define HD_KUBERNETES_MODEL_KUBERNETES_KEYS_H

#include <hybriddeploy/schema.h>

/* What to write in place of a key that a struct does not have but a manifest would, or NULL. */
const char *kubernetes_key_hint(const struct hd_struct *type, const char *key);

#endif
