/* Rules for versions that run at the same time: their weights, and who could choose among them. */
#include "core/tables/field.h"
#include "core/text/among.h"
#include "core/text/suggest.h"
#include "delivery_checks.h"
#include "model/delivery.h"
#include "model/mesh.h"
#include "model/resolve.h"
#include "model/tables.h"
#include "model/version.h"

#include <string.h>

static void check_no_delivery(struct checker *checker, const struct hd_service *service)
{
    struct finding *finding;

    if (!service->delivery.executor)
        return;
    finding = found(checker, HD_VERSIONS_IN_DELIVERY, AT(service, versions), "%s has versions that stay, and a delivery that replaces one by another",
                    service_called(service));
    also_at(finding, AT(&service->delivery, executor), "delivery is given here");
    hint(finding, "remove delivery, and move the weights of the versions yourself; or remove versions");
}

static void check_weights(struct checker *checker, const struct hd_service *service)
{
    int64_t sum = 0;
    bool any = false;

    for (size_t i = 0; i < service->n_versions; i++) {
        const struct hd_version *version = &service->versions[i];

        if (!version->weight.set)
            continue;
        if (version->weight.value < 0 || version->weight.value > 100)
            return;
        any = true;
        sum += version->weight.value;
        if (version->weight.value && version->replicas.set && !version->replicas.value)
            hint(found(checker, HD_VERSION_WITHOUT_PODS, AT(version, weight), "%s gets %lld percent of the requests, but has no pods",
                       text_or(version->name, "the version"), (long long)version->weight.value),
                 "write replicas: 1, or weight: 0");
    }
    if (any && sum != 100)
        hint(found(checker, HD_WEIGHTS, AT(service, versions), "the weights of the versions add up to %lld, not to 100", (long long)sum),
             "let the weights add up to 100; a version without one gets no requests");
}

static void twice(struct checker *checker, struct where where, const char *header, struct where other)
{
    struct finding *finding = found(checker, HD_MATCHED_TWICE, where, "the header %.60s is matched here as well, and one match has each header once", header);

    also_at(finding, other, "this matches it too");
    hint(finding, "write one of the two, or two matches");
}

static const struct hd_header_match *header_named(const struct hd_header_match *headers, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (headers[i].name && !strcmp(headers[i].name, name))
            return &headers[i];
    return NULL;
}

/* Cookies and users are headers too. */
static void check_headers_apart(struct checker *checker, const struct hd_version_match *match, const struct hd_header_match *headers, size_t n)
{
    const struct hd_header_match *cookie = match->cookie.name ? header_named(headers, n, "cookie") : NULL;
    const struct hd_header_match *user = match->user ? header_named(headers, n, "end-user") : NULL;

    if (cookie)
        twice(checker, AT(&match->cookie, name), "cookie", AT(cookie, name));
    if (user)
        twice(checker, AT(match, user), "end-user", AT(user, name));
}

/* A way in has headers of its own, which a request must have beside those of the match. */
static void check_beside_exposures(struct checker *checker, const struct hd_service *service, const struct hd_version_match *match)
{
    for (size_t i = 0; i < service->n_expose; i++) {
        const struct hd_exposure *exposure = &service->expose[i];

        check_headers_apart(checker, match, exposure->headers, exposure->n_headers);
        for (size_t k = 0; exposure->n_headers && k < match->n_headers; k++) {
            const struct hd_header_match *wanted = &match->headers[k];
            const struct hd_header_match *other =
                wanted->name ? header_named(exposure->headers, exposure->n_headers, wanted->name) : NULL;

            if (other)
                twice(checker, AT(wanted, name), wanted->name, AT(other, name));
        }
    }
}

