#include "tree.h"

#include <string.h>

bool node_is_null(const struct node *node)
{
    return node->kind == NODE_SCALAR && node->plain &&
           (!node->length || (node->length == 1 && *node->text == '~') ||
            (node->length == 4 && (!strcmp(node->text, "null") || !strcmp(node->text, "Null") || !strcmp(node->text, "NULL"))));
}

void tree_mark_layer(struct node *over)
{
    over->is_later = true;
    for (uint32_t i = 1; over->kind == NODE_MAPPING && i < over->n_items; i += 2)
        tree_mark_layer(over->items[i]);
}

static struct node *copy_tree(struct arena *arena, const struct node *tree, const char *file)
{
    struct node *copy = arena_copy(arena, tree, sizeof *tree);

    copy->file = file;
    copy->is_later = false;
    copy->items = tree->n_items ? arena_room(arena, tree->n_items, sizeof *copy->items) : NULL;
    for (uint32_t i = 0; i < tree->n_items; i++)
        copy->items[i] = copy_tree(arena, tree->items[i], file);
    return copy;
}

struct node *tree_copy_layer(struct arena *arena, const struct node *over, const char *file)
{
    struct node *copy = copy_tree(arena, over, file);

    tree_mark_layer(copy);
    return copy;
}
