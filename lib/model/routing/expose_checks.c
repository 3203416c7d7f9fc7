/* Rules for what is reached from outside, and for the Ingress. */
#include "core/tables/field.h"
#include "core/tables/layer.h"
#include "core/text/among.h"
#include "core/text/letter.h"
#include "model/checks.h"
#include "model/mesh.h"
#include "model/port.h"
#include "model/resolve.h"
#include "model/route.h"
#include "model/tables.h"
#include "parts.h"

#include <string.h>

/* A path that Ingress and gateways cannot match: there are no requests with paths. */
static bool is_without_paths(enum hd_protocol protocol)
{
    return protocol == HD_PROTOCOL_TCP || protocol == HD_PROTOCOL_UDP || protocol == HD_PROTOCOL_MONGO || protocol == HD_PROTOCOL_MYSQL ||
           protocol == HD_PROTOCOL_REDIS;
}

/* A port that an exposure or the metrics name, where the service has it; else reports it. */
static const struct hd_port *known_port(struct checker *checker, const struct hd_service *service, const char *ref, enum hd_code code,
                                        struct where where)
{
    const struct hd_port *port = service_port(service, ref);
    struct finding *finding;

    if (port || !ref)
        return port;
    finding = found(checker, code, where, "the service has no port %.20s", ref);
    if (service_n_ports(service)) {
        also_at(finding, AT(&service->container, ports), "its ports: %s", service_ports_in_words(checker, service));
        hint(finding, "use one of %s, or declare the port under ports", service_ports_in_words(checker, service));
    } else {
        hint(finding, "declare the port first: ports: [{name: http, port: 8000}]");
    }
    return NULL;
}

/* Paths of a web framework's router, and patterns of a shell: gateways read neither. */
static void check_path(struct checker *checker, const struct hd_exposure *expose)
{
    const char *path = expose->path, *brace = strchr(path, '{'), *colon = strstr(path, "/:"), *angle = strchr(path, '<');
    bool is_regex = expose->path_type == HD_PATH_REGULAR_EXPRESSION;

    if (!is_regex && strchr(path, '*'))
        hint(found(checker, HD_EXPOSE_WITH_STAR, AT(expose, path), "%.80s matches only paths that contain a *", path),
             "remove the *: /api matches every path below it, unless pathType is Exact");
    else if (!is_regex && ((brace && strchr(brace, '}')) || (colon && letter_is_lower(letter_lower(colon[2]))) || (angle && strchr(angle, '>'))))
        hint(found(checker, HD_PATH_TEMPLATE, AT(expose, path), "%.80s matches only this text, because gateways know no parameters in paths", path),
             "end the path before the parameter: a prefix matches all paths below it; or write pathType: RegularExpression with [^/]+ in "
             "its place, where the gateway has that");
    else if (is_regex && strstr(path, "/*"))
        hint(found(checker, HD_REGEX_LIKE_GLOB, AT(expose, path), "/* in a regular expression means any number of slashes, and nothing else"),
             "write /.* for everything below; or remove pathType, because a prefix matches all below it");
}

void check_expose(struct checker *checker, const struct hd_service *service)
{
    const struct hd_app *app = checker->app;

    for (size_t i = 0; i < service->n_expose; i++) {
        const struct hd_exposure *expose = &service->expose[i];
        const struct hd_port *port = known_port(checker, service, expose->port, HD_EXPOSE_UNKNOWN_PORT, AT(expose, port));
        struct finding *finding;

        if (!expose->port && !service_n_ports(service) && field_applies(field_of(&hd_service_struct, "expose"), service->workload))
            hint(found(checker, HD_EXPOSE_UNKNOWN_PORT, AT(expose, path), "the service has no port to expose"),
                 "declare the port that it listens on: port: 8000");
        if (port && is_without_paths(port->protocol) && exposure_forwards(expose) && !expose->n_destinations) {
            finding = found(checker, HD_EXPOSE_NOT_HTTP, AT(expose, path), "port %s speaks %s, which has no paths", port->name,
                            enum_name(&hd_protocol_enum, port->protocol));
            also_at(finding, AT(port, protocol), "its protocol");
            hint(finding, "expose a port that speaks HTTP or gRPC, or write service: LoadBalancer");
        }
        if (expose->path)
            check_path(checker, expose);
        if (!expose->host && !expose->n_hosts && (app->ingress.enabled == HD_TRUE || app_routes(app)))
            hint(found(checker, HD_EXPOSE_WITHOUT_HOST, AT(expose, path), "%.80s has no host", text_or(expose->path, "/")),
                 "write host: shop.example.com once for the whole application, because the %s would take requests for every host name; "
                 "host: \"*\" says that this is meant",
                 app->ingress.enabled == HD_TRUE ? "Ingress" : "gateway");
    }
    if (service->n_expose && app->platform.gateway.enabled == HD_FALSE) {
        struct finding *finding =
            found(checker, HD_EXPOSED_WITHOUT_GATEWAY, AT(service, expose), "the service is exposed, but platform.gateway is off");

        also_at(finding, AT(&app->platform, gateway), "it is turned off here");
        hint(finding, "name the namespace of the gateway or ingress controller (platform: {gateway: {namespace: ingress-nginx}}), or "
                      "remove expose");
    }
}

