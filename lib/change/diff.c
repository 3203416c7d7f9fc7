/* Compares the manifests of two sides: finds the objects that differ, and the effect of each. */
#include "diff.h"

#include "cluster/cluster.h"
#include "compare.h"
#include "core/reporting/refuse.h"
#include "effects.h"
#include "load.h"
#include "model/model.h"
#include "server_fields.h"
#include "side.h"

#include <stdlib.h>
#include <string.h>

struct work {
    struct hd_diff *diff;
    struct hd_diagnostics *report;
    struct side before, after;
    /* Memory for trees and keys, which the result does not need. */
    struct arena arena, tree;
    /* Kinds that a dump lacks, each once. How many objects of others are not compared. */
    struct names missing_kinds;
    size_t n_of_others;
};

static void begin_writing(struct work *work, struct side *side, jmp_buf *out_of_memory)
{
    side->text.arena = &work->tree;
    writer_init(&side->y, HD_FORMAT_JSON, arena_sink, &side->text, out_of_memory);
}

static struct hd_object_change *add_object(struct work *work, const struct hd_manifest *manifest, const char *service)
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
                                        .service = service};
    return object;
}

/* Whether the side has an autoscaler of the name of a workload, as this library names them, or is a dump that may have been made without it. */
static bool is_scaled(struct work *work, const struct side *side, const struct hd_manifest *workload)
{
    struct hd_manifest scaler = *workload;

    scaler.group = "autoscaling";
    scaler.kind = "HorizontalPodAutoscaler";
    if (side_same(side, &work->tree, &scaler) || (side->is_dump && !names_find(&side->kinds, "autoscaling/HorizontalPodAutoscaler")))
        return true;
    scaler.group = "keda.sh";
    scaler.kind = "ScaledObject";
    return side_same(side, &work->tree, &scaler);
}

static void add_changed(struct work *work, const struct hd_manifest *was, const struct hd_manifest *manifest)
{
    bool is_read = work->before.cluster || work->after.cluster;
    struct tolerance tolerance = {.is_scaled = is_read && is_scaled(work, &work->before, was) && is_scaled(work, &work->after, manifest)};
    struct changed_object trees = {manifest->group, manifest->kind, side_tree(&work->before, was), side_tree(&work->after, manifest),
                                   work->diff->kube_minor};
    struct field_changes fields = {0};
    struct hd_object_change *object;

    compare_manifests(&work->diff->arena, &fields, is_read ? &tolerance : NULL, trees.before, trees.after);
    if (!fields.n)
        return;
    object = add_object(work, manifest, manifest->service ? manifest->service : was->service);
    object->fields = fields.items;
    object->n_fields = fields.n;
    for (size_t i = 0; i < fields.n; i++) {
        if (fields.are_defaults[i])
            fields.items[i].effect = HD_EFFECT_UPDATE;
        else
            judge_field(&fields.items[i], &trees);
        if (fields.items[i].effect > object->effect || (fields.items[i].effect == object->effect && !object->why)) {
            object->effect = fields.items[i].effect;
            object->why = fields.items[i].why;
        }
    }
    if (object->effect == HD_EFFECT_RESTART)
        find_pace(work->diff, object);
    if (!work->after.model)
        add_lines(work->diff, object, fields.nodes, side_place(&work->after, manifest));
}

/* Two texts that a model's emitter wrote alike need no comparison of their trees. */
static bool is_same_text(struct work *work, const struct hd_manifest *was, const struct hd_manifest *manifest)
{
    struct arena_text old, new;

    if (!work->before.model || !work->after.model)
        return false;
    new = side_text(&work->after, manifest);
    old = side_text(&work->before, was);
    return old.length == new.length && !memcmp(old.bytes, new.bytes, old.length);
}

/* Whether an object that only `side` has is a difference; notes why not. */
static bool is_difference(struct work *work, const struct side *side, const struct side *other, const struct hd_manifest *manifest)
{
    enum claim claim = side_claim(side, other, manifest);

    if (claim == IS_NOT_DUMPED && !names_add(&work->missing_kinds, manifest->kind, other)) {
        arena_grow(&work->diff->arena, work->diff->missing_kinds, work->diff->n_missing_kinds);
        work->diff->missing_kinds[work->diff->n_missing_kinds++] = manifest->kind;
    }
    work->n_of_others += claim == IS_OF_OTHERS;
    return claim == IS_DIFFERENCE;
}

