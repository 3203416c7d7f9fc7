/* Rules for gateways: those of the mesh, and the application's `gateway`. */
#include "gateway.h"

#include "core/memory/names.h"
#include "core/tables/field.h"
#include "core/text/among.h"
#include "model/checks.h"
#include "model/mesh.h"
#include "model/resolve.h"
#include "model/route.h"
#include "model/tables.h"
#include "parts.h"

#include <string.h>

static void check_redirect(struct checker *checker, const struct hd_gateway *gateway)
{
    bool is_plain_port = gateway->port == HTTP_PORT;
    struct finding *finding;

    if (!gateway_redirects(gateway) || redirect_finds_port(checker->app, gateway))
        return;
    finding = found(checker, HD_REDIRECT_BESIDE_PORT, AT(gateway, https_redirect), "the redirect does not lead to the gateway's port %d",
                    (int)gateway->port);
    also_at(finding, AT(gateway, port),
            is_plain_port ? "plain HTTP comes in at port 80, where the redirect is" : "Istio's redirect leads to port 443");
    hint(finding, is_plain_port ? "remove port, or httpsRedirect"
                                : "remove port or httpsRedirect; or write routing: gateway, whose redirect names the port");
}

static void check_tls(struct checker *checker, const struct hd_gateway *gateway)
{
    struct finding *finding;

    if (gateway->https_redirect == HD_TRUE && !gateway_has_tls(gateway))
        hint(found(checker, HD_REDIRECT_WITHOUT_TLS, AT(gateway, https_redirect),
                   "httpsRedirect sends clients to HTTPS, but this gateway has no TLS"),
             "give it a certificate: tls: {issuer: letsencrypt}, or tls: {credentialName: shop-tls}");
    if (gateway_passes_through(gateway) && (gateway->tls.credential_name || gateway->tls.issuer.name)) {
        finding = found(checker, HD_PASSED_TLS, AT(&gateway->tls, mode), "a gateway with mode PASSTHROUGH uses no certificate");
        also_at(finding, gateway->tls.credential_name ? AT(&gateway->tls, credential_name) : AT(&gateway->tls, issuer),
                "this certificate would be ignored");
        hint(finding, "remove it, and let the service bring the certificate; or write mode: SIMPLE");
    }
    /* It may also have been made there by somebody else. */
    if (checker->model->own_gateway && gateway->tls.credential_name && names_find(&checker->secrets, gateway->tls.credential_name))
        check_tls_secret(checker, gateway->tls.credential_name, AT(&gateway->tls, credential_name));
    if (gateway_reads_secret(checker->app, gateway)) {
        const struct hd_secret *secret = find_secret(checker, gateway->tls.credential_name, AT(&gateway->tls, credential_name));

        if (secret && checker->app->mesh.routing != HD_ROUTING_GATEWAY) {
            finding = found(checker, HD_CREDENTIAL_ELSEWHERE, AT(&gateway->tls, credential_name),
                            "the gateway reads the secret %.253s in its own namespace, %.63s", gateway->tls.credential_name,
                            checker->app->platform.gateway.namespace_name);
            also_at(finding, AT(secret, name), "the secret of the model is in %.63s", checker->app->namespace_name);
            hint(finding,
                 "let cert-manager create one there (tls: {issuer: letsencrypt}), name one that exists there, or write routing: gateway");
        }
    }
    if (struct_is_set(&hd_gateway_tls_struct, &gateway->tls) && !gateway_has_tls(gateway))
        hint(found(checker, HD_NO_CERTIFICATE, AT(gateway, tls), "tls has no certificate"),
             "give issuer: letsencrypt (cert-manager), or credentialName: shop-tls (a secret in the gateway's namespace)");
    for (size_t i = 0; gateway->tls.issuer.name && i < gateway->n_hosts; i++)
        if (!strcmp(gateway->hosts[i], "*"))
            hint(found(checker, HD_CERTIFICATE_FOR_ALL, AT(&gateway->tls, issuer),
                       "the host * cannot have a certificate, because no certificate is valid for every host name"),
                 "give host names: host: shop.example.com for the application, or hosts of this gateway");
}

