/* Gateways, as emitters look at them. */
#ifndef HD_MODEL_ROUTING_GATEWAY_H
#define HD_MODEL_ROUTING_GATEWAY_H

#include "model/model.h"

/* The most rules of a route. (Gateway API: HTTPRoute and GRPCRoute, maxItems of spec.rules) */
enum { MOST_RULES = 16 };

/* Whether clients speak TLS with it. */
bool gateway_has_tls(const struct hd_gateway *gateway);
/* Whether it answers plain HTTP, at HTTP_PORT, with a redirect to its TLS. */
bool gateway_redirects(const struct hd_gateway *gateway);
/* Whether such a redirect leads to its port. */
bool redirect_finds_port(const struct hd_app *app, const struct hd_gateway *gateway);
enum { HTTP_PORT = 80, HTTPS_PORT = 443 };
/* Whether it leaves TLS to the service, and sees no requests. */
bool gateway_passes_through(const struct hd_gateway *gateway);

/* Whether routes join a Gateway that somebody else runs. */
bool gateway_is_shared(const struct hd_app *app);
/* The namespace in which the Gateways stand. */
const char *gateway_namespace(const struct hd_app *app);
/* The implementation that serves Gateways of a class, from whose pods or addresses requests come; NULL when the class is not known. */
const struct gateway_class *gateway_class(const char *name);
struct gateway_class {
    /* The name of the class; one that ends in - is the beginning of many. */
    const char *name;
    /* The namespace of its pods; NULL when they stand beside their Gateway, or when it has none. */
    const char *namespace_name;
    /* The labels of its pods that name their Gateway, and the namespace of that; each may be NULL. */
    const char *gateway_label, *namespace_label;
    /* A further label of its pods, or NULL. */
    const struct hd_pair *label;
    /* Addresses from which it sends requests. */
    const char *const *cidrs;
    size_t n_cidrs;
    /* The namespace and port of the controller, for pods that stand beside their Gateway. */
    const char *controller;
    int64_t controller_port;
    /* Why its pods cannot stand with an application, or NULL; and the words for platform.gateway that only those who run it can fill in. */
    const char *unfit, *unknown;
    /* Whether its pods lack what the standard restricted demands. */
    bool is_unrestricted;
    /* Whether no NetworkPolicy can name it, but one of Cilium. */
    bool is_entity;
};
/* Whether its pods stand in the namespace of their Gateway. */
bool gateway_pods_are_beside(const struct hd_app *app);

/* Whether it asks clients for certificates. */
bool gateway_is_mutual(const struct hd_gateway *gateway);

/* The secret with its certificate: the one that is named, or the one that cert-manager makes. */
enum { CREDENTIAL_LONGEST = 256 };
void gateway_credential(char text[CREDENTIAL_LONGEST], const struct hd_app *app, const struct hd_gateway *gateway);

/* Whether its certificate is a secret that the application has in another namespace. */
bool gateway_reads_secret(const struct hd_app *app, const struct hd_gateway *gateway);

/* Reports a name without a domain, which no client outside could ask for. */
struct checker;
struct where;
void check_full_host(struct checker *checker, const struct where *where, const char *host);
/* The place of a host of an exposure: there, or in those of the whole application. */
struct where exposure_host_place(const struct checker *checker, const struct hd_exposure *exposure, size_t index);

/* Whether the model gives the gateway's hosts, instead of taking those of its routes. */
bool gateway_names_hosts(const struct checker *checker, const struct hd_gateway *gateway);

#endif
