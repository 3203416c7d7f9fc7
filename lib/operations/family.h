#ifndef HD_OPERATIONS_FAMILY_H
#define HD_OPERATIONS_FAMILY_H

#include "model/family.h"

extern const struct family operations_family;
extern const struct family_files operations_files;

#endif
