/* Choosing manifests. */
#ifndef HD_GENERATE_H
#define HD_GENERATE_H

#include <hybriddeploy/generate.h>

/* Whether the options ask for this manifest. */
bool manifest_is_selected(const struct hd_manifest *manifest, const struct hd_generate_options *options);

#endif
