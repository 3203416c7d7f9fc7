/* The container of each version of a service: that of the service, with what the version changes. */
#include "core/memory/names.h"
#include "core/tables/field.h"
#include "core/tables/layer.h"
#include "core/text/among.h"
#include "model/tables.h"
#include "model/version.h"
#include "parts.h"
#include "pod_checks.h"

#include <string.h>

/* Parts left out are those of the service's image; where that is whole, a tag or digest takes the place of its own. */
static void resolve_image_of(struct hd_model *model, const struct hd_service *service, struct hd_image *image)
{
    const struct hd_image *base = &service->container.image;

    if (!struct_is_set(&hd_image_struct, image) || image->reference)
        return;
    if (base->repository || image->registry || image->repository || !base->reference) {
        image->registry = image->registry ? image->registry : base->registry;
        image->repository = image->repository ? image->repository : base->repository;
        resolve_image(model, image, NULL, service->name);
        return;
    }
    image->reference = arena_printf(&model->arena, "%.*s%s%s%s%s", image_stem(base->reference), base->reference, image->tag ? ":" : "",
                                    text_or(image->tag, ""), image->digest ? "@" : "", text_or(image->digest, ""));
    image->tag = image->digest = NULL;
}

/* The service's variables in their places, and then those that only the version has. */
static void resolve_env_of(struct hd_model *model, const struct hd_service *service, struct hd_version *version)
{
    const struct hd_container *base = &service->container;
    struct hd_container own = {0};
    struct hd_env *env;
    struct names names;

    if (!version->n_env)
        return;
    env = arena_array(&model->arena, base->n_env + version->n_env, sizeof *env);
    names_init(&model->arena, &names, version->n_env);
    for (size_t i = 0; i < version->n_env; i++)
        if (version->env[i].name)
            names_set(&names, version->env[i].name, &version->env[i]);
    for (size_t i = 0; i < base->n_env; i++)
        if (!base->env[i].name || !names_find(&names, base->env[i].name))
            env[own.n_env++] = base->env[i];
    memcpy(&env[own.n_env], version->env, version->n_env * sizeof *env);
    own.env = env;
    own.n_env += version->n_env;
    resolve_env_order(model, &own);
    version->env = own.env;
    version->n_env = own.n_env;
}

void resolve_versions(struct hd_model *model, struct hd_service *service)
{
    struct hd_version *versions;

    if (!service->n_versions)
        return;
    versions = arena_copy(&model->arena, service->versions, service->n_versions * sizeof *versions);
    for (size_t i = 0; i < service->n_versions; i++) {
        resolve_image_of(model, service, &versions[i].image);
        resolve_env_of(model, service, &versions[i]);
        if (struct_is_set(&hd_resources_struct, &versions[i].resources))
            layer_fill(&model->arena, &hd_resources_struct, &versions[i].resources, &service->container.resources, 0);
    }
    service->versions = versions;
}

static void check_image_of(struct checker *checker, const struct hd_version *version)
{
    if (version->image_tag && !strcmp(version->image_tag, "latest"))
        tell_latest(checker, AT(version, image_tag));
    check_image_reference(checker, &version->image);
}

void check_versions(struct checker *checker, const struct hd_service *service)
{
    for (size_t i = 0; i < service->n_versions; i++) {
        const struct hd_version *version = &service->versions[i];
        struct hd_container container = service->container;

        check_image_of(checker, version);
        if (struct_is_set(&hd_resources_struct, &version->resources)) {
            container.resources = version->resources;
            check_amounts(checker, &container);
        }
        if (version->n_env) {
            container.env = version->env;
            container.n_env = version->n_env;
            check_container_env(checker, service, &container);
        }
    }
}
