#include "tree.h"

#include <stdlib.h>
#include <string.h>

bool node_is_null(const struct node *node)
{
    return node->kind == NODE_SCALAR && node->plain &&
           (!node->length || !strcmp(node->text, "~") || !strcmp(node->text, "null") || !strcmp(node->text, "Null") || !strcmp(node->text, "NULL"));
}

static bool same_key(const struct node *a, const struct node *b)
{
    return a->kind == NODE_SCALAR && b->kind == NODE_SCALAR && a->length == b->length && !memcmp(a->text, b->text, a->length);
}

/* The base is left as it is: an alias may use it elsewhere. */
struct node *tree_merge(struct arena *arena, struct node *base, struct node *over)
{
    struct node *merged;

    if (!base || !over || base->kind != NODE_MAPPING || over->kind != NODE_MAPPING)
        return over ? over : base;
    merged = arena_copy(arena, base, sizeof *base);
    merged->items = arena_array(arena, (size_t)base->n_items + over->n_items, sizeof *merged->items);
    if (base->n_items)
        memcpy(merged->items, base->items, base->n_items * sizeof *merged->items);
    for (uint32_t i = 0; i < over->n_items; i += 2) {
        uint32_t k = 0;

        while (k < base->n_items && !same_key(base->items[k], over->items[i]))
            k += 2;
        if (k < base->n_items) {
            merged->items[k + 1] = tree_merge(arena, base->items[k + 1], over->items[i + 1]);
            continue;
        }
        merged->items[merged->n_items++] = over->items[i];
        merged->items[merged->n_items++] = over->items[i + 1];
    }
    return merged;
}
