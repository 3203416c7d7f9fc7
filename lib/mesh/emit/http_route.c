#include "http_route.h"

#include "emit/version_match.h"
#include "host.h"
#include "model/delivery.h"
#include "model/mesh.h"
#include "model/port.h"
#include "model/tables.h"
#include "model/version.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Room for a path in a regular expression, every character of it escaped. */
enum { LONGEST_PATTERN = 4200 };

/* With a suffix, the Service of one version. */
static void emit_destination_of(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service, const char *suffix,
                                const char *port, const char *subset)
{
    const struct hd_port *to = service_port(service, port);

    MAP(y, "destination") {
        emit_mesh_host(y, "host", model, service, suffix);
        if (to)
            MAP(y, "port")
                y_int(y, "number", to->service_port);
        y_str(y, "subset", subset);
    }
}

void emit_destination(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service, const char *port,
                      const char *subset)
{
    emit_destination_of(y, model, service, NULL, port, subset);
}

static void emit_version(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service, const char *port,
                         const char *suffix, const char *subset, int64_t weight)
{
    ITEM(y) {
        emit_destination_of(y, model, service, suffix, port, subset);
        y_int(y, "weight", weight);
    }
}

static void emit_weights(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service, const char *port)
{
    for (size_t i = 0; i < n_versions(service); i++) {
        struct version version = version_at(service, i);

        if (version.weight.set)
            emit_version(y, model, service, port, NULL, version.name, version.weight.value);
    }
}

/* When an executor moves the weights, they begin with the old version, and each apply resets them to it. */
void emit_versions(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service, const char *port)
{
    if (splits_by_services(model, service)) {
        emit_version(y, model, service, port, STABLE, NULL, 100);
        emit_version(y, model, service, port, CANARY, NULL, 0);
    } else if (has_weights(service)) {
        emit_weights(y, model, service, port);
    } else {
        emit_share(y, model, service, port, 0);
    }
}

/* Flagger weighs the requests of the first port. */
void emit_all_to(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service, const char *port,
                 const struct hd_version *version)
{
    if (version)
        SEQ(y, "route")
            ITEM(y)
                emit_destination(y, model, service, port, version->name);
    else if (is_delivered_by(service, HD_EXECUTOR_FLAGGER) && service_port(service, port) == service_port(service, NULL))
        MAP(y, "delegate") {
            y_str(y, "name", service->name);
            y_str(y, "namespace", model->app->namespace_name);
        }
    else
        SEQ(y, "route")
            emit_versions(y, model, service, port);
}

void emit_share(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service, const char *port, int64_t weight)
{
    ITEM(y) {
        emit_destination(y, model, service, port, NULL);
        if (weight)
            y_int(y, "weight", weight);
    }
}

void emit_tries(struct yaml_out *y, const char *timeout, const struct hd_retries *retries)
{
    char conditions[1024] = "";
    size_t length = 0;

    for (size_t i = 0; i < retries->n_retry_on && length < sizeof conditions; i++)
        length += (size_t)snprintf(conditions + length, sizeof conditions - length, "%s%.40s", length ? "," : "", retries->retry_on[i]);
    y_str(y, "timeout", timeout);
    if (retries->attempts.set)
        MAP(y, "retries") {
            y_opt(y, "attempts", retries->attempts);
            y_str(y, "perTryTimeout", retries->per_try_timeout);
            if (retries->attempts.value > 0)
                y_str(y, "retryOn", *conditions ? conditions : NULL);
            y_tri(y, "retryRemoteLocalities", retries->retry_remote_localities);
        }
}

void emit_choice_name(struct yaml_out *y, const char *name, const struct choice *choice)
{
    char text[ROUTE_NAME_LONGEST + 96];

    if (!choice->version) {
        y_str(y, "name", name);
        return;
    }
    snprintf(text, sizeof text, "%s-%.63s-%zu", name, choice->version->name, (size_t)(choice->match - choice->version->match) + 1);
    y_str(y, "name", text);
}

void route_name(char name[ROUTE_NAME_LONGEST], const struct route *route)
{
    size_t index = (size_t)(route->exposure - route->service->expose);

    snprintf(name, ROUTE_NAME_LONGEST, index ? "%.63s-%zu" : "%.63s", route->service->name, index + 1);
}

static void emit_methods(struct yaml_out *y, const struct hd_exposure *exposure)
{
    char any[1024];
    size_t length = 0;

    if (!exposure->n_methods)
        return;
    for (size_t i = 0; i < exposure->n_methods && length < sizeof any; i++)
        length += (size_t)snprintf(any + length, sizeof any - length, "%s%.64s", i ? "|" : "", exposure->methods[i]);
    MAP(y, "method")
        y_str(y, exposure->n_methods > 1 ? "regex" : "exact", any);
}