#define PLAIN_IN_PRODUCTION "in production the gateway takes requests without TLS"
#define IF_TLS_ENDS_BEFORE \
    "credentialName: NAME for a secret that exists; if a load balancer before the gateway ends TLS, accept this with silence"

/* Without TLS anybody between client and gateway can read and change requests, so production is warned. */
static void check_plain(struct checker *checker, const struct hd_gateway *gateway)
{
    const struct hd_app *app = checker->app;

    if (!app->environment || strcmp(app->environment, "production") || gateway_has_tls(gateway) ||
        struct_is_set(&hd_gateway_tls_struct, &gateway->tls) || gateway_is_shared(app))
        return;
    if (checker->model->own_gateway) {
        hint(found(checker, HD_PLAIN_GATEWAY, AT(app, gateway), PLAIN_IN_PRODUCTION),
             "write gateway: {className: %.80s, tls: {issuer: letsencrypt}}, or " IF_TLS_ENDS_BEFORE, text_or(app->gateway.class_name, "eg"));
        return;
    }
    hint(found(checker, HD_PLAIN_GATEWAY, checker->model->given->mesh.n_gateways ? AT(gateway, name) : AT(&app->mesh, mode),
               PLAIN_IN_PRODUCTION),
         "write mesh: {gateways: {%.63s: {tls: {issuer: letsencrypt}}}}, or " IF_TLS_ENDS_BEFORE,
         text_or(gateway->name, "public"));
}

/* (Istio: pkg/config/validation, validateServer) */
void check_full_host(struct checker *checker, const struct where *where, const char *host)
{
    if (strcmp(host, "*") && !strchr(host, '.'))
        hint(found(checker, HD_SHORT_HOST, *where, "the host %.63s has no domain", host),
             "write a full host name, such as %.63s.example.com", host);
}

bool gateway_names_hosts(const struct checker *checker, const struct hd_gateway *gateway)
{
    const struct hd_mesh *given = &checker->model->given->mesh;
    size_t index = (size_t)(gateway - checker->model->gateways);

    if (checker->model->own_gateway)
        return checker->model->given->gateway.n_hosts != 0;
    return index < given->n_gateways && given->gateways[index].n_hosts;
}

static void check_hosts(struct checker *checker, const struct hd_gateway *gateway)
{
    for (size_t i = 0; gateway_names_hosts(checker, gateway) && i < gateway->n_hosts; i++) {
        struct where where = AT_ITEM(gateway, hosts, i);

        check_full_host(checker, &where, gateway->hosts[i]);
    }
}

/* Whether pods of these labels may have those of the selector too: no label has two values. */
static bool agree(const struct hd_gateway *gateway, const struct hd_pair *labels, size_t n_labels)
{
    for (size_t i = 0; i < gateway->n_selector; i++)
        for (size_t k = 0; k < n_labels; k++)
            if (gateway->selector[i].name && labels[k].name && !strcmp(gateway->selector[i].name, labels[k].name) &&
                !same_text(gateway->selector[i].value, labels[k].value))
                return false;
    return true;
}

/* Policies let in the pods that platform.gateway describes; the default's are those of the usual installation. */
static bool is_let_in(const struct hd_platform_peer *given, const struct hd_gateway *gateway)
{
    static const struct hd_pair usual[] = {{.name = "istio", .value = "ingress"}};

    if (peer_has_place(given) ? agree(gateway, given->pod_labels, given->n_pod_labels) : agree(gateway, usual, 1))
        return true;
    for (size_t i = 0; i < given->n_others; i++)
        if (agree(gateway, given->others[i].pod_labels, given->others[i].n_pod_labels))
            return true;
    return false;
}

