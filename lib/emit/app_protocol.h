/* What meshes and gateways understand of a port. (Kubernetes: Service.spec.ports[].appProtocol) */
#ifndef HD_EMIT_APP_PROTOCOL_H
#define HD_EMIT_APP_PROTOCOL_H

#include <hybriddeploy/model.h>

const char *app_protocol(enum hd_protocol protocol);

#endif
