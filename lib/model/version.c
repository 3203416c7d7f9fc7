#include "version.h"

#include "core/tables/field.h"
#include "core/text/format.h"
#include "delivery.h"
#include "mesh.h"
#include "port.h"

#include <string.h>

/* What a cookie may hold. (RFC 6265: cookie-octet) */
static bool is_cookie_value(const char *text)
{
    for (; *text; text++)
        if (*text <= ' ' || *text > '~' || strchr("\",;\\", *text))
            return false;
    return true;
}

static const struct hd_format_rule format_cookie_value = {
    "a cookie's value: no blanks, quotes, commas, semicolons or backslashes", "^[!#-+\\--:<-\\[\\]-~]*$", MOST_COOKIE, is_cookie_value};

#define T hd_cookie_match
static const struct hd_field cookie_match_fields[] = {
    STR("name", name, .required = true, .format = &format_http_header),
    STR("exact", exact, .format = &format_cookie_value),
};
const struct hd_struct hd_cookie_match_struct = STRUCT(cookie_match_fields, .scalar = "name");
#undef T

#define T hd_version_match
static const struct hd_field version_match_fields[] = {
    LIST("headers", headers, hd_header_match),
    OBJ("cookie", cookie, hd_cookie_match),
    STR("user", user, .format = &format_line),
};
const struct hd_struct hd_version_match_struct = STRUCT(version_match_fields, .scalar = "user");
#undef T

#define T hd_version
static const struct hd_field version_fields[] = {
    STR("name", name, .required = true, .format = &format_dns_label),
    OBJ("image", image, hd_image, .choice = 1),
    STR("imageTag", image_tag, .choice = 1, .format = &format_tag),
    OPT("replicas", replicas, .max = 2147483647),
    LIST("env", env, hd_env),
    OBJ("resources", resources, hd_resources),
    OPT("weight", weight, .max = 100, .mesh = BY_GATEWAY),
    LIST("match", match, hd_version_match, .mesh = BY_GATEWAY),
};
const struct hd_struct hd_version_struct = STRUCT(version_fields, .scalar = "imageTag", .keyed_by = "name", .may_be_empty = true);
#undef T

int image_stem(const char *reference)
{
    const char *slash = strrchr(reference, '/'), *name = slash ? slash : reference;

    return (int)(name - reference) + (int)strcspn(name, ":@");
}

size_t n_versions(const struct hd_service *service)
{
    if (service->n_versions)
        return service->n_versions;
    return is_delivered_by(service, HD_EXECUTOR_PLAIN) ? canary_replicas(service) ? 2 : 1 : 0;
}

bool has_subsets(const struct hd_service *service)
{
    return service->n_versions || canary_replicas(service);
}

bool has_weights(const struct hd_service *service)
{
    for (size_t i = 0; i < service->n_versions; i++)
        if (service->versions[i].weight.set)
            return true;
    return !service->n_versions && canary_replicas(service);
}

bool chooses_version(const struct hd_service *service)
{
    for (size_t i = 0; i < service->n_versions; i++)
        if (service->versions[i].n_match)
            return true;
    return has_weights(service);
}

bool has_version_services(const struct hd_model *model, const struct hd_service *service)
{
    return service->n_versions && service_n_ports(service) && app_routes_by(model->app, HD_ROUTING_GATEWAY) &&
           (service_in_mesh(model->app, service) || service->n_expose);
}

/* Those above MOST_TERMS are refused. */
static size_t n_terms(const struct hd_version_match *match)
{
    size_t n = match->n_headers + (match->cookie.name != NULL) + (match->user != NULL);

    return n < MOST_TERMS ? n : MOST_TERMS;
}

static bool find_match(const struct hd_service *service, struct choice *choice)
{
    for (; choice->next_version < service->n_versions; choice->next_version++, choice->next_match = 0) {
        const struct hd_version *version = &service->versions[choice->next_version];

        while (choice->next_match < version->n_match) {
            choice->match = &version->match[choice->next_match++];
            choice->version = version;
            if (n_terms(choice->match) == MOST_TERMS - choice->fewer)
                return true;
        }
    }
    return false;
}

bool next_choice(const struct hd_service *service, struct choice *choice)
{
    for (; service && service->n_versions && choice->fewer <= MOST_TERMS; choice->fewer++, choice->next_version = choice->next_match = 0)
        if (find_match(service, choice))
            return true;
    choice->match = NULL;
    choice->version = NULL;
    return !choice->is_rest++;
}

bool next_route_choice(const struct route *route, struct choice *choice)
{
    const struct hd_exposure *exposure = route->exposure;
    bool chooses = exposure_forwards(exposure) && !exposure->n_destinations && !exposure->version && !route->is_preview;

    return next_choice(chooses ? route->service : NULL, choice);
}

size_t n_route_choices(const struct route *route)
{
    struct choice choice = {0};
    size_t n = 0;

    while (next_route_choice(route, &choice))
        n++;
    return n;
}

const struct hd_version *version_named(const struct hd_service *service, const char *name)
{
    for (size_t i = 0; name && i < service->n_versions; i++)
        if (service->versions[i].name && !strcmp(service->versions[i].name, name))
            return &service->versions[i];
    return NULL;
}

static void add_label(struct version *version, const char *name, const char *value)
{
    version->labels[version->n_labels++] = (struct hd_pair){.name = name, .value = value};
}

static struct version version_of_model(const struct hd_version *given)
{
    struct version version = {.name = given->name,
                              .suffix = given->name,
                              .given = given,
                              .tag = given->image_tag ? given->image_tag : given->image.tag,
                              .replicas = given->replicas,
                              .weight = given->weight};

    add_label(&version, LABEL_VERSION, given->name);
    return version;
}

static struct version version_of_canary(const struct hd_service *service, bool is_new)
{
    const struct hd_canary *canary = &service->delivery.canary;
    int64_t weight = is_new ? canary->weight.value : 100 - canary->weight.value;
    struct version version = {.name = is_new ? CANARY : STABLE, .weight = {.value = weight, .set = true}};

    add_label(&version, LABEL_TRACK, version.name);
    if (is_new) {
        version.suffix = CANARY;
        version.tag = canary->image_tag;
        version.replicas = (struct hd_opt_int){.value = canary_replicas(service), .set = true};
    }
    return version;
}

struct version version_at(const struct hd_service *service, size_t index)
{
    struct version version = service->n_versions ? version_of_model(&service->versions[index]) : version_of_canary(service, index > 0);

    if (version.tag && format_is_valid(&format_label_value, version.tag))
        add_label(&version, "app.kubernetes.io/version", version.tag);
    return version;
}

const struct version *plan_version(struct hd_model *model, const struct hd_service *service, size_t index)
{
    const char *reference = service->container.image.reference;
    struct version *version = arena_new(&model->arena, struct version);

    *version = version_at(service, index);
    version->image = reference;
    if (version->given && version->given->image.reference)
        version->image = version->given->image.reference;
    else if (version->tag && reference)
        version->image = arena_printf(&model->arena, "%.*s:%s", image_stem(reference), reference, version->tag);
    return version;
}
