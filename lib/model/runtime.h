/* The library's own defaults. */
#ifndef HD_MODEL_RUNTIME_H
#define HD_MODEL_RUNTIME_H

#include <hybriddeploy/model.h>

const struct hd_service *runtime_defaults(enum hd_runtime runtime);
const struct hd_service *service_defaults(void);

#endif
