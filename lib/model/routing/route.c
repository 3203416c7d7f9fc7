/* Routes through gateways: which gateway has them, and in what order they are tried. */
#include "model/route.h"

#include "core/memory/names.h"
#include "core/tables/field.h"
#include "core/text/among.h"
#include "gateway.h"
#include "model/delivery.h"
#include "model/mesh.h"
#include "model/model.h"
#include "model/port.h"
#include "model/tables.h"
#include "parts.h"
#include "retry.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool app_routes_without_mesh(const struct hd_app *app)
{
    return !mesh_is_on(app) && app->ingress.enabled != HD_TRUE && struct_is_set(&hd_app_gateway_struct, &app->gateway);
}

bool app_routes(const struct hd_app *app)
{
    return mesh_is_on(app) ? app->ingress.enabled != HD_TRUE : app_routes_without_mesh(app);
}

bool app_routes_by(const struct hd_app *app, enum hd_routing routing)
{
    bool by_gateway_api = !mesh_is_on(app) || app->mesh.routing == HD_ROUTING_GATEWAY;

    return app_routes(app) && by_gateway_api == (routing == HD_ROUTING_GATEWAY);
}

bool exposure_forwards(const struct hd_exposure *exposure)
{
    return !struct_is_set(&hd_redirect_struct, &exposure->redirect) && !exposure->direct_response.status;
}

size_t prefix_length(const struct hd_exposure *exposure)
{
    size_t length = strlen(exposure->path);

    return length && exposure->path[length - 1] == '/' ? length - 1 : length;
}

static int compare_text(const char *a, const char *b)
{
    return strcmp(text_or(a, ""), text_or(b, ""));
}

/* Full host names before wildcards, and those before none. */
static int host_rank(const char *host)
{
    return !host ? 2 : *host == '*';
}

/* Exact paths first; an expression may stand for a few paths below a prefix, so it comes before all of these. */
static int path_rank(const struct hd_exposure *exposure)
{
    return exposure->path_type == HD_PATH_EXACT ? 0 : exposure->path_type == HD_PATH_REGULAR_EXPRESSION ? 1 : 2;
}

static int64_t precision(const char *exact, const char *prefix, const char *regex)
{
    int64_t longest = 1 << 16;

    return exact ? 3 * longest : prefix ? 2 * longest + (int64_t)(strlen(prefix) % (1 << 16)) : regex ? longest : 0;
}

/* A whole value says more than its beginning, that more than an expression, and that more than being there. */
static int64_t precision_of(const struct hd_exposure *exposure)
{
    int64_t sum = 0;

    for (size_t i = 0; i < exposure->n_headers; i++)
        sum += precision(exposure->headers[i].exact, exposure->headers[i].prefix, exposure->headers[i].regex);
    for (size_t i = 0; i < exposure->n_query_params; i++)
        sum += precision(exposure->query_params[i].exact, NULL, exposure->query_params[i].regex);
    return sum;
}

static int compare_paths(const struct hd_exposure *a, const struct hd_exposure *b)
{
    bool prefixes = a->path_type != HD_PATH_EXACT && a->path_type != HD_PATH_REGULAR_EXPRESSION;
    size_t n_a = prefixes ? prefix_length(a) : strlen(a->path), n_b = prefixes ? prefix_length(b) : strlen(b->path);

    if (n_a != n_b)
        return n_a > n_b ? -1 : 1;
    return strncmp(a->path, b->path, n_a);
}

/* Fewer methods first; those with none named take all. */
static size_t methods_rank(const struct hd_exposure *exposure)
{
    return exposure->n_methods ? exposure->n_methods : SIZE_MAX;
}

/* As the Gateway API has it, and further where that leaves it open. (Gateway API: HTTPRouteRule.matches) */
int route_compare(const void *left, const void *right)
{
    const struct route *a = left, *b = right;
    int order = (a->gateway > b->gateway) - (a->gateway < b->gateway);

    if (!order)
        order = host_rank(a->host) - host_rank(b->host);
    if (!order)
        order = compare_text(a->host, b->host);
    if (!order)
        order = path_rank(a->exposure) - path_rank(b->exposure);
    if (!order)
        order = compare_paths(a->exposure, b->exposure);
    if (!order)
        order = (b->exposure->n_methods > 0) - (a->exposure->n_methods > 0);
    if (!order)
        order = (a->exposure->n_headers < b->exposure->n_headers) - (a->exposure->n_headers > b->exposure->n_headers);
    if (!order)
        order = (a->exposure->n_query_params < b->exposure->n_query_params) - (a->exposure->n_query_params > b->exposure->n_query_params);
    if (!order)
        order = (precision_of(a->exposure) < precision_of(b->exposure)) - (precision_of(a->exposure) > precision_of(b->exposure));
    if (!order)
        order = (methods_rank(a->exposure) > methods_rank(b->exposure)) - (methods_rank(a->exposure) < methods_rank(b->exposure));
    return order ? order : (a->number > b->number) - (a->number < b->number);
}

