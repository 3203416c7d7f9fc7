#include "side.h"

#include "cluster/cluster.h"
#include "compare.h"
#include "core/reading/simple.h"
#include "model/labels.h"
#include "model/model.h"
#include "patch/patch.h"

#include <string.h>

static const char *text_at(const struct node *node, const char *key)
{
    const struct node *value = node_at(node, key);

    return value && value->kind == NODE_SCALAR && value->length ? value->text : NULL;
}

/* Of kinds that are unknown, nobody can say whether a manifest without a namespace means the namespace `default` or has none. */
static const char *key_in(struct arena *arena, const struct hd_manifest *manifest, const char *namespace_name)
{
    const char *space = namespace_name && strcmp(namespace_name, "default") != 0 ? namespace_name : "";

    return arena_printf(arena, "%s/%s/%s/%s", manifest->group, manifest->kind, space, manifest->name);
}

static const char *key_of(struct arena *arena, const struct hd_manifest *manifest)
{
    return key_in(arena, manifest, manifest->namespace_name);
}

static const char *kind_of(struct arena *arena, const struct hd_manifest *manifest)
{
    return arena_printf(arena, "%s/%s", manifest->group, manifest->kind);
}

/* Objects that controllers make, such as the ReplicaSets of a Deployment, and those that no server has. */
static bool is_left_out(const struct hd_cluster_object *object, const struct node *content)
{
    return !*object->name || node_at(node_at(content, "metadata"), "ownerReferences") || !strcmp(object->group, "kustomize.config.k8s.io");
}

/* The namespace into which a manifest without one is meant to be applied: that of the other side, when that has such an object there. */
static const char *namespace_of(const struct side *other, struct arena *arena, const struct hd_manifest *manifest, const struct node *content)
{
    const char *home = other->model ? other->model->app->namespace_name : NULL;

    if (!home || text_at(node_at(content, "metadata"), "namespace"))
        return manifest->namespace_name;
    return names_find(&other->objects, key_in(arena, manifest, home)) ? home : NULL;
}

static bool is_from_server(const struct node *content)
{
    const struct node *metadata = node_at(content, "metadata");

    return node_at(metadata, "uid") || node_at(metadata, "resourceVersion");
}

/* Of several manifests of one object the last one counts, as when they are applied one after the other. */
static void add_manifest(struct side *side, struct arena *arena, struct hd_manifest *room, const struct hd_manifest *manifest, size_t object)
{
    const struct hd_manifest *known = names_add(&side->objects, key_of(arena, manifest), &room[side->n_manifests]);
    size_t index = known ? (size_t)(known - room) : side->n_manifests++;

    room[index] = *manifest;
    side->contents[index] = side->cluster->contents[object];
    side->places[index] = &side->cluster->objects[object]->place;
    side->is_dump |= is_from_server(side->contents[index]);
}

static void take_cluster(struct side *side, const struct side *other, struct arena *arena)
{
    const struct hd_cluster *cluster = side->cluster;
    struct hd_manifest *room = arena_array(arena, cluster->n_objects + 1, sizeof *room);

    side->manifests = room;
    side->contents = arena_array(arena, cluster->n_objects + 1, sizeof *side->contents);
    side->places = arena_array(arena, cluster->n_objects + 1, sizeof *side->places);
    for (size_t i = 0; i < cluster->n_objects; i++) {
        const struct hd_cluster_object *object = cluster->objects[i];
        struct hd_manifest manifest = {.group = object->group,
                                       .version = object->version,
                                       .kind = object->kind,
                                       .namespace_name = object->namespace_name,
                                       .name = object->name};

        if (is_left_out(object, cluster->contents[i]))
            continue;
        manifest.namespace_name = namespace_of(other, arena, &manifest, cluster->contents[i]);
        add_manifest(side, arena, room, &manifest, i);
    }
}

/* The application for which this library wrote the manifest; NULL for manifests of others. */
static const char *app_of(const struct node *content)
{
    const struct node *labels = node_at(node_at(content, "metadata"), "labels");
    const char *manager = text_at(labels, LABEL_MANAGED_BY);

    return manager && !strcmp(manager, MANAGER) ? text_at(labels, LABEL_PART_OF) : NULL;
}

static void take_model(struct side *side, struct arena *arena)
{
    const struct hd_model *model = side->model;

    side->app = model->app->name;
    side->manifests = model->manifests;
    side->n_manifests = model->n_manifests;
    for (size_t i = 0; i < model->n_manifests; i++)
        names_add(&side->objects, key_of(arena, &model->manifests[i]), &model->manifests[i]);
    names_init(arena, &side->files, model->n_files);
    for (size_t i = 0; i < model->n_files; i++)
        names_add(&side->files, model->files[i].path, model);
}

void side_begin(struct side *side, const struct side *other, struct arena *arena)
{
    names_init(arena, &side->objects, side->model ? side->model->n_manifests : side->cluster->n_objects);
    if (side->model) {
        take_model(side, arena);
        return;
    }
    take_cluster(side, other, arena);
    names_init(arena, &side->kinds, 64);
    for (size_t i = 0; i < side->n_manifests; i++) {
        names_add(&side->kinds, kind_of(arena, &side->manifests[i]), &side->manifests[i]);
        if (!side->app)
            side->app = app_of(side->contents[i]);
    }
}

const struct hd_manifest *side_same(const struct side *side, struct arena *arena, const struct hd_manifest *manifest)
{
    return names_find(&side->objects, key_of(arena, manifest));
}

struct arena_text side_text(struct side *side, const struct hd_manifest *manifest)
{
    side->text = (struct arena_text){.arena = side->text.arena};
    patched_emit(&side->y, side->model, (size_t)(manifest - side->manifests));
    writer_flush(&side->y);
    return side->text;
}

const struct node *side_read(const struct side *side)
{
    struct arena *arena = side->text.arena;

    return simple_read((struct tree_memory){arena, arena}, NULL, 0, side->text.bytes, side->text.length);
}

const struct node *side_tree(struct side *side, const struct hd_manifest *manifest)
{
    if (!side->model)
        return side->contents[manifest - side->manifests];
    side_text(side, manifest);
    return side_read(side);
}

const struct hd_cluster_place *side_place(const struct side *side, const struct hd_manifest *manifest)
{
    return side->model ? NULL : side->places[manifest - side->manifests];
}

/* Whether the model writes a file of this path, below some folder, that is no manifest. */
static bool is_part(const struct side *side, const char *path)
{
    while ((path = strchr(path, '/')))
        if (names_find(&side->files, ++path))
            return true;
    return false;
}

enum claim side_claim(const struct side *side, const struct side *other, const struct hd_manifest *manifest)
{
    const char *app;

    if (side->is_dump && !other->is_dump) {
        app = app_of(side->contents[manifest - side->manifests]);
        return app && other->app && !strcmp(app, other->app) ? IS_DIFFERENCE : IS_OF_OTHERS;
    }
    if (other->is_dump && !names_find(&other->kinds, kind_of(side->text.arena, manifest)))
        return IS_NOT_DUMPED;
    return !side->model && other->model && is_part(other, side_place(side, manifest)->file) ? IS_IN_PART : IS_DIFFERENCE;
}

bool side_has_app(const struct side *side, const char *app)
{
    bool has_app = side->model && !strcmp(side->model->app->name, app);

    for (size_t i = 0; !has_app && !side->model && i < side->n_manifests; i++) {
        const char *found = app_of(side->contents[i]);

        has_app = found && !strcmp(found, app);
    }
    return has_app;
}
