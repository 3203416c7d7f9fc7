/* Rules for tokens. */
#include "core/tables/field.h"
#include "core/text/among.h"
#include "model/mesh.h"
#include "model/port.h"
#include "model/route.h"
#include "model/tables.h"
#include "token.h"

#include <string.h>

static void check_issuer(struct checker *checker, const struct hd_exposure *exposure)
{
    const struct hd_mesh *mesh = &checker->app->mesh;
    const struct hd_jwt *jwt = &exposure->jwt;
    struct finding *finding;

    if (jwt->issuer && !jwt_issuer(checker->app, jwt->issuer)) {
        finding = found(checker, HD_JWT_ISSUER_UNKNOWN, AT(jwt, issuer), "mesh.jwtIssuers has no issuer \"%.63s\"", jwt->issuer);
        if (mesh->n_jwt_issuers && mesh->jwt_issuers[0].name)
            hint(finding, "use an issuer of mesh.jwtIssuers, such as %.63s", mesh->jwt_issuers[0].name);
        else
            hint(finding, "declare it: mesh: {jwtIssuers: {%.63s: {issuer: https://id.example.com}}}", jwt->issuer);
    }
    if (jwt->issuer)
        return;
    finding = found(checker, HD_JWT_WITHOUT_ISSUER, AT(exposure, jwt), "%s, but no issuer is named",
                    jwt->n_claims ? "jwt requires claims of a token" : "jwt requires a token");
    if (mesh->n_jwt_issuers > 1) {
        also_at(finding, AT(mesh, jwt_issuers), "there are several issuers");
        hint(finding, "name one of them: issuer: %.63s", text_or(mesh->jwt_issuers[0].name, ""));
    } else {
        hint(finding, "declare the issuer: mesh: {jwtIssuers: {main: {issuer: https://id.example.com}}}");
    }
}

/* A policy knows methods and paths of a request. */
static void check_by_path(struct checker *checker, const struct hd_exposure *exposure)
{
    struct finding *finding;
    struct where where;

    if (exposure->n_headers)
        where = AT(exposure, headers);
    else if (exposure->n_query_params)
        where = AT(exposure, query_params);
    else if (exposure->path_type == HD_PATH_REGULAR_EXPRESSION)
        where = AT(exposure, path_type);
    else
        return;
    finding = found(checker, HD_JWT_NOT_BY_PATH, where,
                    "jwt cannot depend on this, because Istio decides by path and method which requests need a token");
    also_at(finding, AT(exposure, jwt), "jwt requires a token here");
    hint(finding, "give the requests that need a token their own path");
}

/* The path as the service sees it, without the / behind it. */
static const char *seen(const struct hd_exposure *exposure, size_t *ret_length)
{
    const char *path = exposure->rewrite.uri ? exposure->rewrite.uri : exposure->path;

    *ret_length = strlen(path);
    if (*ret_length && path[*ret_length - 1] == '/')
        --*ret_length;
    return path;
}

/* Whether the service may see the same path of both. */
static bool seen_alike(const struct hd_exposure *a, const struct hd_exposure *b)
{
    size_t n_a, n_b, n;
    const char *one = seen(a, &n_a), *other = seen(b, &n_b);
    const struct hd_exposure *shorter = n_a < n_b ? a : b;

    n = n_a < n_b ? n_a : n_b;
    if (strncmp(one, other, n) || (shorter->path_type == HD_PATH_EXACT && n_a != n_b))
        return false;
    return n_a == n_b || (n_a < n_b ? other : one)[n] == '/';
}

static bool same_texts(const char *const *a, size_t n_a, const char *const *b, size_t n_b)
{
    for (size_t i = 0; n_a == n_b && i < n_a; i++)
        if (!same_text(a[i], b[i]))
            return false;
    return n_a == n_b;
}

/* Whether both want the same of a request. */
static bool same_demand(const struct hd_jwt *a, const struct hd_jwt *b)
{
    if (!same_text(a->issuer, b->issuer) || a->n_claims != b->n_claims ||
        !same_texts(a->public_paths, a->n_public_paths, b->public_paths, b->n_public_paths))
        return false;
    for (size_t i = 0; i < a->n_claims; i++)
        if (!same_text(a->claims[i].name, b->claims[i].name) ||
            !same_texts(a->claims[i].values, a->claims[i].n_values, b->claims[i].values, b->claims[i].n_values))
            return false;
    return true;
}

