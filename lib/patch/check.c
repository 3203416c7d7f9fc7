/* What is wrong with patches, found by applying them. */
#include "core/text/among.h"
#include "core/text/letter.h"
#include "core/text/suggest.h"
#include "core/writing/arena_sink.h"
#include "patch.h"
#include "plan/plan.h"
#include "proof.h"

#include <string.h>

/* A check of all patches. `is_changed` by patch: whether it changed one of its objects, or failed. */
struct checking {
    struct checker *checker;
    const struct patches *patches;
    struct arena *arena;
    bool *is_changed;
    /* The first finding of the patches. */
    size_t first;
    /* Whether what the patches do is told, when nothing is wrong with them. */
    bool tells;
};

struct finding *patch_fault(struct patching *patching, enum hd_code code, struct where where, const char *format, va_list args)
{
    patching->failed = true;
    if (!patching->report)
        return NULL;
    return finding_at(patching->report, code, where, "%s %s: %s", patching->manifest->kind, patching->manifest->name,
                      arena_vprintf(patching->arena, format, args));
}

struct finding *merge_fault(struct patching *patching, enum hd_code code, const struct node *node, const struct step *step,
                            const char *format, ...)
{
    struct finding *finding;
    va_list args;

    va_start(args, format);
    finding = patch_fault(patching, code, AT(patching->patch, merge), format, args);
    va_end(args);
    if (!finding)
        return NULL;
    found_below(finding, node->file, node->line, node->column, arena_printf(patching->arena, ".%s", path_text(patching->arena, step)));
    return finding;
}

/* The target that was meant: an object of the kind, or the kind. */
static const char *nearest_target(struct checking *checking, const struct patch_use *use)
{
    const struct hd_model *model = checking->checker->model;
    struct suggestion suggestion = suggest_for(use->patch->target);
    bool has_name = strchr(use->patch->target, '/') != NULL;

    for (size_t i = 0; i < model->n_manifests && checking->checker->n_suggestions < MOST_SUGGESTIONS; i++) {
        const struct hd_manifest *manifest = &model->manifests[i];

        if (!use->service || model->planned[i].service == use->service)
            suggest_try(&suggestion, has_name ? arena_printf(checking->arena, "%s/%s", manifest->kind, manifest->name) : manifest->kind);
    }
    checking->checker->n_suggestions++;
    return suggestion.nearest;
}

static void check_target(struct checking *checking, const struct patch_use *use)
{
    struct checker *checker = checking->checker;

    if (!use->patch->target || !*use->patch->target)
        return;
    if (!use->n_objects) {
        struct finding *finding = use->service ? found(checker, HD_PATCH_TARGET, AT(use->patch, target), "service %s has no manifest %s",
                                                       use->service->name, use->patch->target)
                                               : found(checker, HD_PATCH_TARGET, AT(use->patch, target), "there is no manifest %s", use->patch->target);

        hint_nearest(finding, nearest_target(checking, use), "write the kind, or kind and name as in Deployment/web; hybridgen list kinds names the kinds");
    } else if (use->other) {
        hint(found(checker, HD_PATCH_TWO_KINDS, AT(use->patch, target), "%s means two kinds: %s of %s, and of %s", use->patch->target,
                   use->one->kind, *use->one->group ? use->one->group : "the core group", use->other->group),
             "write %s.%s or %s.%s", use->one->kind, use->one->group, use->one->kind, use->other->group);
    }
}

/* Whether a value that a program gave is YAML; the loader has looked at others. */
static struct node *check_value(struct checking *checking, const struct hd_struct *type, const char *key, const void *object, struct where where)
{
    struct arena *arena = checking->arena;
    const char *reason;
    struct node *node = value_read((struct tree_memory){arena, arena}, type, field_of(type, key), object, &reason);

    if (!node)
        hint(found(checking->checker, HD_BAD_FORM, where, "%s is not a value of YAML: %s", key, reason), "give a text of YAML or JSON");
    return node;
}

static void check_operation(struct checking *checking, const struct hd_patch_operation *operation)
{
    struct checker *checker = checking->checker;
    bool takes_value, has_from;

    if (!operation->op || !operation->path)
        return;
    takes_value = !strcmp(operation->op, "add") || !strcmp(operation->op, "replace") || !strcmp(operation->op, "test");
    has_from = !strcmp(operation->op, "move") || !strcmp(operation->op, "copy");
    if (operation->value)
        check_value(checking, &hd_patch_operation_struct, "value", operation, AT(operation, value));
    if (takes_value != (operation->value != NULL))
        hint(found(checker, HD_PATCH_FORM, takes_value ? AT(operation, op) : AT(operation, value), "%s %s value", operation->op,
                   takes_value ? "needs" : "has no"),
             takes_value ? "add value: with what shall stand there" : "remove it");
    if (has_from != (operation->from != NULL))
        hint(found(checker, HD_PATCH_FORM, has_from ? AT(operation, op) : AT(operation, from), "%s %s from", operation->op,
                   has_from ? "needs" : "has no"),
             has_from ? "add from: with the path from where the value comes" : "remove it");
}

