#ifndef HD_KUBERNETES_FAMILY_H
#define HD_KUBERNETES_FAMILY_H

#include "model/family.h"

extern const struct family kubernetes_family;

#endif