/* With a proxy Prometheus asks the proxy, at the proxy's own port, so the protocol of the service's port does not matter. */
static void check_metrics_protocol(struct checker *checker, const struct hd_service *service, const struct hd_metrics *own)
{
    const struct hd_port *port = service_port(service, service->metrics.port);
    struct finding *finding;

    if (!port || protocol_may_be_http(port->protocol) || service_has_proxy(checker->app, service))
        return;
    finding =
        found(checker, HD_METRICS_NOT_HTTP, own->port ? AT(&service->metrics, port) : AT(service, metrics),
              "Prometheus asks for metrics by HTTP, but port %s speaks %s", port->name, enum_name(&hd_protocol_enum, (int)port->protocol));
    also_at(finding, AT(port, port), "the port is declared here");
    hint(finding, "declare a port that answers by HTTP: ports: [..., {name: metrics, port: 9090}]; or write metrics: off");
}

void check_metrics(struct checker *checker, const struct hd_service *service)
{
    const struct hd_app *app = checker->app;
    const struct hd_metrics *own = &given_of(checker, service)->metrics;

    if (service->metrics.enabled != HD_TRUE)
        return;
    if (known_port(checker, service, service->metrics.port, HD_METRICS_UNKNOWN_PORT, AT(&service->metrics, port)))
        check_metrics_protocol(checker, service, own);
    /* A collector may fetch them in its place. */
    if (own->enabled == HD_TRUE && app->platform.prometheus.enabled == HD_FALSE && app->telemetry.scraping.form != HD_SCRAPING_COLLECTOR) {
        struct finding *finding =
            found(checker, HD_METRICS_WITHOUT_PROMETHEUS, AT(service, metrics), "metrics is on, but platform.prometheus is off");

        also_at(finding, AT(&app->platform, prometheus), "it is turned off here");
        hint(finding, "name its namespace (platform: {prometheus: {namespace: monitoring}}), or remove metrics");
    }
}

/* Host, path and type of a route in one text. As a prefix, /api and /api/ are the same. */
static const char *route_key(struct arena *arena, const struct hd_exposure *expose, const char *host)
{
    size_t length = strlen(expose->path);

    while (length > 1 && expose->path_type != HD_PATH_EXACT && expose->path[length - 1] == '/')
        length--;
    return arena_printf(arena, "%s %.*s %d", text_or(host, ""), (int)length, expose->path, (int)expose->path_type);
}

static void check_route_once(struct checker *checker, struct names *routes, const struct hd_exposure *expose, const char *host)
{
    const struct hd_exposure *first = names_add(routes, route_key(&checker->report->arena, expose, host), expose);
    struct finding *finding;

    if (!first)
        return;
    finding = found(checker, HD_ROUTE_TWICE, AT(expose, path), "two exposures have the same host and path %s%.100s", text_or(host, ""),
                    expose->path);
    also_at(finding, AT(first, path), "the first exposure");
    hint(finding, "give each its own path or host");
}

/* Without a mesh routes differ only by host and path, so the same pair twice is a mistake. */
static void check_routes(struct checker *checker)
{
    const struct hd_app *app = checker->app;
    struct names routes;
    size_t n_routes = 0;

    for (size_t i = 0; i < app->n_services; i++)
        for (size_t k = 0; k < app->services[i].n_expose; k++)
            n_routes += exposure_n_hosts(&app->services[i].expose[k]);
    if (n_routes < 2)
        return;
    names_init(&checker->report->arena, &routes, n_routes);
    for (size_t i = 0; i < app->n_services; i++)
        for (size_t k = 0; k < app->services[i].n_expose; k++)
            for (size_t h = 0; h < exposure_n_hosts(&app->services[i].expose[k]); h++)
                if (app->services[i].expose[k].path)
                    check_route_once(checker, &routes, &app->services[i].expose[k], exposure_host(&app->services[i].expose[k], h));
}

