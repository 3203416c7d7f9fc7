/* The families that put files into a folder beside its manifests. */
#include "operations/family.h"
#include "telemetry/family.h"

const struct family_files *const families_files[] = {&operations_files, &telemetry_files, NULL};
