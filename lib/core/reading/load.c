#include "load.h"

#include "core/memory/names.h"
#include "core/tables/key_hint.h"
#include "core/tables/path.h"
#include "load_null.h"
#include "load_scalar.h"
#include "moved_key.h"
#include "value.h"

#include <string.h>

/* A struct being filled, with room for a mark for everything that is said about it. */
struct target {
    const struct hd_struct *type;
    void *object;
    const struct step *step;
    const struct node *node;
    struct hd_mark *marks;
    uint32_t n_marks, most_marks;
};

static void load_struct(struct loader *loader, const struct hd_struct *type, void *object, const struct node *node, const struct node *key,
                        const struct step *step);

/* The marks of most structs are collected on the stack, and copied when their number is known. */
enum { FEW_MARKS = 32 };

static void *member(const struct target *target, const struct hd_field *field)
{
    return (char *)target->object + field->offset;
}

static void mark(struct target *target, const struct hd_field *field, const struct node *node, uint32_t item)
{
    target->marks[target->n_marks++] =
        (struct hd_mark){.file = node->file, .line = node->line, .column = node->column, .member = field, .item = item};
}

static void mark_nodes(struct target *target, const struct hd_field *field, const struct node *node, uint32_t first)
{
    mark(target, field, node, target->n_marks - first);
    for (uint32_t i = 0; i < node->n_items; i++)
        mark_nodes(target, field, node->items[i], first);
}

/* Loads any value, and marks where each part of it stands, for which there is no room yet. */
static void load_value(struct loader *loader, struct target *target, const struct hd_field *field, const struct node *node,
                       const struct step *step)
{
    const char *text = value_load(loader, node, step);
    struct hd_mark *marks;

    if (!text)
        return;
    memcpy(member(target, field), &text, sizeof text);
    target->most_marks += value_count(node);
    marks = arena_room(loader->scratch, target->most_marks, sizeof *marks);
    memcpy(marks, target->marks, target->n_marks * sizeof *marks);
    target->marks = marks;
    mark_nodes(target, field, node, target->n_marks - 1);
}

static void load_string_list(struct loader *loader, struct target *target, const struct hd_field *field, const struct node *node,
                             const struct step *step)
{
    uint32_t n_items = node->kind == NODE_SEQUENCE ? node->n_items : 1, count = 0;
    const char **texts = arena_array(loader->arena, n_items + 1, sizeof *texts);

    if (node->kind == NODE_MAPPING) {
        wrong_type(loader, node, step, "a list");
        return;
    }
    for (uint32_t i = 0; i < n_items; i++) {
        const struct node *item = node->kind == NODE_SEQUENCE ? node->items[i] : node;
        struct step item_step = {.outer = step, .index = node->kind == NODE_SEQUENCE ? i + 1 : 0};
        const char *text = load_text(loader, item, &item_step, field->format);

        if (!text)
            continue;
        texts[count++] = text;
        mark(target, field, item, count);
    }
    memcpy(member(target, field), &texts, sizeof texts);
    *(size_t *)(void *)((char *)target->object + field->count_offset) = count;
}

/* Sets the member that names a list's element, when the list is written as a mapping. */
static void load_key(struct loader *loader, const struct hd_struct *type, void *object, const struct node *key, const struct step *step)
{
    const struct hd_struct *owner;
    const void *in = object;
    const struct hd_field *field = field_by_key(type, type->keyed_by, strlen(type->keyed_by), &in, &owner);
    const char *text = load_text(loader, key, step, field->format);

    memcpy((char *)object + ((const char *)in - (const char *)object) + field->offset, &text, sizeof text);
}

/* Whether a mapping may be the only element of a list, or is a mapping by mistake. */
static bool knows_any_key(const struct loader *loader, const struct hd_struct *type, const struct node *node)
{
    const struct hd_struct *owner;

    for (uint32_t i = 0; i < node->n_items; i += 2) {
        const void *in = NULL;

        if (field_by_key(type, node->items[i]->text, node->items[i]->length, &in, &owner) ||
            (loader->foreign && loader->foreign(type, node->items[i]->text)))
            return true;
    }
    return false;
}

/* The name that a list's element gives itself, by which paths call it. */
static const char *name_in(const struct hd_struct *type, const struct node *node)
{
    for (uint32_t i = 0; type->keyed_by && node->kind == NODE_MAPPING && i < node->n_items; i += 2)
        if (!strcmp(node->items[i]->text, type->keyed_by) && node->items[i + 1]->kind == NODE_SCALAR && node->items[i + 1]->length)
            return node->items[i + 1]->text;
    return NULL;
}

