/* Rules for traffic policies of externals: a host that the mesh knows, and TLS that proxies begin. */
#include "core/tables/field.h"
#include "core/text/among.h"
#include "model/mesh.h"
#include "model/port.h"
#include "model/tables.h"
#include "parts.h"
#include "traffic_checks.h"

#include <string.h>

static bool is_wildcard(const char *host)
{
    return host && *host == '*';
}

/* A route leads to a host, and a name with a star stands for many. */
void check_host_of_route(struct checker *checker, const struct hd_external *external, struct where where, bool needs_route)
{
    struct finding *finding;

    if (!needs_route || (external->host && !is_wildcard(external->host)))
        return;
    finding = found(checker, HD_POLICY_WITHOUT_HOST, where, "%s has no single host, but a route needs the name under which it is called",
                    text_or(external->name, "this external"));
    if (external->host)
        also_at(finding, AT(external, host), "%s stands for many names", external->host);
    hint(finding, "write one host, without *");
}

static bool names_any(const char *const *names, size_t n_names, const char *name)
{
    for (size_t i = 0; i < n_names; i++)
        if (!strcmp(names[i], name) || !strcmp(names[i], "*"))
            return true;
    return false;
}

static bool may_list_secrets(const struct hd_service *service)
{
    const struct hd_service_account *account = &service->pod.service_account;

    for (size_t i = 0; i < account->n_rules; i++)
        if (names_any(account->rules[i].resources, account->rules[i].n_resources, "secrets") &&
            names_any(account->rules[i].verbs, account->rules[i].n_verbs, "list") && !account->rules[i].n_resource_names)
            return true;
    /* An existing account may have been granted the right elsewhere; assume it has. */
    return account->name != NULL;
}

/* A key of ours goes to no proxy whose account could not read it anyway; authorities are no secret. (Istio: SDS authorization) */
void check_credential_of_caller(struct checker *checker, const struct hd_service *caller, const struct hd_call *call,
                                       const struct hd_external *external)
{
    struct finding *finding;

    if (!external || !external->tls.credential_name || !external->tls.mode || strcmp(external->tls.mode, "MUTUAL") != 0 ||
        may_list_secrets(caller))
        return;
    finding = found(checker, HD_CREDENTIAL_UNREADABLE, AT(call, to),
                    "the proxy of %s cannot get the certificate for %s, because its account may not list secrets",
                    text_or(caller->name, "this service"), call->to);
    also_at(finding, AT(&external->tls, credential_name), "the certificate is in a secret");
    hint(finding,
         "mount the secret into the proxy and write the paths of its files (clientCertificate, privateKey); or give the account the right: "
         "serviceAccount: {rules: [{apiGroups: [\"\"], resources: [secrets], verbs: [get, list, watch]}]}");
}

static void check_tls(struct checker *checker, const struct hd_external *external)
{
    const struct hd_client_tls *tls = &external->tls;
    bool mutual = tls->mode && !strcmp(tls->mode, "MUTUAL");
    bool has_files = tls->ca_certificates || tls->client_certificate || tls->private_key;
    struct finding *finding;

    if (mutual && !tls->credential_name && !(tls->client_certificate && tls->private_key))
        hint(found(checker, HD_TLS_MATERIAL, AT(tls, mode), "mode is MUTUAL, but no client certificate is given"),
             "write credentialName; or clientCertificate and privateKey, the paths of files in the proxy");
    if (!mutual && (tls->client_certificate || tls->private_key))
        hint(found(checker, HD_TLS_MATERIAL, tls->client_certificate ? AT(tls, client_certificate) : AT(tls, private_key),
                   "a client certificate has no effect with mode: SIMPLE"),
             "write mode: MUTUAL, or remove clientCertificate and privateKey");
    if (tls->credential_name && has_files) {
        finding = found(checker, HD_TLS_MATERIAL, AT(tls, credential_name), "credentialName and files exclude each other");
        also_at(finding,
                tls->ca_certificates      ? AT(tls, ca_certificates)
                : tls->client_certificate ? AT(tls, client_certificate)
                                          : AT(tls, private_key),
                "the file is given here");
        hint(finding, "remove one of the two");
    }
    if (tls->credential_name && format_is_valid(&format_subdomain, tls->credential_name)) {
        const struct hd_secret *secret = find_secret(checker, tls->credential_name, AT(tls, credential_name));

        if (secret && mutual) {
            check_secret_key(checker, secret, "tls.crt", AT(tls, credential_name));
            check_secret_key(checker, secret, "tls.key", AT(tls, credential_name));
        } else if (secret) {
            check_secret_key(checker, secret, "ca.crt", AT(tls, credential_name));
        }
    }
    for (size_t i = 0; i < external->n_ports; i++)
        if (external->ports[i].protocol == HD_PROTOCOL_HTTPS || external->ports[i].protocol == HD_PROTOCOL_TLS) {
            finding = found(checker, HD_TLS_TWICE, AT_STRUCT(tls), "tls would encrypt a connection that is encrypted already");
            also_at(finding, AT(&external->ports[i], protocol), "the port's protocol is %s",
                    enum_name(&hd_protocol_enum, (int)external->ports[i].protocol));
            hint(finding, "remove tls; or write protocol: http and let services speak HTTP, so that the proxy begins TLS");
        }
}

