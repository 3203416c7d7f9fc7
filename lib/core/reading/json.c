#include "json.h"

#include "core/text/letter.h"
#include "core/text/quoting.h"

#include <string.h>

/* Deeper nesting and longer keys are left to libfyaml, which reports them. */
enum { DEEPEST = 64, LONGEST_KEY = 1000, NO_NUMBER = 0x110000 };

struct json {
    struct tree_memory memory;
    const char *file;
    const char *next, *end;
    /* The line being read: its number, where it begins, and bytes of it that begin no character. */
    uint32_t line;
    const char *line_start;
    size_t n_inner;
};

static struct node *read_value(struct json *json, int depth);

static struct node *new_node(struct json *json, enum node_kind kind)
{
    struct node *node = arena_new(json->memory.nodes, struct node);

    node->kind = kind;
    node->file = json->file;
    node->line = json->line;
    node->column = (uint32_t)((size_t)(json->next - json->line_start) - json->n_inner) + 1;
    node->weight = 1;
    return node;
}

/* The next character that is no blank, which it stops at; NUL at the end. */
static char peek(struct json *json)
{
    for (; json->next < json->end && (*json->next == ' ' || *json->next == '\n'); json->next++)
        if (*json->next == '\n') {
            json->line++;
            json->line_start = json->next + 1;
            json->n_inner = 0;
        }
    return json->next < json->end ? *json->next : '\0';
}

static int hex_digit(char c)
{
    return letter_is_digit(c) ? c - '0' : letter_lower(c) >= 'a' && letter_lower(c) <= 'f' ? letter_lower(c) - 'a' + 10 : -1;
}

/* The number of four digits; more than any character has when they are none. */
static unsigned four_digits(const char *digits)
{
    unsigned number = 0;

    for (int i = 0; i < 4; i++) {
        if (hex_digit(digits[i]) < 0)
            return NO_NUMBER;
        number = number << 4 | (unsigned)hex_digit(digits[i]);
    }
    return number;
}

/* Writes the character of the digits at `*digits`, two escapes for those beyond U+FFFF, and passes over them; NULL when they are none. */
static char *put_point(char *to, const char **digits)
{
    unsigned point = four_digits(*digits), last;

    *digits += 4;
    if (point >> 10 == 0xd800 >> 10 && !strncmp(*digits, "\\u", 2)) {
        last = four_digits(*digits + 2);
        point = last >> 10 == 0xdc00 >> 10 ? 0x10000 + ((point & 0x3ff) << 10 | (last & 0x3ff)) : NO_NUMBER;
        *digits += 6;
    }
    if (!point || point >= NO_NUMBER || point >> 11 == 0xd800 >> 11)
        return NULL;
    if (point < 0x80) {
        *to++ = (char)point;
        return to;
    }
    if (point < 0x800) {
        *to++ = (char)(0xc0 | point >> 6);
    } else {
        if (point < 0x10000) {
            *to++ = (char)(0xe0 | point >> 12);
        } else {
            *to++ = (char)(0xf0 | point >> 18);
            *to++ = (char)(0x80 | (point >> 12 & 63));
        }
        *to++ = (char)(0x80 | (point >> 6 & 63));
    }
    *to++ = (char)(0x80 | (point & 63));
    return to;
}

/* Puts characters in the place of their escapes, which are longer; false when one is not JSON's. */
static bool unescape(char *text, size_t *length)
{
    static const char letters[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    char *to = text;

    for (const char *from = text; *from; from++) {
        const char *letter;

        if (*from != '\\') {
            *to++ = *from;
            continue;
        }
        letter = *++from ? strchr(letters, *from) : NULL;
        if (letter) {
            *to++ = meant[letter - letters];
        } else {
            const char *digits = from + 1;

            to = *from == 'u' ? put_point(to, &digits) : NULL;
            if (!to)
                return false;
            from = digits - 1;
        }
    }
    *to = '\0';
    *length = (size_t)(to - text);
    return true;
}

static struct node *read_string(struct json *json)
{
    struct node *node = new_node(json, NODE_SCALAR);
    const char *start = ++json->next;
    bool escaped = false;
    size_t length;
    char *text;

    for (;;) {
        json->next += unescaped(json->next, (size_t)(json->end - json->next));
        if (json->end - json->next < 2 || (*json->next != '"' && *json->next != '\\'))
            return NULL;
        if (*json->next == '"')
            break;
        escaped = true;
        json->next += 2;
    }
    length = (size_t)(json->next++ - start);
    for (size_t i = 0; i < length; i++)
        json->n_inner += ((unsigned char)start[i] & 0xc0) == 0x80;
    text = arena_strndup(json->memory.texts, start, length);
    if (escaped && !unescape(text, &length))
        return NULL;
    node->text = text;
    node->length = (uint32_t)length;
    return node;
}

/* A number, true, false or null: or any other word, which is the same to YAML. */
static struct node *read_word(struct json *json)
{
    struct node *node = new_node(json, NODE_SCALAR);
    const char *start = json->next, *p = start + (*start == '-');

    if (p == json->end || !(letter_is_digit(*p) || (p == start && letter_is_lower(*p))))
        return NULL;
    while (p < json->end && (letter_is_digit(*p) || letter_is_lower(letter_lower(*p)) || *p == '.' || *p == '-' || *p == '+'))
        p++;
    json->next = p;
    node->plain = true;
    node->length = (uint32_t)(p - start);
    node->text = arena_strndup(json->memory.texts, start, node->length);
    return node;
}

static bool add(struct json *json, struct node *node, struct node *item)
{
    if (!item)
        return false;
    arena_grow(json->memory.nodes, node->items, node->n_items);
    node->items[node->n_items++] = item;
    node->weight += item->weight;
    return true;
}

static struct node *read_key(struct json *json)
{
    struct node *key = peek(json) == '"' ? read_string(json) : NULL;

    if (!key || key->length > LONGEST_KEY || json->next == json->end || *json->next++ != ':')
        return NULL;
    return key;
}

static struct node *read_collection(struct json *json, enum node_kind kind, char close, int depth)
{
    struct node *node = new_node(json, kind);

    if (depth == DEEPEST)
        return NULL;
    json->next++;
    while (peek(json) != close) {
        if (kind == NODE_MAPPING && !add(json, node, read_key(json)))
            return NULL;
        if (!add(json, node, read_value(json, depth + 1)))
            return NULL;
        if (peek(json) == ',')
            json->next++;
        else if (peek(json) != close)
            return NULL;
    }
    json->next++;
    return node;
}

static struct node *read_value(struct json *json, int depth)
{
    switch (peek(json)) {
    case '\0':
        return NULL;
    case '{':
        return read_collection(json, NODE_MAPPING, '}', depth);
    case '[':
        return read_collection(json, NODE_SEQUENCE, ']', depth);
    case '"':
        return read_string(json);
    default:
        return read_word(json);
    }
}

struct node *json_read_first(struct tree_memory memory, const char *file, uint32_t before, const char *text, size_t length, size_t *ret_used)
{
    struct json json = {.memory = memory, .file = file, .next = text, .end = text + length, .line = before + 1, .line_start = text};
    struct node *root = length && (*text == '{' || *text == '[') ? read_value(&json, 0) : NULL;

    *ret_used = (size_t)(json.next - text);
    return root;
}

struct node *json_read(struct tree_memory memory, const char *file, uint32_t before, const char *text, size_t length)
{
    size_t used;
    struct node *root = json_read_first(memory, file, before, text, length, &used);

    while (root && used < length && (text[used] == ' ' || text[used] == '\n'))
        used++;
    return root && used == length ? root : NULL;
}