static void load_struct_list(struct loader *loader, struct target *target, const struct hd_field *field, const struct node *node,
                             const struct step *step)
{
    const struct hd_struct *of = field->of;
    bool keyed = node->kind == NODE_MAPPING && of->keyed_by;
    uint32_t n_items = keyed ? node->n_items / 2 : node->kind == NODE_SEQUENCE ? node->n_items : 1;
    char *items;

    if (node->kind == NODE_MAPPING && !keyed && !of->whole && node->n_items && !knows_any_key(loader, of, node)) {
        hint_keys(wrong_type(loader, node, step, "a list"), "begin each element with a dash; its keys are", of);
        return;
    }
    if (of->map && !keyed && (node->kind != NODE_SEQUENCE || (node->n_items && node->items[0]->kind == NODE_SCALAR))) {
        wrong_type(loader, node, step, "a mapping");
        return;
    }
    items = arena_array(loader->arena, n_items ? n_items : 1, of->size);
    for (uint32_t i = 0; i < n_items; i++) {
        const struct node *item = keyed ? node->items[2 * i + 1] : node->kind == NODE_SEQUENCE ? node->items[i] : node;
        /* An element that is one word is named by it. */
        bool only_named = !keyed && of->keyed_by && of->scalar && !of->map && item->kind == NODE_SCALAR && !node_is_null(item);
        const struct node *key = keyed ? node->items[2 * i] : only_named ? item : NULL;
        struct step item_step = {.outer = step, .name = key ? key->text : name_in(of, item), .index = i + 1};
        struct node nothing = {.plain = true, .file = item->file, .line = item->line, .column = item->column, .text = ""};

        if (keyed ? !null_element_is_told(loader, field, node, i, &item_step) : !null_item_is_told(loader, field, item, &item_step))
            load_struct(loader, of, items + i * of->size, only_named ? &nothing : item, key, &item_step);
        if (key)
            load_key(loader, of, items + i * of->size, key, &item_step);
    }
    memcpy(member(target, field), &items, sizeof items);
    *(size_t *)(void *)((char *)target->object + field->count_offset) = n_items;
}

/* Whether a mapping has no key with something behind it. */
static bool says_nothing(const struct node *node)
{
    for (uint32_t i = 1; i < node->n_items; i += 2)
        if (!node_is_null(node->items[i]))
            return false;
    return node->kind == NODE_MAPPING;
}

/* Refuses the default of a member; false for texts and words, which are loaded as such. */
static bool load_none(struct loader *loader, struct target *target, const struct hd_field *field, const struct node *node,
                      const struct step *step)
{
    struct node off = {.plain = true, .file = node->file, .line = node->line, .column = node->column, .text = "false", .length = 5};
    struct node empty = {.kind = NODE_SEQUENCE, .file = node->file, .line = node->line, .column = node->column};
    int64_t none = HD_NONE;

    switch (field->kind) {
    case HD_INTEGER:
        memcpy(member(target, field), &none, sizeof none);
        return true;
    case HD_OPTIONAL_INTEGER:
        *(struct hd_opt_int *)member(target, field) = (struct hd_opt_int)HD_INT(HD_NONE);
        return true;
    case HD_STRING_LIST:
        load_string_list(loader, target, field, &empty, step);
        return true;
    case HD_STRUCT_LIST:
        load_struct_list(loader, target, field, field->of->map ? &(struct node){.kind = NODE_MAPPING} : &empty, step);
        return true;
    case HD_STRUCT:
        load_struct(loader, field->of, member(target, field), &off, NULL, step);
        return true;
    default:
        return false;
    }
}

static void load_member(struct loader *loader, struct target *target, const struct hd_field *field, const struct node *node,
                        const struct step *step)
{
    size_t n_findings = loader->report->n_findings;
    void *to = member(target, field);
    const char *text;
    int64_t number;
    int value;

    mark(target, field, node, 0);
    if (field->none)
        node = none_for_null(loader, node);
    if (null_is_told(loader, field, node, step))
        return;
    if (field->none && node->kind == NODE_SCALAR && is_none(node->text) && load_none(loader, target, field, node, step))
        return;
    switch (field->kind) {
    case HD_STRING:
    case HD_INT_OR_STRING:
        text = load_text(loader, node, step, field->format);
        memcpy(to, &text, sizeof text);
        break;
    case HD_INTEGER:
        if (load_integer(loader, node, step, &number)) {
            memcpy(to, &number, sizeof number);
            /* The struct cannot hold a zero: it means unset there. */
            if (!number)
                wrong(loader, HD_OUT_OF_RANGE, node, step, "0 is out of range: %s starts at %lld", field->key,
                      (long long)(field->min ? field->min : 1));
        }
        break;
    case HD_OPTIONAL_INTEGER:
        if (load_integer(loader, node, step, &number))
            *(struct hd_opt_int *)to = (struct hd_opt_int)HD_INT(number);
        break;
    case HD_BOOLEAN:
        load_bool(loader, node, step, to);
        break;
    case HD_ENUMERATION:
        if (load_enum(loader, node, step, field->words, &value))
            memcpy(to, &value, sizeof value);
        break;
    case HD_VALUE:
        load_value(loader, target, field, node, step);
        break;
    case HD_STRING_LIST:
        load_string_list(loader, target, field, node, step);
        break;
    case HD_STRUCT_LIST:
        load_struct_list(loader, target, field, node, step);
        break;
    case HD_STRUCT:
        load_struct(loader, field->of, to, node, NULL, step);
        if (says_nothing(node) && loader->report->n_findings == n_findings && field_must_say_more(target->type, field))
            hint_keys(wrong(loader, HD_NO_VALUE, node, step, "%s is given here without any content", field->key), "keys here are",
                      field->of);
        break;
    case HD_EMBEDDED:
        break;
    }
}

