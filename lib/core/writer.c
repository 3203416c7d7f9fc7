#include "writer.h"

#include "quantity.h"
#include "scalar.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { FLUSH_AT = 64 * 1024 };

void writer_init(struct yaml_out *y, enum hd_format format, hd_sink *sink, void *user, jmp_buf *out_of_memory)
{
    *y = (struct yaml_out){.format = format, .sink = sink, .user = user, .out_of_memory = out_of_memory};
}

void writer_free(struct yaml_out *y)
{
    free(y->buffer);
    y->buffer = NULL;
}

void writer_flush(struct yaml_out *y)
{
    if (!y->failed && y->length && y->sink(y->user, y->buffer, y->length))
        y->failed = true;
    y->length = 0;
}

/* Room for `more` bytes at the end of the buffer. */
static char *room(struct yaml_out *y, size_t more)
{
    /* There is a buffer even for nothing. */
    if (y->capacity - y->length <= more) {
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
    return y->buffer + y->length;
}

static void put(struct yaml_out *y, const char *text, size_t length)
{
    memcpy(room(y, length), text, length);
    y->length += length;
}

static void put_char(struct yaml_out *y, char c)
{
    *room(y, 1) = c;
    y->length++;
}

#define PUT(y, literal) put(y, literal, sizeof(literal) - 1)

static void put_indent(struct yaml_out *y, int indent)
{
    memset(room(y, (size_t)indent), ' ', (size_t)indent);
    y->length += (size_t)indent;
}

/* What a byte means to a plain scalar. */
enum { CONTROL = 1, MAY_END_PLAIN = 2, MAY_BE_ODD = 4, NEVER_FIRST = 8, NUMBER_FIRST = 16 };

static const unsigned char char_class[256] = {
    [0] = CONTROL,    [1] = CONTROL,    [2] = CONTROL,    [3] = CONTROL,    [4] = CONTROL,    [5] = CONTROL,    [6] = CONTROL,    [7] = CONTROL,
    [8] = CONTROL,    [9] = CONTROL,    [10] = CONTROL,   [11] = CONTROL,   [12] = CONTROL,   [13] = CONTROL,   [14] = CONTROL,   [15] = CONTROL,
    [16] = CONTROL,   [17] = CONTROL,   [18] = CONTROL,   [19] = CONTROL,   [20] = CONTROL,   [21] = CONTROL,   [22] = CONTROL,   [23] = CONTROL,
    [24] = CONTROL,   [25] = CONTROL,   [26] = CONTROL,   [27] = CONTROL,   [28] = CONTROL,   [29] = CONTROL,   [30] = CONTROL,   [31] = CONTROL,
    [127] = CONTROL,  [' '] = MAY_END_PLAIN | NEVER_FIRST,                  [':'] = MAY_END_PLAIN | NEVER_FIRST,
    ['#'] = NEVER_FIRST,  ['-'] = NEVER_FIRST,  ['?'] = NEVER_FIRST,  [','] = NEVER_FIRST,  ['['] = NEVER_FIRST,  [']'] = NEVER_FIRST,
    ['{'] = NEVER_FIRST,  ['}'] = NEVER_FIRST,  ['&'] = NEVER_FIRST,  ['*'] = NEVER_FIRST,  ['!'] = NEVER_FIRST,  ['|'] = NEVER_FIRST,
    ['>'] = NEVER_FIRST,  ['\''] = NEVER_FIRST, ['"'] = NEVER_FIRST,  ['%'] = NEVER_FIRST,  ['@'] = NEVER_FIRST,  ['`'] = NEVER_FIRST,
    ['='] = NEVER_FIRST,  ['<'] = NEVER_FIRST,  ['~'] = NEVER_FIRST,  ['.'] = NUMBER_FIRST, ['+'] = NUMBER_FIRST, ['0'] = NUMBER_FIRST,
    ['1'] = NUMBER_FIRST, ['2'] = NUMBER_FIRST, ['3'] = NUMBER_FIRST, ['4'] = NUMBER_FIRST, ['5'] = NUMBER_FIRST, ['6'] = NUMBER_FIRST,
    ['7'] = NUMBER_FIRST, ['8'] = NUMBER_FIRST, ['9'] = NUMBER_FIRST, [0xc2] = MAY_BE_ODD,  [0xe2] = MAY_BE_ODD,  [0xef] = MAY_BE_ODD,
};

/*
 * Bytes of a character that is text to JSON, and a break, a control or nothing at all to YAML: U+0080 to U+009F, U+2028,
 * U+2029, U+FEFF, U+FFFE, U+FFFF. 0 for any other.
 */
static size_t odd_bytes(const char *text, size_t length)
{
    const unsigned char *p = (const unsigned char *)text;

    if (length > 1 && p[0] == 0xc2)
        return p[1] < 0xa0 ? 2 : 0;
    if (length > 2 && p[0] == 0xe2)
        return p[1] == 0x80 && (p[2] == 0xa8 || p[2] == 0xa9) ? 3 : 0;
    if (length > 2 && p[0] == 0xef)
        return (p[1] == 0xbb && p[2] == 0xbf) || (p[1] == 0xbf && p[2] >= 0xbe) ? 3 : 0;
    return 0;
}

/* Looks like a number to some reader, or nearly so: quoted, whatever its exact form. */
static bool is_numeric_looking(const char *text, size_t length)
{
    return strspn(text, "0123456789+-._:eExXoObBTZ ") == length;
}

/* Words that are no strings are short. */
static bool is_word(const char *text, size_t length)
{
    enum { LONGEST_SPECIAL = 5 };

    return length > LONGEST_SPECIAL || scalar_type(text, length) == SCALAR_STRING;
}

/* Whether every YAML 1.1 and 1.2 reader takes the plain text for this very string. */
static bool is_plain(const char *text, size_t length)
{
    unsigned char first = char_class[(unsigned char)*text];

    if (!length || first & NEVER_FIRST)
        return false;
    for (size_t i = 0; i < length; i++) {
        unsigned char c = char_class[(unsigned char)text[i]] & (CONTROL | MAY_END_PLAIN | MAY_BE_ODD);

        if (!c)
            continue;
        if (c == CONTROL || (c == MAY_BE_ODD && odd_bytes(text + i, length - i)))
            return false;
        /* ": " and a colon at the end begin a value, " #" a comment. */
        if (text[i] == ':' && (i + 1 == length || text[i + 1] == ' '))
            return false;
        if (text[i] == ' ' && (i + 1 == length || text[i + 1] == '#'))
            return false;
    }
    if (first & NUMBER_FIRST)
        return !is_numeric_looking(text, length) && scalar_type(text, length) == SCALAR_STRING;
    return is_word(text, length);
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

/* Bytes at the beginning of the text that need no escape. */
static size_t unescaped(const char *text, size_t length)
{
    size_t i = 0;

    while (i < length) {
        unsigned char c = (unsigned char)text[i];

        if (c == '"' || c == '\\' || char_class[c] & CONTROL || (char_class[c] & MAY_BE_ODD && odd_bytes(text + i, length - i)))
            break;
        i++;
    }
    return i;
}

/* Double quotes, the one style in which YAML and JSON agree and every character can be written. */
static void put_quoted(struct yaml_out *y, const char *text, size_t length)
{
    const char *end = text + length;

    put_char(y, '"');
    while (text < end) {
        size_t run = unescaped(text, (size_t)(end - text)), odd;

        put(y, text, run);
        text += run;
        if (text == end)
            break;
        odd = odd_bytes(text, (size_t)(end - text));
        if (odd)
            put_point(y, odd == 2 ? (unsigned char)text[1] : ((unsigned)text[0] & 15) << 12 | ((unsigned)text[1] & 63) << 6 | ((unsigned)text[2] & 63));
        else
            put_escape(y, *text);
        text += odd ? odd : 1;
    }
    put_char(y, '"');
}

/* Lines of text can stand in a literal block when nothing in them needs an escape and the first one shows the indent. */
static bool is_block(const char *text, size_t length)
{
    if (length < 2 || !memchr(text, '\n', length) || *text == ' ' || *text == '\n' || text[length - 1] != '\n' || text[length - 2] == '\n')
        return false;
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];

        if ((c < 0x20 && c != '\n' && c != '\t') || c >= 0x7f || (c == '\n' && i && (text[i - 1] == ' ' || text[i - 1] == '\t')))
            return false;
    }
    return *text != '\t';
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

static void put_key(struct yaml_out *y, const char *key)
{
    size_t length = strlen(key);
    char *to;

    if (!is_json(y) && is_plain(key, length)) {
        to = room(y, length + 1);
        memcpy(to, key, length);
        to[length] = ':';
        y->length += length + 1;
    } else {
        put_quoted(y, key, length);
        put_char(y, ':');
    }
}

/* Begins an entry of a container that is written: its place, its key. */
static void begin_entry(struct yaml_out *y, struct level *level, const char *key)
{
    if (is_json(y)) {
        if (level->has_content)
            put_char(y, ',');
        if (key)
            put_key(y, key);
    } else {
        if (!level->on_dash)
            put_indent(y, level->indent);
        level->on_dash = false;
        if (key)
            put_key(y, key);
        else
            put_char(y, '-');
    }
    level->has_content = true;
}

/* Writes the containers that are open and were empty until now. */
static void write_levels(struct yaml_out *y)
{
    while (y->n_written < y->depth) {
        struct level *level = &y->levels[y->n_written];

        if (y->n_written > 0) {
            struct level *outer = &y->levels[y->n_written - 1];

            begin_entry(y, outer, level->key);
            if (is_json(y)) {
                /* Nothing between key and bracket. */
            } else if (level->key) {
                put_char(y, '\n');
                level->indent = outer->indent + (level->kind == LEVEL_SEQ ? 0 : 2);
            } else {
                put_char(y, ' ');
                level->on_dash = true;
                level->indent = outer->indent + 2;
            }
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
    write_levels(y);
    level = &y->levels[y->depth - 1];
    begin_entry(y, level, key);
    if (!is_json(y))
        put_char(y, ' ');
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
        if (is_json(y))
            put_char(y, y->levels[y->depth].kind == LEVEL_SEQ ? ']' : '}');
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
    if (value.set)
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

void y_strs(struct yaml_out *y, const char *key, const char *const *values, size_t n_values)
{
    SEQ(y, key)
        for (size_t i = 0; i < n_values; i++)
            y_str(y, NULL, values[i]);
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
