#ifndef HD_GATEWAY_FAMILY_H
#define HD_GATEWAY_FAMILY_H

#include "model/family.h"

extern const struct family gateway_family;

#endif
