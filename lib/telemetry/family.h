#ifndef HD_TELEMETRY_FAMILY_H
#define HD_TELEMETRY_FAMILY_H

#include "model/family.h"

extern const struct family telemetry_family;
extern const struct family_files telemetry_files;

#endif
