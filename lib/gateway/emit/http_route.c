/* HTTPRoute: exposed services, for each host; the redirect from HTTP to HTTPS; and timeouts of calls to a service. */
#include "backend.h"
#include "core/tables/field.h"
#include "core/text/duration.h"
#include "kinds.h"
#include "listener.h"
#include "model/mesh.h"
#include "model/port.h"
#include "model/routing/gateway.h"
#include "model/tables.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Of one HTTPRoute; and the seconds for which browsers remember an answer when nobody says. (Gateway API: HTTPRouteSpec) */
enum { CORS_MAX_AGE = 5 };

/* Source of a manifest; all are NULL but one. */
struct source {
    const struct hd_gateway *redirects; /* to HTTPS */
    const struct route *routes;         /* of one host */
    const struct hd_port *port;         /* of a service of the mesh */
    size_t n_routes;
    bool uses_tls;
};

/* A prefix can be rewritten for one match only, so each method has a rule of its own. */
static size_t n_rules(const struct route *route)
{
    return (route->exposure->n_methods ? route->exposure->n_methods : 1) * n_route_choices(route);
}

static void plan_source(struct hd_model *model, const struct plan_row *row, const char *name, const struct hd_service *service,
                        struct source source)
{
    plan_add(model, row, name, service, arena_copy(&model->arena, &source, sizeof source));
}

static void plan_host(struct hd_model *model, const struct plan_row *row, const struct route *routes, size_t n)
{
    const char *name = host_object_name(model, routes);
    bool uses_tls = gateway_has_tls(routes->gateway);
    size_t first = 0, number = 1;

    while (first < n) {
        size_t end = first, rules = 0;

        while (end < n && (end == first || rules + n_rules(&routes[end]) <= MOST_RULES))
            rules += n_rules(&routes[end++]);
        plan_source(model, row, number == 1 ? name : arena_printf(&model->arena, "%s-%zu", name, number), NULL,
                    (struct source){.routes = &routes[first], .n_routes = end - first, .uses_tls = uses_tls});
        first = end;
        number++;
    }
}

static void plan_http_route_of_app(struct hd_model *model, const struct plan_row *row)
{
    const struct routes *routes = &model->routes;

    if (!app_routes_by(model->app, HD_ROUTING_GATEWAY))
        return;
    for (size_t i = 0; i < model->n_gateways; i++)
        if (model->gateways[i].name && model->gateways[i].n_hosts && gateway_redirects(&model->gateways[i]))
            plan_source(model, row, arena_printf(&model->arena, "%s-to-https", model->gateways[i].name), NULL,
                        (struct source){.redirects = &model->gateways[i]});
    for (size_t first = 0, end; first < routes->n; first = end) {
        end = routes_end(routes, first);
        if (!gateway_passes_through(routes->routes[first].gateway) && !host_speaks_grpc(&routes->routes[first], end - first))
            plan_host(model, row, &routes->routes[first], end - first);
    }
}

static void plan_http_route_of_service(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    if (!app_routes_by(model->app, HD_ROUTING_GATEWAY) || !service_in_mesh(model->app, service) || !service->name ||
        !(service->traffic_policy.timeout || chooses_version(service)))
        return;
    for (size_t i = 0; i < service_n_ports(service); i++) {
        const struct hd_port *port = service_port_at(service, i);

        if (port_has_requests(port))
            plan_source(model, row,
                        service_n_ports(service) == 1 ? service->name : arena_printf(&model->arena, "%s-%s", service->name, port->name),
                        service, (struct source){.port = port});
    }
}

/* The path that servers fill in for a match without one: it takes all requests. */
static void emit_any_path(struct yaml_out *y)
{
    MAP(y, "path") {
        y_str(y, "type", "PathPrefix");
        y_str(y, "value", "/");
    }
}