static void report_duplicate(struct loader *loader, const struct node *key, const struct node *first, const struct step *step)
{
    struct step here = {.outer = step, .key = key->text};
    struct finding *finding = wrong(loader, HD_DUPLICATE_KEY, key, &here, "\"%s\" is given here a second time", key->text);

    also_in(finding, first->file, first->line, first->column, "the first one");
    hint(finding, "remove one of the two; other YAML readers silently take the last");
}

static const struct node *same_key_before(const struct node *node, uint32_t index)
{
    const struct node *key = node->items[index];

    for (uint32_t i = 0; i < index; i += 2)
        if (node->items[i]->length == key->length && !strcmp(node->items[i]->text, key->text))
            return node->items[i];
    return NULL;
}

/* Reports keys that stand twice. A few keys are compared one by one, without a table. */
static void check_duplicates(struct loader *loader, const struct node *node, const struct step *step)
{
    enum { FEW_ITEMS = 24 };
    struct names names;

    if (node->n_items > FEW_ITEMS)
        names_init(loader->scratch, &names, node->n_items / 2);
    for (uint32_t i = 0; i < node->n_items; i += 2) {
        const struct node *key = node->items[i];
        const struct node *first = node->n_items > FEW_ITEMS ? names_add(&names, key->text, key) : same_key_before(node, i);

        if (first)
            report_duplicate(loader, key, first, step);
    }
}

/* Where the member was given before, under its short key or its own. */
static const struct hd_mark *mark_of(const struct target *target, const struct hd_field *field)
{
    for (uint32_t i = 0; i < target->n_marks; i++)
        if (target->marks[i].member == field)
            return &target->marks[i];
    return NULL;
}

/* The key that was meant takes the place of one that nobody knows, unless it is there as well. */
static void unknown_key(struct loader *loader, const struct target *target, const struct node *key, const struct node *value,
                        const struct step *step)
{
    struct finding *finding = wrong(loader, HD_UNKNOWN_KEY, key, step, "there is no key \"%s\" here", key->text);
    const char *right = hint_unknown_key(finding, target->type, key->text, loader->foreign);

    for (uint32_t i = 0; right && i < target->node->n_items; i += 2)
        if (!strcmp(target->node->items[i]->text, right))
            return;
    if (right)
        meant(finding, key->text, "%s", right);
    else
        move_key(finding, target->type, target->node, key, value, loader->foreign);
}

static void load_pair(struct loader *loader, struct target *target, const struct node *key, const struct node *value,
                      const struct node *named)
{
    const struct hd_struct *owner;
    const void *in = target->object;
    const struct hd_field *field = field_by_key(target->type, key->text, key->length, &in, &owner);
    struct step step = {.outer = target->step, .key = key->text};
    struct target embedded = *target;
    const struct hd_mark *first;

    if (!field) {
        unknown_key(loader, target, key, value, &step);
        return;
    }
    if (named && target->type->keyed_by && !strcmp(field->key, target->type->keyed_by)) {
        struct finding *finding =
            wrong(loader, HD_DUPLICATE_KEY, key, &step, "%s is given twice: here and as the key of the entry", field->key);

        also_in(finding, named->file, named->line, named->column, "the key of the entry");
        hint(finding, "remove it here; if this name is right, rename the key of the entry");
        return;
    }
    step.key = field->key;
    first = field->short_key ? mark_of(target, field) : NULL;
    if (first) {
        also_in(wrong(loader, HD_DUPLICATE_KEY, key, &step, "%s and %s are the same member, given twice", field->short_key, field->key),
                first->file, first->line, first->column, "the first one");
        return;
    }
    embedded.object = (char *)target->object + ((const char *)in - (const char *)target->object);
    embedded.type = owner;
    load_member(loader, &embedded, field, value, &step);
    target->marks = embedded.marks;
    target->n_marks = embedded.n_marks;
    target->most_marks = embedded.most_marks;
}