static void check_form(struct checking *checking, const struct hd_patch *patch)
{
    const struct node *merge;

    if (!patch->merge && !patch->n_json && !at_refused(patch->at, "merge") && !at_refused(patch->at, "json"))
        hint(found(checking->checker, HD_PATCH_FORM, AT_STRUCT(patch), "the patch has neither merge nor json"),
             "add merge: with what shall be in the manifest, or json: with operations of RFC 6902");
    merge = patch->merge ? check_value(checking, &hd_patch_struct, "merge", patch, AT(patch, merge)) : NULL;
    if (merge && merge->kind != NODE_MAPPING)
        hint(found(checking->checker, HD_PATCH_FORM, AT(patch, merge), "merge must be a mapping"), "write merge: {spec: {...}}");
    for (size_t i = 0; i < patch->n_json; i++)
        check_operation(checking, &patch->json[i]);
}

/* By these the API server, the folder and the library's other files know an object. */
static void check_identity(struct patching *patching, const struct node *before, const struct node *after)
{
    static const char *const keys[][2] = {{NULL, "apiVersion"}, {NULL, "kind"}, {"metadata", "name"}, {"metadata", "namespace"}};

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const struct node *was = keys[i][0] ? node_value(before, keys[i][0]) : before, *is = keys[i][0] ? node_value(after, keys[i][0]) : after;

        was = was ? node_value(was, keys[i][1]) : NULL;
        is = is ? node_value(is, keys[i][1]) : NULL;
        if (!was == !is && (!was || node_equals(patching->arena, was, is)))
            continue;
        patching->failed = true;
        hint(finding_at(patching->report, HD_PATCH_IDENTITY, AT(patching->patch, target), "the patch changes %s%s%s of %s %s",
                        text_or(keys[i][0], ""), keys[i][0] ? "." : "", keys[i][1], patching->manifest->kind, patching->manifest->name),
             "remove it from the patch: other manifests, the folder and the scripts know the object by it; name and namespace are set by the model");
        return;
    }
}

/* A selector that does not select its own pods, which the API server refuses. */
static void check_own_selector(struct checking *checking, const struct patched *patched, const struct hd_manifest *manifest, const struct node *object)
{
    const struct node *spec = node_value(object, "spec"), *selector = spec ? node_value(spec, "selector") : NULL;
    const struct node *wanted = selector ? node_value(selector, "matchLabels") : NULL, *template = spec ? node_value(spec, "template") : NULL;
    const struct node *metadata = template ? node_value(template, "metadata") : NULL, *labels = metadata ? node_value(metadata, "labels") : NULL;
    const struct patch_use *use = patched->uses[patched->n_uses - 1];

    for (uint32_t i = 0; template && wanted && wanted->kind == NODE_MAPPING && i < wanted->n_items; i += 2) {
        const struct node *label = labels ? node_value(labels, wanted->items[i]->text) : NULL;

        if (label && node_equals(checking->arena, label, wanted->items[i + 1]))
            continue;
        hint(found(checking->checker, HD_PATCH_SELECTOR, AT(use->patch, target), "%s %s no longer selects its own pods: they lack the label %s: %s",
                   manifest->kind, manifest->name, wanted->items[i]->text, wanted->items[i + 1]->text ? wanted->items[i + 1]->text : ""),
             "leave the labels of the pod template and spec.selector as they are; selector: of the service gives other ones to both");
        return;
    }
}

/* The library writes values of the types that the API server wants, and a patch must leave them what they are. */
static void check_types(struct checking *checking, const struct patch_use *use, const char *key, const struct node *before, const struct node *after)
{
    unsigned was = type_of(before), is = type_of(after), step = is == TYPE_MAPPING ? 2 : 1;

    /* Others look at labels and annotations. */
    if (node_is_null(before) || node_is_null(after) || !strcmp(key, "metadata"))
        return;
    if (was != is) {
        /* Ports have numbers or names; amounts and percentages may be numbers too. */
        if (was + is > TYPE_NUMBER || (strcmp(key, "port") && strcmp(key, "targetPort") &&
                                       !(letter_is_digit(*before->text) && letter_is_digit(*after->text))))
            at_patched(found(checking->checker, HD_WRONG_TYPE, AT(use->patch, target), "%s of %s %s must be %s", key, use->one->kind,
                             use->one->name, type_words[was]), after);
        return;
    }
    for (uint32_t i = 0; i < after->n_items && before->n_items; i += step) {
        const char *inner = step == 2 ? after->items[i]->text : key;
        const struct node *one = step == 2 ? node_value(before, inner) : before->items[i < before->n_items ? i : 0];

        if (one)
            check_types(checking, use, inner, one, after->items[i + step - 1]);
    }
}