static void check_let_in(struct checker *checker, const struct hd_gateway *gateway)
{
    const struct hd_platform_peer *given = &checker->model->given->platform.gateway;
    const struct hd_mesh *mesh = &checker->model->given->mesh;
    size_t index = (size_t)(gateway - checker->model->gateways);
    struct finding *finding;

    if (app_routes_by(checker->app, HD_ROUTING_GATEWAY) || checker->app->platform.gateway.enabled != HD_TRUE ||
        index >= mesh->n_gateways || !mesh->gateways[index].n_selector || is_let_in(given, gateway))
        return;
    finding =
        found(checker, HD_GATEWAY_ELSEWHERE, AT(gateway, selector),
              "no policy lets in the pods of the gateway %.63s, so all their requests are refused", text_or(gateway->name, ""));
    also_at(finding, given->pod_labels ? AT(&checker->app->platform.gateway, pod_labels) : AT(&checker->app->platform, gateway),
            "policies let in the pods of platform.gateway%s",
            given->pod_labels ? ", which have these labels" : ", by default those with istio=ingress");
    hint(finding,
         "describe the pods here: platform: {gateway: {namespace: ..., podLabels: {...}, serviceAccount: ...}}, further ones in its "
         "others; a gateway without selector has the labels of platform.gateway");
}

static void check_used(struct checker *checker, const struct hd_gateway *gateway, const bool *used)
{
    if (!gateway->name || used[gateway - checker->model->gateways])
        return;
    if (checker->model->own_gateway)
        hint(found(checker, HD_GATEWAY_UNUSED, AT(checker->app, gateway), "no exposure uses the gateway"),
             "write expose: / in the service that requests from outside should reach");
    else
        hint(found(checker, HD_GATEWAY_UNUSED, AT(gateway, name), "no exposure uses the gateway %.63s", gateway->name),
             "name it in an exposure (expose: [{path: /, gateway: %.63s}]), or remove it", gateway->name);
}

static void check_of_api(struct checker *checker, const struct hd_gateway *gateway)
{
    bool by_gateway_api = app_routes_by(checker->app, HD_ROUTING_GATEWAY);
    struct finding *finding = NULL;

    if (gateway->gateway_class_name && !by_gateway_api)
        finding = found(checker, HD_NOT_FOR_ROUTING, AT(gateway, gateway_class_name),
                        "gatewayClassName has no effect, because Istio's own Gateway has no class");
    if (gateway->n_selector && by_gateway_api)
        finding = found(checker, HD_NOT_FOR_ROUTING, AT(gateway, selector),
                        "selector has no effect, because a Gateway of the Gateway API selects no pods");
    if (!finding)
        return;
    also_at(finding, AT(&checker->app->mesh, routing), "routes are written for %s", by_gateway_api ? "the Gateway API" : "Istio's own API");
    hint(finding, by_gateway_api
                      ? "remove selector: Istio starts the gateway's pods, or another controller does that gatewayClassName names"
                      : "choose the gateway's pods by selector, or write routing: gateway");
}

/* Whether one of the names in the gateway's certificate is the host's: a star there stands for one label alone. */
static bool has_certificate_for(const struct hd_gateway *gateway, const char *host)
{
    const char *dot = strchr(host, '.');

    for (size_t i = 0; i < gateway->n_hosts; i++)
        if (!strcmp(gateway->hosts[i], host) || (!strncmp(gateway->hosts[i], "*.", 2) && dot && !strcmp(gateway->hosts[i] + 1, dot)))
            return true;
    return false;
}

static void check_certificate_of(struct checker *checker, const struct hd_exposure *exposure, size_t index)
{
    const char *host = exposure_host(exposure, index);
    const struct hd_gateway *gateway = host ? exposure_gateway(checker->model, exposure, host) : NULL;
    struct finding *finding;

    if (!gateway || !gateway->tls.issuer.name || *host == '*' || has_certificate_for(gateway, host))
        return;
    finding = found(checker, HD_CERTIFICATE_TOO_SHALLOW, exposure_host_place(checker, exposure, index),
                    "the gateway's certificate is not valid for %.200s, because a * in it stands for one label", host);
    also_at(finding, AT(gateway, hosts), "the certificate is made for these hosts");
    hint(finding, "add the host, or *%.200s, to the gateway's hosts", strchr(host, '.') ? strchr(host, '.') : "");
}

