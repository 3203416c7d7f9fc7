/* Rules for what happens to requests on their way in. */
#include "backend_tls.h"
#include "core/tables/field.h"
#include "core/text/among.h"
#include "gateway.h"
#include "model/checks.h"
#include "model/mesh.h"
#include "model/port.h"
#include "model/route.h"
#include "model/tables.h"
#include "parts.h"
#include "retry.h"
#include "token.h"

#include <string.h>
#include <strings.h>

static struct where at_member(const struct hd_exposure *exposure, const struct hd_field *field)
{
    return (struct where){exposure, sizeof *exposure, field->offset, 0};
}

/* Members that an Ingress cannot express. Without a mesh the fields' rules refuse them; here the mesh is not the way in. */
static void ingress_lacks(struct checker *checker, struct where where, const char *what)
{
    const struct hd_app *app = checker->app;
    struct finding *finding = found(checker, HD_INGRESS_LACKS, where, "an Ingress does not support %s", what);

    if (app->ingress.enabled == HD_TRUE)
        also_at(finding, AT(app, ingress), "requests come in through this Ingress");
    hint(finding, app->ingress.enabled != HD_TRUE ? "write mesh: sidecar, because a mesh's gateway supports it, or remove it"
                  : mesh_is_on(app)               ? "remove ingress, and requests come in through the mesh's gateway"
                                                  : "use a mesh (mesh: sidecar) in place of ingress, or remove it");
}

static void check_ingress_members(struct checker *checker, const struct hd_service *service)
{
    for (size_t i = 0; i < service->n_expose; i++) {
        const struct hd_exposure *exposure = &service->expose[i];

        for (size_t k = 0; mesh_is_on(checker->app) && k < hd_exposure_struct.n_fields; k++) {
            const struct hd_field *field = &hd_exposure_struct.fields[k];

            if (field->mesh && field_is_set(field, exposure))
                ingress_lacks(checker, at_member(exposure, field), field->key);
        }
        if (exposure->path_type == HD_PATH_REGULAR_EXPRESSION)
            ingress_lacks(checker, AT(exposure, path_type), "regular expressions");
    }
}

struct where exposure_host_place(const struct checker *checker, const struct hd_exposure *exposure, size_t index)
{
    const struct hd_app *app = checker->app;

    if (exposure->n_hosts)
        return exposure->hosts == app->hosts ? AT_ITEM(app, hosts, index) : AT_ITEM(exposure, hosts, index);
    return exposure->host && exposure->host == app->host ? AT(app, host) : AT(exposure, host);
}

static void check_gateway_of(struct checker *checker, const struct hd_exposure *exposure)
{
    const struct hd_model *model = checker->model;
    const struct hd_gateway *named = NULL;
    const char *known = NULL;
    struct finding *finding;

    /* Without a mesh the fields' rules refuse the name. */
    if (exposure->gateway && !mesh_is_on(checker->app))
        return;
    for (size_t i = 0; exposure->gateway && i < model->n_gateways; i++) {
        known = known ? known : model->gateways[i].name;
        if (model->gateways[i].name && !strcmp(model->gateways[i].name, exposure->gateway))
            named = &model->gateways[i];
    }
    if (exposure->gateway && !named) {
        finding = found(checker, HD_GATEWAY_UNKNOWN, AT(exposure, gateway), "there is no gateway \"%.63s\"", exposure->gateway);
        hint(finding, known ? "use a gateway of mesh.gateways, such as %.63s" : "declare it: mesh: {gateways: {%.63s: {}}}",
             known ? known : exposure->gateway);
        return;
    }
    for (size_t i = 0; i < exposure_n_hosts(exposure); i++) {
        const char *host = exposure_host(exposure, i);
        const struct hd_gateway *gateway = exposure_gateway(checker->model, exposure, host);

        struct where where = exposure_host_place(checker, exposure, i);

        if (gateway && host && !gateway_names_hosts(checker, gateway))
            check_full_host(checker, &where, host);
        if (gateway || !model->n_gateways)
            continue;
        finding = found(checker, HD_HOST_OUTSIDE_GATEWAY, exposure->host || exposure->n_hosts ? where : AT(exposure, path), "%.253s is not among the hosts of %s%.63s",
                        text_or(host, "every host"), named ? "the gateway " : "any gateway", named ? named->name : "");
        also_at(finding, AT(named ? named : &model->gateways[0], hosts), "the hosts of the gateway");
        hint(finding, "add the host there, or a wildcard that covers it, such as *.example.com");
    }
}

