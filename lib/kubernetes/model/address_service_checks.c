/* Rules for an address that leads to a service of the application: it is called, by a port that it has and in its language. */
#include "addresses.h"
#include "core/tables/field.h"
#include "core/text/among.h"
#include "model/container.h"
#include "model/derived.h"
#include "model/port.h"
#include "model/resolve.h"
#include "model/tables.h"

#include <stdlib.h>
#include <string.h>

static const char *const web_schemes[] = {"http", "https", "ws", "wss"};
static const char *const tls_schemes[] = {"https", "wss"};
static const char *const plain_schemes[] = {"http", "ws"};

bool is_web_scheme(const char *scheme)
{
    return IS_AMONG(scheme, web_schemes);
}

bool is_web_scheme_with_tls(const char *scheme)
{
    return IS_AMONG(scheme, tls_schemes);
}

bool is_web_scheme_in_clear(const char *scheme)
{
    return IS_AMONG(scheme, plain_schemes);
}

bool gives_itself(const struct address_text *text)
{
    const struct hd_service *given;

    if (!text->variable || text->in->role != CONTAINER_MAIN)
        return true;
    given = given_of(text->checker, text->in->service);
    for (size_t i = 0; i < given->container.n_env; i++)
        if (same_text(given->container.env[i].name, text->variable))
            return true;
    return false;
}

static const struct hd_call *call_of(const struct hd_service *service, const char *to)
{
    for (size_t i = 0; i < service->n_calls; i++)
        if (same_text(service->calls[i].to, to))
            return &service->calls[i];
    return NULL;
}

const struct hd_port *port_offered(const struct hd_service *service, const char *host, int64_t number)
{
    for (size_t i = 0; i < service->n_extra_services; i++) {
        const struct hd_extra_service *extra = &service->extra_services[i];

        if (!same_text(extra->name, host))
            continue;
        for (size_t k = 0; k < extra->n_ports; k++)
            if (extra->ports[k].port == number)
                return extra_service_target(service, &extra->ports[k]);
        return NULL;
    }
    for (size_t i = 0; i < service_n_ports(service); i++)
        if (service_port_at(service, i)->service_port == number)
            return service_port_at(service, i);
    return NULL;
}

static const char *server_scheme(const struct hd_port *port)
{
    return port->protocol == HD_PROTOCOL_MONGO ? "mongodb" : enum_name(&hd_protocol_enum, port->protocol);
}

static void check_scheme(const struct address_text *text, const struct address *address, const struct hd_service *callee,
                         const struct hd_port *port)
{
    bool in_clear = protocol_has_requests(port->protocol),
         is_tls = port->protocol == HD_PROTOCOL_HTTPS || port->protocol == HD_PROTOCOL_TLS;
    bool is_server = port->protocol == HD_PROTOCOL_MYSQL || port->protocol == HD_PROTOCOL_REDIS || port->protocol == HD_PROTOCOL_MONGO;
    const char *right = in_clear && is_web_scheme_with_tls(address->scheme)    ? "http"
                        : is_tls && is_web_scheme_in_clear(address->scheme)  ? "https"
                        : is_server && is_web_scheme(address->scheme) ? server_scheme(port)
                                                                              : NULL;
    struct finding *finding;

    if (!right)
        return;
    finding = found(text->checker, HD_ADDRESS_SCHEME, text->where, "%s begins with %s://, but port %lld of %s speaks %s", text->subject,
                    address->scheme, (long long)address->port, callee->name, enum_name(&hd_protocol_enum, port->protocol));
    also_at(finding, AT(port, protocol), "the port");
    hint(finding, "write %s://, or correct the port's protocol", address->scheme[0] == 'w' ? (in_clear ? "ws" : "wss") : right);
}

/* Whether a call names this port, or none, so that it cannot be told. */
static bool allows_port(const struct hd_service *caller, const struct hd_service *callee, const struct hd_port *port, int64_t number)
{
    for (size_t i = 0; i < caller->n_calls; i++) {
        const struct hd_call *call = &caller->calls[i];
        const struct hd_port *called = same_text(call->to, callee->name) ? service_port(callee, call->port) : NULL;

        if (same_text(call->to, callee->name) && (!called || called == port || called->service_port == number || called->port == port->port))
            return true;
    }
    return false;
}

/* Whether the policies let the caller through all the same, to a collector of the application's own. */
static bool sends_to(const struct hd_model *model, const struct hd_service *caller, const struct hd_service *callee)
{
    for (size_t i = 0; i < graph_n_out(model, caller); i++)
        if (graph_out(model, caller, i)->to->service == callee)
            return true;
    return false;
}

