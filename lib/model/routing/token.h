/* Services that require a token of requests from the gateway. */
#ifndef HD_MODEL_ROUTING_TOKEN_H
#define HD_MODEL_ROUTING_TOKEN_H

#include "model/checks.h"

/* One exposure whose requests reach a port of a service; in a list by service. */
struct admission {
    const struct hd_exposure *exposure;
    const struct hd_port *port;
    const struct hd_jwt_issuer *issuer; /* NULL when no token is wanted */
    const struct admission *next;
};

/* Once the routes are known. */
void resolve_tokens(struct hd_model *model);
/* The exposures through which the gateway reaches a service, in the order of the model; NULL when none of them requires a token. */
const struct admission *admissions(const struct hd_model *model, const struct hd_service *service);

const struct hd_jwt_issuer *jwt_issuer(const struct hd_app *app, const char *name);

void check_token(struct checker *checker, const struct hd_service *service, const struct hd_exposure *exposure);

#endif
