/* Refuses settings that the Gateway API cannot express, with the reason. */
#include "core/tables/field.h"
#include "core/text/among.h"
#include "model/checks.h"
#include "model/mesh.h"
#include "model/route.h"
#include "model/routing/gateway.h"
#include "model/tables.h"
#include "model/version.h"
#include "parts.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_TERMS_OF_EXPOSURE = 16, MOST_LISTENERS = 64, KUBE_TLS_ROUTE = 31 };

/* By what the model chooses the Gateway API; and the way around it, which a mesh has. */
static struct where chosen(const struct checker *checker)
{
    return checker->model->own_gateway ? AT(checker->app, gateway) : AT(&checker->app->mesh, routing);
}

static const char *or_by_istio(const struct checker *checker)
{
    return checker->model->own_gateway ? "" : "; or write routing: istio";
}

static void lacks(struct checker *checker, struct where where, const char *what, const char *instead)
{
    struct finding *finding = found(checker, HD_GATEWAY_API_LACKS, where, "the Gateway API cannot express %s", what);

    also_at(finding, chosen(checker), "routes are written in the Gateway API because of this");
    hint(finding, "%s%s", instead, or_by_istio(checker));
}

/* Reports settings that the cluster's version of the definitions lacks. (Gateway API: changelogs, what graduated to the standard channel)
 */
static void since(struct checker *checker, int minor, struct where where, const char *what)
{
    bool is_own = checker->model->own_gateway;
    const char *version = is_own ? checker->app->gateway.gateway_api_version : checker->app->mesh.gateway_api_version;
    struct finding *finding;

    if (!version || !format_is_valid(&format_version, version) || atoi(version + 2) >= minor)
        return;
    finding = found(checker, HD_GATEWAY_API_OLD, where, "%s needs Gateway API 1.%d; gatewayApiVersion is %s", what, minor, version);
    also_at(finding, is_own ? AT(&checker->app->gateway, gateway_api_version) : AT(&checker->app->mesh, gateway_api_version),
            "the cluster has this version");
    hint(finding, "install the definitions of 1.%d and raise gatewayApiVersion, %s", minor,
         is_own ? "or remove this" : "remove this, or write routing: istio");
}

static void check_headers(struct checker *checker, const struct hd_header_match *headers, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (headers[i].prefix)
            lacks(checker, AT(&headers[i], prefix), "the prefix of a header's value", "write the whole value, or a regex");
        else if (!headers[i].exact && !headers[i].regex)
            lacks(checker, AT(&headers[i], name), "a match of any value of a header", "write a value, or a regex");
    }
}

static void check_match(struct checker *checker, const struct hd_exposure *exposure)
{
    static const char *const methods[] = {"GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"};

    if (exposure->path_type == HD_PATH_REGULAR_EXPRESSION)
        lacks(checker, AT(exposure, path_type), "a regular expression that is tried before prefixes", "use Prefix or Exact");
    for (size_t i = 0; i < exposure->n_methods; i++)
        if (!IS_AMONG(exposure->methods[i], methods))
            lacks(checker, AT_ITEM(exposure, methods, i), exposure->methods[i], "remove it");
    check_headers(checker, exposure->headers, exposure->n_headers);
    for (size_t i = 0; i < exposure->n_query_params; i++)
        if (!exposure->query_params[i].exact && !exposure->query_params[i].regex)
            lacks(checker, AT(&exposure->query_params[i], name), "a match of any value of a parameter", "write a value, or a regex");
    if (exposure->n_headers > MOST_TERMS_OF_EXPOSURE)
        lacks(checker, AT(exposure, headers), "more than 16 headers", "match fewer");
    if (exposure->n_query_params > MOST_TERMS_OF_EXPOSURE)
        lacks(checker, AT(exposure, query_params), "more than 16 parameters", "match fewer");
}

