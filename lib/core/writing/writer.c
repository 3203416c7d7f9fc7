#include "writer.h"

#include "core/text/quantity.h"
#include "core/text/quoting.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

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

static void grow(struct yaml_out *y, size_t more)
{
    size_t capacity = y->capacity ? y->capacity * 2 : FLUSH_AT * 2;
    char *grown;

    while (capacity - y->length <= more)
        capacity *= 2;
    grown = realloc(y->buffer, capacity);
    if (!grown)
        longjmp(*y->out_of_memory, 1);
    y->buffer = grown;
    y->capacity = capacity;
}

/* Room for `more` bytes at the end of the buffer; there is a buffer even for nothing. */
static inline char *room(struct yaml_out *y, size_t more)
{
    if (y->capacity - y->length <= more)
        grow(y, more);
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

static inline void put_indent(struct yaml_out *y, int indent)
{
    static const char blanks[32] = "                               ";
    char *to = room(y, (size_t)indent + sizeof blanks);

    /* Copying too many is one instruction or two. */
    if ((size_t)indent < sizeof blanks)
        memcpy(to, blanks, sizeof blanks);
    else
        memset(to, ' ', (size_t)indent);
    y->length += (size_t)indent;
}

static void put_point(struct yaml_out *y, unsigned point)
{
    static const char hex[] = "0123456789abcdef";
    const char escape[6] = {'\\', 'u', hex[point >> 12 & 15], hex[point >> 8 & 15], hex[point >> 4 & 15], hex[point & 15]};

    put(y, escape, sizeof escape);
}

static void put_escape(struct yaml_out *y, char c)
{
    switch (c) {
    case '"':
        PUT(y, "\\\"");
        break;
    case '\\':
        PUT(y, "\\\\");
        break;
    case '\n':
        PUT(y, "\\n");
        break;
    case '\t':
        PUT(y, "\\t");
        break;
    case '\r':
        PUT(y, "\\r");
        break;
    default:
        put_point(y, (unsigned char)c);
    }
}

/* Writes the rest of a text in double quotes, from the first character that needs an escape. */
static void put_escaped(struct yaml_out *y, const char *text, size_t length)
{
    while (length) {
        size_t odd = odd_bytes(text, length), n = odd ? odd : 1;

        if (odd)
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

/* Double quotes, the one style in which YAML and JSON agree and every character can be written. */
static void put_quoted(struct yaml_out *y, const char *text, size_t length)
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

static void put_comment(struct yaml_out *y)
{
    if (!y->comment)
        return;
    PUT(y, "  # ");
    put(y, y->comment, strlen(y->comment));
    y->comment = NULL;
}

static void put_block(struct yaml_out *y, const char *text, size_t length, int indent)
{
    const char *end = text + length;

    PUT(y, "|");
    put_comment(y);
    while (text < end) {
        const char *line_end = memchr(text, '\n', (size_t)(end - text));

        put_char(y, '\n');
        if (line_end > text) {
            put_indent(y, indent);
            put(y, text, (size_t)(line_end - text));
        }
        text = line_end + 1;
    }
}

static bool is_json(const struct yaml_out *y)
{
    return y->format == HD_FORMAT_JSON;
}

static void put_text(struct yaml_out *y, const char *text, size_t length, int indent)
{
    if (!is_json(y) && is_plain(text, length))
        put(y, text, length);
    else if (!is_json(y) && is_block(text, length))
        put_block(y, text, length, indent);
    else
        put_quoted(y, text, length);
}

/* A line of its own for what stands `deep` containers deep. */
static void put_line(struct yaml_out *y, int deep, int indent)
{
    if (deep <= y->lines_to) {
        put_char(y, '\n');
        put_indent(y, indent);
    }
}

/* Begins an entry of a container in JSON: its place, its key. */
static void begin_json_entry(struct yaml_out *y, struct level *level, const char *key)
{
    int deep = (int)(level - y->levels);

    if (level->has_content)
        put_char(y, ',');
    if (level->has_content && deep >= y->lines_to && y->lines_to)
        put_char(y, ' ');
    put_line(y, deep + 1, 2 * deep + 2);
    if (key) {
        put_quoted(y, key, strlen(key));
        put_char(y, ':');
        if (y->lines_to)
            put_char(y, ' ');
    }
    level->has_content = true;
}

/* Begins one in YAML, and the white space `behind`. */
static void begin_yaml_entry(struct yaml_out *y, struct level *level, const char *key, char behind)
{
    size_t length = key ? strlen(key) : 0;
    char *to;

    if (!level->on_dash)
        put_indent(y, level->indent);
    level->on_dash = false;
    level->has_content = true;
    if (key && !is_plain(key, length)) {
        put_quoted(y, key, length);
        key = "";
        length = 0;
    }
    to = room(y, length + 2);
    if (length)
        memcpy(to, key, length);
    to[length] = key ? ':' : '-';
    to[length + 1] = behind;
    y->length += length + 2;
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
            put_line(y, y->depth + 1, 2 * y->depth);
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
    put_text(y, value, length, level->indent + 2);
    end_value(y);
}

void y_str(struct yaml_out *y, const char *key, const char *value)
{
    if (value)
        y_strn(y, key, value, strlen(value));
}

void y_int(struct yaml_out *y, const char *key, int64_t value)
{
    char digits[24], *p = digits + sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

    begin_value(y, key);
    do
        *--p = (char)('0' + rest % 10);
    while (rest /= 10);
    if (value < 0)
        *--p = '-';
    put(y, p, (size_t)(digits + sizeof digits - p));
    end_value(y);
}

void y_opt(struct yaml_out *y, const char *key, struct hd_opt_int value)
{
    if (hd_opt_int_has_number(value))
        y_int(y, key, value.value);
}

void y_bool(struct yaml_out *y, const char *key, bool value)
{
    begin_value(y, key);
    if (value)
        PUT(y, "true");
    else
        PUT(y, "false");
    end_value(y);
}

void y_tri(struct yaml_out *y, const char *key, enum hd_bool value)
{
    if (value != HD_BOOL_UNSET)
        y_bool(y, key, value == HD_TRUE);
}

void y_int_or_str(struct yaml_out *y, const char *key, const char *value)
{
    if (value && *value && strspn(value, "0123456789") == strlen(value) && strlen(value) < 18)
        y_int(y, key, strtoll(value, NULL, 10));
    else
        y_str(y, key, value);
}

void y_number(struct yaml_out *y, const char *key, const char *value)
{
    if (!value)
        return;
    begin_value(y, key);
    put(y, value, strlen(value));
    end_value(y);
}

void y_quantity(struct yaml_out *y, const char *key, const char *value)
{
    char text[QUANTITY_LONGEST];

    if (!value)
        return;
    quantity_canonical(text, value);
    y_str(y, key, text);
}

void y_pairs(struct yaml_out *y, const char *key, const struct hd_pair *pairs, size_t n_pairs)
{
    MAP(y, key)
        for (size_t i = 0; i < n_pairs; i++)
            y_str(y, pairs[i].name, pairs[i].value);
}

void y_pair_list(struct yaml_out *y, const char *key, const struct hd_pair *pairs, size_t n_pairs)
{
    SEQ(y, key)
        for (size_t i = 0; i < n_pairs; i++)
            ITEM(y) {
                y_str(y, "name", pairs[i].name);
                y_str(y, "value", pairs[i].value);
            }
}

void y_strs(struct yaml_out *y, const char *key, const char *const *values, size_t n_values)
{
    SEQ(y, key)
        for (size_t i = 0; i < n_values; i++)
            y_str(y, NULL, values[i]);
}

void y_null(struct yaml_out *y, const char *key)
{
    begin_value(y, key);
    PUT(y, "null");
    end_value(y);
}

struct yaml_out *y_begin_json(struct yaml_out *y)
{
    assert(!y->inner);
    y->inner = calloc(1, sizeof *y->inner);
    if (!y->inner)
        longjmp(*y->out_of_memory, 1);
    writer_init(y->inner, HD_FORMAT_JSON, NULL, NULL, y->out_of_memory);
    y->inner->lines_to = TEXT_LINES_TO;
    return y->inner;
}

/* A text in JSON has no control characters but the ends of its lines, and no blanks before them; so as ASCII it may be a block. */
void y_end_json(struct yaml_out *y, const char *key)
{
    const char *text = y->inner->buffer;
    size_t length = y->inner->length;
    struct level *level;

    assert(length && text[length - 1] == '\n');
    if (is_json(y) || !is_ascii(text, length)) {
        y_strn(y, key, text, length);
    } else {
        level = begin_value(y, key);
        put_block(y, text, length, level->indent + 2);
        end_value(y);
    }
    writer_free(y->inner);
    free(y->inner);
    y->inner = NULL;
}

void y_empty_map(struct yaml_out *y, const char *key)
{
    begin_value(y, key);
    PUT(y, "{}");
    end_value(y);
}

void y_empty_seq(struct yaml_out *y, const char *key)
{
    begin_value(y, key);
    PUT(y, "[]");
    end_value(y);
}
