#include "version.h"

#include "core/tables/field.h"
#include "core/text/format.h"
#include "delivery.h"

#include <string.h>

#define T hd_version
static const struct hd_field version_fields[] = {
    STR("name", name, .required = true, .format = &format_dns_label),
    OBJ("image", image, hd_image, .choice = 1),
    STR("imageTag", image_tag, .choice = 1, .format = &format_tag),
    OPT("replicas", replicas, .max = 2147483647),
    LIST("env", env, hd_env),
    OBJ("resources", resources, hd_resources),
    OPT("weight", weight, .max = 100, .mesh = IN_MESH),
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

bool chooses_version(const struct hd_service *service)
{
    for (size_t i = 0; i < service->n_versions; i++)
        if (service->versions[i].weight.set)
            return true;
    return !service->n_versions && canary_replicas(service);
}