/* Whether proxies do more with its connections than to pass them on. */
static bool is_treated(const struct hd_external *external)
{
    return struct_is_set(&hd_client_tls_struct, &external->tls) || struct_is_set(&hd_traffic_policy_struct, &external->traffic_policy);
}

/* By what a proxy knows which connections to a port are meant for an external. */
enum known_by { BY_ADDRESS, BY_REQUEST, BY_TLS };

static enum known_by known_by(const struct hd_external *external, const struct hd_external_port *port)
{
    if (protocol_has_requests(port->protocol))
        return external->host ? BY_REQUEST : BY_ADDRESS;
    return protocol_names_host(port->protocol) ? BY_TLS : BY_ADDRESS;
}

/* Reports a second external with the addresses and port of one that the service calls, where the bytes do not say which is meant. */
static void check_range(struct checker *checker, struct names *seen, const struct hd_call *call, const struct hd_external *external)
{
    const struct hd_external_port *port = external_port(external, call->port);

    for (size_t i = 0; port && port->protocol != HD_PROTOCOL_UDP && i < external->n_cidrs; i++) {
        const char *key = arena_printf(&checker->scratch, "%s %lld", external->cidrs[i], (long long)port->port);
        const struct hd_call *other = names_add(seen, key, call);
        const struct hd_external *first = other ? graph_callee(checker->model, other->to).external : external;
        const struct hd_external_port *its = other ? external_port(first, other->port) : port;
        bool is_equal = known_by(first, its) == known_by(external, port);
        struct finding *finding;

        if (first == external || (is_equal && (known_by(external, port) != BY_ADDRESS || (!is_treated(first) && !is_treated(external)))))
            continue;
        finding = found(checker, HD_EXTERNALS_ALIKE, AT(call, to), "proxies cannot tell connections to %s from those to %s", call->to, other->to);
        also_at(finding, AT(other, to), "%s has the same addresses and port", other->to);
        hint(finding, "make one external of both; or give both a host, and protocols in which proxies see it alike: https, or http");
        return;
    }
}

void check_ranges_of_calls(struct checker *checker, const struct hd_service *service)
{
    struct names seen;

    if (service->n_calls < 2 || !service_has_proxy(checker->app, service))
        return;
    names_init(&checker->scratch, &seen, service->n_calls);
    for (size_t i = 0; i < service->n_calls; i++) {
        const char *to = service->calls[i].to;
        const struct hd_external *external = to ? graph_callee(checker->model, to).external : NULL;

        if (external)
            check_range(checker, &seen, &service->calls[i], external);
    }
}

/* Proxies have one policy for a host. */
static void check_hosts_once(struct checker *checker)
{
    const struct hd_app *app = checker->app;
    struct finding *finding;
    struct names hosts;

    names_init(&checker->report->arena, &hosts, app->n_externals);
    for (size_t i = 0; i < app->n_externals; i++) {
        const struct hd_external *external = &app->externals[i];
        const struct hd_external *first = external->host ? names_add(&hosts, external->host, external) : NULL;

        if (first && (is_treated(first) || is_treated(external)) && external->name && first->name) {
            finding = found(checker, HD_EXTERNALS_ALIKE, AT(external, host), "%s has the host of %s, and proxies have one policy for a host",
                            external->name, first->name);
            also_at(finding, AT(first, host), "the host of %s", first->name);
            hint(finding, "make one external of both, with one policy for the ports of both");
        }
    }
}

void check_traffic_of_externals(struct checker *checker)
{
    if (checker->app->mesh.mode == HD_MESH_SIDECAR && checker->app->n_externals > 1)
        check_hosts_once(checker);
    for (size_t i = 0; i < checker->app->n_externals; i++) {
        const struct hd_external *external = &checker->app->externals[i];
        struct callee facts = {NULL, external};
        bool has_tls = struct_is_set(&hd_client_tls_struct, &external->tls);

        if (has_tls)
            check_tls(checker, external);
        check_policy(checker, &facts, &external->traffic_policy);
        if (is_wildcard(external->host))
            check_host_of_route(checker, external,
                                external->traffic_policy.timeout ? AT(&external->traffic_policy, timeout)
                                                                 : AT(&external->traffic_policy, retries),
                                needs_route(&external->traffic_policy));
        if (!external->host && (has_tls || struct_is_set(&hd_traffic_policy_struct, &external->traffic_policy)))
            hint(found(checker, HD_POLICY_WITHOUT_HOST, has_tls ? AT(external, tls) : AT(external, traffic_policy),
                       "tls and trafficPolicy need the host of %s, which is not given", text_or(external->name, "this external")),
                 "write its host, such as host: postgres.database.svc.cluster.local");
    }
}