/* A term of a match; without a value the name must only be there. */
static void emit_term(struct yaml_out *y, const char *name, const char *exact, const char *prefix, const char *regex)
{
    if (!exact && !prefix && !regex)
        y_empty_map(y, name);
    MAP(y, name) {
        y_str(y, "exact", exact);
        y_str(y, "prefix", prefix);
        y_str(y, "regex", regex);
    }
}

static void emit_headers(struct yaml_out *y, const struct hd_header_match *headers, size_t n)
{
    for (size_t i = 0; i < n; i++)
        emit_term(y, headers[i].name, headers[i].exact, headers[i].prefix, headers[i].regex);
}

void emit_choice(struct yaml_out *y, const struct hd_version_match *match)
{
    char pattern[COOKIE_PATTERN_SIZE];

    if (!match)
        return;
    emit_headers(y, match->headers, match->n_headers);
    if (match->cookie.name) {
        cookie_pattern(pattern, &match->cookie);
        emit_term(y, "cookie", NULL, NULL, pattern);
    }
    if (match->user)
        emit_term(y, USER_HEADER, match->user, NULL, NULL);
}

static void emit_match(struct yaml_out *y, const struct hd_exposure *exposure, const char *kind, const char *path,
                       const struct hd_version_match *match)
{
    ITEM(y) {
        MAP(y, "uri")
            y_str(y, kind, path);
        emit_methods(y, exposure);
        MAP(y, "headers") {
            emit_headers(y, exposure->headers, exposure->n_headers);
            emit_choice(y, match);
        }
        MAP(y, "queryParams")
            for (size_t i = 0; i < exposure->n_query_params; i++)
                emit_term(y, exposure->query_params[i].name, exposure->query_params[i].exact, NULL, exposure->query_params[i].regex);
    }
}

/* Istio's prefixes are of text, not of steps: /api would match /apis too, so it is given as /api itself and all below /api/. */
static void emit_matches(struct yaml_out *y, const struct hd_exposure *exposure, const struct hd_version_match *match, bool exact_is_taken)
{
    size_t length = prefix_length(exposure);
    char below[LONGEST_PATTERN];

    snprintf(below, sizeof below, "%.*s/", (int)length, exposure->path);
    SEQ(y, "match") {
        if (exposure->path_type == HD_PATH_EXACT) {
            emit_match(y, exposure, "exact", exposure->path, match);
        } else if (exposure->path_type == HD_PATH_REGULAR_EXPRESSION) {
            emit_match(y, exposure, "regex", exposure->path, match);
        } else {
            emit_match(y, exposure, "prefix", below, match);
            below[length] = '\0';
            if (length && !exact_is_taken)
                emit_match(y, exposure, "exact", below, match);
        }
    }
}

/* The text with a backslash before each character of `special`. */
static size_t escape(char *to, size_t room, const char *text, size_t length, const char *special)
{
    size_t n = 0;

    for (size_t i = 0; i < length && n + 2 < room; i++) {
        if (strchr(special, text[i]))
            to[n++] = '\\';
        to[n++] = text[i];
    }
    to[n] = '\0';
    return n;
}

/* Replaces the common part of two matches by a regular expression; the rest of the path stays. */
static void emit_prefix_rewrite(struct yaml_out *y, const struct hd_exposure *exposure)
{
    const char *uri = exposure->rewrite.uri;
    size_t length = strlen(uri), n;
    char match[LONGEST_PATTERN], rewrite[LONGEST_PATTERN];

    match[0] = '^';
    n = 1 + escape(match + 1, sizeof match - 4, exposure->path, prefix_length(exposure), "\\.+*?()|[]{}^$");
    /* Before a step the slash stays, so the new path must not end with one; unless it is the root. */
    if (length > 1 && uri[length - 1] == '/')
        length--;
    if (length == 1)
        memcpy(match + n, "/?", sizeof "/?");
    escape(rewrite, sizeof rewrite, uri, length, "\\");
    MAP(y, "uriRegexRewrite") {
        y_str(y, "match", match);
        y_str(y, "rewrite", rewrite);
    }
}

static void emit_rewrite(struct yaml_out *y, const struct hd_exposure *exposure)
{
    const struct hd_rewrite *rewrite = &exposure->rewrite;
    bool is_prefix = exposure->path_type != HD_PATH_EXACT && exposure->path_type != HD_PATH_REGULAR_EXPRESSION;
    char root[LONGEST_PATTERN];

    MAP(y, "rewrite") {
        if (rewrite->uri && is_prefix && prefix_length(exposure)) {
            emit_prefix_rewrite(y, exposure);
        } else if (rewrite->uri && is_prefix) {
            snprintf(root, sizeof root, "%s%s", rewrite->uri, rewrite->uri[strlen(rewrite->uri) - 1] == '/' ? "" : "/");
            y_str(y, "uri", root);
        } else {
            y_str(y, "uri", rewrite->uri);
        }
        y_str(y, "authority", rewrite->authority);
    }
}

