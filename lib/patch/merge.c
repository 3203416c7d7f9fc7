/*
 * Merge patches. Those of the API server's own kinds are strategic: lists are merged by the keys of their elements, and the order is the
 * one that kubectl gives. Those of other kinds are JSON merge patches (RFC 7386), in which a list replaces a list.
 */
#include "core/text/suggest.h"
#include "patch.h"

#include <string.h>

static void merge_mapping(struct patching *patching, struct node *to, const struct node *patch, const char *part, const struct step *step);

static const char delete_prefix[] = "$deleteFromPrimitiveList/", order_prefix[] = "$setElementOrder/";

static bool begins(const char *text, const char *with)
{
    return !strncmp(text, with, strlen(with));
}

static bool is_directive(const char *key)
{
    return !strcmp(key, "$patch") || !strcmp(key, "$retainKeys") || begins(key, delete_prefix) || begins(key, order_prefix);
}

/* The word of `$patch` in an element or mapping; NULL when it has none. */
static const char *directive_of(const struct node *node)
{
    const struct node *word = node->kind == NODE_MAPPING ? node_value(node, "$patch") : NULL;

    return word && word->kind == NODE_SCALAR ? word->text : NULL;
}

static bool is_word(const char *directive, const char *word)
{
    return directive && !strcmp(directive, word);
}

/* What a patch adds: without directives, and without nulls, which would take something away. Lists of a JSON merge patch are taken as they are. */
static struct node *added_copy(struct arena *arena, const struct node *node, bool is_json)
{
    uint32_t step = node->kind == NODE_MAPPING ? 2 : 1;
    struct node *copy;

    if (is_json && node->kind == NODE_SEQUENCE)
        return node_copy(arena, node);
    copy = arena_copy(arena, node, sizeof *node);
    copy->items = NULL;
    copy->n_items = 0;
    for (uint32_t i = 0; i < node->n_items; i += step) {
        const struct node *value = node->items[i + step - 1];

        if (step == 2 && (is_directive(node->items[i]->text) || node_is_null(value)))
            continue;
        if (step == 1 && is_word(directive_of(value), "delete"))
            continue;
        for (uint32_t k = 0; k < step; k++) {
            arena_grow(arena, copy->items, copy->n_items);
            copy->items[copy->n_items++] = added_copy(arena, node->items[i + k], is_json);
        }
    }
    return copy;
}

/* A list whose elements are merged: its key, the part that each element is, and the key by which it is merged, "" for texts. */
struct merged_list {
    const char *key, *part, *merge_key;
};

/* The key by which elements of a list with this mark are merged; "" for a list of texts. */
static const char *merge_key_of(struct arena *arena, const char *mark)
{
    return mark[1] == '=' ? "" : arena_strndup(arena, mark + 1, strcspn(mark + 1, "]"));
}

/* The text by which an element is merged; NULL when it has none. */
static const char *key_of(const struct node *element, const char *merge_key)
{
    const struct node *key = !*merge_key ? element : element->kind == NODE_MAPPING ? node_value(element, merge_key) : NULL;

    return key && key->kind == NODE_SCALAR ? key->text : NULL;
}

/* Two lists that become one. `place` is the index of an element in the list that was there, from 1; 0 for a new one. */
struct joined {
    struct names places;
    struct node **patched;
    uint32_t *place, n_patched;
    bool *is_patched, *is_gone;
    /* The next element with the same key, from 1. */
    uint32_t *next;
};

static void joined_init(struct arena *arena, struct joined *joined, const struct node *to, const struct node *patch, const char *merge_key)
{
    size_t n_to = to->n_items ? to->n_items : 1, n_patch = patch->n_items ? patch->n_items : 1;

    names_init(arena, &joined->places, to->n_items);
    joined->patched = arena_array(arena, n_patch, sizeof *joined->patched);
    joined->place = arena_array(arena, n_patch, sizeof *joined->place);
    joined->is_patched = arena_array(arena, n_to, sizeof *joined->is_patched);
    joined->is_gone = arena_array(arena, n_to, sizeof *joined->is_gone);
    joined->next = arena_array(arena, n_to, sizeof *joined->next);
    joined->n_patched = 0;
    for (uint32_t i = to->n_items; i-- > 0;) {
        const char *key = key_of(to->items[i], merge_key);

        if (!key)
            continue;
        joined->next[i] = (uint32_t)(uintptr_t)names_find(&joined->places, key);
        names_set(&joined->places, key, (const void *)(uintptr_t)(i + 1));
    }
}

/*
 * The order of the elements: those of the patch stand as the patch has them, the others as they stood, and one of these before the first
 * of the patch's that stood behind it.
 */