static void check_exposure(struct checker *checker, const struct hd_service *service, const struct hd_exposure *exposure)
{
    const struct hd_cors_policy *cors = &exposure->cors_policy;
    struct route route = {.service = service, .exposure = exposure};

    check_match(checker, exposure);
    if (exposure->n_methods > 1 && exposure->n_methods * n_route_choices(&route) > MOST_RULES)
        lacks(checker, AT(exposure, methods), "more than 16 pairs of a method and a match of the versions", "name fewer methods, or match fewer");
    if (exposure->timeout)
        since(checker, 2, AT(exposure, timeout), "timeout");
    if (exposure->mirror.to && exposure->mirror.percentage < 100)
        since(checker, 3, AT(&exposure->mirror, percentage), "mirror.percentage");
    if (struct_is_set(&hd_backend_tls_struct, &exposure->backend_tls))
        since(checker, 4, AT(exposure, backend_tls), "backendTLS (BackendTLSPolicy)");
    if (struct_is_set(&hd_cors_policy_struct, cors))
        since(checker, 5, AT(exposure, cors_policy), "corsPolicy");
    /* Without a mesh the fields' rules refuse these; of mesh: off they leave out what has no effect, but such a route would lead nowhere. */
    if (checker->model->given->mesh.mode && exposure->direct_response.status)
        lacks(checker, AT(exposure, direct_response), "directResponse", "let a service send the response");
    if (mesh_is_on(checker->app) && struct_is_set(&hd_fault_struct, &exposure->fault))
        lacks(checker, AT(exposure, fault), "fault", "remove it");
    if (mesh_is_on(checker->app) && exposure->retries.attempts.set)
        lacks(checker, AT(exposure, retries), "retries", "remove it");
    if (exposure->rewrite.authority && strchr(exposure->rewrite.authority, ':'))
        lacks(checker, AT(&exposure->rewrite, authority), "a port in rewrite.authority", "remove the port");
    for (size_t i = 0; i < cors->n_allow_origins; i++)
        if (!cors->allow_origins[i].exact)
            lacks(checker, AT_STRUCT(&cors->allow_origins[i]), "an origin that is not exact", "write exact origins");
    for (size_t i = 0; i < cors->n_allow_origins; i++)
        if (cors->allow_origins[i].exact && !strcmp(cors->allow_origins[i].exact, "*") && cors->n_allow_origins > 1)
            lacks(checker, AT(&cors->allow_origins[i], exact), "the origin * together with others", "remove * or the others");
}

static void check_versions_of(struct checker *checker, const struct hd_service *service)
{
    size_t n = 0;

    for (size_t i = 0; i < service->n_versions; i++) {
        const struct hd_version *version = &service->versions[i];

        for (size_t k = 0; k < version->n_match; k++)
            check_headers(checker, version->match[k].headers, version->match[k].n_headers);
        n += version->n_match;
    }
    if (n >= MOST_RULES)
        lacks(checker, AT(service, versions), "more than 15 matches of one service", "match fewer");
}

/* Routes for services of the mesh apply to all callers, so settings of one caller are refused. */
static void check_calls_of(struct checker *checker, const struct hd_service *service)
{
    for (size_t i = 0; i < service->n_calls; i++) {
        const struct hd_call *call = &service->calls[i];

        /* Externals always get a route of Istio's own. */
        if (graph_callee(checker->model, text_or(call->to, "")).external)
            continue;
        if (call->timeout)
            lacks(checker, AT(call, timeout), "the timeout of one caller",
                  "write it at the service that is called, for all callers: trafficPolicy: {timeout: ...}");
        if (call->version)
            lacks(checker, AT(call, version), "the version of one caller", "let a match choose it: versions: {v2: {match: ...}}");
        if (call->retries.attempts.set)
            lacks(checker, AT(call, retries), "retries", "remove it");
    }
    if (service->traffic_policy.timeout)
        since(checker, 2, AT(&service->traffic_policy, timeout), "timeout");
    if (service->traffic_policy.retries.attempts.set)
        lacks(checker, AT(&service->traffic_policy, retries), "retries", "remove it");
}

