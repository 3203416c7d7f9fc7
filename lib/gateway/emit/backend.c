#include "backend.h"

#include "core/tables/field.h"
#include "emit/version_match.h"
#include "model/delivery.h"
#include "model/derived.h"
#include "model/model.h"
#include "model/port.h"
#include "model/tables.h"
#include "plan/labels.h"

#include <string.h>

static void emit_port(struct yaml_out *y, const struct hd_service *service, const char *port)
{
    const struct hd_port *to = service_port(service, port);

    if (to)
        y_int(y, "port", to->service_port);
}

static void emit_kind_of_backend(struct yaml_out *y)
{
    y_str(y, "group", "");
    y_str(y, "kind", "Service");
}

void emit_backend(struct yaml_out *y, const struct hd_service *service, const char *port)
{
    emit_kind_of_backend(y);
    y_str(y, "name", service->name);
    emit_port(y, service, port);
}

void emit_weighted_backend(struct yaml_out *y, const struct hd_service *service, const char *port, int64_t weight)
{
    ITEM(y) {
        emit_backend(y, service, port);
        y_int(y, "weight", weight);
    }
}

/* A Service that is made for a version: `<service>-<suffix>`. */
static void emit_further(struct yaml_out *y, const struct hd_service *service, const char *suffix, const char *port, int64_t weight)
{
    ITEM(y) {
        emit_kind_of_backend(y);
        emit_derived(y, "name", service, suffix);
        emit_port(y, service, port);
        y_int(y, "weight", weight);
    }
}

void emit_version_backends(struct yaml_out *y, const struct hd_service *service, const char *port, const struct hd_version *version)
{
    if (version)
        emit_further(y, service, version->name, port, 1);
    else if (!has_weights(service))
        emit_weighted_backend(y, service, port, 1);
    for (size_t i = 0; !version && has_weights(service) && i < service->n_versions; i++)
        if (service->versions[i].weight.set)
            emit_further(y, service, service->versions[i].name, port, service->versions[i].weight.value);
}

void emit_backends(struct yaml_out *y, const struct hd_model *model, const struct route *route, const struct choice *choice)
{
    const struct hd_exposure *exposure = route->exposure;

    if (!exposure_forwards(exposure))
        return;
    SEQ(y, "backendRefs") {
        for (size_t i = 0; !route->is_preview && i < exposure->n_destinations; i++) {
            const struct hd_destination *destination = &exposure->destinations[i];

            emit_weighted_backend(y, graph_callee(model, destination->to).service, destination->port, destination->weight);
        }
        if (route->is_preview)
            emit_further(y, route->service, PREVIEW, exposure->port, 1);
        else if (!exposure->n_destinations)
            emit_version_backends(y, route->service, exposure->port, choice->version ? choice->version : version_named(route->service, exposure->version));
    }
}

void emit_chosen_terms(struct yaml_out *y, const struct hd_version_match *match)
{
    char pattern[COOKIE_PATTERN_SIZE];

    for (size_t i = 0; match && i < match->n_headers; i++)
        emit_match_term(y, match->headers[i].name, match->headers[i].exact, match->headers[i].regex);
    if (match && match->cookie.name) {
        cookie_pattern(pattern, &match->cookie);
        emit_match_term(y, "cookie", NULL, pattern);
    }
    if (match && match->user)
        emit_match_term(y, USER_HEADER, match->user, NULL);
}

static void emit_changes(struct yaml_out *y, const char *type, const char *key, const struct hd_header_changes *changes)
{
    if (!struct_is_set(&hd_header_changes_struct, changes))
        return;
    ITEM(y) {
        y_str(y, "type", type);
        MAP(y, key) {
            y_pair_list(y, "set", changes->set, changes->n_set);
            y_pair_list(y, "add", changes->add, changes->n_add);
            y_strs(y, "remove", changes->remove, changes->n_remove);
        }
    }
}

void emit_header_filters(struct yaml_out *y, const struct hd_exposure *exposure)
{
    emit_changes(y, "RequestHeaderModifier", "requestHeaderModifier", &exposure->request_headers);
    emit_changes(y, "ResponseHeaderModifier", "responseHeaderModifier", &exposure->response_headers);
}

void emit_mirror_filter(struct yaml_out *y, const struct hd_model *model, const struct hd_exposure *exposure)
{
    const struct hd_service *service = exposure->mirror.to ? graph_callee(model, exposure->mirror.to).service : NULL;

    if (!service)
        return;
    ITEM(y) {
        y_str(y, "type", "RequestMirror");
        MAP(y, "requestMirror") {
            MAP(y, "backendRef")
                emit_backend(y, service, exposure->mirror.port);
            if (exposure->mirror.percentage < 100)
                y_int(y, "percent", exposure->mirror.percentage);
        }
    }
}

void emit_match_term(struct yaml_out *y, const char *name, const char *exact, const char *regex)
{
    ITEM(y) {
        y_str(y, "type", regex ? "RegularExpression" : "Exact");
        y_str(y, "name", name);
        y_str(y, "value", regex ? regex : exact);
    }
}

/* Names of gRPC's services and methods are those of a programming language. (Gateway API: GRPCMethodMatch) */
static bool is_grpc_name(const char *text, size_t length, bool is_dotted)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_", digits[] = "0123456789";
    bool begins = true;

    for (size_t i = 0; i < length; i++) {
        if (is_dotted && text[i] == '.' && !begins)
            begins = true;
        else if (strchr(letters, text[i]) || (!begins && strchr(digits, text[i])))
            begins = false;
        else
            return false;
    }
    return !begins;
}

/* `/package.Service` or `/package.Service/Method`; or nothing, for all. */
static bool is_call_path(const struct hd_exposure *exposure)
{
    const char *service = exposure->path + (*exposure->path == '/'), *slash = strchr(service, '/');
    size_t length = strcspn(service, "/");

    if (length && !is_grpc_name(service, length, true))
        return false;
    if (exposure->path_type == HD_PATH_EXACT)
        return length && slash && is_grpc_name(slash + 1, strlen(slash + 1), false);
    return !slash || !slash[1];
}

bool host_speaks_grpc(const struct route *routes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct hd_exposure *exposure = routes[i].exposure;
        const struct hd_port *port = service_port(routes[i].service, exposure->port);

        if (!port || port->protocol != HD_PROTOCOL_GRPC || !exposure_forwards(exposure) || !is_call_path(exposure) || exposure->n_methods ||
            exposure->n_query_params || exposure->timeout || struct_is_set(&hd_rewrite_struct, &exposure->rewrite) ||
            struct_is_set(&hd_cors_policy_struct, &exposure->cors_policy))
            return false;
    }
    return true;
}