/* Another service that an exposure names, and its port; NULL after reporting. */
static const struct hd_port *named_port(struct checker *checker, const char *to, struct where to_where, const char *ref,
                                        struct where ref_where)
{
    struct callee callee = graph_callee(checker->model, text_or(to, ""));
    const struct hd_port *port = callee.service ? service_port(callee.service, ref) : NULL;
    struct finding *finding;

    if (!to || !*to)
        return NULL;
    if (!callee.service) {
        finding = found(checker, HD_ROUTE_TO_NOBODY, to_where, "there is no service \"%.63s\"", to);
        if (callee.external)
            hint(finding, "name a service of this application: %.63s is an external, and a gateway sends no requests to externals", to);
        else
            hint_nearest(finding, nearest_callee(checker, to), "name a service of this application");
    } else if (!port) {
        finding = found(checker, HD_ROUTE_TO_NO_PORT, ref ? ref_where : to_where, "%.63s has no port %.20s", to, text_or(ref, ""));
        also_at(finding, AT(&callee.service->container, ports), "its ports: %s", service_ports_in_words(checker, callee.service));
        hint(finding, "use one of %s", service_ports_in_words(checker, callee.service));
    } else if (!port_has_requests(port)) {
        finding = found(checker, HD_EXPOSE_NOT_HTTP, ref ? ref_where : to_where, "port %.20s of %.63s speaks %s, not HTTP", port->name, to,
                        enum_name(&hd_protocol_enum, port->protocol));
        also_at(finding, AT(port, protocol), "its protocol is given here");
        hint(finding, "name a port that speaks HTTP or gRPC");
    }
    return port;
}

static void check_destinations(struct checker *checker, const struct hd_exposure *exposure)
{
    int64_t sum = 0;

    for (size_t i = 0; i < exposure->n_destinations; i++) {
        const struct hd_destination *destination = &exposure->destinations[i];

        named_port(checker, destination->to, AT(destination, to), destination->port, AT(destination, port));
        if (destination->weight < 1 || destination->weight > 100)
            return;
        sum += destination->weight;
    }
    if (exposure->n_destinations && sum != 100)
        hint(found(checker, HD_WEIGHTS, AT(exposure, destinations), "the weights add up to %lld, not to 100", (long long)sum),
             "let the weights add up to 100; now %.63s would get %lld of 100 requests", exposure->destinations[0].to,
             (long long)((exposure->destinations[0].weight * 200 + sum) / (2 * sum)));
}

static void check_mirror(struct checker *checker, const struct hd_exposure *exposure)
{
    if (exposure->mirror.to)
        named_port(checker, exposure->mirror.to, AT(&exposure->mirror, to), exposure->mirror.port, AT(&exposure->mirror, port));
}

/* Members that concern the service have no effect where the gateway answers itself. */
static void check_answer(struct checker *checker, const struct hd_exposure *exposure)
{
    static const char *const forwarding[] = {"rewrite", "timeout", "retries", "fault", "mirror", "jwt"};
    bool redirects = struct_is_set(&hd_redirect_struct, &exposure->redirect);

    for (size_t i = 0; !exposure_forwards(exposure) && i < sizeof forwarding / sizeof *forwarding; i++) {
        const struct hd_field *field = field_of(&hd_exposure_struct, forwarding[i]);
        struct finding *finding;

        if (!field_is_set(field, exposure))
            continue;
        finding = found(checker, HD_NOT_FORWARDED, at_member(exposure, field), "%s has no effect, because the gateway answers by itself",
                        field->key);
        also_at(finding, redirects ? AT(exposure, redirect) : AT(exposure, direct_response), "the answer of the gateway");
        hint(finding, "remove one of the two");
    }
}

