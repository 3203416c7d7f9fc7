/* How gateways speak TLS with services. */
#ifndef HD_MODEL_ROUTING_BACKEND_TLS_H
#define HD_MODEL_ROUTING_BACKEND_TLS_H

#include "model/checks.h"

/* The backendTLS that an exposure of the service gives for this port, which holds for all of them; NULL when none gives any. */
const struct hd_backend_tls *port_backend_tls(const struct hd_service *service, const struct hd_port *port);

void check_backend_tls(struct checker *checker, const struct hd_service *service, const struct hd_exposure *exposure);

#endif
