/* Explains lines of manifests. */
#ifndef HYBRIDGEN_BACKWARD_EXPLAIN_H
#define HYBRIDGEN_BACKWARD_EXPLAIN_H

#include "../options.h"

/* Whether the first operand of explain names a manifest, as KIND/NAME or FILE:LINE, and no path of the model. */
bool manifest_is_meant(const struct call *call);

int explain_manifest(const struct call *call);

#endif
