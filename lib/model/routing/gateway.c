/* Gateways, through which requests from outside enter the mesh, and the issuers of their tokens. */
#include "gateway.h"

#include "core/tables/field.h"
#include "core/text/among.h"
#include "model/route.h"
#include "model/tables.h"

#include <stdio.h>
#include <string.h>

WORDS(hd_routing, {"istio", HD_ROUTING_ISTIO}, {"gateway", HD_ROUTING_GATEWAY});

CHOICES(issuer_kind, WORD("ClusterIssuer"), WORD("Issuer"));
CHOICES(tls_mode, WORD("SIMPLE"), WORD("MUTUAL"), WORD("OPTIONAL_MUTUAL"), WORD("PASSTHROUGH"));
CHOICES(tls_version, WORD("TLSV1_2"), WORD("TLSV1_3"));

#define T hd_certificate_issuer
static const struct hd_field certificate_issuer_fields[] = {
    STR("name", name, .required = true, .format = &format_subdomain),
    STR("kind", kind, .words = &issuer_kind, .def = "ClusterIssuer"),
    STR("group", group, .format = &format_subdomain, .def = "cert-manager.io"),
};
const struct hd_struct hd_certificate_issuer_struct = STRUCT(certificate_issuer_fields, .scalar = "name");
#undef T

#define T hd_gateway_tls
static const struct hd_field gateway_tls_fields[] = {
    STR("credentialName", credential_name, .choice = 1, .format = &format_subdomain),
    OBJ("issuer", issuer, hd_certificate_issuer, .choice = 1),
    STR("mode", mode, .words = &tls_mode, .def = "SIMPLE"),
    STR("minProtocolVersion", min_protocol_version, .words = &tls_version, .def = "TLSV1_2"),
};
const struct hd_struct hd_gateway_tls_struct = STRUCT(gateway_tls_fields, .scalar = "credentialName");
#undef T

#define T hd_gateway
static const struct hd_field gateway_fields[] = {
    STR("name", name, .required = true, .format = &format_dns_label),
    LIST("selector", selector, hd_pair, .key_format = &format_label_key, .format = &format_label_value),
    STR("gatewayClassName", gateway_class_name, .format = &format_subdomain),
    STRS("hosts", hosts, .format = &format_any_host),
    INT("port", port, .min = 1, .max = 65535),
    OBJ("tls", tls, hd_gateway_tls),
    BOOL("httpsRedirect", https_redirect),
};
const struct hd_struct hd_gateway_struct = STRUCT(gateway_fields, .keyed_by = "name");
#undef T

#define T hd_parent_gateway
static const struct hd_field parent_gateway_fields[] = {
    STR("name", name, .required = true, .format = &format_subdomain),
    STR("namespace", namespace_name, .format = &format_dns_label),
    STR("sectionName", section_name, .format = &format_subdomain),
};
const struct hd_struct hd_parent_gateway_struct = STRUCT(parent_gateway_fields, .scalar = "name");
#undef T

#define T hd_app_gateway
static const struct hd_field app_gateway_fields[] = {
    STR("className", class_name, .format = &format_subdomain),
    OBJ("parentRef", parent_ref, hd_parent_gateway),
    STRS("hosts", hosts, .format = &format_any_host),
    INT("port", port, .min = 1, .max = 65535),
    OBJ("tls", tls, hd_gateway_tls),
    BOOL("httpsRedirect", https_redirect),
    STR("gatewayApiVersion", gateway_api_version, .format = &format_version),
};
const struct hd_struct hd_app_gateway_struct = STRUCT(app_gateway_fields, .scalar = "className");
#undef T

#define T hd_jwt_issuer
static const struct hd_field jwt_issuer_fields[] = {
    STR("name", name, .required = true, .format = &format_dns_label),
    STR("issuer", issuer, .required = true, .format = &format_line),
    STR("jwksUri", jwks_uri, .format = &format_url),
    STRS("audiences", audiences, .format = &format_line),
    STR("outputPayloadToHeader", output_payload_to_header, .format = &format_http_header),
    BOOL("forwardOriginalToken", forward_original_token),
};
const struct hd_struct hd_jwt_issuer_struct = STRUCT(jwt_issuer_fields, .keyed_by = "name");
#undef T

bool gateway_has_tls(const struct hd_gateway *gateway)
{
    return gateway->tls.credential_name || gateway->tls.issuer.name || gateway_passes_through(gateway);
}

bool gateway_redirects(const struct hd_gateway *gateway)
{
    return gateway_has_tls(gateway) && gateway->https_redirect == HD_TRUE;
}

/* Envoy keeps the host of the request and writes no port behind it. */
bool redirect_finds_port(const struct hd_app *app, const struct hd_gateway *gateway)
{
    return app_routes_by(app, HD_ROUTING_GATEWAY) ? gateway->port != HTTP_PORT : gateway->port == HTTPS_PORT;
}

bool gateway_passes_through(const struct hd_gateway *gateway)
{
    return gateway->tls.mode && !strcmp(gateway->tls.mode, "PASSTHROUGH");
}

bool gateway_is_mutual(const struct hd_gateway *gateway)
{
    return gateway->tls.mode && strstr(gateway->tls.mode, "MUTUAL");
}

/* Gateways of several applications may share the namespace of the secret. */
void gateway_credential(char text[CREDENTIAL_LONGEST], const struct hd_app *app, const struct hd_gateway *gateway)
{
    if (gateway->tls.credential_name)
        snprintf(text, CREDENTIAL_LONGEST, "%.253s", gateway->tls.credential_name);
    else if (app->name && gateway->name && strcmp(app->name, gateway->name))
        snprintf(text, CREDENTIAL_LONGEST, "%.63s-%.63s-tls", app->name, gateway->name);
    else
        snprintf(text, CREDENTIAL_LONGEST, "%.63s-tls", text_or(app->name, ""));
}

bool gateway_is_shared(const struct hd_app *app)
{
    return app_routes_without_mesh(app) && struct_is_set(&hd_parent_gateway_struct, &app->gateway.parent_ref);
}

const char *gateway_namespace(const struct hd_app *app)
{
    if (!app_routes_without_mesh(app))
        return app->platform.gateway.namespace_name;
    return app->gateway.parent_ref.namespace_name ? app->gateway.parent_ref.namespace_name : app->namespace_name;
}

bool gateway_reads_secret(const struct hd_app *app, const struct hd_gateway *gateway)
{
    const char *there = gateway_namespace(app);

    for (size_t i = 0; gateway->tls.credential_name && there && app->namespace_name && i < app->n_secrets; i++)
        if (app->secrets[i].name && !strcmp(app->secrets[i].name, gateway->tls.credential_name))
            return strcmp(there, app->namespace_name) != 0;
    return false;
}
