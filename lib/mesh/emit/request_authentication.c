/* RequestAuthentication: whose tokens a service trusts; and an AuthorizationPolicy that wants one where the model does. */
#include "kinds.h"
#include "model/derived.h"
#include "model/mesh.h"
#include "model/route.h"
#include "model/routing/token.h"
#include "plan/labels.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define TOKEN "token"

enum { LONGEST_PATH = 4200, LONGEST_ISSUER = 2100 };

static void plan_request_authentication(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    if (admissions(model, service))
        plan_add(model, row, service->name, service, NULL);
}

static bool issuer_stands_before(const struct admission *first, const struct admission *here)
{
    for (; first != here; first = first->next)
        if (first->issuer == here->issuer)
            return true;
    return false;
}

static void emit_jwt_rule(struct yaml_out *y, const struct hd_jwt_issuer *issuer)
{
    ITEM(y) {
        y_str(y, "issuer", issuer->issuer);
        y_str(y, "jwksUri", issuer->jwks_uri);
        y_strs(y, "audiences", issuer->audiences, issuer->n_audiences);
        y_str(y, "outputPayloadToHeader", issuer->output_payload_to_header);
        y_tri(y, "forwardOriginalToken", issuer->forward_original_token);
    }
}

static void emit_request_authentication(struct yaml_out *y, const struct subject *subject)
{
    const struct admission *first = admissions(subject->model, subject->service);

    MAP(y, "spec") {
        MAP(y, "selector")
            emit_selector(y, "matchLabels", subject->model, subject->service);
        SEQ(y, "jwtRules")
            for (const struct admission *admission = first; admission; admission = admission->next)
                if (admission->issuer && !issuer_stands_before(first, admission))
                    emit_jwt_rule(y, admission->issuer);
    }
}

static void plan_token_policy(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    if (admissions(model, service))
        plan_add(model, row, derived_name(model, service, TOKEN), service, NULL);
}

/* A path as the service sees it: behind a prefix that is rewritten the rest stays. */
static void seen_path(char text[LONGEST_PATH], const struct hd_exposure *exposure, const char *path)
{
    const char *uri = exposure->rewrite.uri;
    size_t length = prefix_length(exposure), n_uri = uri ? strlen(uri) : 0;

    if (uri && n_uri && uri[n_uri - 1] == '/')
        n_uri--;
    if (!uri || strncmp(path, exposure->path, length))
        snprintf(text, LONGEST_PATH, "%s", path);
    else if (exposure->path_type == HD_PATH_EXACT)
        snprintf(text, LONGEST_PATH, "%s", uri);
    else
        snprintf(text, LONGEST_PATH, "%.*s%s", (int)n_uri, uri, path + length);
    if (!*text)
        snprintf(text, LONGEST_PATH, "/");
}

/* The paths of an exposure: itself, and for a prefix all below. */
static void emit_paths(struct yaml_out *y, const struct hd_exposure *exposure)
{
    char path[LONGEST_PATH];
    size_t length;

    seen_path(path, exposure, exposure->path);
    length = strlen(path);
    if (exposure->path_type != HD_PATH_EXACT && length && path[length - 1] == '/')
        path[--length] = '\0';
    if (length)
        y_str(y, NULL, path);
    if (exposure->path_type == HD_PATH_EXACT || length + sizeof "/*" > sizeof path)
        return;
    memcpy(path + length, "/*", sizeof "/*");
    y_str(y, NULL, path);
}

/* Whether requests for `other` are taken out of those for `exposure`, being more special. */
static bool is_within(const struct hd_exposure *other, const struct hd_exposure *exposure)
{
    size_t length = prefix_length(exposure);

    if (other == exposure || exposure->path_type == HD_PATH_EXACT || strncmp(other->path, exposure->path, length))
        return false;
    return other->path_type == HD_PATH_EXACT ? other->path[length] == '/' || !other->path[length]
                                             : prefix_length(other) > length && other->path[length] == '/';
}