/* Its definition has a rule that older API servers cannot read. */
static void check_tls_route(struct checker *checker, const struct hd_gateway *gateway)
{
    struct finding *finding;

    if (checker->kube_minor >= KUBE_TLS_ROUTE)
        return;
    finding = found(checker, HD_GATEWAY_API_OLD, AT(&gateway->tls, mode), "TLSRoute needs Kubernetes 1.%d", KUBE_TLS_ROUTE);
    also_at(finding, AT(checker->app, kubernetes_version), "kubernetesVersion is given here");
    hint(finding, "upgrade the cluster, or %s",
         checker->model->own_gateway ? "let the gateway end TLS: tls: {issuer: letsencrypt}" : "write routing: istio");
}

/* Certificates of clients are asked for by an option of Istio's. (Istio: gateway.istio.io/tls-terminate-mode) */
static void check_clients(struct checker *checker, const struct hd_gateway *gateway)
{
    const char *class_name = gateway->gateway_class_name;

    if (checker->model->own_gateway && gateway_is_mutual(gateway) && !(class_name && !strcmp(class_name, "istio")))
        lacks(checker, AT(&gateway->tls, mode), "that clients show certificates",
              "write mode: SIMPLE, and ask for certificates by a policy of the implementation (manifests)");
}

static void check_gateway(struct checker *checker, const struct hd_gateway *gateway)
{
    size_t n_listeners = gateway->n_hosts * (gateway_redirects(gateway) ? 2 : 1);

    if (gateway->tls.min_protocol_version && strcmp(gateway->tls.min_protocol_version, "TLSV1_2"))
        lacks(checker, AT(&gateway->tls, min_protocol_version), "minProtocolVersion",
              checker->model->own_gateway ? "remove it, and say it in a policy of the implementation (manifests)"
                                          : "remove it; Istio accepts TLS 1.2 and later");
    check_clients(checker, gateway);
    if (gateway_passes_through(gateway)) {
        since(checker, 5, AT(&gateway->tls, mode), "TLSRoute");
        check_tls_route(checker, gateway);
    }
    if (n_listeners > MOST_LISTENERS)
        lacks(checker, AT(gateway, hosts), "more than 64 listeners", "spread the hosts over several gateways, or use a wildcard");
}

/* A TLSRoute must have a host. */
static void check_passed_hosts(struct checker *checker, const struct hd_exposure *exposure)
{
    for (size_t i = 0; i < exposure_n_hosts(exposure); i++) {
        const char *host = exposure_host(exposure, i);
        const struct hd_gateway *gateway = host ? NULL : exposure_gateway(checker->model, exposure, NULL);

        if (gateway && gateway_passes_through(gateway))
            lacks(checker, exposure_host_place(checker, exposure, i), "TLS of every host that is passed through", "name the hosts");
    }
}

void check_gateway_api(struct checker *checker)
{
    const struct hd_app *app = checker->app;

    if (app->mesh.gateway_api_version && app->mesh.routing == HD_ROUTING_ISTIO) {
        struct finding *finding = found(checker, HD_NOT_FOR_ROUTING, AT(&app->mesh, gateway_api_version),
                                        "gatewayApiVersion has no effect, because routes are not written in the Gateway API");

        also_at(finding, AT(&app->mesh, routing), "routing is istio here");
        hint(finding, "remove gatewayApiVersion, or write routing: gateway");
    }
    if (!app_routes_by(app, HD_ROUTING_GATEWAY))
        return;
    for (size_t i = 0; i < checker->model->n_gateways; i++)
        check_gateway(checker, &checker->model->gateways[i]);
    for (size_t i = 0; i < app->n_services; i++) {
        for (size_t k = 0; k < app->services[i].n_expose; k++) {
            check_exposure(checker, &app->services[i], &app->services[i].expose[k]);
            check_passed_hosts(checker, &app->services[i].expose[k]);
        }
        if (!mesh_is_on(app))
            continue;
        check_versions_of(checker, &app->services[i]);
        check_calls_of(checker, &app->services[i]);
    }
}
