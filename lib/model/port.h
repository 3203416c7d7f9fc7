/* Ports, and what names or numbers of them mean. */
#ifndef HD_MODEL_PORT_H
#define HD_MODEL_PORT_H

#include <hybriddeploy/model.h>

/* The ports of a service: those of its own container, then those of the others that keep running. */
size_t service_n_ports(const struct hd_service *service);
const struct hd_port *service_port_at(const struct hd_service *service, size_t index);

/* The port that a name or number means; the main one when `ref` is NULL. NULL when there is none. */
const struct hd_port *container_port(const struct hd_container *container, const char *ref);
const struct hd_port *service_port(const struct hd_service *service, const char *ref);

/* The port of the service to which one of a further Service leads; NULL when there is none. */
const struct hd_port *extra_service_target(const struct hd_service *service, const struct hd_extra_service_port *port);

/* The port that callers and probes mean when they name none: the first one of TCP that is not for metrics; else of UDP; else any. */
const struct hd_port *main_port(const struct hd_container *container);
/* The one port that is not for metrics, or the only one at all; NULL where there are several. */
const struct hd_port *only_port(const struct hd_service *service);
const struct hd_external_port *external_port(const struct hd_external *external, const char *ref);

/* The protocol that a port's name begins with, as Istio reads names: grpc, grpc-orders. */
enum hd_protocol protocol_of_name(const char *name, enum hd_protocol otherwise);

/* Whether what it speaks is HTTP, in the clear, so that a proxy sees single requests. */
bool protocol_has_requests(enum hd_protocol protocol);
bool port_has_requests(const struct hd_port *port);
/* Whether the protocol itself says which host is meant; without that only addresses tell. */
bool protocol_names_host(enum hd_protocol protocol);
/* Whether somebody may ask there by plain HTTP, as Prometheus does: of TCP and TLS it is not known what they carry. */
bool protocol_may_be_http(enum hd_protocol protocol);

/* Whether the Service has a port on every node, NodePort or LoadBalancer, by which anybody may come in. */
bool service_opens_nodes(const struct hd_service_object *object);

#endif
