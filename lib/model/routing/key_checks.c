/* Rules for where the keys of tokens come from, and for where what a token says goes. */
#include "core/text/address.h"
#include "core/text/among.h"
#include "core/text/word_list.h"
#include "core/tables/field.h"
#include "model/mesh.h"
#include "model/route.h"
#include "model/tables.h"
#include "parts.h"

#include <string.h>

/* The address that istiod asks: that of the keys, or the issuer's own, below which it looks for them. */
struct key_source {
    const char *url, *path;
    struct address address;
    struct where where;
};

static bool read_source(const struct hd_jwt_issuer *issuer, struct key_source *source)
{
    const char *url = issuer->jwks_uri ? issuer->jwks_uri : issuer->issuer, *host = url ? strstr(url, "://") : NULL;
    struct address_reader reader = {.begin = url, .next = url};

    *source = (struct key_source){.url = url, .where = issuer->jwks_uri ? AT(issuer, jwks_uri) : AT(issuer, issuer)};
    if (!host || !address_next(&reader, &source->address))
        return false;
    source->path = host + 3 + strcspn(host + 3, "/");
    return true;
}

/* The service of this application that the host names: auth, auth.shop, auth.shop.svc.cluster.local; NULL when it is none. */
static const struct hd_service *service_here(const struct checker *checker, const char *host)
{
    const char *dot = strchr(host, '.'), *space = checker->app->namespace_name;
    size_t length = space ? strlen(space) : 0, n_name = dot ? (size_t)(dot - host) : strlen(host);
    char name[64];

    if (n_name >= sizeof name || (dot && (!length || strncmp(dot + 1, space, length) || (dot[1 + length] && strncmp(dot + 1 + length, ".svc", 4)))))
        return NULL;
    memcpy(name, host, n_name);
    name[n_name] = '\0';
    return graph_callee(checker->model, name).service;
}

/*
 * Keys of a Service are fetched within the cluster, where istiod, which is in no mesh, has no TLS to begin: auth, auth.login.svc, and
 * auth.login:8000, because domains of two labels have web addresses, which nobody writes with a port. Whoever can change packets there
 * can change pods as well. Any other host is reached over networks of others.
 */
static bool is_in_cluster(const struct address *address)
{
    const char *dot = strchr(address->host, '.');

    return !dot || strstr(dot, ".svc") || (address->port && !strchr(dot + 1, '.'));
}

static void check_plain_keys(struct checker *checker, const struct key_source *source)
{
    if (strcmp(source->address.scheme, "http") || is_in_cluster(&source->address))
        return;
    hint(found(checker, HD_KEYS_IN_CLEAR, source->where,
               "the keys are fetched without TLS, so whoever is on the way can put in their own and sign tokens"),
         "write https://%s", strstr(source->url, "://") + 3);
}

/* istiod fetches the keys; it is no caller that the policies let in. */
static void check_keys_of_service(struct checker *checker, const struct key_source *source)
{
    const struct hd_service *service = service_here(checker, source->address.host);
    struct finding *finding;

    if (!service)
        return;
    finding = found(checker, HD_KEYS_GUARDED, source->where,
                    "istiod fetches the keys from %s, but the policies of %s let in its callers alone", service->name, service->name);
    also_at(finding, AT(service, name), "the service");
    hint(finding, "expose %s, and write the public address of the keys; or use an issuer outside of the application", service->name);
}

static bool is_public(const struct hd_jwt *jwt, const char *path)
{
    for (size_t i = 0; i < jwt->n_public_paths; i++) {
        size_t length = strlen(jwt->public_paths[i]);

        if (!strncmp(path, jwt->public_paths[i], length) && (!path[length] || path[length] == '/'))
            return true;
    }
    return false;
}

static void check_keys_behind_token(struct checker *checker, const struct hd_jwt_issuer *issuer, const struct key_source *source)
{
    const char *path = *source->path ? source->path : "/";
    const struct hd_exposure *exposure;
    const struct route *route;
    struct finding *finding;

    if (!issuer->jwks_uri)
        path = arena_printf(&checker->report->arena, "%s/.well-known/openid-configuration", strcmp(path, "/") ? path : "");
    route = request_taken_by(&checker->model->routes, &(struct request){source->address.host, path});
    exposure = route ? route->exposure : NULL;
    if (!exposure || !struct_is_set(&hd_jwt_struct, &exposure->jwt) || is_public(&exposure->jwt, path))
        return;
    finding = found(checker, HD_KEYS_GUARDED, source->where, "istiod fetches the keys without a token, but %.100s requires one", path);
    also_at(finding, AT(exposure, jwt), "the token is required here");
    hint(finding, "add the path to publicPaths: jwt: {publicPaths: [%.100s]}", path);
}

/* Headers that the request has already, and that the payload would take the place of. */
static void check_payload(struct checker *checker, const struct hd_jwt_issuer *issuer)
{
    static const char taken[] = " authorization host cookie content-type content-length connection accept user-agent transfer-encoding upgrade origin forwarded ";
    const char *header = issuer->output_payload_to_header;

    if (header && word_list_has(taken, header, strlen(header)))
        hint(found(checker, HD_PAYLOAD_HEADER, AT(issuer, output_payload_to_header),
                   "the payload of the token takes the place of the header %s, which the request has already", header),
             "write a header of your own, such as x-jwt-payload; forwardOriginalToken keeps the token in %s", "Authorization");
}

/* Without jwksUri istiod looks for the keys below the issuer, which must be an address then. */
static void check_issuer_is_address(struct checker *checker, const struct hd_jwt_issuer *issuer)
{
    const char *end = issuer->jwks_uri ? strstr(issuer->jwks_uri, "/.well-known/openid-configuration") : NULL;

    if (end)
        hint(found(checker, HD_ISSUER_NOT_URL, AT(issuer, jwks_uri), "jwksUri names the document of discovery, which has no keys, so every token is "
                                                                     "refused"),
             "write the jwks_uri that this document names, or remove jwksUri: istiod then reads the document itself");
    if (issuer->issuer && !issuer->jwks_uri && !strstr(issuer->issuer, "://"))
        hint(found(checker, HD_ISSUER_NOT_URL, AT(issuer, issuer),
                   "istiod cannot look for keys at %.80s, which is no URL, so every token is refused", issuer->issuer),
             "write the iss claim as it is, such as https://id.example.com; or name the keys: jwksUri: https://id.example.com/keys");
}

void check_token_keys(struct checker *checker)
{
    for (size_t i = 0; i < checker->app->mesh.n_jwt_issuers; i++) {
        const struct hd_jwt_issuer *issuer = &checker->app->mesh.jwt_issuers[i];
        struct key_source source;

        check_payload(checker, issuer);
        check_issuer_is_address(checker, issuer);
        if (!read_source(issuer, &source))
            continue;
        check_plain_keys(checker, &source);
        check_keys_of_service(checker, &source);
        check_keys_behind_token(checker, issuer, &source);
    }
}