static void emit_redirect(struct yaml_out *y, const struct hd_model *model, const struct hd_gateway *gateway)
{
    SEQ(y, "parentRefs")
        for (size_t i = 0; i < gateway->n_hosts; i++)
            emit_parent(y, model, gateway, "http", gateway->hosts[i]);
    SEQ(y, "rules")
        ITEM(y) {
            SEQ(y, "matches")
                ITEM(y)
                    emit_any_path(y);
            SEQ(y, "filters")
                ITEM(y) {
                    y_str(y, "type", "RequestRedirect");
                    MAP(y, "requestRedirect") {
                        y_str(y, "scheme", "https");
                        if (gateway->port != HTTPS_PORT)
                            y_int(y, "port", gateway->port);
                        y_int(y, "statusCode", 301);
                    }
                }
        }
}

static void emit_match(struct yaml_out *y, const struct hd_exposure *exposure, const char *method, const struct hd_version_match *chosen)
{
    size_t length = exposure->path_type == HD_PATH_EXACT ? strlen(exposure->path) : prefix_length(exposure);

    ITEM(y) {
        MAP(y, "path") {
            y_str(y, "type", exposure->path_type == HD_PATH_EXACT ? "Exact" : "PathPrefix");
            y_strn(y, "value", length ? exposure->path : "/", length ? length : 1);
        }
        y_str(y, "method", method);
        SEQ(y, "headers") {
            for (size_t i = 0; i < exposure->n_headers; i++)
                emit_match_term(y, exposure->headers[i].name, exposure->headers[i].exact, exposure->headers[i].regex);
            emit_chosen_terms(y, chosen);
        }
        SEQ(y, "queryParams")
            for (size_t i = 0; i < exposure->n_query_params; i++)
                emit_match_term(y, exposure->query_params[i].name, exposure->query_params[i].exact, exposure->query_params[i].regex);
    }
}

static void emit_redirect_filter(struct yaml_out *y, const struct hd_exposure *exposure)
{
    const struct hd_redirect *redirect = &exposure->redirect;

    if (!struct_is_set(&hd_redirect_struct, redirect))
        return;
    ITEM(y) {
        y_str(y, "type", "RequestRedirect");
        MAP(y, "requestRedirect") {
            y_str(y, "scheme", redirect->scheme);
            y_str(y, "hostname", redirect->authority);
            if (redirect->uri)
                MAP(y, "path") {
                    y_str(y, "type", "ReplaceFullPath");
                    y_str(y, "replaceFullPath", redirect->uri);
                }
            if (redirect->port)
                y_int(y, "port", redirect->port);
            y_int(y, "statusCode", redirect->redirect_code);
        }
    }
}

static void emit_rewrite_filter(struct yaml_out *y, const struct hd_exposure *exposure)
{
    const struct hd_rewrite *rewrite = &exposure->rewrite;
    bool is_exact = exposure->path_type == HD_PATH_EXACT;

    if (!rewrite->uri && !rewrite->authority)
        return;
    ITEM(y) {
        y_str(y, "type", "URLRewrite");
        MAP(y, "urlRewrite") {
            y_str(y, "hostname", rewrite->authority);
            if (rewrite->uri)
                MAP(y, "path") {
                    y_str(y, "type", is_exact ? "ReplaceFullPath" : "ReplacePrefixMatch");
                    y_str(y, is_exact ? "replaceFullPath" : "replacePrefixMatch", rewrite->uri);
                }
        }
    }
}

static void emit_cors_filter(struct yaml_out *y, const struct hd_cors_policy *cors)
{
    if (!cors->n_allow_origins)
        return;
    ITEM(y) {
        y_str(y, "type", "CORS");
        MAP(y, "cors") {
            SEQ(y, "allowOrigins")
                for (size_t i = 0; i < cors->n_allow_origins; i++)
                    y_str(y, NULL, cors->allow_origins[i].exact);
            y_strs(y, "allowMethods", cors->allow_methods, cors->n_allow_methods);
            y_strs(y, "allowHeaders", cors->allow_headers, cors->n_allow_headers);
            y_strs(y, "exposeHeaders", cors->expose_headers, cors->n_expose_headers);
            y_int(y, "maxAge", cors->max_age ? duration_us(cors->max_age) / 1000000 : CORS_MAX_AGE);
            y_tri(y, "allowCredentials", cors->allow_credentials);
        }
    }
}

