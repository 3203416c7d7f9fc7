#ifndef HD_DELIVERY_FAMILY_H
#define HD_DELIVERY_FAMILY_H

#include "model/family.h"

extern const struct family delivery_family;

#endif