size_t routes_end(const struct routes *routes, size_t first)
{
    const struct route *route = &routes->routes[first];
    size_t end = first + 1;

    while (end < routes->n && routes->routes[end].gateway == route->gateway && !compare_text(routes->routes[end].host, route->host))
        end++;
    return end;
}

void host_object_text(char name[HOST_OBJECT_LONGEST], const struct hd_model *model, const struct route *route)
{
    const char *host = !route->host ? "any-host" : *route->host == '*' ? route->host + 2 : route->host;
    const char *kind = route->host && *route->host == '*' ? "wildcard." : "";
    bool is_first = route->gateway == model->gateways;

    snprintf(name, HOST_OBJECT_LONGEST, "%.63s%s%s%.253s", is_first ? "" : route->gateway->name, is_first ? "" : ".", kind, host);
}

const char *host_object_name(struct hd_model *model, const struct route *route)
{
    char name[HOST_OBJECT_LONGEST];

    host_object_text(name, model, route);
    return arena_printf(&model->arena, "%s", name);
}

/* The port of another service that is only named; the first. */
static const char *first_port(const struct hd_model *model, const char *to)
{
    struct callee callee = graph_callee(model, text_or(to, ""));
    const struct hd_port *port = callee.service ? service_port(callee.service, NULL) : NULL;

    return port ? port->name : NULL;
}

static void resolve_exposure(struct hd_model *model, const struct hd_service *service, struct hd_exposure *exposure)
{
    const struct hd_port *port = service_port(service, exposure->port);
    struct hd_destination *destinations =
        arena_copy(&model->arena, exposure->destinations, exposure->n_destinations * sizeof *destinations);
    const struct hd_mesh *mesh = &model->app->mesh;

    for (size_t i = 0; i < exposure->n_destinations; i++)
        if (!destinations[i].port)
            destinations[i].port = first_port(model, destinations[i].to);
    if (exposure->n_destinations)
        exposure->destinations = destinations;
    if (exposure->mirror.to && !exposure->mirror.port)
        exposure->mirror.port = first_port(model, exposure->mirror.to);
    resolve_retries(&exposure->retries, port ? port->protocol : HD_PROTOCOL_UNSET);
    if (struct_is_set(&hd_jwt_struct, &exposure->jwt) && !exposure->jwt.issuer && mesh->n_jwt_issuers == 1)
        exposure->jwt.issuer = mesh->jwt_issuers[0].name;
}

static void add_route(struct hd_model *model, const struct hd_service *service, const struct hd_exposure *exposure, const char *host,
                      bool is_preview)
{
    const struct hd_gateway *gateway = exposure_gateway(model, exposure, host);
    struct routes *routes = &model->routes;

    if (!gateway)
        return;
    arena_grow(&model->arena, routes->routes, routes->n);
    routes->routes[routes->n] = (struct route){gateway, host, exposure, service, is_preview, routes->n};
    routes->n++;
}

/* A new version before it takes over has all ways in of the old one, under a host of its own. */
static void add_routes(struct hd_model *model, const struct hd_service *service, const struct hd_exposure *exposure)
{
    const char *preview = delivery_way(service) == BLUE_GREEN_WAY ? service->delivery.blue_green.preview_host : NULL;

    for (size_t h = 0; h < exposure_n_hosts(exposure); h++) {
        const char *host = exposure_host(exposure, h);

        add_route(model, service, exposure, host, false);
        /* That they are the same is reported of the preview. */
        if (preview && host && !strcmp(host, preview))
            preview = NULL;
    }
    if (preview)
        add_route(model, service, exposure, preview, true);
}

static bool exposes_anything(const struct hd_app *app)
{
    for (size_t i = 0; i < app->n_services; i++)
        if (app->services[i].n_expose)
            return true;
    return false;
}

static const struct hd_pair *default_selector(struct hd_model *model, size_t *ret_n)
{
    const struct hd_platform_peer *peer = &model->app->platform.gateway;
    struct hd_pair *pair;

    *ret_n = peer->n_pod_labels ? peer->n_pod_labels : 1;
    if (peer->n_pod_labels)
        return peer->pod_labels;
    pair = arena_new(&model->arena, struct hd_pair);
    *pair = (struct hd_pair){.name = "istio",
                             .value = peer->namespace_name && !strcmp(peer->namespace_name, "istio-system") ? "ingressgateway" : "ingress"};
    return pair;
}

static void resolve_port(const struct hd_app *app, struct hd_gateway *gateway)
{
    bool has_tls = gateway_has_tls(gateway);

    if (!gateway->port)
        gateway->port = has_tls ? HTTPS_PORT : HTTP_PORT;
    if (!gateway->https_redirect && has_tls && !gateway_passes_through(gateway))
        gateway->https_redirect = redirect_finds_port(app, gateway) ? HD_TRUE : HD_FALSE;
}