static bool same_hosts(const struct hd_exposure *a, const struct hd_exposure *b)
{
    for (size_t i = 0; exposure_n_hosts(a) == exposure_n_hosts(b) && i < exposure_n_hosts(a); i++)
        if (!same_text(exposure_host(a, i), exposure_host(b, i)))
            return false;
    return exposure_n_hosts(a) == exposure_n_hosts(b);
}

static bool same_stem(const struct hd_exposure *a, const struct hd_exposure *b)
{
    return prefix_length(a) == prefix_length(b) && !strncmp(a->path, b->path, prefix_length(a)) && same_text(a->rewrite.uri, b->rewrite.uri);
}

/* Whether `other` differs in jwt, and path and method do not tell its requests from those of `exposure`; gives the member to report. */
static bool blurs(const struct hd_exposure *other, const struct hd_exposure *exposure, struct where *ret_where)
{
    bool below = !strncmp(other->path, exposure->path, prefix_length(exposure));

    if (same_demand(&other->jwt, &exposure->jwt))
        return false;
    if (below && other->n_headers)
        *ret_where = AT(other, headers);
    else if (below && other->n_query_params)
        *ret_where = AT(other, query_params);
    else if (below && other->path_type == HD_PATH_REGULAR_EXPRESSION)
        *ret_where = AT(other, path_type);
    else if (!seen_alike(exposure, other))
        return false;
    else if ((other->rewrite.uri || exposure->rewrite.uri) && !same_stem(other, exposure) && !(below && other->n_methods))
        *ret_where = other->rewrite.uri ? AT(&other->rewrite, uri) : AT(&exposure->rewrite, uri);
    else if (!same_hosts(other, exposure))
        *ret_where = other->n_hosts ? AT(other, hosts) : AT(other, host);
    else
        return false;
    return true;
}

static void check_beside(struct checker *checker, const struct hd_service *service, const struct hd_exposure *exposure)
{
    const struct hd_port *port = service_port(service, exposure->port);

    for (size_t i = 0; i < service->n_expose; i++) {
        const struct hd_exposure *other = &service->expose[i];
        struct finding *finding;
        struct where where;

        if (other == exposure || !exposure_forwards(other) || service_port(service, other->port) != port ||
            !blurs(other, exposure, &where))
            continue;
        finding = found(checker, HD_JWT_NOT_BY_PATH, where,
                        "jwt cannot depend on this, because Istio decides by path and method which requests need a token");
        also_at(finding, AT(exposure, jwt), "jwt requires a token here");
        hint(finding, "write the same jwt for both exposures, or let the service see different paths");
        return;
    }
}

static void check_public_paths(struct checker *checker, const struct hd_exposure *exposure)
{
    size_t length = prefix_length(exposure);

    for (size_t i = 0; i < exposure->jwt.n_public_paths; i++) {
        const char *path = exposure->jwt.public_paths[i];
        bool inside = !strncmp(path, exposure->path, length) &&
                      (exposure->path_type == HD_PATH_EXACT ? !path[strlen(exposure->path)] : !path[length] || path[length] == '/');
        struct finding *finding;

        if (inside)
            continue;
        finding = found(checker, HD_PUBLIC_PATH_OUTSIDE, AT_ITEM(&exposure->jwt, public_paths, i),
                        "the public path %.200s is outside of this exposure's path", path);
        also_at(finding, AT(exposure, path), "the path of the exposure");
        hint(finding, "write a path below %.200s", exposure->path);
    }
}

void check_token(struct checker *checker, const struct hd_service *service, const struct hd_exposure *exposure)
{
    struct finding *finding;

    if (!struct_is_set(&hd_jwt_struct, &exposure->jwt) || !exposure_forwards(exposure))
        return;
    check_issuer(checker, exposure);
    check_by_path(checker, exposure);
    check_beside(checker, service, exposure);
    check_public_paths(checker, exposure);
    if (!service_in_mesh(checker->app, service)) {
        finding = found(checker, HD_JWT_OUTSIDE_MESH, AT(exposure, jwt), "jwt has no effect, because the service is not in the mesh");
        also_at(finding, AT(service, mesh), "the mesh's proxy would check the token");
        hint(finding, "let the service join the mesh, or remove jwt and let it check tokens itself");
    }
}