static void put_in_order(struct arena *arena, struct node *to, const struct joined *joined)
{
    struct node **left = to->items;
    uint32_t n_left = to->n_items, i = 0, k = 0;

    to->items = NULL;
    to->n_items = 0;
    for (;;) {
        while (i < n_left && (joined->is_patched[i] || joined->is_gone[i]))
            i++;
        if (i == n_left && k == joined->n_patched)
            return;
        arena_grow(arena, to->items, to->n_items);
        if (i < n_left && (k == joined->n_patched || (joined->place[k] && i + 1 < joined->place[k])))
            to->items[to->n_items++] = left[i++];
        else
            to->items[to->n_items++] = joined->patched[k++];
    }
}

static void join_element(struct patching *patching, struct node *to, struct joined *joined, const struct node *element, struct merged_list list,
                         const char *key, const struct step *step)
{
    uint32_t place = (uint32_t)(uintptr_t)names_find(&joined->places, key);

    if (is_word(directive_of(element), "delete")) {
        for (; place; place = joined->next[place - 1])
            joined->is_gone[place - 1] = true;
        return;
    }
    if (place && !joined->is_gone[place - 1]) {
        if (element->kind == NODE_MAPPING)
            merge_mapping(patching, to->items[place - 1], element, list.part, step);
        if (joined->is_patched[place - 1])
            return;
        joined->is_patched[place - 1] = true;
        joined->patched[joined->n_patched] = to->items[place - 1];
    } else {
        joined->patched[joined->n_patched] = added_copy(patching->arena, element, false);
        place = 0;
    }
    joined->place[joined->n_patched++] = place;
}

/* A list with `{$patch: replace}` among its elements replaces the other one. */
static bool replaces(struct patching *patching, struct node *to, const struct node *patch)
{
    bool does = false;

    for (uint32_t i = 0; i < patch->n_items; i++)
        does |= is_word(directive_of(patch->items[i]), "replace");
    if (!does)
        return false;
    to->items = NULL;
    to->n_items = 0;
    for (uint32_t i = 0; i < patch->n_items; i++)
        if (!directive_of(patch->items[i])) {
            arena_grow(patching->arena, to->items, to->n_items);
            to->items[to->n_items++] = added_copy(patching->arena, patch->items[i], false);
        }
    return true;
}

static void merge_list(struct patching *patching, struct node *to, const struct node *patch, struct merged_list list, const struct step *step)
{
    struct joined joined;

    if (replaces(patching, to, patch))
        return;
    joined_init(patching->arena, &joined, to, patch, list.merge_key);
    for (uint32_t i = 0; i < patch->n_items; i++) {
        const char *key = key_of(patch->items[i], list.merge_key);
        struct step item = {.outer = step, .index = i + 1};

        if (!key) {
            struct finding *finding = merge_fault(patching, HD_PATCH_FORM, patch->items[i], &item,
                                                  "an element of %s must have %s, by which it is merged", list.key,
                                                  *list.merge_key ? list.merge_key : "a text");

            if (finding)
                hint(finding, "add it; Kubernetes merges this list by that key. To replace the whole list, add {$patch: replace}");
            return;
        }
        join_element(patching, to, &joined, patch->items[i], list, key, &item);
    }
    put_in_order(patching->arena, to, &joined);
}

/* Takes the texts of `$deleteFromPrimitiveList/key` out of the list of that key. */
static void delete_texts(struct node *to, const char *key, const struct node *texts)
{
    struct node *list = node_value(to, key);
    uint32_t n_left = 0;

    for (uint32_t i = 0; list && list->kind == NODE_SEQUENCE && i < list->n_items; i++) {
        bool is_gone = false;

        for (uint32_t k = 0; k < texts->n_items && list->items[i]->kind == NODE_SCALAR; k++)
            is_gone |= texts->items[k]->kind == NODE_SCALAR && !strcmp(texts->items[k]->text, list->items[i]->text);
        if (!is_gone)
            list->items[n_left++] = list->items[i];
    }
    if (list && list->kind == NODE_SEQUENCE)
        list->n_items = n_left;
}

/* Keeps only the keys that `$retainKeys` lists. */
static void retain(struct node *to, const struct node *keys)
{
    for (uint32_t i = to->n_items; i > 0; i -= 2) {
        bool is_kept = false;

        for (uint32_t k = 0; k < keys->n_items; k++)
            is_kept |= keys->items[k]->kind == NODE_SCALAR && !strcmp(keys->items[k]->text, to->items[i - 2]->text);
        if (!is_kept)
            node_remove(to, to->items[i - 2]->text);
    }
}

static bool refuse_directive(struct patching *patching, const struct node *key, const struct step *step, const char *format, const char *right)
{
    struct step here = {.outer = step, .key = key->text};
    struct finding *finding = merge_fault(patching, HD_PATCH_FORM, key, &here, format, key->text);

    if (finding)
        hint(finding, "%s", right);
    return true;
}

