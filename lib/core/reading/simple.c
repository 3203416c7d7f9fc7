#include "simple.h"

#include "simple_scalar.h"

#include <string.h>

/* Deeper nesting and longer keys are left to libfyaml, which reports them. */
enum { DEEPEST = 64, LONGEST_KEY = 1000 };

static struct node *read_one_line(struct simple *simple, int depth);
static struct node *read_block(struct simple *simple, int parent, int depth);

static bool is_marker(const struct simple *simple)
{
    const char *at = simple->next;

    return simple->end - at >= 3 && (*at == '-' || *at == '.') && at[1] == *at && at[2] == *at && is_blank_or_end(simple, at + 3);
}

/* Goes from the beginning of a line behind blanks and comments to what stands first in its line. */
static bool find_content(struct simple *simple)
{
    for (;; begin_line(simple)) {
        skip_spaces(simple);
        if (look(simple) == '#' && !simple_pass_line(simple))
            return false;
        if (simple->next == simple->end) {
            simple->indent = -1;
            return true;
        }
        if (*simple->next != '\n')
            break;
        simple->next++;
    }
    simple->indent = column(simple);
    return simple->indent || !is_marker(simple);
}

/* Behind a value: goes to what stands first in the next line. False when something else stands in this one. */
static bool end_line(struct simple *simple)
{
    skip_spaces(simple);
    if (look(simple) == '#' && simple->next[-1] == ' ' && !simple_pass_line(simple))
        return false;
    if (look(simple) == '\n') {
        simple->next++;
        begin_line(simple);
    } else if (simple->next < simple->end) {
        return false;
    }
    return find_content(simple);
}

/* Passes over blanks between brackets, at lines' ends too. */
static char peek(struct simple *simple)
{
    const char *line = simple->line_start;

    for (;; simple->next++, begin_line(simple)) {
        skip_spaces(simple);
        if (look(simple) != '\n')
            break;
    }
    /* Nothing is read from the end on. */
    if (line != simple->line_start && (column(simple) <= simple->parent || (!column(simple) && is_marker(simple))))
        simple->next = simple->end;
    return look(simple);
}

static bool push(struct simple *simple, struct node *item)
{
    if (!item)
        return false;
    if (simple->n_items == simple->room) {
        arena_grow(simple->memory.nodes, simple->items, simple->n_items);
        simple->room = simple->n_items ? 2 * simple->n_items : 1;
    }
    simple->items[simple->n_items++] = item;
    return true;
}

/* Gives a collection the items that were pushed since `begin`. */
static struct node *close_collection(struct simple *simple, struct node *node, size_t begin)
{
    size_t room = 1;

    node->n_items = (uint32_t)(simple->n_items - begin);
    simple->n_items = begin;
    if (!node->n_items)
        return node;
    while (room < node->n_items)
        room *= 2;
    node->items = arena_room(simple->memory.nodes, room, sizeof *node->items);
    memcpy(node->items, simple->items + begin, node->n_items * sizeof *node->items);
    for (uint32_t i = 0; i < node->n_items; i++)
        node->weight += node->items[i]->weight;
    return node;
}

static bool is_good_key(const struct node *key)
{
    return key && key->kind == NODE_SCALAR && key->length <= LONGEST_KEY && !(*key->text == '<' && key->plain && !strcmp(key->text, "<<"));
}

static struct node *read_key_in_brackets(struct simple *simple, int depth)
{
    struct node *key = peek(simple) == '"' || !simple->is_json ? read_one_line(simple, depth) : NULL;

    if (!is_good_key(key) || look(simple) != ':')
        return NULL;
    simple->next++;
    return key;
}

static struct node *read_brackets(struct simple *simple, enum node_kind kind, char close, int depth)
{
    struct node *node = simple_node(simple, kind);
    size_t begin = simple->n_items;

    if (depth == DEEPEST)
        return NULL;
    simple->n_brackets++;
    simple->next++;
    while (peek(simple) != close) {
        if (kind == NODE_MAPPING && !push(simple, read_key_in_brackets(simple, depth)))
            return NULL;
        if (!peek(simple) || !push(simple, read_one_line(simple, depth + 1)))
            return NULL;
        if (peek(simple) == ',')
            simple->next++;
        else if (look(simple) != close)
            return NULL;
    }
    simple->next++;
    simple->n_brackets--;
    return close_collection(simple, node, begin);
}

/* A value that begins in this line and has nothing before it but a key or a dash. */
static struct node *read_one_line(struct simple *simple, int depth)
{
    switch (look(simple)) {
    case '{':
        return read_brackets(simple, NODE_MAPPING, '}', depth);
    case '[':
        return read_brackets(simple, NODE_SEQUENCE, ']', depth);
    case '"':
        return simple_double_quoted(simple);
    case '\'':
        return simple_single_quoted(simple);
    case '|':
        return simple_literal(simple);
    default:
        return simple_plain(simple);
    }
}

static struct node *read_rest_of_line(struct simple *simple, int parent, int depth)
{
    struct node *node;

    simple->parent = parent;
    node = read_one_line(simple, depth);
    return node && end_line(simple) ? node : NULL;
}

