/* A place in a text that is read as simple YAML, and the scalars that stand there. */
#ifndef HD_CORE_READING_SIMPLE_SCALAR_H
#define HD_CORE_READING_SIMPLE_SCALAR_H

#include "tree.h"

struct simple {
    struct tree_memory memory;
    const char *file;
    const char *next, *end;
    /* The line being read: its number, where it begins, and bytes of it that begin no character. */
    uint32_t line;
    const char *line_start;
    size_t n_inner;
    /* The column of what stands first in the line, from 0; -1 at the end of the text. */
    int indent;
    /* The value being read may go on in lines that are indented deeper than this. */
    int parent;
    /* Brackets that are open, and whether keys in them have double quotes, as in JSON. */
    int n_brackets;
    bool is_json;
    /* A copy of the text, in which each scalar ends with NUL; NULL where each scalar is copied for itself. */
    const char *text;
    char *copy;
    /* Nodes to be used next. */
    struct node *spare;
    size_t n_spare;
    /* The items of all collections that are open, the innermost one's last. */
    struct node **items;
    size_t n_items, room;
};

static inline int column(const struct simple *simple)
{
    return (int)((size_t)(simple->next - simple->line_start) - simple->n_inner);
}

/* The character at `next`; NUL at the end. */
static inline char look(const struct simple *simple)
{
    return simple->next < simple->end ? *simple->next : '\0';
}

static inline bool is_blank_or_end(const struct simple *simple, const char *at)
{
    return at >= simple->end || *at == ' ' || *at == '\n';
}

static inline void begin_line(struct simple *simple)
{
    simple->line++;
    simple->line_start = simple->next;
    simple->n_inner = 0;
}

void skip_spaces(struct simple *simple);

/* A node that stands at `next`. */
struct node *simple_node(struct simple *simple, enum node_kind kind);

/* Goes to the end of the line. False when a character stands before it that YAML does not have. */
bool simple_pass_line(struct simple *simple);

/* Each reads one scalar; NULL when it is for libfyaml. A literal ends before its last line's end. */
struct node *simple_double_quoted(struct simple *simple);
struct node *simple_single_quoted(struct simple *simple);
struct node *simple_plain(struct simple *simple);
struct node *simple_literal(struct simple *simple);

#endif
