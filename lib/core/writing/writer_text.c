#include "core/text/quoting.h"
#include "writer_put.h"

#include <stdlib.h>

/* A buffer holds what is flushed at once, and an ordinary manifest behind it. */
enum { FIRST_CAPACITY = 32 * 1024 };

void writer_grow(struct yaml_out *y, size_t more)
{
    size_t capacity = y->capacity ? y->capacity * 2 : FIRST_CAPACITY;
    char *grown;

    while (capacity - y->length <= more)
        capacity *= 2;
    grown = realloc(y->buffer, capacity);
    if (!grown)
        longjmp(*y->out_of_memory, 1);
    y->buffer = grown;
    y->capacity = capacity;
}

static void put_point(struct yaml_out *y, unsigned point)
{
    static const char hex[] = "0123456789abcdef";
    const char escape[6] = {'\\', 'u', hex[point >> 12 & 15], hex[point >> 8 & 15], hex[point >> 4 & 15], hex[point & 15]};

    put(y, escape, sizeof escape);
}

/* The letter behind the backslash, for characters that have one; 0 for the others. */
static char letter_of_escape(char c)
{
    switch (c) {
    case '"':
    case '\\':
        return c;
    case '\n':
        return 'n';
    case '\t':
        return 't';
    case '\r':
        return 'r';
    default:
        return 0;
    }
}

static inline void put_letter_of_escape(struct yaml_out *y, char letter)
{
    char *to = room(y, 2);

    to[0] = '\\';
    to[1] = letter;
    y->length += 2;
}

static void put_escape(struct yaml_out *y, char c)
{
    char letter = letter_of_escape(c);

    if (letter)
        put_letter_of_escape(y, letter);
    else
        put_point(y, (unsigned char)c);
}

/* Writes the rest of a text in double quotes, from the first character that needs an escape. */
static void put_escaped(struct yaml_out *y, const char *text, size_t length)
{
    while (length) {
        bool is_quote = *text == '"';
        size_t odd = is_quote ? 0 : odd_bytes(text, length), n = odd ? odd : 1;

        /* Queries have many. */
        if (is_quote)
            put_letter_of_escape(y, '"');
        else if (odd)
            put_point(y, odd == 2 ? (unsigned char)text[1]
                                  : ((unsigned)text[0] & 15) << 12 | ((unsigned)text[1] & 63) << 6 | ((unsigned)text[2] & 63));
        else
            put_escape(y, *text);
        text += n;
        length -= n;
        n = copy_unescaped(room(y, length), text, length);
        y->length += n;
        text += n;
        length -= n;
    }
    put_char(y, '"');
}

void put_quoted(struct yaml_out *y, const char *text, size_t length)
{
    char *to = room(y, length + 2);
    size_t run = copy_unescaped(to + 1, text, length);

    *to = '"';
    y->length += 1 + run;
    if (run < length) {
        put_escaped(y, text + run, length - run);
        return;
    }
    to[1 + length] = '"';
    y->length++;
}

void put_comment(struct yaml_out *y)
{
    if (!y->comment)
        return;
    PUT(y, "  # ");
    put(y, y->comment, strlen(y->comment));
    y->comment = NULL;
}

/* The lines of a text that ends in a line's end, as a literal block. */
static void put_block(struct yaml_out *y, const char *text, size_t length, int indent)
{
    const char *end = text + length;

    PUT(y, "|");
    put_comment(y);
    while (text < end) {
        const char *line_end = memchr(text, '\n', (size_t)(end - text));
        size_t line = (size_t)(line_end - text);
        char *to = room(y, 1 + (size_t)indent + MORE_BLANKS + line);

        *to++ = '\n';
        if (line)
            to = (char *)memcpy(blanks(to, (size_t)indent), text, line) + line;
        y->length = (size_t)(to - y->buffer);
        text = line_end + 1;
    }
}

void put_yaml(struct yaml_out *y, const char *text, size_t length, int indent)
{
    if (copy_plain(room(y, length), text, length))
        y->length += length;
    else if (is_block(text, length))
        put_block(y, text, length, indent);
    else
        put_quoted(y, text, length);
}