static bool same_path(const struct hd_exposure *a, const struct hd_exposure *b)
{
    bool exact = a->path_type == HD_PATH_EXACT;

    return exact == (b->path_type == HD_PATH_EXACT) && (exact || prefix_length(a) == prefix_length(b)) &&
           !strncmp(a->path, b->path, exact ? strlen(a->path) + 1 : prefix_length(a));
}

/* Whether an earlier exposure of the port has the same path. */
static bool stands_before(const struct admission *first, const struct admission *here)
{
    for (; first != here; first = first->next)
        if (first->port == here->port && same_path(first->exposure, here->exposure))
            return true;
    return false;
}

/* Within the paths of `outer`: those that need no token, and those that other exposures of the port decide on. */
static void emit_not_paths(struct yaml_out *y, const struct admission *first, const struct admission *here, const struct hd_exposure *outer)
{
    const struct hd_exposure *exposure = here->exposure;
    char path[LONGEST_PATH];

    SEQ(y, "notPaths") {
        for (size_t i = 0; i < exposure->jwt.n_public_paths; i++)
            if (!strncmp(exposure->jwt.public_paths[i], outer->path, prefix_length(outer))) {
                seen_path(path, exposure, exposure->jwt.public_paths[i]);
                y_str(y, NULL, path);
            }
        for (const struct admission *other = first; other; other = other->next)
            if (other->port == here->port && is_within(other->exposure, outer) && !stands_before(first, other))
                emit_paths(y, other->exposure);
    }
}

static void emit_exceptions(struct yaml_out *y, const struct admission *first, const struct admission *here)
{
    const struct hd_exposure *exposure = here->exposure;

    emit_not_paths(y, first, here, exposure);
    SEQ(y, "notMethods")
        for (const struct admission *other = first; other; other = other->next)
            for (size_t i = 0; !exposure->n_methods && other->port == here->port && other != here && same_path(other->exposure, exposure) &&
                               i < other->exposure->n_methods;
                 i++)
                y_str(y, NULL, other->exposure->methods[i]);
}

/* Whether all that the gateway sends to the port wants the same: then no path can slip through. */
static bool is_all(const struct admission *first, const struct admission *here)
{
    for (; first; first = first->next)
        if (first != here && first->port == here->port)
            return false;
    return true;
}

/* One rule: which callers are refused, and which claim they lack; `claim` NULL for the token itself. */
struct demand {
    const struct subject *subject;
    const struct admission *first, *admission;
    const struct hd_claim_match *claim;
};

static void emit_source(struct yaml_out *y, const struct demand *demand)
{
    char principal[LONGEST_ISSUER];

    snprintf(principal, sizeof principal, "%s/*", demand->admission->issuer->issuer);
    SEQ(y, "from")
        ITEM(y)
            MAP(y, "source") {
                SEQ(y, "namespaces")
                    y_str(y, NULL, demand->subject->model->app->platform.gateway.namespace_name);
                if (!demand->claim)
                    SEQ(y, "notRequestPrincipals")
                        y_str(y, NULL, principal);
            }
}

static void emit_port(struct yaml_out *y, const struct demand *demand)
{
    char number[24];

    snprintf(number, sizeof number, "%" PRId64, demand->admission->port->port);
    SEQ(y, "ports")
        y_str(y, NULL, number);
}

static void emit_condition(struct yaml_out *y, const struct demand *demand)
{
    char key[320];

    if (!demand->claim)
        return;
    snprintf(key, sizeof key, "request.auth.claims[%.253s]", demand->claim->name);
    SEQ(y, "when")
        ITEM(y) {
            y_str(y, "key", key);
            y_strs(y, "notValues", demand->claim->values, demand->claim->n_values);
        }
}

/* Whether `middle` takes requests for the path of `other` before the exposure of the demand does. */
static bool comes_between(const struct demand *demand, const struct admission *middle, const struct admission *other)
{
    return middle->port == demand->admission->port && is_within(middle->exposure, demand->admission->exposure) &&
           (middle == other || is_within(other->exposure, middle->exposure) || same_path(middle->exposure, other->exposure));
}

