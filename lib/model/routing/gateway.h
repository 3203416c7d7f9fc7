/* Gateways, as emitters look at them. */
#ifndef HD_MODEL_ROUTING_GATEWAY_H
#define HD_MODEL_ROUTING_GATEWAY_H

#include "model/model.h"

/* Whether clients speak TLS with it. */
bool gateway_has_tls(const struct hd_gateway *gateway);
/* Whether it answers plain HTTP, at HTTP_PORT, with a redirect to its TLS. */
bool gateway_redirects(const struct hd_gateway *gateway);
/* Whether such a redirect leads to its port. */
bool redirect_finds_port(const struct hd_mesh *mesh, const struct hd_gateway *gateway);
enum { HTTP_PORT = 80, HTTPS_PORT = 443 };
/* Whether it leaves TLS to the service, and sees no requests. */
bool gateway_passes_through(const struct hd_gateway *gateway);

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
