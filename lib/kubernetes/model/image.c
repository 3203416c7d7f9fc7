/* The image of a container. */
#include "core/tables/check_fields.h"
#include "core/tables/field.h"
#include "core/text/among.h"
#include "model/tables.h"
#include "parts.h"
#include "pod_checks.h"

#include <string.h>

WORDS(hd_pull_policy, {"Always", HD_PULL_ALWAYS}, {"IfNotPresent", HD_PULL_IF_NOT_PRESENT}, {"Never", HD_PULL_NEVER});

#define T hd_image
static const struct hd_field image_fields[] = {
    STR("reference", reference, .ours = true, .alone = true, .format = &format_image),
    STR("registry", registry, .ours = true, .format = &format_registry),
    STR("repository", repository, .ours = true, .format = &format_repository),
    STR("tag", tag, .ours = true, .format = &format_tag),
    STR("digest", digest, .ours = true, .format = &format_digest),
};
const struct hd_struct hd_image_struct = STRUCT(image_fields, .scalar = "reference");
#undef T

/* After this the reference says all. */
void resolve_image(struct hd_model *model, struct hd_image *image, const struct hd_image *base, const char *service_name)
{
    const struct hd_app *app = model->app;
    const char *tag = image->tag;

    if (image->reference)
        return;
    if (base && !struct_is_set(&hd_image_struct, image)) {
        image->reference = base->reference;
        image->tag = base->tag;
        return;
    }
    if (!image->registry)
        image->registry = app->image_registry;
    if (!image->repository)
        image->repository = service_name;
    if (!tag && !image->digest)
        image->tag = tag = app->image_tag;
    if (!image->repository)
        return;
    image->reference = arena_printf(&model->arena, "%s%s%s%s%s%s%s", text_or(image->registry, ""), image->registry ? "/" : "",
                                    image->repository, tag ? ":" : "", text_or(tag, ""), image->digest ? "@" : "",
                                    text_or(image->digest, ""));
}

/* The tag of a reference, or NULL; a colon before the last slash begins a registry's port. */
static const char *tag_of(const char *reference)
{
    const char *slash = strrchr(reference, '/'), *colon = strchr(slash ? slash : reference, ':');

    return colon ? colon + 1 : NULL;
}

static void report_no_tag(struct checker *checker, const struct hd_image *image)
{
    const char *reference = image->reference, *colon = strchr(reference, ':');
    struct finding *finding = found(checker, HD_NO_TAG, AT(image, reference),
                                    "the image %s has no tag, so pods run the tag latest, which changes with every push", reference);

    if (colon)
        hint(finding, "%.*s is the registry's port; add a tag at the end, such as %s:1.4.2", (int)strcspn(colon, "/"), colon, reference);
    else if (image->repository)
        hint(finding, "give image.tag, or an imageTag for the whole application");
    else
        hint(finding, "add a tag, such as %s:1.4.2, or a digest", reference);
}

void tell_latest(struct checker *checker, struct where where)
{
    hint(found(checker, HD_LATEST_TAG, where, "the tag latest means another image after every push"),
         "name a version, such as \"1.4.2\", or a digest");
}

void check_image_reference(struct checker *checker, const struct hd_image *image)
{
    const char *tag;

    /* The application's tag is judged once, where it stands. */
    if (!image->reference || !format_is_valid(&format_image, image->reference) || strchr(image->reference, '@') ||
        (image->tag && image->tag == checker->app->image_tag))
        return;
    tag = tag_of(image->reference);
    if (!tag && image->repository && field_was_refused(&hd_app_struct, field_of(&hd_app_struct, "imageTag"), checker->app))
        return;
    if (!tag)
        report_no_tag(checker, image);
    else if (!strcmp(tag, "latest"))
        tell_latest(checker, image->tag ? AT(image, tag) : AT(image, reference));
}

void check_image_tag(struct checker *checker)
{
    const char *tag = checker->app->image_tag;

    if (tag && !strcmp(tag, "latest"))
        hint(found(checker, HD_LATEST_TAG, AT(checker->app, image_tag), "the tag latest means another image after every push"),
             "name a version, such as \"1.4.2\"; a pipeline can set it: --set imageTag=1.4.2");
}

void check_image(struct checker *checker, const struct container_in *in)
{
    /* A container without an image of its own runs the service's. */
    if (in->role == CONTAINER_MAIN || in->container->image.reference != in->service->container.image.reference)
        check_image_reference(checker, &in->container->image);
    if (in->container->image_pull_policy == HD_PULL_NEVER)
        hint(found(checker, HD_NEVER_PULLED, AT(in->container, image_pull_policy),
                   "the image of %s is never pulled, so its pods start only on nodes that have the image already", in->name),
             "write imagePullPolicy: IfNotPresent");
}
