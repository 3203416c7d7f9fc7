/* Addresses in variables, commands and files: the text that has one, and the rules for whom it leads to. */
#ifndef HD_KUBERNETES_MODEL_ADDRESSES_H
#define HD_KUBERNETES_MODEL_ADDRESSES_H

#include "core/text/address.h"
#include "model/checks.h"
#include "text_checks.h"

/* A text, where it stands, and who has it. */
struct address_text {
    struct checker *checker;
    const struct container_in *in;
    struct where where;
    const char *subject; /* ORDERS_URL, --upstream */
    const char *variable; /* NULL for a word of a command */
};

/* Schemes of HTTP and WebSocket. */
bool is_web_scheme(const char *scheme);
bool is_web_scheme_with_tls(const char *scheme);
bool is_web_scheme_in_clear(const char *scheme);

/* Whether the service gives the text, and not its runtime. Asked only when something is wrong: it goes through all variables. */
bool gives_itself(const struct address_text *text);

/* The port of a further Service of the service, when the host is one; else that of its own. NULL when there is none. */
const struct hd_port *port_offered(const struct hd_service *service, const char *host, int64_t number);

/* The service is there: whether it is called, by a port that it has and in its language. */
void check_service_address(const struct address_text *text, const struct address *address, const struct hd_service *callee, const char *host);

/* The service whose Service has this name; NULL when none has. */
const struct hd_service *service_of_host(const struct checker *checker, const char *name);

/* Whether the host names a pod of a StatefulSet that there is not, which is told. */
bool is_no_pod(const struct address_text *text, const char *host);

#endif
