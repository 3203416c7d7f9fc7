#include "tree.h"

#include "core/memory/names.h"

#include <string.h>

bool node_is_null(const struct node *node)
{
    return node->kind == NODE_SCALAR && node->plain &&
           (!node->length || !strcmp(node->text, "~") || !strcmp(node->text, "null") || !strcmp(node->text, "Null") ||
            !strcmp(node->text, "NULL"));
}

/* The base is left as it is: an alias may use it elsewhere. */
struct node *tree_merge(struct arena *arena, struct node *base, struct node *over)
{
    struct names places = {0};
    struct node *merged;

    if (!base || !over || base->kind != NODE_MAPPING || over->kind != NODE_MAPPING)
        return over ? over : base;
    merged = arena_copy(arena, base, sizeof *base);
    merged->is_taken = false;
    merged->items = arena_array(arena, (size_t)base->n_items + over->n_items, sizeof *merged->items);
    if (base->n_items)
        memcpy(merged->items, base->items, base->n_items * sizeof *merged->items);
    names_init(arena, &places, base->n_items / 2);
    for (uint32_t i = 0; i < base->n_items; i += 2)
        names_add(&places, base->items[i]->text, &merged->items[i + 1]);
    for (uint32_t i = 0; i < over->n_items; i += 2) {
        struct node **place = (struct node **)(uintptr_t)names_find(&places, over->items[i]->text);

        if (place) {
            *place = tree_merge(arena, *place, over->items[i + 1]);
            continue;
        }
        merged->items[merged->n_items++] = over->items[i];
        merged->items[merged->n_items++] = over->items[i + 1];
    }
    return merged;
}
