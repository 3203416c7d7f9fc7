#include "core/text/letter.h"
#include "core/text/quoting.h"
#include "writer_put.h"

#include <assert.h>
#include <stdlib.h>

enum { FLUSH_AT = 16 * 1024, TEXT_LINES_TO = 3 };

void writer_init(struct yaml_out *y, enum hd_format format, hd_sink *sink, void *user, jmp_buf *out_of_memory)
{
    *y = (struct yaml_out){.format = format, .sink = sink, .user = user, .out_of_memory = out_of_memory};
}

void writer_free(struct yaml_out *y)
{
    if (y->inner)
        writer_free(y->inner);
    free(y->inner);
    y->inner = NULL;
    free(y->buffer);
    y->buffer = NULL;
}

void writer_flush(struct yaml_out *y)
{
    /* A text inside another is kept until it is whole. */
    if (!y->sink)
        return;
    if (!y->failed && y->length && y->sink(y->user, y->buffer, y->length))
        y->failed = true;
    y->length = 0;
}

static bool is_json(const struct yaml_out *y)
{
    return y->format == HD_FORMAT_JSON;
}

/* Puts a key into the room at `to`, which suffices for one without escapes. Returns where it ends, with room for two bytes more. */
static inline char *put_json_key(struct yaml_out *y, char *to, const char *key, size_t length)
{
    if (y->lines_to) {
        memcpy(to + 1, key, length);
    } else if (copy_unescaped(to + 1, key, length) < length) {
        y->length = (size_t)(to - y->buffer);
        put_quoted(y, key, length);
        return room(y, 2);
    }
    to[0] = to[1 + length] = '"';
    return to + length + 2;
}

/* Begins an entry of a container in JSON: its place, its key. Containers have a line for each entry down to some depth. */
static void begin_json_entry(struct yaml_out *y, struct level *level, const char *key)
{
    int deep = (int)(level - y->levels);
    bool has_line = deep < y->lines_to;
    size_t indent = has_line ? (size_t)(y->margin + 2 * deep + 2) : 0, length = key ? strlen(key) : 0;
    char *to = room(y, indent + MORE_BLANKS + length + 7);

    if (level->has_content) {
        *to++ = ',';
        if (!has_line && y->lines_to)
            *to++ = ' ';
    }
    if (has_line) {
        *to++ = '\n';
        to = blanks(to, indent);
    }
    level->has_content = true;
    if (key) {
        to = put_json_key(y, to, key, length);
        *to++ = ':';
        if (y->lines_to)
            *to++ = ' ';
    }
    y->length = (size_t)(to - y->buffer);
}

/* Begins one in YAML, and the white space `behind`. */
static inline void begin_yaml_entry(struct yaml_out *y, struct level *level, const char *key, char behind)
{
    size_t length = key ? strlen(key) : 0, indent = level->on_dash ? 0 : (size_t)level->indent;
    char *to = blanks(room(y, indent + MORE_BLANKS + length + 2), indent);

    level->on_dash = false;
    level->has_content = true;
    if (!key || copy_plain(to, key, length)) {
        to += length;
    } else {
        y->length += indent;
        put_quoted(y, key, length);
        to = room(y, 2);
    }
    to[0] = key ? ':' : '-';
    to[1] = behind;
    y->length = (size_t)(to + 2 - y->buffer);
}

/* Writes the containers that are open and were empty until now. Apart from begin_value(), which seldom has any. */
__attribute__((noinline)) static void write_levels(struct yaml_out *y)
{
    while (y->n_written < y->depth) {
        struct level *level = &y->levels[y->n_written];

        if (y->n_written > 0) {
            struct level *outer = &y->levels[y->n_written - 1];

            if (is_json(y))
                begin_json_entry(y, outer, level->key);
            else
                begin_yaml_entry(y, outer, level->key, level->key ? '\n' : ' ');
            level->on_dash = !level->key;
            level->indent = outer->indent + (level->key && level->kind == LEVEL_SEQ ? 0 : 2);
        }
        if (is_json(y))
            put_char(y, level->kind == LEVEL_SEQ ? '[' : '{');
        y->n_written++;
    }
}

static struct level *begin_value(struct yaml_out *y, const char *key)
{
    struct level *level;

    assert(y->depth > 0);
    if (y->n_written < y->depth)
        write_levels(y);
    level = &y->levels[y->depth - 1];
    if (is_json(y))
        begin_json_entry(y, level, key);
    else
        begin_yaml_entry(y, level, key, ' ');
    return level;
}

static void end_value(struct yaml_out *y)
{
    if (is_json(y))
        return;
    put_comment(y);
    put_char(y, '\n');
}

void y_comment(struct yaml_out *y, const char *text)
{
    if (is_json(y) || !y->depth || y->n_written < y->depth)
        return;
    put_indent(y, y->levels[y->depth - 1].indent);
    PUT(y, "# ");
    put(y, text, strlen(text));
    put_char(y, '\n');
}

bool writer_open(struct yaml_out *y, const char *key, enum level_kind kind)
{
    assert(y->depth < WRITER_DEEPEST);
    y->levels[y->depth++] = (struct level){.key = key, .kind = kind};
    return true;
}

