#include "simple_scalar.h"

#include "core/text/letter.h"
#include "core/text/many_bytes.h"
#include "core/text/quoting.h"
#include "unescape.h"

#include <string.h>

enum { NODES_AT_ONCE = 32 };

void skip_spaces(struct simple *simple)
{
    while (simple->end - simple->next >= 8 && eight_bytes(simple->next) == EACH(' '))
        simple->next += 8;
    while (look(simple) == ' ')
        simple->next++;
}

struct node *simple_node(struct simple *simple, enum node_kind kind)
{
    struct node *node;

    if (!simple->n_spare) {
        simple->spare = arena_room(simple->memory.nodes, NODES_AT_ONCE, sizeof *node);
        simple->n_spare = NODES_AT_ONCE;
    }
    simple->n_spare--;
    node = simple->spare++;
    *node = (struct node){.kind = kind, .file = simple->file, .line = simple->line, .column = (uint32_t)column(simple) + 1, .weight = 1};
    return node;
}

bool simple_pass_line(struct simple *simple)
{
    for (;; simple->next++) {
        simple->next += unescaped(simple->next, (size_t)(simple->end - simple->next));
        if (simple->next == simple->end || *simple->next == '\n')
            return true;
        if (!strchr("\"\\\t", *simple->next))
            return false;
    }
}

/* The text of a scalar, which may change. */
static inline char *set_text(struct simple *simple, struct node *node, const char *start, size_t length)
{
    char *text = simple->copy ? simple->copy + (start - simple->text) : arena_strndup(simple->memory.texts, start, length);

    text[length] = '\0';
    node->text = text;
    node->length = (uint32_t)length;
    return text;
}

/* Passes over a character. False when no text of one line has it. */
static inline bool pass_character(struct simple *simple, const char *at)
{
    unsigned char c = (unsigned char)*at;

    if (c < ' ' || c == 0x7f || (c > 0x7f && odd_bytes(at, (size_t)(simple->end - at))))
        return false;
    simple->n_inner += (c & 0xc0) == 0x80;
    return true;
}

static bool pass_characters(struct simple *simple, const char *start)
{
    for (const char *at = start; at < simple->next; at++)
        if (!pass_character(simple, at))
            return false;
    return true;
}

struct node *simple_double_quoted(struct simple *simple)
{
    struct node *node = simple_node(simple, NODE_SCALAR);
    const char *start = ++simple->next;
    bool escaped = false;
    size_t length;
    char *text;

    for (;;) {
        simple->next += unescaped(simple->next, (size_t)(simple->end - simple->next));
        if (look(simple) == '"')
            break;
        if (simple->end - simple->next < 2 || *simple->next != '\\')
            return NULL;
        escaped = true;
        simple->next += 2;
    }
    length = (size_t)(simple->next - start);
    text = set_text(simple, node, start, length);
    if ((!is_ascii(start, length) && !pass_characters(simple, start)) || (escaped && !unescape(text, &length)))
        return NULL;
    node->length = (uint32_t)length;
    simple->next++;
    return node;
}

/* Two quotes in turn mean one. */
struct node *simple_single_quoted(struct simple *simple)
{
    struct node *node = simple_node(simple, NODE_SCALAR);
    const char *start = simple->next + 1;
    char *to;

    do {
        simple->next = memchr(simple->next + 1, '\'', (size_t)(simple->end - simple->next - 1));
        if (!simple->next)
            return NULL;
        simple->next++;
    } while (look(simple) == '\'');
    to = set_text(simple, node, start, (size_t)(simple->next - start) - 1);
    for (const char *p = start; p < simple->next - 1; p += 1 + (*p == '\''))
        *to++ = *p;
    *to = '\0';
    node->length = (uint32_t)(to - node->text);
    return pass_characters(simple, start) ? node : NULL;
}

static bool is_in_brackets(const struct simple *simple, const char *at)
{
    return simple->n_brackets && at < simple->end && strchr(",[]{}", *at);
}

/* Of characters that mean something to YAML only a dash may begin a text, before what is no blank. */
static bool may_begin_plain(const struct simple *simple)
{
    char first = look(simple);

    if (first == '-')
        return !is_blank_or_end(simple, simple->next + 1) && !is_in_brackets(simple, simple->next + 1);
    return letter_is_lower(letter_lower(first)) || letter_is_digit(first) ||
           ((unsigned char)first > ' ' && !strchr("?:,[]{}#&*!|>'\"%@`", first));
}

