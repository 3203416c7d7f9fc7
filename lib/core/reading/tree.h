/* A YAML document as a tree of nodes that know where they stood. */
#ifndef HD_CORE_READING_TREE_H
#define HD_CORE_READING_TREE_H

#include "core/memory/arena.h"
#include "core/reporting/report.h"

#include <stdint.h>

enum node_kind { NODE_SCALAR, NODE_SEQUENCE, NODE_MAPPING };

struct node {
    enum node_kind kind;
    /* A scalar without quotes, whose type YAML readers guess from its text; a collection without brackets. */
    bool plain;
    /* A collection that later layers may change in place (lay_over.c). */
    bool is_taken;
    /* A value of a later layer; a key that a later layer adds to a mapping of an earlier one. */
    bool is_later, is_added;
    const char *file;
    uint32_t line, column;
    /* Text of a scalar, NUL-terminated; without NUL bytes inside. */
    const char *text;
    uint32_t length;
    /* Items of a sequence; keys and values of a mapping in turn. There is room for the next power of two, as arena_grow() has it. */
    uint32_t n_items;
    struct node **items;
    /* Nodes in it, with those behind aliases counted each time. */
    uint64_t weight;
};

/* Where a tree lives: nodes go when it has been loaded, texts stay with the model. */
struct tree_memory {
    struct arena *nodes, *texts;
};

/* Reads one document from text; NULL after reporting why it cannot be read. */
struct node *tree_read(struct tree_memory memory, struct hd_diagnostics *report, const char *file, const char *text, size_t length);

/* Likewise, of a text that stands behind `before` lines of its file. */
struct node *tree_read_part(struct tree_memory memory, struct hd_diagnostics *report, const char *file, uint32_t before, const char *text,
                            size_t length);

/* The same by libfyaml alone, which reads all of YAML and says what is wrong with the rest. The text is UTF-8. */
struct node *tree_read_by_libfyaml(struct tree_memory memory, struct hd_diagnostics *report, const char *file, uint32_t before,
                                   const char *text, size_t length);

/* Notes that the values of `over` belong to a later layer. */
void tree_mark_layer(struct node *over);

/*
 * A copy of a part of a tree, as a later layer of its own: aliases in it may lead to what is no part of it. All its positions have `file` as
 * the name of their file.
 */
struct node *tree_copy_layer(struct arena *arena, const struct node *over, const char *file);

/* Whether a scalar is YAML's null: empty, ~ or null without quotes. */
bool node_is_null(const struct node *node);

#endif
