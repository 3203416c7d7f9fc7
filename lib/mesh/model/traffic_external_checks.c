/* Rules for traffic policies of externals: a host that the mesh knows, and TLS that proxies begin. */
#include "core/tables/field.h"
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
                    external->name ? external->name : "this external");
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
                    caller->name ? caller->name : "this service", call->to);
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

void check_traffic_of_externals(struct checker *checker)
{
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
                       "tls and trafficPolicy need the host of %s, which is not given", external->name ? external->name : "this external"),
                 "write its host, such as host: postgres.database.svc.cluster.local");
    }
}