static bool any_wildcard_certificate(const struct hd_model *model)
{
    for (size_t i = 0; i < model->n_gateways; i++)
        for (size_t k = 0; model->gateways[i].tls.issuer.name && k < model->gateways[i].n_hosts; k++)
            if (!strncmp(model->gateways[i].hosts[k], "*.", 2))
                return true;
    return false;
}

static void check_certificates(struct checker *checker)
{
    if (!any_wildcard_certificate(checker->model))
        return;
    for (size_t i = 0; i < checker->app->n_services; i++)
        for (size_t k = 0; k < checker->app->services[i].n_expose; k++)
            for (size_t h = 0; h < exposure_n_hosts(&checker->app->services[i].expose[k]); h++)
                check_certificate_of(checker, &checker->app->services[i].expose[k], h);
}

static void check_issuers_used(struct checker *checker)
{
    const struct hd_app *app = checker->app;
    struct names used;

    names_init(&checker->report->arena, &used, app->mesh.n_jwt_issuers);
    for (size_t i = 0; i < app->n_services; i++)
        for (size_t k = 0; k < app->services[i].n_expose; k++) {
            const char *issuer = app->services[i].expose[k].jwt.issuer;

            for (size_t j = 0; issuer && j < app->mesh.n_jwt_issuers; j++)
                if (app->mesh.jwt_issuers[j].name && !strcmp(app->mesh.jwt_issuers[j].name, issuer))
                    names_add(&used, app->mesh.jwt_issuers[j].name, app);
        }
    for (size_t i = 0; i < app->mesh.n_jwt_issuers; i++) {
        const struct hd_jwt_issuer *issuer = &app->mesh.jwt_issuers[i];

        if (issuer->name && !names_find(&used, issuer->name))
            hint(found(checker, HD_JWT_ISSUER_UNUSED, AT(issuer, name), "no exposure requires tokens of the issuer %.63s", issuer->name),
                 "write jwt: %.63s in an exposure that requires its tokens, or remove the issuer", issuer->name);
    }
}

/* A Gateway beside another way in would have no routes. */
static void check_one_way_in(struct checker *checker)
{
    const struct hd_app *app = checker->app;
    bool beside_ingress = app->ingress.enabled == HD_TRUE;
    struct finding *finding;

    if (beside_ingress && mesh_is_on(app) && app->mesh.n_gateways) {
        finding = found(checker, HD_TWO_WAYS_IN, AT(&app->mesh, gateways), "mesh.gateways and ingress are both given");
        also_at(finding, AT(app, ingress), "ingress is on here");
        hint(finding, "remove one of the two, because services are exposed through one of them only");
    }
    if (!struct_is_set(&hd_app_gateway_struct, &app->gateway) || (!beside_ingress && !mesh_is_on(app)))
        return;
    finding = found(checker, HD_TWO_WAYS_IN, AT(app, gateway), "gateway is given beside %s", beside_ingress ? "ingress" : "a mesh");
    also_at(finding, beside_ingress ? AT(app, ingress) : AT(&app->mesh, mode), beside_ingress ? "ingress is on here" : "the mesh is on here");
    hint(finding, beside_ingress ? "remove one of the two, because services are exposed through one of them only"
                                 : "remove gateway: in a mesh, mesh: {routing: gateway} writes the Gateway API, and mesh.gateways have its words");
}

/* Of a Gateway that somebody else runs, its owner says how it listens; whether it passes TLS through decides the kind of the routes. */
static void check_shared(struct checker *checker)
{
    static const char *const own[] = {"hosts", "port", "httpsRedirect", "tls"};
    const struct hd_app_gateway *given = &checker->app->gateway;

    for (size_t i = 0; i < sizeof own / sizeof *own - gateway_passes_through(checker->model->own_gateway); i++) {
        const struct hd_field *field = field_of(&hd_app_gateway_struct, own[i]);
        struct finding *finding;

        if (!field_is_set(field, given))
            continue;
        finding = found(checker, HD_GATEWAY_NOT_OWN, (struct where){given, sizeof *given, field->offset, 0},
                        "%s has no effect, because the Gateway is not the application's own", field->key);
        also_at(finding, AT(given, parent_ref), "routes join this Gateway");
        hint(finding, "remove it: the owner of the Gateway says how it listens; or remove parentRef");
    }
}