static void check_match(struct checker *checker, const struct hd_service *service, const struct hd_version_match *match)
{
    size_t n = match->n_headers + (match->cookie.name != NULL) + (match->user != NULL);

    if (!n)
        hint(found(checker, HD_MATCH_OF_NOTHING, AT_STRUCT(match), "the match names no header, cookie or user, so it takes all requests"),
             "write what tells the requests apart, such as {user: jason}; or weight: 100");
    if (n > MOST_TERMS)
        hint(found(checker, HD_MATCH_OF_NOTHING, AT_STRUCT(match), "the match has %zu terms, but at most %d are allowed", n, (int)MOST_TERMS),
             "write fewer headers");
    check_headers_apart(checker, match, match->headers, match->n_headers);
    check_beside_exposures(checker, service, match);
}

static void check_named(struct checker *checker, const struct hd_service *service, const char *name, struct where where)
{
    struct suggestion suggestion;
    struct finding *finding;
    const char *list = NULL;

    if (!name || version_named(service, name))
        return;
    suggestion = suggest_for(name);
    for (size_t i = 0; i < service->n_versions; i++)
        if (service->versions[i].name) {
            suggest_try(&suggestion, service->versions[i].name);
            list = i < 12 ? arena_listed(&checker->report->arena, list, service->versions[i].name) : list;
        }
    finding = found(checker, HD_UNKNOWN_VERSION, where, "%s has no version \"%.63s\"", service_called(service), name);
    if (list)
        hint_nearest(finding, suggestion.nearest, "the versions are: %s", list);
    else
        hint(finding, "write versions: {%.63s: ...} there, or remove version", name);
}

/* The versions that calls and ways in name. */
static void check_chosen_by_name(struct checker *checker, const struct hd_service *service)
{
    for (size_t i = 0; i < service->n_expose; i++)
        check_named(checker, service, service->expose[i].version, AT(&service->expose[i], version));
    for (size_t i = 0; i < service->n_calls; i++) {
        const struct hd_call *call = &service->calls[i];
        struct callee callee = graph_callee(checker->model, call->version ? text_or(call->to, "") : "");

        if (callee.service)
            check_named(checker, callee.service, call->version, AT(call, version));
        else if (callee.external)
            hint(found(checker, HD_UNKNOWN_VERSION, AT(call, version), "%s is an external, which has no versions", call->to), "remove version");
    }
}

/* A proxy of each caller chooses the version, or a waypoint; without a mesh the application's gateway does. */
static void check_chosen(struct checker *checker, const struct hd_service *service)
{
    const struct hd_app *app = checker->app;
    struct where where = AT(service, versions);
    bool by_gateway = !mesh_is_on(app) && checker->model->own_gateway;
    struct finding *finding;

    if ((!mesh_is_on(app) && !by_gateway) || !chooses_version(service))
        return;
    if (by_gateway ? !service->n_expose : !service_in_mesh(app, service)) {
        finding = found(checker, HD_DELIVERY_NEEDS_MESH, where, "weights and matches of versions need a mesh, which this service is not in");
        hint(finding, "remove them: requests then spread over the pods of all versions; or %s",
             by_gateway ? "expose it, because the gateway heeds them too" : "remove mesh: off");
    } else if (!can_be_weighed(service)) {
        hint(found(checker, HD_DELIVERY_WITHOUT_PORT, where,
                   "requests cannot choose a version, because the service has no port whose requests a proxy sees"),
             "remove the weights, or write a port that is neither UDP nor encrypted");
    } else if (app->mesh.mode == HD_MESH_AMBIENT && !uses_waypoint(checker->model, service)) {
        finding = found(checker, HD_DELIVERY_NEEDS_MESH, where, "weights and matches of versions need a waypoint");
        also_at(finding, AT(&service->service, headless), "calls to a headless service do not pass a waypoint");
        hint(finding, "remove headless, or the weights and matches");
    }
}

void check_versions_chosen(struct checker *checker, const struct hd_service *service)
{
    check_chosen_by_name(checker, service);
    if (!service->n_versions || service->workload != HD_WORKLOAD_DEPLOYMENT)
        return;
    check_no_delivery(checker, service);
    check_weights(checker, service);
    for (size_t i = 0; i < service->n_versions; i++)
        for (size_t k = 0; k < service->versions[i].n_match; k++)
            check_match(checker, service, &service->versions[i].match[k]);
    check_chosen(checker, service);
}