static void check_redirect(struct checker *checker, const struct hd_exposure *exposure)
{
    const struct hd_redirect *redirect = &exposure->redirect;
    size_t length = prefix_length(exposure);

    if (!struct_is_set(&hd_redirect_struct, redirect))
        return;
    if (!redirect->uri && !redirect->authority && !redirect->scheme && !redirect->port)
        hint(found(checker, HD_REDIRECT_NOWHERE, AT(exposure, redirect),
                   "the redirect changes nothing, so clients would come back for ever"),
             "give at least one of uri, authority, scheme and port");
    else if (redirect->uri && !redirect->authority && !redirect->scheme && !redirect->port && exposure->path_type != HD_PATH_EXACT &&
             exposure->path_type != HD_PATH_REGULAR_EXPRESSION && !exposure->n_headers && !exposure->n_query_params &&
             !exposure->n_methods && !strncmp(redirect->uri, exposure->path, length) &&
             (!redirect->uri[length] || redirect->uri[length] == '/'))
        hint(found(checker, HD_REDIRECT_NOWHERE, AT(redirect, uri),
                   "the redirect to %.200s matches this exposure again, so clients would be redirected for ever", redirect->uri),
             "redirect to a path outside %.200s, or match it with pathType: Exact", exposure->path);
    if (redirect->redirect_code >= 304 && redirect->redirect_code <= 306)
        hint(found(checker, HD_OUT_OF_RANGE, AT(redirect, redirect_code), "the status %lld is not a redirect",
                   (long long)redirect->redirect_code),
             "use 301 or 308 (for ever), 302 or 307 (for now), or 303 (with GET)");
}

static void check_faults(struct checker *checker, const struct hd_exposure *exposure)
{
    const struct hd_fault *fault = &exposure->fault;
    bool retries = exposure->retries.attempts.value > 0;
    struct finding *finding;

    if (!struct_is_set(&hd_fault_struct, fault))
        return;
    if (struct_is_set(&hd_fault_abort_struct, &fault->abort) && !fault->abort.http_status && !fault->abort.grpc_status)
        hint(found(checker, HD_ABORT_WITHOUT_STATUS, AT(fault, abort), "abort has no status"),
             "write {httpStatus: 503} or {grpcStatus: UNAVAILABLE}");
    if (exposure->timeout || retries) {
        finding = found(checker, HD_FAULT_WITH_TRIES, AT(exposure, fault),
                        "%s has no effect beside fault, because Envoy answers in place of the service",
                        exposure->timeout ? "timeout" : "retries");
        also_at(finding, exposure->timeout ? AT(exposure, timeout) : AT(exposure, retries), "it is given here");
        hint(finding, "remove one of the two");
    }
    if (checker->app->environment && !strcmp(checker->app->environment, "production"))
        hint(found(checker, HD_FAULT_IN_PRODUCTION, AT(exposure, fault), "fault lets requests of production fail on purpose"),
             "move fault to another environment: environments: {staging: {services: {...}}}");
}