static void add_new(struct work *work, const struct hd_manifest *manifest)
{
    struct hd_object_change *object = add_object(work, manifest, manifest->service);

    object->effect = HD_EFFECT_CREATE;
    if (!work->after.model)
        add_lines(work->diff, object, NULL, side_place(&work->after, manifest));
}

/* Two manifests of one text have one tree, which is read from the text of the new one, because that is the last one written for its side. */
static void count_load(struct work *work, const struct hd_manifest *was, const struct hd_manifest *manifest, bool is_same)
{
    const struct node *tree = NULL;

    if (is_same && makes_pods(manifest))
        tree = side_read(&work->after);
    if (manifest && makes_pods(manifest))
        add_load(&work->diff->load[1], &work->after, manifest, tree ? tree : side_tree(&work->after, manifest));
    if (was && makes_pods(was))
        add_load(&work->diff->load[0], &work->before, was, tree ? tree : side_tree(&work->before, was));
}

static void compare_objects(struct work *work)
{
    for (size_t i = 0; i < work->after.n_manifests; i++) {
        const struct hd_manifest *manifest = &work->after.manifests[i], *was = side_same(&work->before, &work->tree, manifest);
        bool is_ours = was || is_difference(work, &work->after, &work->before, manifest);
        bool is_same = was && is_same_text(work, was, manifest);

        if (was && !is_same)
            add_changed(work, was, manifest);
        else if (!was && is_ours)
            add_new(work, manifest);
        count_load(work, was, is_ours ? manifest : NULL, is_same);
        arena_empty(&work->tree);
    }
}

static void add_gone(struct work *work, const struct hd_manifest *manifest)
{
    struct changed_object gone = {manifest->group, manifest->kind, side_tree(&work->before, manifest), NULL, work->diff->kube_minor};
    struct hd_object_change *object = add_object(work, manifest, manifest->service);

    object->effect = effect_of_removal(&gone, &object->why);
    if (!work->after.model)
        add_lines(work->diff, object, NULL, side_place(&work->before, manifest));
}

static void find_removed(struct work *work)
{
    for (size_t i = 0; i < work->before.n_manifests; i++) {
        const struct hd_manifest *manifest = &work->before.manifests[i];

        if (!side_same(&work->after, &work->tree, manifest) && is_difference(work, &work->before, &work->after, manifest)) {
            add_gone(work, manifest);
            count_load(work, manifest, NULL, false);
        }
        arena_empty(&work->tree);
    }
}

static void note(struct hd_diff *diff, const char *text)
{
    arena_grow(&diff->arena, diff->notes, diff->n_notes);
    diff->notes[diff->n_notes++] = text;
}

/* Says what was not compared, so that nobody takes it for unchanged. */
static void add_notes(struct work *work)
{
    struct hd_diff *diff = work->diff;
    const char *dump = work->before.is_dump ? "OLD" : "NEW", *missing = NULL;

    for (size_t i = 0; i < diff->n_missing_kinds; i++)
        missing = arena_listed(&work->arena, missing, diff->missing_kinds[i]);
    if (missing)
        note(diff, arena_printf(&diff->arena, "not compared: objects of the kinds %s, because %s, which a server wrote, holds none of them; dump them too",
                                missing, dump));
    if (work->n_of_others)
        note(diff, arena_printf(&diff->arena, "not compared: %zu objects of %s, because other programs or people made them", work->n_of_others, dump));
    if ((!diff->before || !diff->after) && !diff->has_own_connections)
        note(diff, "not compared: connections, because OLD and NEW are not both models");
}

static void compare_sides(struct work *work)
{
    struct hd_diff *diff = work->diff;

    names_init(&work->arena, &work->missing_kinds, 16);
    compare_objects(work);
    find_removed(work);
    diff->worst = HD_EFFECT_NOTHING;
    for (size_t i = 0; i < diff->n_objects; i++)
        if (diff->objects[i].effect > diff->worst)
            diff->worst = diff->objects[i].effect;
    if (diff->before && diff->after)
        find_edge_changes(diff, &work->arena);
    if (diff->after)
        find_causes(diff, &work->arena);
    else
        link_lines(diff);
    add_notes(work);
}

static enum hd_status check_side(const struct hd_diff_side *side, const char *name, struct hd_diagnostics *report)
{
    if (!side->model == !side->cluster)
        return refuse_call(report, "hd_diff() is given NULL for %s", name);
    if (side->model && !side->model->is_valid)
        return refuse_call(report, "hd_diff() is given a model that has not passed hd_check(): the one %s", name);
    if (side->cluster && side->cluster->n_objects && !side->cluster->contents)
        return refuse_call(report, "hd_diff_sides() needs a cluster that was read with keep_content: the one %s", name);
    return HD_OK;
}