void check_service_address(const struct address_text *text, const struct address *address, const struct hd_service *callee, const char *host)
{
    const struct hd_service *caller = text->in->service;
    const struct hd_call *call = call_of(caller, callee->name);
    int64_t number = address->port ? address->port : scheme_port(address->scheme);
    const struct hd_port *port = number ? port_offered(callee, host, number) : NULL;
    struct finding *finding;

    if (callee == caller || !callee->name)
        return;
    if (number && !port && callee->workload != HD_WORKLOAD_JOB && callee->workload != HD_WORKLOAD_CRON_JOB && service_n_ports(callee)) {
        finding = found(text->checker, HD_ADDRESS_PORT, text->where, "%s leads to port %lld of %.63s, which has no such port", text->subject,
                        (long long)number, host);
        also_at(finding, AT(&callee->container, ports), "its ports: %s", service_ports_in_words(text->checker, callee));
        hint(finding, "write %s:%lld, or declare the port at %s", callee->name, (long long)service_port_at(callee, 0)->service_port,
             callee->name);
        return;
    }
    if (!call && gives_itself(text) && !sends_to(text->checker->model, caller, callee)) {
        finding = found(text->checker, HD_ADDRESS_NOT_CALLED, text->where,
                        "%s leads to %s, which %s does not call, so the network policy drops the packets", text->subject, callee->name,
                        caller->name);
        also_at(finding, AT(caller, calls), caller->n_calls ? "the calls of %s" : "%s calls nobody", caller->name);
        hint(finding, "add %s to calls; if the program hands the address on and never connects to it, accept this with silence",
             callee->name);
        return;
    }
    if (call && port && number && !allows_port(caller, callee, port, number)) {
        finding = found(text->checker, HD_ADDRESS_NOT_CALLED, text->where,
                        "%s leads to port %lld of %s, which %s does not call, so the network policy drops the packets", text->subject,
                        (long long)number, callee->name, caller->name);
        also_at(finding, AT(call, port), "the port that is called");
        hint(finding, "call this port too: calls: [{to: %s, port: %lld}]; if the program never connects to it, accept this with silence",
             callee->name, (long long)number);
        return;
    }
    if (port) {
        struct address full = *address;

        full.port = number;
        check_scheme(text, &full, callee, port);
    }
}

/* The StatefulSet whose pod a host names, queue-1.queue-headless, and the Service and the number in it; NULL for another host. */
static const struct hd_service *set_of_pod(const struct address_text *text, const char *host, char name[64], const char **ret_ordinal)
{
    const char *dot = strchr(host, '.'), *rest;
    size_t length = dot ? strcspn(dot + 1, ".") : 0, digits;
    const struct hd_service *service;

    if (!length || length > 63)
        return NULL;
    rest = dot + 1 + length;
    memcpy(name, dot + 1, length);
    name[length] = '\0';
    service = service_of_host(text->checker, name);
    length = service ? strlen(service->name) : 0;
    if (!service || service->workload != HD_WORKLOAD_STATEFUL_SET || strncmp(host, service->name, length) || host[length] != '-' ||
        (*rest && !names_own_namespace(text->checker, rest + 1, strlen(rest + 1))))
        return NULL;
    *ret_ordinal = host + length + 1;
    digits = strspn(*ret_ordinal, "0123456789");
    return digits && digits < 10 && *ret_ordinal + digits == dot ? service : NULL;
}

/* Pods have names below the Service that governs them alone, and are counted from 0. */
bool is_no_pod(const struct address_text *text, const char *host)
{
    char name[64];
    const char *ordinal;
    const struct hd_service *service = set_of_pod(text, host, name, &ordinal);
    struct finding *finding;

    if (!service || (has_governing_service(service) != !strcmp(name, service->name) && strtol(ordinal, NULL, 10) < most_replicas(service)))
        return false;
    finding = found(text->checker, HD_ADDRESS_OF_NOBODY, text->where, "%s leads to %.130s, but the last pod of %s is %s-%lld.%s%s", text->subject,
                    host, service->name, service->name, (long long)most_replicas(service) - 1, service->name,
                    has_governing_service(service) ? "-headless" : "");
    also_at(finding, AT(service, replicas), "the pods, which are counted from 0");
    hint(finding, "write one of its pods, below this Service");
    return true;
}
