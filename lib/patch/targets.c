/* Which manifests a patch changes: `Kind`, `Kind/name`, and `Kind.group` where two groups have the kind. */
#include "core/text/among.h"
#include "patch.h"
#include "plan/plan.h"

#include <string.h>

/* Manifests by what a target may say of them; the first of each, and for each manifest the next one. */
struct index {
    struct arena *arena;
    struct names first;
    const struct hd_model *model;
    /* All of a kind, one by name, and both among those of one service. */
    uint32_t *next[4];
};

static const char *key_of(struct index *index, const struct hd_service *service, const char *kind, const char *name)
{
    return arena_printf(index->arena, "%s\n%s\n%s", service ? text_or(service->name, "") : "", kind, text_or(name, ""));
}

static void index_manifest(struct index *index, size_t i)
{
    const struct hd_manifest *manifest = &index->model->manifests[i];
    const struct hd_service *service = index->model->planned[i].service;

    for (int way = 0; way < (service && service->name ? 4 : 2); way++) {
        const char *key = key_of(index, way < 2 ? NULL : service, manifest->kind, way % 2 ? manifest->name : NULL);

        index->next[way][i] = (uint32_t)(uintptr_t)names_find(&index->first, key);
        names_set(&index->first, key, (const void *)(uintptr_t)(i + 1));
    }
}

static void add_use(struct index *index, struct patches *patches, struct patch_use *use, size_t i)
{
    const struct hd_manifest *manifest = &index->model->manifests[i];
    struct patched *patched = &patches->of[i];

    if (use->one && strcmp(use->one->group, manifest->group))
        use->other = manifest;
    use->one = use->one ? use->one : manifest;
    use->n_objects++;
    arena_grow(index->arena, patched->uses, patched->n_uses);
    patched->uses[patched->n_uses++] = use;
}

static void find_objects(struct index *index, struct patches *patches, struct patch_use *use)
{
    const char *target = text_or(use->patch->target, ""), *slash = strchr(target, '/');
    size_t n_kind = slash ? (size_t)(slash - target) : strlen(target), n_word = strcspn(target, "./");
    const char *kind = arena_strndup(index->arena, target, n_word);
    const char *group = n_word < n_kind ? arena_strndup(index->arena, target + n_word + 1, n_kind - n_word - 1) : NULL;
    int way = (use->service ? 2 : 0) + (slash != NULL);
    uint32_t next = (uint32_t)(uintptr_t)names_find(&index->first, key_of(index, use->service, kind, slash ? slash + 1 : NULL));

    for (; next; next = index->next[way][next - 1])
        if (!group || !strcmp(index->model->manifests[next - 1].group, group))
            add_use(index, patches, use, next - 1);
}

static size_t count_patches(const struct hd_app *app)
{
    size_t n = app->n_patches;

    for (size_t i = 0; i < app->n_services; i++)
        n += app->services[i].n_patches;
    return n;
}

static void take_patches(struct index *index, struct patches *patches, const struct hd_patch *list, size_t n, const struct hd_service *service)
{
    for (size_t i = 0; i < n; i++) {
        struct patch_use *use = &patches->uses[patches->n_uses++];

        *use = (struct patch_use){.patch = &list[i], .service = service};
        find_objects(index, patches, use);
    }
}

void patches_find(struct hd_model *model)
{
    const struct hd_app *app = model->app;
    size_t n = count_patches(app);
    struct index index = {.arena = &model->arena, .model = model};
    struct patches *patches;

    if (!n)
        return;
    patches = model->patches = arena_new(&model->arena, struct patches);
    patches->uses = arena_array(&model->arena, n, sizeof *patches->uses);
    patches->of = arena_array(&model->arena, model->n_manifests + 1, sizeof *patches->of);
    names_init(&model->arena, &index.first, 4 * model->n_manifests);
    for (int way = 0; way < 4; way++)
        index.next[way] = arena_array(&model->arena, model->n_manifests + 1, sizeof *index.next[way]);
    for (size_t i = model->n_manifests; i-- > 0;)
        index_manifest(&index, i);
    take_patches(&index, patches, app->patches, app->n_patches, NULL);
    for (size_t i = 0; i < app->n_services; i++)
        take_patches(&index, patches, app->services[i].patches, app->services[i].n_patches, &app->services[i]);
}