static bool is_dash(const struct simple *simple)
{
    return look(simple) == '-' && is_blank_or_end(simple, simple->next + 1);
}

/* Behind a colon or a dash: whether nothing follows in this line but a comment. */
static bool is_line_over(struct simple *simple)
{
    skip_spaces(simple);
    return simple->next == simple->end || *simple->next == '\n' || *simple->next == '#';
}

static struct node *read_item(struct simple *simple, int dash, int depth)
{
    if (is_line_over(simple) && (!end_line(simple) || simple->indent <= dash))
        return NULL;
    return read_block(simple, dash, depth);
}

static struct node *read_sequence(struct simple *simple, int depth)
{
    struct node *node = simple_node(simple, NODE_SEQUENCE);
    size_t begin = simple->n_items;
    int dash = column(simple);

    if (depth == DEEPEST)
        return NULL;
    node->plain = true;
    do {
        simple->next++;
        if (!push(simple, read_item(simple, dash, depth + 1)))
            return NULL;
    } while (simple->indent == dash && is_dash(simple));
    return simple->indent <= dash ? close_collection(simple, node, begin) : NULL;
}

/* Null, which libfyaml has no place for, stands where its key does. */
static struct node *no_value(struct simple *simple, const struct node *key)
{
    struct node *node = simple_node(simple, NODE_SCALAR);

    node->plain = true;
    node->line = key->line;
    node->column = key->column;
    node->text = "";
    return node;
}

/* The dashes of a list may stand below the first letter of its key. */
static struct node *read_value(struct simple *simple, const struct node *key, int depth)
{
    int parent = (int)key->column - 1;

    if (!is_line_over(simple))
        return read_rest_of_line(simple, parent, depth);
    if (!end_line(simple))
        return NULL;
    if (simple->indent > parent)
        return read_block(simple, parent, depth);
    return simple->indent == parent && is_dash(simple) ? read_sequence(simple, depth) : no_value(simple, key);
}

static bool is_key(const struct simple *simple, const struct node *node)
{
    return is_good_key(node) && look(simple) == ':' && is_blank_or_end(simple, simple->next + 1);
}

/* Begins behind the first key, before its colon. */
static struct node *read_mapping(struct simple *simple, struct node *key, int depth)
{
    struct node *node = simple_node(simple, NODE_MAPPING);
    size_t begin = simple->n_items;
    int indent = (int)key->column - 1;

    node->plain = true;
    node->column = key->column;
    if (depth == DEEPEST)
        return NULL;
    for (;;) {
        if (!is_key(simple, key) || !push(simple, key))
            return NULL;
        simple->next++;
        if (!push(simple, read_value(simple, key, depth + 1)))
            return NULL;
        if (simple->indent != indent)
            break;
        key = read_one_line(simple, depth);
    }
    return simple->indent < indent ? close_collection(simple, node, begin) : NULL;
}

static struct node *read_block(struct simple *simple, int parent, int depth)
{
    struct node *node;

    if (is_dash(simple))
        return read_sequence(simple, depth);
    simple->parent = parent;
    node = read_one_line(simple, depth);
    if (node && is_key(simple, node))
        return read_mapping(simple, node, depth);
    return node && end_line(simple) ? node : NULL;
}

/* A line of dashes may stand before the document. */
static bool find_document(struct simple *simple)
{
    if (find_content(simple))
        return simple->next < simple->end;
    if (simple->end - simple->next < 3 || memcmp(simple->next, "---", 3))
        return false;
    simple->next += 3;
    return end_line(simple) && simple->next < simple->end;
}

struct node *simple_read(struct tree_memory memory, const char *file, uint32_t before, const char *text, size_t length)
{
    struct simple simple = {.memory = memory, .file = file, .next = text, .end = text + length, .line = before + 1, .line_start = text,
                            .text = text};
    struct node *root;

    /* The NUL behind what ends the text has room in it, too. */
    simple.copy = arena_strndup(memory.texts, text, length);
    root = find_document(&simple) ? read_block(&simple, -1, 0) : NULL;
    return root && root->kind != NODE_SCALAR && simple.next == simple.end ? root : NULL;
}

/*
 * The end of the value is not known before. Programs write it in one line, which is copied as a whole; where it is longer, each scalar is
 * copied for itself, because much may follow.
 */
struct node *simple_read_first(struct tree_memory memory, const char *file, uint32_t before, const char *text, size_t length,
                               size_t *ret_used)
{
    const char *end = memchr(text, '\n', length);
    struct node *root = NULL;

    for (int turn = 0; turn < 2 && !root; turn++) {
        struct simple simple = {.memory = memory, .file = file, .next = text, .end = turn || !end ? text + length : end, .line = before + 1,
                                .line_start = text, .text = text, .parent = -1, .is_json = true};

        if (!turn)
            simple.copy = arena_strndup(memory.texts, text, (size_t)(simple.end - text));
        root = look(&simple) == '{' ? read_one_line(&simple, 0) : NULL;
        *ret_used = (size_t)(simple.next - text);
    }
    return root;
}
