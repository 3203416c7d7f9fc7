/* Which image a container runs. */
#include "../core/field.h"
#include "resolve.h"
#include "tables.h"

WORDS(hd_pull_policy, {"Always", HD_PULL_ALWAYS}, {"IfNotPresent", HD_PULL_IF_NOT_PRESENT}, {"Never", HD_PULL_NEVER});

#define T hd_image
static const struct hd_field image_fields[] = {
    STR("reference", reference, .ours = true, .format = &format_image),
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
    image->reference = arena_printf(&model->arena, "%s%s%s%s%s%s%s", image->registry ? image->registry : "", image->registry ? "/" : "",
                                    image->repository, tag ? ":" : "", tag ? tag : "", image->digest ? "@" : "",
                                    image->digest ? image->digest : "");
}
