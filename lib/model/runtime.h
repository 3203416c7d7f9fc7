/* The runtimes, and the library's own defaults for them and for every service. */
#ifndef HD_MODEL_RUNTIME_H
#define HD_MODEL_RUNTIME_H

#include <hybriddeploy/model.h>

/* The runtime that an entry of runtimes is for; unset when there is none of its name (which may be NULL). */
enum hd_runtime runtime_named(const char *name);

const struct hd_service *runtime_defaults(enum hd_runtime runtime);
const struct hd_service *service_defaults(void);

#endif
