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
    /* A collection that settings may change in place (setting.c). */
    bool is_taken;
    const char *file;
    uint32_t line, column;
    /* Text of a scalar, NUL-terminated; without NUL bytes inside. */
    const char *text;
    uint32_t length;
    /* Items of a sequence; keys and values of a mapping in turn. */
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

/* `over` laid over `base`: mappings merge key by key, everything else is replaced. Either may be changed. */
struct node *tree_merge(struct arena *arena, struct node *base, struct node *over);

/* `base` with the value of a setting `path=value` in its place; NULL after reporting. Only what settings changed before may change. */
struct node *tree_set(struct tree_memory memory, struct hd_diagnostics *report, struct node *base, const char *setting);

/* Whether a scalar is YAML's null: empty, ~ or null without quotes. */
bool node_is_null(const struct node *node);

#endif