static void check_cors(struct checker *checker, const struct hd_exposure *exposure)
{
    const struct hd_cors_policy *cors = &exposure->cors_policy;
    bool options = !exposure->n_methods;

    if (!struct_is_set(&hd_cors_policy_struct, cors))
        return;
    for (size_t i = 0; i < cors->n_allow_origins; i++) {
        const struct hd_origin *origin = &cors->allow_origins[i];

        if (!origin->exact && !origin->prefix && !origin->regex)
            hint(found(checker, HD_NO_VALUE, AT_STRUCT(origin), "the origin has neither exact, prefix nor regex"),
                 "write the origin: https://shop.example.com");
        else if (cors->allow_credentials == HD_TRUE && origin->exact && !strcmp(origin->exact, "*")) {
            struct finding *finding =
                found(checker, HD_ANY_ORIGIN, AT(origin, exact), "pages of any origin could send requests with the user's cookies");

            also_at(finding, AT(cors, allow_credentials), "allowCredentials allows cookies");
            hint(finding, "list the origins that are allowed, because any page could act for a user who is logged in");
        }
    }
    for (size_t i = 0; i < exposure->n_methods; i++)
        options |= !strcmp(exposure->methods[i], "OPTIONS");
    if (!options) {
        struct finding *finding =
            found(checker, HD_NO_PREFLIGHT, AT(exposure, methods), "browsers send OPTIONS first, but methods does not contain it");

        also_at(finding, AT(exposure, cors_policy), "corsPolicy is given here");
        hint(finding, "add OPTIONS to the methods");
    }
}

static void check_host_pairs(struct checker *checker, const struct hd_pair *pairs, size_t n_pairs, const struct hd_rewrite *rewrite)
{
    for (size_t i = 0; i < n_pairs; i++)
        if (pairs[i].name && !strcasecmp(pairs[i].name, "host")) {
            struct finding *finding =
                found(checker, HD_HOST_HEADER, AT(&pairs[i], name),
                      rewrite ? "the header host and rewrite.authority both set the request's host" : "a response has no header host");

            if (rewrite)
                also_at(finding, AT(rewrite, authority), "rewrite.authority is given here");
            hint(finding, rewrite ? "remove one of the two" : "remove it, or move it to requestHeaders");
        }
}

/* A request may be sent on under another host, which it then has alone. (Istio: validateHeader) */
static void check_host_header(struct checker *checker, const struct hd_exposure *exposure)
{
    const struct hd_header_changes *sent = &exposure->request_headers, *answered = &exposure->response_headers;

    if (exposure->rewrite.authority) {
        check_host_pairs(checker, sent->set, sent->n_set, &exposure->rewrite);
        check_host_pairs(checker, sent->add, sent->n_add, &exposure->rewrite);
    }
    check_host_pairs(checker, answered->set, answered->n_set, NULL);
    check_host_pairs(checker, answered->add, answered->n_add, NULL);
    for (size_t i = 0; i < sent->n_remove; i++)
        if (!strcasecmp(sent->remove[i], "host"))
            hint(found(checker, HD_HOST_HEADER, AT_ITEM(sent, remove, i),
                       "the header host cannot be removed, because every request has one"),
                 "to change the host, write rewrite: {authority: ...}");
    for (size_t i = 0; i < answered->n_remove; i++)
        if (!strcasecmp(answered->remove[i], "host"))
            hint(found(checker, HD_HOST_HEADER, AT_ITEM(answered, remove, i), "a response has no header host"), "remove it");
}

