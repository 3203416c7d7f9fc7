#ifndef HD_MESH_FAMILY_H
#define HD_MESH_FAMILY_H

#include "model/family.h"

extern const struct family mesh_family;

#endif