/* The API's durations have whole numbers of at most five digits. (Gateway API: GEP-2257) */
static void emit_timeout(struct yaml_out *y, const char *timeout)
{
    int64_t ms = duration_us(timeout) / 1000, parts[] = {ms / 3600000, ms / 60000 % 60, ms / 1000 % 60, ms % 1000};
    static const char *const units[] = {"h", "m", "s", "ms"};
    char text[64] = "";
    size_t length = 0;

    if (!timeout || ms < 1)
        return;
    for (size_t i = 0; i < 4; i++)
        if (parts[i])
            length += (size_t)snprintf(text + length, sizeof text - length, "%" PRId64 "%s", parts[i], units[i]);
    MAP(y, "timeouts")
        y_str(y, "request", text);
}

static void emit_rule(struct yaml_out *y, const struct hd_model *model, const struct route *route, const char *method,
                      const struct choice *choice)
{
    const struct hd_exposure *exposure = route->exposure;

    ITEM(y) {
        SEQ(y, "matches")
            emit_match(y, exposure, method, choice->match);
        SEQ(y, "filters") {
            emit_redirect_filter(y, exposure);
            emit_rewrite_filter(y, exposure);
            emit_header_filters(y, exposure);
            emit_mirror_filter(y, model, exposure);
            emit_cors_filter(y, &exposure->cors_policy);
        }
        emit_backends(y, model, route, choice);
        emit_timeout(y, exposure->timeout);
    }
}

static void emit_rules(struct yaml_out *y, const struct hd_model *model, const struct route *route)
{
    const struct hd_exposure *exposure = route->exposure;
    struct choice choice = {0};

    while (next_route_choice(route, &choice))
        for (size_t i = 0; i < exposure->n_methods || !i; i++)
            emit_rule(y, model, route, exposure->n_methods ? exposure->methods[i] : NULL, &choice);
}

static void emit_host(struct yaml_out *y, const struct hd_model *model, const struct source *source)
{
    const struct route *first = source->routes;

    SEQ(y, "parentRefs")
        emit_parent(y, model, first->gateway, source->uses_tls ? "https" : "http", first->host);
    if (first->host)
        SEQ(y, "hostnames")
            y_str(y, NULL, first->host);
    SEQ(y, "rules")
        for (size_t i = 0; i < source->n_routes; i++)
            emit_rules(y, model, &source->routes[i]);
}

static void emit_mesh_rule(struct yaml_out *y, const struct hd_service *service, const struct hd_port *port, const struct choice *choice)
{
    ITEM(y) {
        SEQ(y, "matches")
            ITEM(y) {
                emit_any_path(y);
                SEQ(y, "headers")
                    emit_chosen_terms(y, choice->match);
            }
        SEQ(y, "backendRefs")
            emit_version_backends(y, service, port->name, choice->version);
        emit_timeout(y, service->traffic_policy.timeout);
    }
}

static void emit_in_mesh(struct yaml_out *y, const struct hd_service *service, const struct hd_port *port)
{
    struct choice choice = {0};

    SEQ(y, "parentRefs")
        ITEM(y) {
            y_str(y, "group", "");
            y_str(y, "kind", "Service");
            y_str(y, "name", service->name);
            y_int(y, "port", port->service_port);
        }
    SEQ(y, "rules")
        while (next_choice(service, &choice))
            emit_mesh_rule(y, service, port, &choice);
}

static void emit_http_route(struct yaml_out *y, const struct subject *subject)
{
    const struct source *source = subject->object;

    MAP(y, "spec") {
        if (source->redirects)
            emit_redirect(y, subject->model, source->redirects);
        else if (source->routes)
            emit_host(y, subject->model, source);
        else
            emit_in_mesh(y, subject->service, source->port);
    }
}

const struct plan_row http_route_row = {
    .step = 72,
    .info = {GATEWAY_GROUP, "v1", "HTTPRoute", "gateway",
             "with gateway or mesh.routing gateway: for each host that is exposed; in a mesh for each service whose calls have a timeout or choose a "
             "version"},
    .plan_app = plan_http_route_of_app,
    .plan_service = plan_http_route_of_service,
    .emit = emit_http_route,
};