static void apply_all(struct checking *checking, struct yaml_out *y, struct arena_text *text, size_t index)
{
    struct checker *checker = checking->checker;
    const struct patched *patched = &checking->patches->of[index];
    const struct hd_manifest *manifest = &checker->model->manifests[index];
    struct node *object = manifest_tree(y, text, checker->model, index), *written = node_copy(text->arena, object);
    struct typing typing = {.checker = checker, .arena = text->arena, .kind = manifest->kind, .name = manifest->name, .first = checking->first};
    bool failed = false, is_written = !checker->model->planned[index].row->is_whole;

    for (size_t i = 0; i < patched->n_uses; i++) {
        struct patch_use *use = patched->uses[i];
        bool *is_changed = &checking->is_changed[use - checking->patches->uses];
        struct patching patching = {.arena = text->arena, .report = checker->report, .patch = use->patch, .manifest = manifest};
        struct node *before;
        bool is_same;

        /* Nobody knows what a patch behind one that failed would change. */
        if (failed) {
            *is_changed = true;
            continue;
        }
        before = node_copy(text->arena, object);
        checker->report->service = use->service;
        patch_apply(&patching, object);
        is_same = !patching.failed && node_equals(text->arena, before, object);
        if (checking->tells)
            tell_effects(&patching, before, object);
        else if (!patching.failed && !is_same)
            check_identity(&patching, before, object);
        typing.patch = use->patch;
        /* An object of `manifests` may have lacked a field before; a later patch may still add one. */
        typing.may_lack = i + 1 < patched->n_uses || !is_written;
        if (!patching.failed && !checking->tells)
            check_typing(&typing, object, part_to_check(manifest->group, manifest->kind, is_written));
        *is_changed |= !is_same;
        failed = patching.failed;
    }
    if (failed || checking->tells)
        return;
    check_own_selector(checking, patched, manifest, object);
    if (!typing.failed && is_written)
        check_types(checking, patched->uses[patched->n_uses - 1], manifest->kind, written, object);
}

static void check_changed(struct checking *checking, const struct patch_use *use)
{
    if (!use->n_objects || checking->is_changed[use - checking->patches->uses])
        return;
    checking->checker->report->service = use->service;
    hint(found(checking->checker, HD_PATCH_NO_CHANGE, AT(use->patch, target), "the patch changes nothing in %s %s", use->one->kind, use->one->name),
         "remove it: the library writes this already; or correct the path in the manifest that hybridgen generate --only %s/%s prints", use->one->kind,
         use->one->name);
}

/* Everything that is written to find mistakes; its memory ends with it, also when there is not enough. */
static void check_written(struct checking *checking)
{
    struct hd_diagnostics *report = checking->checker->report;
    jmp_buf *outer = report->arena.out_of_memory, out_of_memory;
    const struct hd_model *model = checking->checker->model;
    struct arena arena;
    struct arena_text text = {.arena = &arena};
    struct yaml_out y;
    bool volatile is_done = false;

    arena_init(&arena, &out_of_memory);
    writer_init(&y, HD_FORMAT_JSON, arena_sink, &text, &out_of_memory);
    if (!setjmp(out_of_memory)) {
        report->arena.out_of_memory = checking->arena->out_of_memory = &out_of_memory;
        for (size_t i = 0; i < model->n_manifests; i++)
            if (checking->patches->of[i].n_uses) {
                apply_all(checking, &y, &text, i);
                arena_empty(&arena);
            }
        is_done = true;
    }
    report->arena.out_of_memory = checking->arena->out_of_memory = outer;
    writer_free(&y);
    arena_free(&arena);
    if (!is_done)
        longjmp(*outer, 1);
}

void check_patches(struct checker *checker)
{
    const struct patches *patches = checker->model->patches;
    struct checking checking = {.checker = checker, .patches = patches, .arena = &checker->scratch, .first = checker->report->n_findings};
    bool has_errors = report_has_errors(checker->report, 0);

    if (!patches)
        return;
    checking.is_changed = arena_array(&checker->report->arena, patches->n_uses, sizeof *checking.is_changed);
    for (size_t i = 0; i < patches->n_uses; i++) {
        checker->report->service = patches->uses[i].service;
        check_form(&checking, patches->uses[i].patch);
        /* What was refused may be why an object is missing. */
        if (!has_errors)
            check_target(&checking, &patches->uses[i]);
    }
    if (!report_has_errors(checker->report, 0)) {
        check_written(&checking);
        for (size_t i = 0; i < patches->n_uses; i++)
            check_changed(&checking, &patches->uses[i]);
    }
    if (!report_has_errors(checker->report, 0))
        prove_patched(checker);
    checking.tells = !report_has_errors(checker->report, 0);
    if (checking.tells)
        check_written(&checking);
    checker->report->service = NULL;
}
