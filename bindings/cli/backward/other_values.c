/* Other values that a member may have. */
#include "backward.h"

#include "../call.h"
#include "../characters.h"
#include "../generated.h"

#include <stdlib.h>
#include <string.h>

/* The rest of a path behind its first step, which is a key, a key in brackets and quotes, or an index. */
static const char *behind_step(const char *path, const char **ret_name, size_t *ret_length)
{
    bool is_quoted = !strncmp(path, "[\"", 2);
    const char *end;

    path += is_quoted ? 2 : *path == '[';
    end = is_quoted ? strstr(path, "\"]") : path + strcspn(path, ".[]");
    end = end ? end : path + strlen(path);
    *ret_name = path;
    *ret_length = (size_t)(end - path);
    end += is_quoted && *end ? 2 : *end == ']';
    return end + (*end == '.');
}

static const struct hd_field *field_named(const struct hd_struct *type, const char *name, size_t length)
{
    for (size_t i = 0; i < type->n_fields; i++) {
        const struct hd_field *field = hd_struct_field(type, i), *inner;

        if (strlen(field->key) == length && !strncmp(field->key, name, length))
            return field;
        inner = field->kind == HD_EMBEDDED ? field_named(field->of, name, length) : NULL;
        if (inner)
            return inner;
    }
    return NULL;
}

/* The member that a path of the model leads to; NULL for an entry of a plain map. */
static const struct hd_field *member_at(const char *path)
{
    const struct hd_struct *type = hd_schema_root();
    const struct hd_field *field = NULL;
    const char *name;
    size_t length;

    while (*path) {
        if (!type)
            return NULL;
        path = behind_step(path, &name, &length);
        field = field_named(type, name, length);
        if (!field)
            return NULL;
        type = field->kind == HD_STRUCT || field->kind == HD_STRUCT_LIST ? field->of : NULL;
        if (*path && (field->kind == HD_STRUCT_LIST || field->kind == HD_STRING_LIST))
            path = behind_step(path, &name, &length);
    }
    return field;
}

static char *other_word(const struct hd_enum *words, const char *text, size_t index)
{
    for (size_t i = 0; i < words->n_words; i++)
        if (strcmp(words->words[i].name, text) != 0 && !index--)
            return printed("%s", words->words[i].name);
    return NULL;
}

/* The text with the number in it that begins at `at` one greater or smaller. */
static char *counted(const char *text, size_t at, int step)
{
    char *end;
    long long number = strtoll(text + at, &end, 10) + step;

    return number < 0 ? NULL : printed("%.*s%lld%s", (int)at, text, number, end);
}

static size_t first_number(const char *text)
{
    return strcspn(text, "0123456789");
}

static size_t last_number(const char *text)
{
    size_t at = strlen(text);

    while (at && !strchr("0123456789", text[at - 1]))
        at--;
    while (at && strchr("0123456789", text[at - 1]))
        at--;
    return at;
}

static char *other_text(const char *text, size_t index)
{
    bool has_number = text[first_number(text)] != '\0';

    if (!has_number && index < 4)
        return NULL;
    switch (index) {
    case 0:
        return counted(text, last_number(text), 1);
    case 1:
        return counted(text, last_number(text), -1);
    case 2:
        return counted(text, first_number(text), 1);
    case 3:
        return counted(text, first_number(text), -1);
    case 4:
        return printed("%sx", text);
    default:
        return printed("x%s", text);
    }
}

static bool is_number(enum hd_kind kind, const char *text)
{
    return kind == HD_INTEGER || kind == HD_OPTIONAL_INTEGER || (kind == HD_INT_OR_STRING && text[strspn(text, "0123456789")] == '\0');
}

enum { MOST_WORDS = 3, MOST_TEXTS = 6 };

/* A text that was made of no number is skipped: the next one is asked for. */
char *backward_change(const struct hd_value *value, size_t index)
{
    const struct hd_field *field = value->text ? member_at(value->path) : NULL;
    const struct hd_enum *words = field ? field->words : NULL;

    if (!value->text || value->kind == HD_VALUE || value->kind == HD_STRUCT)
        return NULL;
    if (value->kind == HD_BOOLEAN)
        return index ? NULL : printed("%s", strcmp(value->text, "true") ? "true" : "false");
    if (words)
        return index < MOST_WORDS ? other_word(words, value->text, index) : NULL;
    if (is_number(value->kind, value->text))
        return index < 2 ? counted(value->text, 0, index ? -1 : 1) : NULL;
    for (; index < MOST_TEXTS; index++) {
        char *text = other_text(value->text, index);

        if (text)
            return text;
    }
    return NULL;
}
