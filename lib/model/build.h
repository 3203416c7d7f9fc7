/* Images that are built. */
#ifndef HD_MODEL_BUILD_H
#define HD_MODEL_BUILD_H

#include <hybriddeploy/model.h>

/* Whether a Dockerfile is written for the service. */
bool is_built(const struct hd_service *service);

#endif