/* Does what a directive says. True when it was one. */
static bool take_directive(struct patching *patching, struct node *to, const struct node *key, const struct node *value, const char *part,
                           const struct step *step)
{
    if (!is_directive(key->text))
        return false;
    if (!part)
        return refuse_directive(patching, key, step, "%s is no key of a JSON merge patch, which is how this kind is merged",
                                "give null to remove a key, and the whole list to change a list; or write json: with operations");
    if (begins(key->text, order_prefix))
        return refuse_directive(patching, key, step, "%s is not supported", "write json: with the operation move, or the whole list with {$patch: replace}");
    if (strcmp(key->text, "$patch") && value->kind != NODE_SEQUENCE)
        return refuse_directive(patching, key, step, "%s must be a list", "write a list of texts");
    if (begins(key->text, delete_prefix))
        delete_texts(to, key->text + strlen(delete_prefix), value);
    else if (!strcmp(key->text, "$retainKeys"))
        retain(to, value);
    return true;
}

static void merge_value(struct patching *patching, struct node *to, struct names *places, const struct node *key, const struct node *value,
                        const char *part, const struct step *step)
{
    uint32_t place = (uint32_t)(uintptr_t)names_find(places, key->text);
    struct node *before = place ? to->items[place] : NULL;
    const char *mark = part ? part_mark(part, key->text) : NULL, *behind = mark ? part_behind(mark) : part ? PART_PLAIN : NULL;

    if (node_is_null(value)) {
        if (before)
            to->items[place] = NULL;
    } else if (before && before->kind == NODE_MAPPING && value->kind == NODE_MAPPING && (!mark || *mark != '|')) {
        merge_mapping(patching, before, value, behind, step);
    } else if (before && before->kind == NODE_SEQUENCE && value->kind == NODE_SEQUENCE && mark && *mark == '[' && mark[1] != ']') {
        merge_list(patching, before, value, (struct merged_list){key->text, behind, merge_key_of(patching->arena, mark)}, step);
    } else if (place) {
        to->items[place] = added_copy(patching->arena, value, !part);
    } else {
        arena_grow(patching->arena, to->items, to->n_items);
        to->items[to->n_items++] = node_copy(patching->arena, key);
        arena_grow(patching->arena, to->items, to->n_items);
        to->items[to->n_items++] = added_copy(patching->arena, value, !part);
    }
}

static void drop_removed(struct node *mapping)
{
    uint32_t n_left = 0;

    for (uint32_t i = 0; i < mapping->n_items; i += 2)
        if (mapping->items[i + 1]) {
            mapping->items[n_left++] = mapping->items[i];
            mapping->items[n_left++] = mapping->items[i + 1];
        }
    mapping->n_items = n_left;
}

/* `$patch: replace` and `$patch: delete` of a mapping. */
static bool takes_all(struct patching *patching, struct node *to, const struct node *patch, const struct step *step)
{
    const struct node *word = node_value(patch, "$patch");
    const char *text = word && word->kind == NODE_SCALAR ? word->text : "";

    if (!word || !strcmp(text, "merge"))
        return false;
    if (strcmp(text, "replace") && strcmp(text, "delete")) {
        struct finding *finding = merge_fault(patching, HD_PATCH_FORM, word, step, "$patch must be delete, replace or merge");

        if (finding)
            hint(finding, "write $patch: delete to remove the element, or $patch: replace to replace it by what stands beside");
        return true;
    }
    to->items = NULL;
    to->n_items = 0;
    if (!strcmp(text, "replace"))
        *to = *added_copy(patching->arena, patch, false);
    return true;
}

static void merge_mapping(struct patching *patching, struct node *to, const struct node *patch, const char *part, const struct step *step)
{
    const struct node *retained = !part ? NULL : node_value(patch, "$retainKeys");
    struct names places;

    if (part && takes_all(patching, to, patch, step))
        return;
    if (retained && retained->kind == NODE_SEQUENCE)
        retain(to, retained);
    names_init(patching->arena, &places, to->n_items / 2);
    for (uint32_t i = 0; i < to->n_items; i += 2)
        names_add(&places, to->items[i]->text, (const void *)(uintptr_t)(i + 1));
    for (uint32_t i = 0; i < patch->n_items && !patching->failed; i += 2) {
        struct step inner = {.outer = step, .key = patch->items[i]->text};

        if (!strcmp(patch->items[i]->text, "$retainKeys") && retained && retained->kind == NODE_SEQUENCE)
            continue;
        if (!take_directive(patching, to, patch->items[i], patch->items[i + 1], part, step))
            merge_value(patching, to, &places, patch->items[i], patch->items[i + 1], part, &inner);
    }
    drop_removed(to);
}

void patch_merge(struct patching *patching, struct node *object, const struct node *merge)
{
    merge_mapping(patching, object, merge, part_of_kind(patching->manifest->group, patching->manifest->kind), NULL);
}
