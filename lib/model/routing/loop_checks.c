/* Rules for redirects and mirrors that lead back to where the request is. */
#include "core/tables/field.h"
#include "core/text/among.h"
#include "gateway.h"
#include "model/checks.h"
#include "model/graph.h"
#include "model/route.h"
#include "model/tables.h"
#include "parts.h"

/* A client gives up after some redirects; so many are followed here. */
enum { MOST_HOPS = 8 };

/* The routes of one host; in longer lists nobody looks for loops, so that checking stays linear. */
enum { MOST_ROUTES = 256 };

/* Whether it does not take every GET for its paths. */
static bool has_conditions(const struct hd_exposure *exposure)
{
    bool takes = !exposure->n_methods;

    for (size_t i = 0; i < exposure->n_methods; i++)
        takes |= !strcmp(exposure->methods[i], "GET");
    return exposure->n_headers || exposure->n_query_params || !takes;
}

static bool matches(const struct route *route, const struct request *request)
{
    const struct hd_exposure *exposure = route->exposure;
    size_t length = prefix_length(exposure);

    if (!same_text(route->host, request->host) || has_conditions(exposure) || exposure->path_type == HD_PATH_REGULAR_EXPRESSION)
        return false;
    if (exposure->path_type == HD_PATH_EXACT)
        return !strcmp(exposure->path, request->path);
    return !strncmp(request->path, exposure->path, length) && (!request->path[length] || request->path[length] == '/');
}

const struct route *request_taken_by(const struct routes *routes, const struct request *request)
{
    for (size_t i = 0; i < routes->n; i++)
        if (matches(&routes->routes[i], request))
            return &routes->routes[i];
    return NULL;
}

/* Whether a redirect of this route keeps scheme and port: what changes them leads to another listener. */
static bool stays(const struct hd_redirect *redirect)
{
    return !redirect->scheme && !redirect->port;
}

static struct where place(const struct hd_exposure *exposure)
{
    return AT(exposure, redirect);
}

static void report(struct checker *checker, const struct route *route, const struct route *through)
{
    struct finding *finding = found(checker, HD_REDIRECT_NOWHERE, place(route->exposure),
                                    "the redirect leads back to where the request is, so clients would be redirected for ever");

    if (through != route)
        also_at(finding, place(through->exposure), "by this redirect");
    hint(finding, "redirect to a path or host that does not lead here");
}

static void follow(struct checker *checker, const struct routes *own, const struct route *route)
{
    const struct route *at = route, *through = route;

    for (size_t hops = 0; hops < MOST_HOPS; hops++) {
        const struct hd_redirect *redirect = &at->exposure->redirect;
        struct request request = {redirect->authority ? redirect->authority : at->host, redirect->uri ? redirect->uri : at->exposure->path};

        if (!struct_is_set(&hd_redirect_struct, redirect) || !stays(redirect) || (!redirect->authority && !redirect->uri))
            return;
        /* One that matches itself by its path alone is reported with the exposure. */
        through = at;
        at = same_text(request.host, route->host) ? request_taken_by(own, &request) : NULL;
        if (!at)
            return;
        if (at == route) {
            /* A loop is told at its first route. */
            if (through >= route && (hops || redirect->authority || route->exposure->path_type == HD_PATH_EXACT))
                report(checker, route, through);
            return;
        }
    }
}

/* A redirect to HTTPS that HTTPS requests meet as well. */
static void check_scheme(struct checker *checker, const struct route *route)
{
    const struct hd_redirect *redirect = &route->exposure->redirect;
    const struct hd_gateway_tls *tls = &route->gateway->tls;

    if (!redirect->scheme || strcmp(redirect->scheme, "https") || redirect->uri || redirect->authority || redirect->port ||
        !struct_is_set(&hd_gateway_tls_struct, tls) || has_conditions(route->exposure))
        return;
    hint(found(checker, HD_REDIRECT_NOWHERE, AT(redirect, scheme),
               "requests by HTTPS get this redirect to HTTPS too, so clients would be redirected for ever"),
         "remove the redirect: a gateway with TLS answers plain HTTP with a redirect by itself (httpsRedirect)");
}

/* A service that gets copies of requests to itself, or of which the copies come back. */
static void check_mirror(struct checker *checker, const struct hd_service *service, const struct hd_exposure *exposure)
{
    if (!exposure->mirror.to || !same_text(exposure->mirror.to, service->name) || exposure->n_destinations)
        return;
    hint(found(checker, HD_MIRROR_OF_ITSELF, AT(&exposure->mirror, to), "%s gets each request twice, because it is its own mirror",
               service->name),
         "mirror to another service; to try a new version with real requests, use delivery or a service of its own");
}

void check_loops(struct checker *checker)
{
    const struct routes *routes = &checker->model->routes;
    const struct hd_app *app = checker->app;

    for (size_t first = 0, end; first < routes->n; first = end) {
        struct routes own = {&routes->routes[first], 0};

        end = routes_end(routes, first);
        own.n = end - first;
        for (const struct route *route = own.routes; own.n <= MOST_ROUTES && route < own.routes + own.n; route++)
            if (struct_is_set(&hd_redirect_struct, &route->exposure->redirect)) {
                follow(checker, &own, route);
                check_scheme(checker, route);
            }
    }
    for (size_t i = 0; i < app->n_services; i++)
        for (size_t k = 0; k < app->services[i].n_expose; k++)
            check_mirror(checker, &app->services[i], &app->services[i].expose[k]);
}
