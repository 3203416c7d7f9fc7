#include "compare.h"

#include "core/memory/names.h"
#include "core/text/quantity.h"
#include "core/text/scalar.h"
#include "core/writing/arena_sink.h"
#include "diagnostics/text.h"
#include "server_fields.h"

#include <string.h>

/*
 * Mappings with fewer keys are searched one by one, because a table of so few keys costs more than it saves. Below a longer path values are
 * compared as a whole, because paths in manifests from outside could otherwise take more memory than the manifests.
 */
enum { FEW_KEYS = 16, LONGEST_PATH = 1024 };

struct comparison {
    struct arena *arena;
    struct field_changes *changes;
    const struct tolerance *tolerance;
};

const struct node *node_at(const struct node *node, const char *key)
{
    if (!node || node->kind != NODE_MAPPING)
        return NULL;
    for (uint32_t i = 0; i < node->n_items; i += 2)
        if (!strcmp(node->items[i]->text, key))
            return node->items[i + 1];
    return NULL;
}

static bool is_same(const struct node *a, const struct node *b)
{
    if (a->kind != b->kind || a->n_items != b->n_items)
        return false;
    if (a->kind == NODE_SCALAR)
        return a->plain == b->plain && a->length == b->length && !memcmp(a->text, b->text, a->length);
    for (uint32_t i = 0; i < a->n_items; i++)
        if (!is_same(a->items[i], b->items[i]))
            return false;
    return true;
}

/* Whether kubectl sends the scalar to the server as a text. Other words than JSON's, such as 0644, are shown as texts too. */
static bool is_text(const struct node *node)
{
    enum scalar_type type = node->plain ? scalar_type(node->text, node->length) : SCALAR_STRING;

    return type != SCALAR_NUMBER && type != SCALAR_BOOL && type != SCALAR_NULL;
}

static void put_scalar(struct text_out *out, const struct node *node)
{
    if (is_text(node))
        text_print_json(out, node->text);
    else if (node_is_null(node))
        text_put(out, "null");
    else if (scalar_type(node->text, node->length) == SCALAR_BOOL)
        text_put(out, scalar_truth(node->text) ? "true" : "false");
    else
        text_put(out, node->text);
}

static void put_json(struct text_out *out, const struct node *node)
{
    bool is_mapping = node->kind == NODE_MAPPING;

    if (node->kind == NODE_SCALAR) {
        put_scalar(out, node);
        return;
    }
    text_put(out, is_mapping ? "{" : "[");
    for (uint32_t i = 0; i < node->n_items; i++) {
        if (i)
            text_put(out, is_mapping && i % 2 ? ": " : ", ");
        put_json(out, node->items[i]);
    }
    text_put(out, is_mapping ? "}" : "]");
}

/* The value as JSON on one line. */
static const char *json_of(struct arena *arena, const struct node *node)
{
    struct arena_text json = {.arena = arena};
    struct text_out out;

    text_init(&out, arena_sink, &json);
    put_json(&out, node);
    text_flush(&out);
    return json.bytes;
}

static void add(struct comparison *comparison, const char *path, const struct node *before, const struct node *after)
{
    struct field_changes *changes = comparison->changes;

    arena_grow(comparison->arena, changes->items, changes->n);
    arena_grow(comparison->arena, changes->nodes, changes->n);
    arena_grow(comparison->arena, changes->are_defaults, changes->n);
    changes->nodes[changes->n] = after ? after : before;
    changes->are_defaults[changes->n] = false;
    changes->items[changes->n++] = (struct hd_field_change){
        .path = path,
        .before = before ? json_of(comparison->arena, before) : NULL,
        .after = after ? json_of(comparison->arena, after) : NULL,
    };
}

/* A key with a dot is written as in jsonpath, because dots separate the keys of a path. */
static const char *below(struct arena *arena, const char *path, const char *key)
{
    if (strpbrk(key, ".[]"))
        return arena_printf(arena, "%s[\"%s\"]", path, key);
    return *path ? arena_printf(arena, "%s.%s", path, key) : key;
}

/* The value of a key that only one of the two mappings has. */
static void add_entry(struct comparison *comparison, const char *path, const char *parent, const char *key, const struct node *before,
                      const struct node *after)
{
    add(comparison, below(comparison->arena, path, key), before, after);
    comparison->changes->are_defaults[comparison->changes->n - 1] = is_default_of_pods(parent, key, after ? after : before);
}

/* `key` is that of the value, or of the list that it is an element of. */
static void compare(struct comparison *comparison, const char *path, const char *key, const struct node *before, const struct node *after);

/* Finds the values of keys; in a large mapping through a table of its keys. */
struct lookup {
    const struct node *mapping;
    struct names names;
};

static void lookup_init(struct lookup *lookup, struct arena *arena, const struct node *mapping)
{
    *lookup = (struct lookup){.mapping = mapping};
    if (mapping->n_items / 2 <= FEW_KEYS)
        return;
    names_init(arena, &lookup->names, mapping->n_items / 2);
    for (uint32_t i = 0; i < mapping->n_items; i += 2)
        names_add(&lookup->names, mapping->items[i]->text, mapping->items[i + 1]);
}

