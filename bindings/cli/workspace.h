/* Several applications in one call, which know each other. */
#ifndef HYBRIDGEN_WORKSPACE_H
#define HYBRIDGEN_WORKSPACE_H

#include "options.h"

/* Whether the call is for a workspace: a file whose name ends with workspace.yaml. */
bool workspace_is_meant(const struct call *call);

int workspace_validate(const struct call *call);
/* Writes a folder for each application whose model is right. */
int workspace_generate(const struct call *call, const struct hd_generate_options *options);

#endif