bool writer_close(struct yaml_out *y)
{
    assert(y->depth > 0);
    y->depth--;
    if (y->n_written > y->depth) {
        if (is_json(y)) {
            if (y->depth < y->lines_to) {
                put_char(y, '\n');
                put_indent(y, y->margin + 2 * y->depth);
            }
            put_char(y, y->levels[y->depth].kind == LEVEL_SEQ ? ']' : '}');
        }
        y->n_written--;
    }
    return false;
}

/* A List holds its documents as elements. */
void writer_begin(struct yaml_out *y)
{
    if (y->format != HD_FORMAT_LIST)
        return;
    writer_open(y, NULL, LEVEL_MAP);
    y_str(y, "apiVersion", "v1");
    y_str(y, "kind", "List");
    writer_open(y, "items", LEVEL_SEQ);
}

void writer_end(struct yaml_out *y)
{
    if (y->format == HD_FORMAT_LIST) {
        if (!y->n_documents) {
            y->depth = 1;
            y_empty_seq(y, "items");
        }
        y->depth = y->n_written = 0;
    }
    writer_flush(y);
}

bool writer_open_document(struct yaml_out *y)
{
    y->n_documents++;
    if (y->format == HD_FORMAT_YAML)
        PUT(y, "---\n");
    return writer_open(y, NULL, LEVEL_MAP);
}

bool writer_close_document(struct yaml_out *y)
{
    writer_close(y);
    assert(y->depth == (y->format == HD_FORMAT_LIST ? 2 : 0));
    if (is_json(y))
        put_char(y, '\n');
    if (y->length >= FLUSH_AT)
        writer_flush(y);
    return false;
}

void y_strn(struct yaml_out *y, const char *key, const char *value, size_t length)
{
    struct level *level;

    if (!value)
        return;
    level = begin_value(y, key);
    if (is_json(y)) {
        put_quoted(y, value, length);
        return;
    }
    put_yaml(y, value, length, level->indent + 2);
    end_value(y);
}

void y_str(struct yaml_out *y, const char *key, const char *value)
{
    if (value)
        y_strn(y, key, value, strlen(value));
}

/* A value as it stands in the output. */
static void write_value(struct yaml_out *y, const char *key, const char *text, size_t length)
{
    begin_value(y, key);
    put(y, text, length);
    end_value(y);
}

void y_int(struct yaml_out *y, const char *key, int64_t value)
{
    enum { MOST_DIGITS = 24 };
    /* As many are copied as there may be, which takes two instructions; there is room behind them. */
    char digits[2 * MOST_DIGITS] = {0}, *end = digits + MOST_DIGITS;
    char *p = letter_number(end, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);

    if (value < 0)
        *--p = '-';
    begin_value(y, key);
    memcpy(room(y, MOST_DIGITS), p, MOST_DIGITS);
    y->length += (size_t)(end - p);
    end_value(y);
}

void y_bool(struct yaml_out *y, const char *key, bool value)
{
    write_value(y, key, value ? "true" : "false", value ? 4 : 5);
}

void y_as_is(struct yaml_out *y, const char *key, const char *value)
{
    if (value)
        write_value(y, key, value, strlen(value));
}

void y_null(struct yaml_out *y, const char *key)
{
    write_value(y, key, "null", 4);
}

struct yaml_out *y_begin_json(struct yaml_out *y)
{
    assert(!y->inner);
    y->inner = calloc(1, sizeof *y->inner);
    if (!y->inner)
        longjmp(*y->out_of_memory, 1);
    writer_init(y->inner, HD_FORMAT_JSON, NULL, NULL, y->out_of_memory);
    y->inner->lines_to = TEXT_LINES_TO;
    if (!is_json(y)) {
        write_levels(y);
        y->inner->margin = y->levels[y->depth - 1].indent + 2;
    }
    return y->inner;
}

/* Takes the margin off the lines behind the first one. Returns how long the text is without. */
static size_t without_margin(char *text, size_t length, size_t margin)
{
    size_t kept = 0;

    for (size_t from = 0; from < length; from += margin) {
        size_t n = (size_t)((char *)memchr(text + from, '\n', length - from) + 1 - (text + from));

        memmove(text + kept, text + from, n);
        kept += n;
        from += n;
    }
    return kept;
}

/* A text in JSON has no control characters but the ends of its lines, and no blanks before them; so as ASCII it may be a block. */
void y_end_json(struct yaml_out *y, const char *key)
{
    char *text = y->inner->buffer;
    size_t length = y->inner->length;

    assert(length && text[length - 1] == '\n');
    if (is_json(y)) {
        y_strn(y, key, text, length);
    } else if (!is_ascii(text, length)) {
        y_strn(y, key, text, without_margin(text, length, (size_t)y->inner->margin));
    } else {
        begin_value(y, key);
        PUT(y, "|");
        put_comment(y);
        put_char(y, '\n');
        put_indent(y, y->inner->margin);
        put(y, text, length - 1);
        end_value(y);
    }
    writer_free(y->inner);
    free(y->inner);
    y->inner = NULL;
}

void y_empty_map(struct yaml_out *y, const char *key)
{
    write_value(y, key, "{}", 2);
}

void y_empty_seq(struct yaml_out *y, const char *key)
{
    write_value(y, key, "[]", 2);
}