static void resolve_gateways(struct hd_model *model)
{
    struct hd_mesh *mesh = &model->app->mesh;
    struct hd_gateway *gateways;

    if (!mesh->n_gateways) {
        if (!model->app->name || !exposes_anything(model->app))
            return;
        gateways = arena_new(&model->arena, struct hd_gateway);
        *gateways = (struct hd_gateway){.name = model->app->name};
        mesh->n_gateways = 1;
    } else {
        gateways = arena_copy(&model->arena, mesh->gateways, mesh->n_gateways * sizeof *gateways);
    }
    for (size_t i = 0; i < mesh->n_gateways; i++) {
        if (mesh->routing == HD_ROUTING_GATEWAY && !gateways[i].gateway_class_name)
            gateways[i].gateway_class_name = "istio";
        if (mesh->routing != HD_ROUTING_GATEWAY && !gateways[i].n_selector)
            gateways[i].selector = default_selector(model, &gateways[i].n_selector);
        resolve_port(model->app, &gateways[i]);
    }
    mesh->gateways = gateways;
}

/*
 * The application's `gateway` as one of those that a mesh has. Of a Gateway that somebody else runs only the name is known, and
 * whether it passes TLS through, which decides the kind of the routes.
 */
static void resolve_own_gateway(struct hd_model *model)
{
    struct hd_app_gateway *said = &model->app->gateway;
    bool is_shared = gateway_is_shared(model->app);
    struct hd_gateway *gateway = arena_new(&model->arena, struct hd_gateway);

    if (!said->gateway_api_version)
        said->gateway_api_version = arena_printf(&model->arena, "1.%d", GATEWAY_API_NEWEST);
    *gateway = (struct hd_gateway){
        .name = is_shared ? said->parent_ref.name : model->app->name, .gateway_class_name = said->class_name, .tls = said->tls};
    if (!is_shared) {
        gateway->hosts = said->hosts;
        gateway->n_hosts = said->n_hosts;
        gateway->port = said->port;
        gateway->https_redirect = said->https_redirect;
        resolve_port(model->app, gateway);
        said->port = gateway->port;
        said->https_redirect = gateway->https_redirect;
    } else if (!gateway_passes_through(gateway))
        gateway->tls = (struct hd_gateway_tls){0};
    model->own_gateway = gateway;
    model->gateways = gateway;
    model->n_gateways = 1;
}

/* A gateway that names no hosts has those of its routes, which follow each other by host. */
static void resolve_hosts(struct hd_model *model)
{
    struct hd_gateway *gateways = (struct hd_gateway *)(uintptr_t)model->gateways;
    const struct routes *routes = &model->routes;
    size_t first = 0;

    for (size_t end; first < routes->n; first = end) {
        struct hd_gateway *gateway = &gateways[routes->routes[first].gateway - model->gateways];
        const char **hosts;
        size_t n_hosts = 0;

        for (end = first; end < routes->n && routes->routes[end].gateway == gateway; end++)
            ;
        if (gateway->n_hosts)
            continue;
        hosts = arena_array(&model->arena, end - first, sizeof *hosts);
        for (size_t i = first; i < end; i++)
            if (i == first || compare_text(routes->routes[i].host, routes->routes[i - 1].host))
                hosts[n_hosts++] = text_or(routes->routes[i].host, "*");
        gateway->hosts = hosts;
        gateway->n_hosts = n_hosts;
    }
    if (model->own_gateway) {
        model->app->gateway.hosts = model->own_gateway->hosts;
        model->app->gateway.n_hosts = model->own_gateway->n_hosts;
    }
}

/* Exposures of a mesh name the gateway that they have. */
static void name_gateways(struct hd_model *model)
{
    const struct hd_app *app = model->app;

    for (size_t i = 0; i < app->n_services; i++)
        for (size_t k = 0; k < app->services[i].n_expose; k++) {
            struct hd_exposure *exposure = (struct hd_exposure *)(uintptr_t)&app->services[i].expose[k];
            const struct hd_gateway *gateway = exposure_gateway(model, exposure, exposure_host(exposure, 0));

            if (!exposure->gateway && gateway && exposure_n_hosts(exposure) == 1)
                exposure->gateway = gateway->name;
        }
}

void resolve_routes(struct hd_model *model)
{
    const struct hd_app *app = model->app;

    for (size_t i = 0; i < app->n_services; i++)
        for (size_t k = 0; k < app->services[i].n_expose; k++)
            resolve_exposure(model, &app->services[i], (struct hd_exposure *)(uintptr_t)&app->services[i].expose[k]);
    if (!model->app->mesh.routing && mesh_is_on(app))
        model->app->mesh.routing = HD_ROUTING_ISTIO;
    if (app_routes_without_mesh(app)) {
        resolve_own_gateway(model);
    } else {
        if (app_routes(app))
            resolve_gateways(model);
        model->gateways = app->mesh.gateways;
        model->n_gateways = app->mesh.n_gateways;
    }
    index_gateway_hosts(model);
    if (!app_routes(app))
        return;
    for (size_t i = 0; i < app->n_services; i++)
        for (size_t k = 0; k < app->services[i].n_expose; k++)
            if (app->services[i].expose[k].path)
                add_routes(model, &app->services[i], &app->services[i].expose[k]);
    if (!model->routes.n)
        return;
    qsort(model->routes.routes, model->routes.n, sizeof *model->routes.routes, route_compare);
    if (!gateway_is_shared(app))
        resolve_hosts(model);
    index_gateway_hosts(model);
    if (mesh_is_on(app))
        name_gateways(model);
}
