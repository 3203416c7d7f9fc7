/* Names of a Gateway's listeners, by which routes attach to them. */
#ifndef HD_GATEWAY_EMIT_LISTENER_H
#define HD_GATEWAY_EMIT_LISTENER_H

#include "plan/plan.h"

/* `https.shop.example.com`, `http.wildcard.example.com`, `http` for every host. */
enum { LISTENER_LONGEST = 272 };
void listener_name(char name[LISTENER_LONGEST], const char *protocol, const char *host);

/* The listener of a gateway that has a host: its own, or that of a wildcard. NULL for every host. */
const char *listener_host(const struct hd_gateway *gateway, const char *host);

/* `parentRefs` with one listener. */
void emit_parent(struct yaml_out *y, const struct hd_model *model, const struct hd_gateway *gateway, const char *protocol, const char *host);

#endif