static void emit_percentage(struct yaml_out *y, const char *key, int64_t percentage)
{
    MAP(y, key)
        y_int(y, "value", percentage);
}

static void emit_fault(struct yaml_out *y, const struct hd_fault *fault)
{
    MAP(y, "fault") {
        if (fault->delay.fixed_delay)
            MAP(y, "delay") {
                y_str(y, "fixedDelay", fault->delay.fixed_delay);
                emit_percentage(y, "percentage", fault->delay.percentage);
            }
        if (fault->abort.http_status || fault->abort.grpc_status)
            MAP(y, "abort") {
                if (fault->abort.http_status)
                    y_int(y, "httpStatus", fault->abort.http_status);
                y_str(y, "grpcStatus", fault->abort.grpc_status);
                emit_percentage(y, "percentage", fault->abort.percentage);
            }
    }
}

static void emit_cors(struct yaml_out *y, const struct hd_cors_policy *cors)
{
    MAP(y, "corsPolicy") {
        SEQ(y, "allowOrigins")
            for (size_t i = 0; i < cors->n_allow_origins; i++)
                ITEM(y) {
                    bool any = cors->allow_origins[i].exact && !strcmp(cors->allow_origins[i].exact, "*");

                    y_str(y, any ? "regex" : "exact", any ? ".*" : cors->allow_origins[i].exact);
                    y_str(y, "prefix", cors->allow_origins[i].prefix);
                    y_str(y, "regex", cors->allow_origins[i].regex);
                }
        y_strs(y, "allowMethods", cors->allow_methods, cors->n_allow_methods);
        y_strs(y, "allowHeaders", cors->allow_headers, cors->n_allow_headers);
        y_strs(y, "exposeHeaders", cors->expose_headers, cors->n_expose_headers);
        y_str(y, "maxAge", cors->max_age);
        y_tri(y, "allowCredentials", cors->allow_credentials);
    }
}

static void emit_header_changes(struct yaml_out *y, const struct hd_exposure *exposure)
{
    MAP(y, "headers") {
        Y_OBJECT(y, "request", hd_header_changes, &exposure->request_headers);
        Y_OBJECT(y, "response", hd_header_changes, &exposure->response_headers);
    }
}

static void emit_answer(struct yaml_out *y, const struct hd_exposure *exposure)
{
    MAP(y, "redirect")
        Y_FIELDS(y, hd_redirect, &exposure->redirect);
    if (exposure->direct_response.status)
        MAP(y, "directResponse") {
            y_int(y, "status", exposure->direct_response.status);
            if (exposure->direct_response.body)
                MAP(y, "body")
                    y_str(y, "string", exposure->direct_response.body);
        }
}

static void emit_forward(struct yaml_out *y, const struct hd_model *model, const struct route *route, const struct hd_version *version)
{
    const struct hd_exposure *exposure = route->exposure;
    const struct hd_service *mirror = exposure->mirror.to ? graph_callee(model, exposure->mirror.to).service : NULL;

    emit_rewrite(y, exposure);
    SEQ(y, "route")
        for (size_t i = 0; !route->is_preview && i < exposure->n_destinations; i++) {
            const struct hd_destination *destination = &exposure->destinations[i];

            emit_share(y, model, graph_callee(model, destination->to).service, destination->port, destination->weight);
        }
    if (route->is_preview)
        SEQ(y, "route")
            ITEM(y)
                emit_destination_of(y, model, route->service, PREVIEW, exposure->port, NULL);
    else if (!exposure->n_destinations)
        emit_all_to(y, model, route->service, exposure->port, version);
    emit_tries(y, exposure->timeout, &exposure->retries);
    emit_fault(y, &exposure->fault);
    if (mirror)
        SEQ(y, "mirrors")
            ITEM(y) {
                emit_destination(y, model, mirror, exposure->mirror.port, NULL);
                emit_percentage(y, "percentage", exposure->mirror.percentage);
            }
}

static void emit_chosen(struct yaml_out *y, const struct hd_model *model, const struct route *route, const struct choice *choice,
                        bool exact_is_taken)
{
    const struct hd_exposure *exposure = route->exposure;
    const struct hd_version *version = choice->version ? choice->version : version_named(route->service, exposure->version);
    char name[ROUTE_NAME_LONGEST];

    route_name(name, route);
    ITEM(y) {
        emit_choice_name(y, name, choice);
        emit_matches(y, exposure, choice->match, exact_is_taken);
        if (exposure_forwards(exposure))
            emit_forward(y, model, route, version);
        else
            emit_answer(y, exposure);
        emit_cors(y, &exposure->cors_policy);
        emit_header_changes(y, exposure);
    }
}

void emit_http_route(struct yaml_out *y, const struct hd_model *model, const struct route *route, bool exact_is_taken)
{
    struct choice choice = {0};

    while (next_route_choice(route, &choice))
        emit_chosen(y, model, route, &choice, exact_is_taken);
}