void check_tls_secret(struct checker *checker, const char *name, struct where where)
{
    static const char *const needed[] = {"tls.crt", "tls.key"};
    const struct hd_secret *secret = name ? find_secret(checker, name, where) : NULL;

    for (size_t i = 0; secret && i < sizeof needed / sizeof *needed; i++)
        if (!secret_has_key(checker, secret, needed[i])) {
            struct finding *finding =
                found(checker, HD_TLS_SECRET_KEYS, where, "the secret %s has no key %s", name, needed[i]);

            also_at(finding, AT(secret, keys), "its keys");
            hint(finding, "add the keys tls.crt, for the certificate, and tls.key, for the private key");
            return;
        }
}

/* Istio's gateway serves Ingresses of the class istio too, so istio-ingress is right for these. */
static bool is_istio_class(const struct hd_ingress *ingress)
{
    return ingress->class_name && !strncmp(ingress->class_name, "istio", 5);
}

/*
 * mesh: off turns off what a mesh does, in as many words, and nobody is told of each member. But a way in that chooses, answers or guards
 * requests takes all of them without it.
 */
static void check_left_out(struct checker *checker)
{
    static const char *const keys[] = {"methods", "headers", "queryParams", "version", "rewrite", "redirect", "destinations", "jwt", "directResponse"};
    const struct hd_app *app = checker->app, *given = checker->model->given;
    bool by_gateway = checker->model->own_gateway != NULL;
    unsigned way = by_gateway ? HD_MESH_MODE_GATEWAY : HD_MESH_OFF;

    if (given->mesh.mode != HD_MESH_OFF || (!by_gateway && app->ingress.enabled != HD_TRUE))
        return;
    for (size_t i = 0; i < app->n_services; i++)
        for (size_t k = 0; k < app->services[i].n_expose; k++)
            /* The Gateway API's own rules tell of answers. */
            for (size_t n = 0; n < sizeof keys / sizeof *keys - by_gateway; n++) {
                const struct hd_exposure *expose = &app->services[i].expose[k];
                const struct hd_field *field = field_of(&hd_exposure_struct, keys[n]);
                struct finding *finding;

                if (field->mesh & 1u << way || !field_is_set(field, expose))
                    continue;
                finding = found(checker, HD_WAY_IN_OPENED, (struct where){expose, sizeof *expose, field->offset, 0},
                                "%s has no effect without the mesh, so %s gets all requests of this path", field->key, service_called(&app->services[i]));
                also_at(finding, AT(&app->mesh, mode), "the mesh is off");
                hint(finding, "remove the way in for as long as there is no mesh; if all may come in, accept this with silence");
                return;
            }
}

void check_ingress(struct checker *checker)
{
    const struct hd_app *app = checker->app;
    bool exposes = false;

    check_left_out(checker);
    if (!app_routes(app))
        check_routes(checker);
    if (app->ingress.enabled != HD_TRUE)
        return;
    for (size_t i = 0; i < app->n_services && !exposes; i++)
        exposes = app->services[i].n_expose > 0;
    if (!exposes)
        hint(found(checker, HD_INGRESS_EMPTY, AT(app, ingress), "ingress is on, but no service is exposed"),
             "write expose: / in the service that requests from outside should reach");
    else if (app->platform.gateway.enabled == HD_TRUE && !peer_has_place(&checker->model->given->platform.gateway) &&
             !strcmp(app->platform.gateway.namespace_name, "istio-ingress") && !is_istio_class(&app->ingress))
        hint(found(checker, HD_CONTROLLER_ELSEWHERE, AT(app, ingress),
                   "the network policies let in requests from the namespace istio-ingress, but an Ingress controller is rarely there"),
             "name the namespace of the controller's pods: platform: {gateway: {namespace: %.80s}}",
             text_or(app->ingress.class_name, "ingress-nginx"));
    check_tls_secret(checker, app->ingress.tls_secret, AT(&app->ingress, tls_secret));
}