/* The embedded structs stand where the outer one does, and share its marks. */
static void set_positions(const struct hd_struct *type, void *object, const struct hd_at *at)
{
    struct_set_at(type, object, at);
    for (size_t i = 0; i < type->n_fields; i++)
        if (type->fields[i].kind == HD_EMBEDDED)
            set_positions(type->fields[i].of, (char *)object + type->fields[i].offset, at);
}

/* A selector without terms selects everything, which is not the same as none. */
static void keep_empty_selector(struct loader *loader, struct target *target, const struct node *node)
{
    const struct hd_field *terms = target->type->fields;

    if (!is_selector(target->type) || !says_nothing(node))
        return;
    *(const void **)member(target, terms) = arena_room(loader->arena, 1, terms->of->size);
    mark(target, terms, node, 0);
}

/* Fills a struct from a mapping, or from the scalar that stands for it. `key` names it in a keyed list, else it is NULL. */
static void load_struct(struct loader *loader, const struct hd_struct *type, void *object, const struct node *node, const struct node *key,
                        const struct step *step)
{
    const struct node *start = key ? key : node;
    const struct hd_field *scalar = type->scalar ? field_of(type, type->scalar) : NULL;
    const struct hd_field *enabled = field_of(type, "enabled");
    struct target target = {.type = type, .object = object, .step = step, .node = node};
    struct hd_mark few[FEW_MARKS];
    struct hd_at *at;
    uint32_t n_marks = 1;

    for (uint32_t i = 0; i < node->n_items; i++)
        n_marks += 1 + (node->items[i]->kind == NODE_SEQUENCE ? node->items[i]->n_items : 0);
    target.most_marks = n_marks;
    target.marks = n_marks <= FEW_MARKS ? few : arena_room(loader->scratch, n_marks, sizeof *target.marks);
    if (node->kind == NODE_MAPPING && type->whole) {
        load_member(loader, &target, field_of(type, type->whole), node, step);
    } else if (node->kind == NODE_MAPPING) {
        check_duplicates(loader, node, step);
        for (uint32_t i = 0; i < node->n_items; i += 2)
            load_pair(loader, &target, node->items[i], node->items[i + 1], key);
        if (enabled && !field_is_set(enabled, object))
            *(enum hd_bool *)member(&target, enabled) = HD_TRUE;
    } else if (type->word && node->kind == NODE_SCALAR && !node_is_null(node) && !node_is_bool(node)) {
        load_member(loader, &target, field_of(type, type->word), node, step);
    } else if (scalar && node->kind == NODE_SCALAR && (scalar->required || !node_is_null(node)) &&
               (scalar->kind != HD_BOOLEAN || type->n_fields == 1 || node_is_bool(node))) {
        load_member(loader, &target, scalar, node, step);
    } else if (!node_is_null(node)) { /* nothing said: all defaults */
        const char *meant = !scalar ? "a mapping" : scalar->kind == HD_BOOLEAN ? "a mapping, or true or false," : "a mapping or a word";

        struct finding *finding = wrong_type(loader, node, step, meant);

        if (type->n_fields == 1 && node->kind == NODE_SEQUENCE)
            hint(finding, "write {%s: [...]}", type->fields[0].key);
        else if (!type->whole)
            hint_keys(finding, "keys here are", type);
    }
    keep_empty_selector(loader, &target, node);
    at = arena_new(loader->arena, struct hd_at);
    *at =
        (struct hd_at){.file = start->file, .line = start->line, .column = start->column, .n_marks = target.n_marks,
                         .marks = arena_copy(loader->arena, target.marks, target.n_marks * sizeof *target.marks),
                         .rest = loader->rest};
    set_positions(type, object, at);
}

/* The key that tells a manifest from a model, or NULL. */
static const struct node *api_version_of(const struct node *node)
{
    for (uint32_t i = 0; node->kind == NODE_MAPPING && i < node->n_items; i += 2)
        if (!strcmp(node->items[i]->text, "apiVersion"))
            return node->items[i];
    return NULL;
}

struct hd_rest *load_tree(struct tree_memory memory, struct hd_diagnostics *report, const struct hd_struct *type, void *object,
                          const struct node *root, foreign_key *foreign_word)
{
    struct loader loader = {.arena = memory.texts,
                            .scratch = memory.nodes,
                            .report = report,
                            .rest = arena_new(memory.texts, struct hd_rest),
                            .foreign = foreign_word};
    const struct node *foreign = type == hd_schema_root() ? api_version_of(root) : NULL;

    if (foreign)
        hint(wrong(&loader, HD_WRONG_TYPE, foreign, NULL, "the file must be a model, not a manifest"),
             "a model has name: and services:, and manifests are generated from it; hybridgen init writes one to begin with");
    else
        load_struct(&loader, type, object, root, NULL, NULL);
    return loader.rest;
}
