/* Whether what the reader of simple YAML and JSON takes is read by libfyaml as the same tree; for tests of examples, and of random texts. */
#ifndef HD_TESTS_UNIT_SAME_TREES_H
#define HD_TESTS_UNIT_SAME_TREES_H

#include "core/reading/simple.h"

#include <stdio.h>
#include <string.h>

enum same_trees { NOT_SIMPLE, SAME_TREES, OTHER_TREES };

static bool same_nodes(const struct node *a, const struct node *b)
{
    bool same = a->kind == b->kind && a->plain == b->plain && a->line == b->line && a->column == b->column && a->weight == b->weight &&
                a->n_items == b->n_items && (a->kind != NODE_SCALAR || (a->length == b->length && !memcmp(a->text, b->text, a->length + 1)));

    if (!same)
        fprintf(stderr, "%u:%u %s, and by libfyaml %u:%u %s\n", a->line, a->column, a->text ? a->text : "collection", b->line, b->column,
                b->text ? b->text : "collection");
    for (uint32_t i = 0; same && i < a->n_items; i++)
        same = same_nodes(a->items[i], b->items[i]);
    return same;
}

/* Whether four single quotes stand in turn, which mean two: libfyaml 0.7 makes something else of the second two. */
static bool has_four_quotes(const char *text, size_t length)
{
    size_t n = 0;

    for (size_t i = 0; i < length && n < 4; i++)
        n = text[i] == '\'' ? n + 1 : 0;
    return n == 4;
}

/* The text is in UTF-8, and has no NUL bytes. */
static enum same_trees compare_readers(struct tree_memory memory, struct hd_diagnostics *report, const char *text, size_t length)
{
    const struct node *simple = simple_read(memory, "model.yaml", 0, text, length), *whole;

    if (!simple || has_four_quotes(text, length))
        return NOT_SIMPLE;
    whole = tree_read_by_libfyaml(memory, report, "model.yaml", 0, text, length);
    return whole && same_nodes(simple, whole) ? SAME_TREES : OTHER_TREES;
}

#endif
