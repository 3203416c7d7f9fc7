/* Compares the manifests of two models: finds the objects that differ, and the effect of each. */
#include "diff.h"

#include "compare.h"
#include "core/reading/json.h"
#include "core/reporting/refuse.h"
#include "core/writing/arena_sink.h"
#include "effects.h"
#include "model/model.h"
#include "patch/patch.h"
#include "plan/plan.h"

#include <stdlib.h>
#include <string.h>

/* One model, and the indexes of its objects by their keys. */
struct side {
    const struct hd_model *model;
    struct yaml_out y;
    struct arena_text text;
    struct names objects;
};

struct work {
    struct hd_diff *diff;
    struct side before, after;
    /* Memory for trees and keys, which the result does not need. */
    struct arena arena, tree;
};

static const char *key_of(struct arena *arena, const struct hd_manifest *manifest)
{
    return arena_printf(arena, "%s/%s/%s/%s", manifest->group, manifest->kind, manifest->namespace_name ? manifest->namespace_name : "",
                        manifest->name);
}

static void begin_writing(struct work *work, struct side *side, jmp_buf *out_of_memory)
{
    side->text.arena = &work->tree;
    writer_init(&side->y, HD_FORMAT_JSON, arena_sink, &side->text, out_of_memory);
}

static void begin_side(struct work *work, struct side *side)
{
    names_init(&work->arena, &side->objects, side->model->n_manifests);
    for (size_t i = 0; i < side->model->n_manifests; i++)
        names_add(&side->objects, key_of(&work->arena, &side->model->manifests[i]), &side->model->manifests[i]);
}

static const struct hd_manifest *same_object(struct work *work, const struct side *other, const struct hd_manifest *manifest)
{
    return names_find(&other->objects, key_of(&work->tree, manifest));
}

/* The object's text. It is valid until the memory of the tree is emptied. */
static struct arena_text text_of(struct side *side, const struct hd_manifest *manifest)
{
    side->text = (struct arena_text){.arena = side->text.arena};
    patched_emit(&side->y, side->model, (size_t)(manifest - side->model->manifests));
    writer_flush(&side->y);
    return side->text;
}

static const struct node *tree_of(struct work *work, struct arena_text text)
{
    return json_read((struct tree_memory){&work->tree, &work->tree}, NULL, 0, text.bytes, text.length);
}

static struct hd_object_change *add_object(struct work *work, const struct hd_manifest *manifest)
{
    struct hd_diff *diff = work->diff;
    struct hd_object_change *object;

    arena_grow(&diff->arena, diff->objects, diff->n_objects);
    object = &diff->objects[diff->n_objects++];
    *object = (struct hd_object_change){.group = manifest->group,
                                        .version = manifest->version,
                                        .kind = manifest->kind,
                                        .namespace_name = manifest->namespace_name,
                                        .name = manifest->name,
                                        .service = manifest->service};
    return object;
}

static void add_changed(struct work *work, const struct hd_manifest *manifest, struct arena_text old, struct arena_text new)
{
    struct hd_object_change *object = add_object(work, manifest);
    struct changed_object trees = {manifest->group, manifest->kind, tree_of(work, old), tree_of(work, new), work->after.model->kube_minor};
    struct field_changes fields = {0};

    compare_manifests(&work->diff->arena, &fields, trees.before, trees.after);
    object->fields = fields.items;
    object->n_fields = fields.n;
    for (size_t i = 0; i < fields.n; i++) {
        judge_field(&fields.items[i], &trees);
        if (fields.items[i].effect > object->effect) {
            object->effect = fields.items[i].effect;
            object->why = fields.items[i].why;
        }
    }
    if (object->effect == HD_EFFECT_RESTART)
        find_pace(work->diff, object);
}

static void compare_objects(struct work *work)
{
    const struct hd_model *after = work->after.model;

    for (size_t i = 0; i < after->n_manifests; i++) {
        const struct hd_manifest *manifest = &after->manifests[i], *was = same_object(work, &work->before, manifest);
        struct arena_text new = text_of(&work->after, manifest), old = was ? text_of(&work->before, was) : (struct arena_text){0};

        if (!was)
            add_object(work, manifest)->effect = HD_EFFECT_CREATE;
        else if (old.length != new.length || memcmp(old.bytes, new.bytes, old.length) != 0)
            add_changed(work, manifest, old, new);
        arena_empty(&work->tree);
    }
}

