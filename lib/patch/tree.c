/* Trees that patches change: each belongs to one object, and no node stands in it twice. */
#include "patch.h"

#include "core/memory/names.h"
#include "core/reading/lay_over.h"

#include <stdlib.h>
#include <string.h>

struct node *node_copy(struct arena *arena, const struct node *node)
{
    struct node *copy = arena_copy(arena, node, sizeof *node);

    copy->items = NULL;
    copy->n_items = 0;
    for (uint32_t i = 0; i < node->n_items; i++) {
        arena_grow(arena, copy->items, copy->n_items);
        copy->items[copy->n_items++] = node_copy(arena, node->items[i]);
    }
    return copy;
}

struct node *node_value(const struct node *mapping, const char *key)
{
    return tree_value(mapping, key);
}

void node_set(struct arena *arena, struct node *mapping, const struct node *key, struct node *value)
{
    for (uint32_t i = 0; i < mapping->n_items; i += 2)
        if (!strcmp(mapping->items[i]->text, key->text)) {
            mapping->items[i + 1] = value;
            return;
        }
    arena_grow(arena, mapping->items, mapping->n_items);
    mapping->items[mapping->n_items++] = node_copy(arena, key);
    arena_grow(arena, mapping->items, mapping->n_items);
    mapping->items[mapping->n_items++] = value;
}

bool node_remove(struct node *mapping, const char *key)
{
    for (uint32_t i = 0; i < mapping->n_items; i += 2)
        if (!strcmp(mapping->items[i]->text, key)) {
            mapping->n_items -= 2;
            memmove(mapping->items + i, mapping->items + i + 2, (mapping->n_items - i) * sizeof *mapping->items);
            return true;
        }
    return false;
}

int node_depth(const struct node *node)
{
    int deepest = 0;

    for (uint32_t i = 0; i < node->n_items; i++) {
        int depth = node_depth(node->items[i]);

        deepest = depth > deepest ? depth : deepest;
    }
    return deepest + 1;
}

static bool scalars_equal(const struct node *a, const struct node *b)
{
    char *end_a, *end_b;
    double x, y;

    if (a->plain != b->plain)
        return false;
    if (!strcmp(a->text, b->text) || (node_is_null(a) && node_is_null(b)))
        return true;
    if (!a->plain || !*a->text || !*b->text)
        return false;
    x = strtod(a->text, &end_a);
    y = strtod(b->text, &end_b);
    return !*end_a && !*end_b && !(x < y) && !(x > y);
}

static bool mappings_equal(struct arena *arena, const struct node *a, const struct node *b)
{
    struct names names;

    names_init(arena, &names, b->n_items / 2);
    for (uint32_t i = 0; i < b->n_items; i += 2)
        names_add(&names, b->items[i]->text, b->items[i + 1]);
    for (uint32_t i = 0; i < a->n_items; i += 2) {
        const struct node *other = names_find(&names, a->items[i]->text);

        if (!other || !node_equals(arena, a->items[i + 1], other))
            return false;
    }
    return true;
}

bool node_equals(struct arena *arena, const struct node *a, const struct node *b)
{
    if (a->kind != b->kind || a->n_items != b->n_items)
        return false;
    if (a->kind == NODE_SCALAR)
        return scalars_equal(a, b);
    if (a->kind == NODE_MAPPING)
        return mappings_equal(arena, a, b);
    for (uint32_t i = 0; i < a->n_items; i++)
        if (!node_equals(arena, a->items[i], b->items[i]))
            return false;
    return true;
}
