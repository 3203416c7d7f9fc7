/* Whether each route gets requests: none stands twice, and none behind others that take all. */
#include "core/text/among.h"
#include "model/checks.h"
#include "model/route.h"
#include "parts.h"

#include <stdlib.h>
#include <string.h>

/* Expressions are compared with a few others only. */
enum { MOST_PREFIXES = 16 };

static bool is_prefix(const struct hd_exposure *exposure)
{
    return exposure->path_type != HD_PATH_EXACT && exposure->path_type != HD_PATH_REGULAR_EXPRESSION;
}

static bool same_place(const struct route *a, const struct route *b)
{
    const struct hd_exposure *one = a->exposure, *other = b->exposure;
    size_t length = prefix_length(one);

    if (a->gateway != b->gateway || !same_text(a->host, b->host) || is_prefix(one) != is_prefix(other))
        return false;
    if (is_prefix(one))
        return length == prefix_length(other) && !strncmp(one->path, other->path, length);
    return one->path_type == other->path_type && !strcmp(one->path, other->path);
}

static int compare_texts(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static const char *term(struct arena *arena, char kind, const char *name, const char *exact, const char *prefix, const char *regex)
{
    return arena_printf(arena, "%c%s%s%s", kind, text_or(name, ""),
                        exact    ? "="
                        : prefix ? "^"
                        : regex  ? "~"
                                 : "?",
                        exact    ? exact
                        : prefix ? prefix
                        : regex  ? regex
                                 : "");
}

/* Headers and parameters in one text, in an order of their own. */
static const char *terms_of(struct arena *arena, const struct hd_exposure *exposure)
{
    size_t n = exposure->n_headers + exposure->n_query_params;
    const char **terms = arena_array(arena, n + 1, sizeof *terms), *text = "";

    for (size_t i = 0; i < exposure->n_headers; i++) {
        const struct hd_header_match *match = &exposure->headers[i];

        terms[i] = term(arena, 'h', match->name, match->exact, match->prefix, match->regex);
    }
    for (size_t i = 0; i < exposure->n_query_params; i++) {
        const struct hd_query_match *match = &exposure->query_params[i];

        terms[exposure->n_headers + i] = term(arena, 'q', match->name, match->exact, NULL, match->regex);
    }
    qsort(terms, n, sizeof *terms, compare_texts);
    for (size_t i = 0; i < n; i++)
        text = arena_printf(arena, "%s\n%s", text, terms[i]);
    return text;
}

static const char *in_words(struct checker *checker, const struct route *route)
{
    return arena_printf(&checker->report->arena, "%.253s%.200s", text_or(route->host, ""), route->exposure->path);
}

/* The route that takes these methods already, or NULL: one before with the same terms. */
static const struct route *taken_by(const struct names *taken, struct arena *arena, const char *terms, const struct hd_exposure *exposure)
{
    const struct route *first = names_find(taken, terms);

    if (first || !exposure->n_methods)
        return first;
    for (size_t i = 0; i < exposure->n_methods; i++) {
        const char *method = exposure->methods[i];
        const struct route *other = names_find(taken, arena_printf(arena, "%s\n %s", terms, method));

        if (!other)
            return NULL;
        first = first ? first : other;
    }
    return first;
}

static void take(struct names *taken, struct arena *arena, const char *terms, const struct route *route)
{
    if (!route->exposure->n_methods)
        names_add(taken, terms, route);
    for (size_t i = 0; i < route->exposure->n_methods; i++)
        names_add(taken, arena_printf(arena, "%s\n %s", terms, route->exposure->methods[i]), route);
}

static void stands_twice(struct checker *checker, const struct route *route, const struct route *first)
{
    struct finding *finding =
        found(checker, HD_ROUTE_TWICE, AT(route->exposure, path), "two exposures have the same host and path %s", in_words(checker, route));

    also_at(finding, AT(first->exposure, path), "the first exposure");
    hint(finding, "give each its own path or host");
}

static void never_reached(struct checker *checker, const struct route *route, const struct route *first)
{
    struct finding *finding =
        found(checker, HD_ROUTE_UNREACHABLE, AT(route->exposure, path), "no request reaches this exposure of %s", in_words(checker, route));

    also_at(finding, AT(first->exposure, path), "this exposure is tried first and takes all of them");
    hint(finding, "remove one of the two, or make them differ: by path, methods, headers or queryParams");
}

/* Routes of one path, the more special first. */
static void check_place(struct checker *checker, const struct route *routes, size_t n)
{
    struct arena *arena = &checker->report->arena;
    struct names taken;
    size_t n_keys = 0;

    if (n < 2)
        return;
    for (size_t i = 0; i < n; i++)
        n_keys += 1 + routes[i].exposure->n_methods;
    names_init(arena, &taken, n_keys);
    for (size_t i = 0; i < n; i++) {
        const char *terms = terms_of(arena, routes[i].exposure);
        const struct route *first = taken_by(&taken, arena, terms, routes[i].exposure);

        if (!first)
            take(&taken, arena, terms, &routes[i]);
        else if (first->exposure->n_methods == routes[i].exposure->n_methods && !routes[i].exposure->n_headers &&
                 !routes[i].exposure->n_query_params)
            stands_twice(checker, &routes[i], first);
        else
            never_reached(checker, &routes[i], first);
    }
}

/* Length of the text that an expression wants before any other, where it wants nothing else; else -1. */
static int plain_length(const struct hd_exposure *exposure)
{
    size_t length = strcspn(exposure->path, "\\.+*?()|[]{}^$");

    if (exposure->path_type != HD_PATH_REGULAR_EXPRESSION || exposure->n_headers || exposure->n_query_params || exposure->n_methods)
        return -1;
    return !strcmp(exposure->path + length, ".*") ? (int)length : -1;
}

/* Expressions come before prefixes; one that takes all that begins so leaves nothing to these. */
static void check_behind_expressions(struct checker *checker, const struct route *routes, size_t n)
{
    const struct route *takers[MOST_PREFIXES];
    size_t n_takers = 0;

    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < n_takers && routes[i].exposure->path_type != HD_PATH_EXACT; k++) {
            size_t length = (size_t)plain_length(takers[k]->exposure);

            if (is_prefix(routes[i].exposure) && !strncmp(routes[i].exposure->path, takers[k]->exposure->path, length)) {
                never_reached(checker, &routes[i], takers[k]);
                break;
            }
        }
        if (n_takers < MOST_PREFIXES && plain_length(routes[i].exposure) >= 0)
            takers[n_takers++] = &routes[i];
    }
}

void check_routes_reached(struct checker *checker)
{
    const struct routes *routes = &checker->model->routes;
    size_t place = 0, host = 0;

    for (size_t i = 1; i <= routes->n; i++) {
        const struct route *route = i < routes->n ? &routes->routes[i] : NULL;

        if (!route || !same_place(route, &routes->routes[place])) {
            check_place(checker, &routes->routes[place], i - place);
            place = i;
        }
        if (!route || route->gateway != routes->routes[host].gateway || !same_text(route->host, routes->routes[host].host)) {
            check_behind_expressions(checker, &routes->routes[host], i - host);
            host = i;
        }
    }
}