/* Pods that stand with the application get its security standard and its policies. */
static void check_pods_beside(struct checker *checker, const struct gateway_class *class)
{
    const struct hd_app *app = checker->app;
    bool is_here = same_text(gateway_namespace(app), app->namespace_name), is_shared = gateway_is_shared(app);
    bool is_refused = class->is_unrestricted && !is_shared && app->pod_security == HD_POD_SECURITY_RESTRICTED;
    struct finding *finding;

    if (!is_here || (!class->unfit && !is_refused))
        return;
    finding = found(checker, HD_GATEWAY_PODS_REFUSED, is_shared ? AT(&app->gateway, parent_ref) : AT(&app->gateway, class_name),
                    "the Gateway's pods would not work in the namespace %.63s: %s", text_or(app->namespace_name, ""),
                    is_refused ? "they lack the seccompProfile that the standard restricted demands" : class->unfit);
    if (is_refused)
        also_at(finding, checker->model->given->pod_security ? AT(app, pod_security) : AT(app, name), "podSecurity is restricted");
    hint(finding, "join a Gateway in another namespace: gateway: {className: %.80s, parentRef: {name: public, namespace: %.63s}}%s", class->name,
         text_or(class->namespace_name, "gateways"), is_refused ? "; or write podSecurity: baseline" : "");
}

/* Policies let in whom they can name. */
static void check_class(struct checker *checker)
{
    const struct hd_app *app = checker->app;
    const struct hd_app_gateway *gateway = &app->gateway;
    const struct gateway_class *class = gateway_class(gateway->class_name);
    struct finding *finding;

    if (!gateway->class_name && !gateway_is_shared(app))
        hint(found(checker, HD_GATEWAY_NAMELESS, AT(app, gateway), "gateway has neither className nor parentRef"),
             "write the GatewayClass of the cluster (gateway: {className: eg}), or the Gateway that routes join (parentRef: {name: public, "
             "namespace: infra})");
    if (app->platform.gateway.enabled != HD_TRUE || peer_has_place(&checker->model->given->platform.gateway) ||
        (!gateway->class_name && !gateway_is_shared(app)))
        return;
    if (class && !class->unknown) {
        check_pods_beside(checker, class);
        return;
    }
    finding = gateway->class_name ? found(checker, HD_GATEWAY_CLASS_UNKNOWN, AT(gateway, class_name),
                                          "it is not known from where requests of the GatewayClass %.80s come, so the policies would refuse them",
                                          gateway->class_name)
                                  : found(checker, HD_GATEWAY_CLASS_UNKNOWN, AT(gateway, parent_ref),
                                          "it is not known from where requests of this Gateway come, so the policies would refuse them");
    hint(finding, "%sdescribe the pods or addresses: platform: {gateway: {%s}}",
         gateway->class_name ? "" : "add the className that it has, such as className: eg; or ",
         class ? class->unknown : "namespace: NAMESPACE, podLabels: {app: NAME}");
}

void check_gateways(struct checker *checker)
{
    const struct hd_app *app = checker->app;
    const struct hd_model *model = checker->model;
    bool *used;

    check_one_way_in(checker);
    if (!app_routes(app))
        return;
    if (model->own_gateway)
        check_class(checker);
    if (gateway_is_shared(app))
        check_shared(checker);
    used = arena_array(&checker->report->arena, model->n_gateways + 1, sizeof *used);
    for (size_t i = 0; i < model->routes.n; i++)
        used[model->routes.routes[i].gateway - model->gateways] = true;
    for (size_t i = 0; i < model->n_gateways; i++) {
        const struct hd_gateway *gateway = &model->gateways[i];

        check_tls(checker, gateway);
        check_redirect(checker, gateway);
        check_plain(checker, gateway);
        check_let_in(checker, gateway);
        check_used(checker, gateway, used);
        check_of_api(checker, gateway);
        check_hosts(checker, gateway);
    }
    check_gateways_apart(checker);
    check_certificates(checker);
    if (!mesh_is_on(app))
        return;
    check_issuers_used(checker);
    check_token_keys(checker);
}
