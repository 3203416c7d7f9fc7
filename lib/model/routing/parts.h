/* What the concepts of routing do. */
#ifndef HD_MODEL_ROUTING_PARTS_H
#define HD_MODEL_ROUTING_PARTS_H

#include "model/checks.h"

/* Once all services are complete: fills in gateways and what exposures say of other services, and collects the routes. */
void resolve_routes(struct hd_model *model);

void check_ingress(struct checker *checker);
/* That a secret of the application, where the name is that of one, has what TLS needs. */
void check_tls_secret(struct checker *checker, const char *name, struct where where);
void check_gateways(struct checker *checker);
void check_gateways_apart(struct checker *checker);
void check_routes_reached(struct checker *checker);
/* Redirects and mirrors that lead back. */
void check_loops(struct checker *checker);

struct routes;
/* A request of a client, by GET and with no header that routes name. */
struct request {
    const char *host, *path;
};
/* The first route, in the order in which a gateway looks, that takes the request; NULL when none does. */
const struct route *request_taken_by(const struct routes *routes, const struct request *request);

/* Where the keys of tokens come from. */
void check_token_keys(struct checker *checker);
void check_chains(struct checker *checker);
void check_expose(struct checker *checker, const struct hd_service *service);
void check_routes_of(struct checker *checker, const struct hd_service *service);
void check_metrics(struct checker *checker, const struct hd_service *service);

#endif
