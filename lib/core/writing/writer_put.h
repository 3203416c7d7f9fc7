/* How texts and blanks come into the writer's buffer. For the files that write, not for emitters. */
#ifndef HD_CORE_WRITING_WRITER_PUT_H
#define HD_CORE_WRITING_WRITER_PUT_H

#include "writer.h"

#include <string.h>

/* Makes room for `more` bytes where there is none. */
void writer_grow(struct yaml_out *y, size_t more);

/* Room for `more` bytes at the end of the buffer; there is a buffer even for nothing. */
static inline char *room(struct yaml_out *y, size_t more)
{
    if (y->capacity - y->length <= more)
        writer_grow(y, more);
    return y->buffer + y->length;
}

static inline void put(struct yaml_out *y, const char *text, size_t length)
{
    memcpy(room(y, length), text, length);
    y->length += length;
}

static inline void put_char(struct yaml_out *y, char c)
{
    *room(y, 1) = c;
    y->length++;
}

#define PUT(y, literal) put(y, literal, sizeof(literal) - 1)

/* Blanks are copied more than are needed, which takes one instruction or two. */
enum { MORE_BLANKS = 32 };

/* Fills in `n` blanks where there is room for MORE_BLANKS more. Returns where they end. */
static inline char *blanks(char *to, size_t n)
{
    static const char some[MORE_BLANKS] = "                               ";

    if (n < MORE_BLANKS)
        memcpy(to, some, MORE_BLANKS);
    else
        memset(to, ' ', n);
    return to + n;
}

static inline void put_indent(struct yaml_out *y, int indent)
{
    blanks(room(y, (size_t)indent + MORE_BLANKS), (size_t)indent);
    y->length += (size_t)indent;
}

/* Double quotes, the one style in which YAML and JSON agree and every character can be written. */
void put_quoted(struct yaml_out *y, const char *text, size_t length);
/* In YAML, in the style that reads best: without quotes, as a block, or in quotes. */
void put_yaml(struct yaml_out *y, const char *text, size_t length, int indent);
/* The comment for this line, if there is one. */
void put_comment(struct yaml_out *y);

#endif