static const struct node *lookup_find(const struct lookup *lookup, const char *key)
{
    return lookup->names.entries ? names_find(&lookup->names, key) : node_at(lookup->mapping, key);
}

static void compare_mappings(struct comparison *comparison, const char *path, const char *parent, const struct node *before,
                             const struct node *after)
{
    struct lookup old, new;

    lookup_init(&old, comparison->arena, before);
    lookup_init(&new, comparison->arena, after);
    for (uint32_t i = 0; i < after->n_items; i += 2) {
        const char *key = after->items[i]->text;
        const struct node *was = lookup_find(&old, key), *is = after->items[i + 1];

        if (was && !is_same(was, is))
            compare(comparison, below(comparison->arena, path, key), key, was, is);
        else if (!was && !is_tolerated(comparison->tolerance, parent, key, is))
            add_entry(comparison, path, parent, key, NULL, is);
    }
    for (uint32_t i = 0; i < before->n_items; i += 2) {
        const char *key = before->items[i]->text;

        if (!lookup_find(&new, key) && !is_tolerated(comparison->tolerance, parent, key, before->items[i + 1]))
            add_entry(comparison, path, parent, key, before->items[i + 1], NULL);
    }
}

/* The name that identifies an element in its list; NULL when it has none. */
static const char *name_of(const struct node *element)
{
    const struct node *name = node_at(element, "name");

    return name && name->kind == NODE_SCALAR ? name->text : NULL;
}

/* The elements of a list by their names; false when one has no name, or two have the same. */
static bool index_elements(struct arena *arena, struct names *names, const struct node *list)
{
    names_init(arena, names, list->n_items);
    for (uint32_t i = 0; i < list->n_items; i++) {
        const char *name = name_of(list->items[i]);

        if (!name || names_add(names, name, list->items[i]))
            return false;
    }
    return true;
}

static bool order_is_same(const struct node *before, const struct names *new, const struct node *after, const struct names *old)
{
    uint32_t i = 0, k = 0;

    for (;;) {
        while (i < before->n_items && !names_find(new, name_of(before->items[i])))
            i++;
        while (k < after->n_items && !names_find(old, name_of(after->items[k])))
            k++;
        if (i == before->n_items || k == after->n_items)
            return true;
        if (strcmp(name_of(before->items[i++]), name_of(after->items[k++])))
            return false;
    }
}

static void compare_named(struct comparison *comparison, const char *path, const char *key, const struct node *before,
                          const struct names *old, const struct node *after, const struct names *new)
{
    for (uint32_t i = 0; i < after->n_items; i++) {
        const char *name = name_of(after->items[i]);
        const struct node *was = names_find(old, name);

        if (!was || !is_same(was, after->items[i]))
            compare(comparison, arena_printf(comparison->arena, "%s[%s]", path, name), key, was, after->items[i]);
    }
    for (uint32_t i = 0; i < before->n_items; i++)
        if (!names_find(new, name_of(before->items[i])))
            add(comparison, arena_printf(comparison->arena, "%s[%s]", path, name_of(before->items[i])), before->items[i], NULL);
}

/* Compares elements by their names; without names by their indexes if both lists are equally long, and else the lists as a whole. */
static void compare_lists(struct comparison *comparison, const char *path, const char *key, const struct node *before,
                          const struct node *after)
{
    struct names old, new;

    if (index_elements(comparison->arena, &old, before) && index_elements(comparison->arena, &new, after) &&
        order_is_same(before, &new, after, &old)) {
        compare_named(comparison, path, key, before, &old, after, &new);
        return;
    }
    if (before->n_items != after->n_items) {
        add(comparison, path, before, after);
        return;
    }
    for (uint32_t i = 0; i < after->n_items; i++)
        if (!is_same(before->items[i], after->items[i]))
            compare(comparison, arena_printf(comparison->arena, "%s[%u]", path, (unsigned)i), key, before->items[i], after->items[i]);
}

/* Whether the server reads both texts as one value. */
static bool is_same_value(const char *key, const struct node *before, const struct node *after)
{
    if (before->kind != NODE_SCALAR || after->kind != NODE_SCALAR)
        return false;
    if (is_quantity(key) && quantity_is_valid(before->text) && quantity_is_valid(after->text))
        return !quantity_compare(before->text, after->text);
    return is_text(before) == is_text(after) && !strcmp(before->text, after->text);
}

static void compare(struct comparison *comparison, const char *path, const char *key, const struct node *before, const struct node *after)
{
    bool is_short = strlen(path) <= LONGEST_PATH;

    if (is_short && before && after && before->kind == NODE_MAPPING && after->kind == NODE_MAPPING)
        compare_mappings(comparison, path, key, before, after);
    else if (is_short && before && after && before->kind == NODE_SEQUENCE && after->kind == NODE_SEQUENCE)
        compare_lists(comparison, path, key, before, after);
    else if (!comparison->tolerance || !before || !after || !is_same_value(key, before, after))
        add(comparison, path, before, after);
}

void compare_manifests(struct arena *arena, struct field_changes *changes, const struct tolerance *tolerance, const struct node *before,
                       const struct node *after)
{
    struct comparison comparison = {arena, changes, tolerance};

    compare(&comparison, "", "", before, after);
}