/* Whether the colon, the # or the bracket at `at` ends a text without quotes. */
static bool is_end_of_plain(const struct simple *simple, const char *at)
{
    if (*at == ':')
        return is_blank_or_end(simple, at + 1) || is_in_brackets(simple, at + 1);
    return *at == '#' ? at[-1] == ' ' : is_in_brackets(simple, at);
}

/* A bracket or a comma, and some other bytes. */
static inline uint64_t may_end_in_brackets(uint64_t bytes)
{
    return has_byte(bytes, ',') | has_byte(bytes | EACH(' '), '{') | has_byte(bytes | EACH(' '), '}');
}

/* Passes over bytes that end no text and are one character each, eight at a time. */
static inline const char *skip_ordinary(const struct simple *simple, const char *at)
{
    while (simple->end - at >= 8) {
        uint64_t bytes = eight_bytes(at), found = has_below(bytes, ' ') | has_byte(bytes, ':') | has_byte(bytes, '#') | has_beyond(bytes);

        if (simple->n_brackets)
            found |= may_end_in_brackets(bytes);
        if (found)
            return at + bytes_before(found);
        at += 8;
    }
    return at;
}

struct node *simple_plain(struct simple *simple)
{
    struct node *node = simple_node(simple, NODE_SCALAR);
    const char *start = simple->next, *p;

    if (!may_begin_plain(simple))
        return NULL;
    for (p = start; (p = skip_ordinary(simple, p)) < simple->end && *p != '\n' && !is_end_of_plain(simple, p); p++)
        if (!pass_character(simple, p))
            return NULL;
    while (p[-1] == ' ')
        p--;
    simple->next = p;
    node->plain = true;
    set_text(simple, node, start, (size_t)(p - start));
    return node;
}

static char *copy_lines(char *to, const char *from, const char *end, int indent)
{
    while (from < end) {
        const char *newline = (const char *)memchr(from, '\n', (size_t)(end - from)) + 1;

        memcpy(to, from, (size_t)(newline - from));
        to += newline - from;
        for (from = newline; from < end && from - newline < indent && *from == ' ';)
            from++;
    }
    return to;
}

/*
 * Goes behind the lines of a block, from its first letter on. Returns the end of its last line that is not empty; NULL for blanks at the
 * end of lines, and for a last line without an end.
 */
static const char *pass_block(struct simple *simple, int indent)
{
    const char *end = simple->next;

    do {
        if (look(simple) != '\n') {
            if (!simple_pass_line(simple) || look(simple) != '\n' || simple->next[-1] == ' ' || simple->next[-1] == '\t')
                return NULL;
            end = simple->next + 1;
        }
        simple->next++;
        begin_line(simple);
        while (look(simple) == ' ' && column(simple) < indent)
            simple->next++;
    } while (look(simple) == '\n' || (look(simple) && column(simple) == indent));
    simple->next = simple->line_start - 1;
    simple->line--;
    return end;
}

/* The lines below a bar, with a line's end behind the last one, or without it behind a bar and a dash. */
struct node *simple_literal(struct simple *simple)
{
    bool strips = simple->end - simple->next > 1 && simple->next[1] == '-';
    const char *start, *end;
    struct node *node;
    char *text;
    int indent;

    /* The bar stands behind a key or a dash. */
    if (simple->n_brackets || column(simple) == simple->indent)
        return NULL;
    simple->next += 1 + strips;
    skip_spaces(simple);
    if (look(simple) != '\n')
        return NULL;
    simple->next++;
    begin_line(simple);
    skip_spaces(simple);
    indent = column(simple);
    if (indent <= simple->parent || is_blank_or_end(simple, simple->next))
        return NULL;
    node = simple_node(simple, NODE_SCALAR);
    start = simple->next;
    end = pass_block(simple, indent);
    if (!end)
        return NULL;
    /* One byte before its place, so that the NUL is not in that of the next line. */
    text = set_text(simple, node, start - 1, (size_t)(end - start));
    node->length = (uint32_t)(copy_lines(text, start, end, indent) - text) - strips;
    text[node->length] = '\0';
    return node;
}