/* Objects of a server's dump are told apart by their labels, so that another application among them is no mistake. */
static enum hd_status check_apps(const struct side *before, const struct side *after, struct hd_diagnostics *report)
{
    if (!before->app || !after->app || before->is_dump || after->is_dump || side_has_app(before, after->app) || side_has_app(after, before->app))
        return HD_OK;
    return refuse_call(report, "OLD and NEW are two applications, %s and %s; give two states of one", before->app, after->app);
}

static void begin_sides(struct work *work)
{
    bool is_model_first = work->before.model != NULL;

    side_begin(is_model_first ? &work->before : &work->after, is_model_first ? &work->after : &work->before, &work->arena);
    side_begin(is_model_first ? &work->after : &work->before, is_model_first ? &work->before : &work->after, &work->arena);
}

static struct hd_diff *new_diff(const struct hd_diff_side *before, const struct hd_diff_side *after)
{
    struct hd_diff *diff = calloc(1, sizeof *diff);

    if (!diff)
        return NULL;
    diff->before = before->model;
    diff->after = after->model;
    diff->has_own_connections = before->has_own_connections;
    diff->kube_minor = after->model ? after->model->kube_minor : before->model ? before->model->kube_minor : KUBE_NEWEST;
    return diff;
}

/* Compares, and frees what the result does not need. */
static enum hd_status run(struct work *work)
{
    enum hd_status volatile status = HD_NO_MEMORY;
    jmp_buf out_of_memory;

    arena_init(&work->diff->arena, &out_of_memory);
    arena_init(&work->arena, &out_of_memory);
    arena_init(&work->tree, &out_of_memory);
    begin_writing(work, &work->before, &out_of_memory);
    begin_writing(work, &work->after, &out_of_memory);
    if (!setjmp(out_of_memory)) {
        enum hd_status checked;

        begin_sides(work);
        checked = check_apps(&work->before, &work->after, work->report);
        if (checked == HD_OK)
            compare_sides(work);
        status = checked;
    }
    writer_free(&work->before.y);
    writer_free(&work->after.y);
    arena_free(&work->arena);
    arena_free(&work->tree);
    return status;
}

static enum hd_status compare_checked(const struct hd_diff_side *before, const struct hd_diff_side *after, struct hd_diagnostics *report,
                                      struct hd_diff **ret_diff)
{
    struct work work = {.report = report,
                        .before = {.model = before->model, .cluster = before->cluster},
                        .after = {.model = after->model, .cluster = after->cluster}};
    enum hd_status status;

    if (!report || !ret_diff)
        return refuse_call(report, "hd_diff() is given NULL for ret_diff");
    status = check_side(before, "before", report);
    if (status == HD_OK)
        status = check_side(after, "after", report);
    if (status != HD_OK)
        return status;
    work.diff = new_diff(before, after);
    status = work.diff ? run(&work) : HD_NO_MEMORY;
    if (status == HD_OK)
        *ret_diff = work.diff;
    else
        hd_diff_free(work.diff);
    return status;
}

enum hd_status hd_diff_sides(const struct hd_diff_side *before, const struct hd_diff_side *after, struct hd_diagnostics *report,
                             struct hd_diff **ret_diff)
{
    struct hd_diff_side own[2];
    enum hd_status status = options_take(report, &own[0], sizeof own[0], before, "hd_diff_side");

    if (status == HD_OK)
        status = options_take(report, &own[1], sizeof own[1], after, "hd_diff_side");
    return status == HD_OK ? compare_checked(&own[0], &own[1], report, ret_diff) : status;
}

enum hd_status hd_diff(const struct hd_model *before, const struct hd_model *after, struct hd_diagnostics *report,
                       struct hd_diff **ret_diff)
{
    return compare_checked(&(struct hd_diff_side){.model = before}, &(struct hd_diff_side){.model = after}, report, ret_diff);
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

size_t hd_diff_n_notes(const struct hd_diff *diff)
{
    return diff ? diff->n_notes : 0;
}

const char *hd_diff_missing_kind(const struct hd_diff *diff, size_t index)
{
    return diff && index < diff->n_missing_kinds ? diff->missing_kinds[index] : NULL;
}

const struct hd_diff_load *hd_diff_load(const struct hd_diff *diff, bool is_after)
{
    return diff ? &diff->load[is_after] : NULL;
}

const char *hd_diff_note(const struct hd_diff *diff, size_t index)
{
    return index < hd_diff_n_notes(diff) ? diff->notes[index] : NULL;
}
