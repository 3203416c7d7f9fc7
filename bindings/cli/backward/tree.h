/* A manifest as a tree in which each value knows its lines. */
#ifndef HYBRIDGEN_BACKWARD_TREE_H
#define HYBRIDGEN_BACKWARD_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum tree_kind { TREE_SCALAR, TREE_MAPPING, TREE_SEQUENCE };

struct tree {
    enum tree_kind kind;
    /* Its key in a mapping; NULL in a sequence. */
    char *key;
    /* Of a scalar. */
    char *text;
    /* The line of its key, or of the value where there is none; and the last line of a scalar. From 1. */
    uint32_t line, last_line;
    struct tree **items;
    size_t n_items;
};

/* Receives a document, which then belongs to it. */
typedef void tree_visitor(void *user, struct tree *document);

/* Hands over the documents of a text one after the other. False when the text is no YAML, or has aliases. */
bool tree_documents(const char *text, size_t length, tree_visitor *visit, void *user);
/* The only document of a text; NULL when the text is no YAML, has aliases, or holds none. */
struct tree *tree_of(const char *text, size_t length);
void tree_free(struct tree *tree);

/* The value of a key; NULL when there is none. */
const struct tree *tree_at(const struct tree *tree, const char *key);
/* The text of a key's value; NULL when it is no scalar. */
const char *tree_text(const struct tree *tree, const char *key);
bool tree_is_same(const struct tree *a, const struct tree *b);

/* A path down a tree: its values, from the tree itself. */
enum { DEEPEST_TREE = 64 };
struct way {
    const struct tree *steps[DEEPEST_TREE];
    size_t n;
    /* The only line in question of a text of several lines, and its number; NULL for all of it. */
    char *line;
    uint32_t number;
};

/* The text in question at the end of the way; NULL when there is none. */
const char *way_value(const struct way *way);
/* The line in question. */
uint32_t way_line(const struct way *way);

/* The path as people write it: spec.ports[0].port. To be freed. */
char *way_text(const struct way *way);

/* The value in another version of the same object: entries of lists are found by their names, or as what they are. NULL when it is gone. */
const struct tree *way_in(const struct way *way, const struct tree *other);

/* Visits each scalar and each empty container at or below the end of the way. */
typedef void way_visitor(void *user, const struct way *way);
void way_leaves(struct way *way, way_visitor *visit, void *user);

/* Goes down to the value that a path names, or to the one that begins in a line, or has it. False when there is none. */
bool way_find(struct way *way, const struct tree *tree, const char *path);
bool way_find_line(struct way *way, const struct tree *tree, uint32_t line);

#endif