static void find_removed(struct work *work)
{
    const struct hd_model *before = work->before.model;

    for (size_t i = 0; i < before->n_manifests; i++) {
        const struct hd_manifest *manifest = &before->manifests[i];

        if (!same_object(work, &work->after, manifest)) {
            struct changed_object gone = {manifest->group, manifest->kind, tree_of(work, text_of(&work->before, manifest)), NULL,
                                          work->after.model->kube_minor};
            struct hd_object_change *object = add_object(work, manifest);

            object->effect = effect_of_removal(&gone, &object->why);
        }
        arena_empty(&work->tree);
    }
}

static void compare_models(struct work *work)
{
    struct hd_diff *diff = work->diff;

    begin_side(work, &work->before);
    begin_side(work, &work->after);
    compare_objects(work);
    find_removed(work);
    diff->worst = HD_EFFECT_NOTHING;
    for (size_t i = 0; i < diff->n_objects; i++)
        if (diff->objects[i].effect > diff->worst)
            diff->worst = diff->objects[i].effect;
    find_edge_changes(diff, &work->arena);
    find_causes(diff, &work->arena);
}

static enum hd_status check_call(const struct hd_model *before, const struct hd_model *after, struct hd_diagnostics *report,
                                 struct hd_diff **ret_diff)
{
    if (!before || !after || !report || !ret_diff)
        return refuse_call(report, "hd_diff() is given NULL for %s", !before ? "before" : !after ? "after" : "ret_diff");
    if (!before->is_valid || !after->is_valid)
        return refuse_call(report, "hd_diff() is given a model that has not passed hd_check(): the one %s",
                           before->is_valid ? "after" : "before");
    if (strcmp(before->app->name, after->app->name) != 0)
        return refuse_call(report, "hd_diff() is given two applications, %s and %s, and compares two states of one", before->app->name,
                           after->app->name);
    return HD_OK;
}

enum hd_status hd_diff(const struct hd_model *before, const struct hd_model *after, struct hd_diagnostics *report,
                       struct hd_diff **ret_diff)
{
    struct work work = {.before.model = before, .after.model = after};
    jmp_buf out_of_memory;
    enum hd_status status = check_call(before, after, report, ret_diff);
    bool volatile is_done = false;

    if (status != HD_OK)
        return status;
    work.diff = calloc(1, sizeof *work.diff);
    if (!work.diff)
        return HD_NO_MEMORY;
    work.diff->before = before;
    work.diff->after = after;
    arena_init(&work.diff->arena, &out_of_memory);
    arena_init(&work.arena, &out_of_memory);
    arena_init(&work.tree, &out_of_memory);
    begin_writing(&work, &work.before, &out_of_memory);
    begin_writing(&work, &work.after, &out_of_memory);
    if (!setjmp(out_of_memory)) {
        compare_models(&work);
        is_done = true;
    }
    writer_free(&work.before.y);
    writer_free(&work.after.y);
    arena_free(&work.arena);
    arena_free(&work.tree);
    if (!is_done) {
        hd_diff_free(work.diff);
        return HD_NO_MEMORY;
    }
    *ret_diff = work.diff;
    return HD_OK;
}

void hd_diff_free(struct hd_diff *diff)
{
    if (diff)
        arena_free(&diff->arena);
    free(diff);
}

enum hd_effect hd_diff_worst(const struct hd_diff *diff)
{
    return diff ? diff->worst : HD_EFFECT_UNSET;
}

const char *hd_effect_name(enum hd_effect effect)
{
    static const char *const names[] = {NULL, "nothing", "create", "update", "restart", "recreate", "delete", "data"};

    return (size_t)effect < sizeof names / sizeof *names ? names[effect] : NULL;
}

size_t hd_diff_n_objects(const struct hd_diff *diff)
{
    return diff ? diff->n_objects : 0;
}

const struct hd_object_change *hd_diff_object(const struct hd_diff *diff, size_t index)
{
    return index < hd_diff_n_objects(diff) ? &diff->objects[index] : NULL;
}

size_t hd_diff_n_causes(const struct hd_diff *diff)
{
    return diff ? diff->n_causes : 0;
}

const struct hd_cause *hd_diff_cause(const struct hd_diff *diff, size_t index)
{
    return index < hd_diff_n_causes(diff) ? &diff->causes[index] : NULL;
}

size_t hd_diff_n_edges(const struct hd_diff *diff)
{
    return diff ? diff->n_edges : 0;
}

const struct hd_edge_change *hd_diff_edge(const struct hd_diff *diff, size_t index)
{
    return index < hd_diff_n_edges(diff) ? &diff->edges[index] : NULL;
}
