/* The appProtocol of a port, which meshes and gateways read. (Kubernetes: Service.spec.ports[].appProtocol) */
#ifndef HD_KUBERNETES_EMIT_APP_PROTOCOL_H
#define HD_KUBERNETES_EMIT_APP_PROTOCOL_H

#include <hybriddeploy/model.h>

const char *app_protocol(enum hd_protocol protocol);

#endif