static void check_protocol(struct checker *checker, const struct hd_service *service, const struct hd_exposure *exposure)
{
    const struct hd_gateway *gateway = exposure_gateway(checker->model, exposure, exposure_host(exposure, 0));
    const struct hd_port *port = service_port(service, exposure->port);
    bool speaks_tls = port && (port->protocol == HD_PROTOCOL_TLS || port->protocol == HD_PROTOCOL_HTTPS), posts = !exposure->n_methods,
         passes = gateway && gateway_passes_through(gateway);
    struct finding *finding;

    if (!port || !gateway || !exposure_forwards(exposure) || exposure->n_destinations)
        return;
    if (speaks_tls && port_backend_tls(service, port))
        passes = true;
    if (speaks_tls != passes && (speaks_tls || port_has_requests(port))) {
        finding = found(checker, HD_TLS_MISMATCH, AT(exposure, path),
                        speaks_tls ? "port %.20s speaks TLS, but the gateway would send it plain requests"
                                   : "port %.20s does not speak TLS, but the gateway passes TLS through to it",
                        port->name);
        also_at(finding, speaks_tls ? AT(port, protocol) : AT(&gateway->tls, mode),
                speaks_tls ? "its protocol" : "the mode of the gateway");
        hint(finding, speaks_tls && app_routes_by(checker->app, HD_ROUTING_GATEWAY)
                          ? "write backendTLS: {hostname: ...}, or let a gateway pass it through: tls: {mode: PASSTHROUGH}"
                      : speaks_tls ? "let a gateway pass it through: tls: {mode: PASSTHROUGH}; in the mesh plain http is enough"
                                   : "use a gateway with tls: {mode: SIMPLE}");
    }
    for (size_t i = 0; i < exposure->n_methods; i++)
        posts |= !strcmp(exposure->methods[i], "POST");
    if (port->protocol == HD_PROTOCOL_GRPC && !posts) {
        finding = found(checker, HD_GRPC_METHODS, AT(exposure, methods),
                        "all gRPC calls are POST, but methods does not contain it, so no call would pass");
        also_at(finding, AT(port, protocol), "the port speaks gRPC");
        hint(finding, "remove methods; to choose gRPC methods use path: /package.Service/Method");
    }
}

/* A gateway that passes TLS through sees only the host name of a request. */
static void check_passed(struct checker *checker, const struct hd_exposure *exposure)
{
    const struct hd_gateway *gateway = exposure_gateway(checker->model, exposure, exposure_host(exposure, 0));

    if (!gateway || !gateway_passes_through(gateway))
        return;
    for (size_t i = 0; i < hd_exposure_struct.n_fields; i++) {
        const struct hd_field *field = &hd_exposure_struct.fields[i];
        bool is_path = !strcmp(field->key, "path") && strcmp(exposure->path, "/");
        struct finding *finding;

        if (!is_path && (!field->mesh || !strcmp(field->key, "gateway") || !field_is_set(field, exposure)))
            continue;
        finding = found(checker, HD_PASSED_UNSEEN, at_member(exposure, field),
                        "%s has no effect, because the gateway does not decrypt requests", field->key);
        also_at(finding, AT(&gateway->tls, mode), "it passes TLS through");
        hint(finding, "remove it, or use a gateway with a certificate: tls: {issuer: letsencrypt}");
    }
}

static void check_exposure(struct checker *checker, const struct hd_service *service, const struct hd_exposure *exposure)
{
    struct tries tries = {&exposure->retries, exposure->timeout, AT(exposure, timeout), exposure->methods, exposure->n_methods};

    check_gateway_of(checker, exposure);
    check_destinations(checker, exposure);
    check_mirror(checker, exposure);
    check_answer(checker, exposure);
    check_redirect(checker, exposure);
    check_cors(checker, exposure);
    check_host_header(checker, exposure);
    check_protocol(checker, service, exposure);
    check_passed(checker, exposure);
    check_backend_tls(checker, service, exposure);
    if (mesh_is_on(checker->app)) {
        check_faults(checker, exposure);
        check_retries(checker, &tries);
        check_token(checker, service, exposure);
    }
    if (exposure->path_type == HD_PATH_REGULAR_EXPRESSION && !format_is_valid(&format_regex, exposure->path))
        hint(found(checker, HD_BAD_REGEX, AT(exposure, path), "\"%.200s\" is not a regular expression", exposure->path),
             "write it in RE2's syntax, for the whole path: /api/v[0-9]+/.*");
}

void check_routes_of(struct checker *checker, const struct hd_service *service)
{
    if (!app_routes(checker->app)) {
        check_ingress_members(checker, service);
        return;
    }
    for (size_t i = 0; i < service->n_expose; i++)
        check_exposure(checker, service, &service->expose[i]);
}