/* Whether requests for the path of a more special exposure come back to this one, having none of its methods. */
static bool leaves_over(const struct demand *demand, const struct admission *other)
{
    if (!other->exposure->n_methods || !is_within(other->exposure, demand->admission->exposure))
        return false;
    for (const struct admission *middle = demand->first; middle; middle = middle->next)
        if (comes_between(demand, middle, other) && !middle->exposure->n_methods)
            return false;
    return true;
}

static bool has_method(const struct hd_exposure *exposure, const char *method)
{
    for (size_t i = 0; i < exposure->n_methods; i++)
        if (!strcmp(exposure->methods[i], method))
            return true;
    return false;
}

/* The methods of all that stands between, each once. */
static void emit_methods_between(struct yaml_out *y, const struct demand *demand, const struct admission *other)
{
    for (const struct admission *middle = demand->first; middle; middle = middle->next)
        for (size_t i = 0; comes_between(demand, middle, other) && i < middle->exposure->n_methods; i++) {
            const char *method = middle->exposure->methods[i];
            const struct admission *before = demand->first;

            while (before != middle && !(comes_between(demand, before, other) && has_method(before->exposure, method)))
                before = before->next;
            if (before == middle)
                y_str(y, NULL, method);
        }
}

static void emit_left_over(struct yaml_out *y, const struct demand *demand, const struct admission *other)
{
    const struct hd_exposure *exposure = demand->admission->exposure;

    ITEM(y) {
        emit_source(y, demand);
        SEQ(y, "to")
            ITEM(y)
                MAP(y, "operation") {
                    emit_port(y, demand);
                    y_strs(y, "methods", exposure->methods, exposure->n_methods);
                    SEQ(y, "notMethods")
                        emit_methods_between(y, demand, other);
                    SEQ(y, "paths")
                        emit_paths(y, other->exposure);
                    emit_not_paths(y, demand->first, demand->admission, other->exposure);
                }
        emit_condition(y, demand);
    }
}

static void emit_demand(struct yaml_out *y, const struct demand *demand)
{
    const struct hd_exposure *exposure = demand->admission->exposure;

    ITEM(y) {
        emit_source(y, demand);
        SEQ(y, "to")
            ITEM(y)
                MAP(y, "operation") {
                    emit_port(y, demand);
                    y_strs(y, "methods", exposure->methods, exposure->n_methods);
                    if (!is_all(demand->first, demand->admission))
                        SEQ(y, "paths")
                            emit_paths(y, exposure);
                    emit_exceptions(y, demand->first, demand->admission);
                }
        emit_condition(y, demand);
    }
    for (const struct admission *other = demand->first; other; other = other->next)
        if (other->port == demand->admission->port && leaves_over(demand, other) && !stands_before(demand->first, other))
            emit_left_over(y, demand, other);
}

static void emit_token_policy(struct yaml_out *y, const struct subject *subject)
{
    const struct admission *first = admissions(subject->model, subject->service);

    MAP(y, "spec") {
        MAP(y, "selector")
            emit_selector(y, "matchLabels", subject->model, subject->service);
        y_str(y, "action", "DENY");
        SEQ(y, "rules")
            for (const struct admission *admission = first; admission; admission = admission->next) {
                struct demand demand = {subject, first, admission, NULL};

                if (!admission->issuer)
                    continue;
                emit_demand(y, &demand);
                for (size_t i = 0; i < admission->exposure->jwt.n_claims; i++) {
                    demand.claim = &admission->exposure->jwt.claims[i];
                    emit_demand(y, &demand);
                }
            }
    }
}

const struct plan_row request_authentication_row = {
    .step = 43,
    .order = 46,
    .info = {"security.istio.io", "v1", "RequestAuthentication", "istio", "for a service that is exposed to requests with a token"},
    .version = istio_api_version,
    .plan_service = plan_request_authentication,
    .emit = emit_request_authentication,
};

const struct plan_row token_policy_row = {
    .step = 43,
    .order = 46,
    .info = {"security.istio.io", "v1", "AuthorizationPolicy", "istio",
             "for such a service, so that no request comes in without its token"},
    .version = istio_api_version,
    .plan_service = plan_token_policy,
    .emit = emit_token_policy,
};
