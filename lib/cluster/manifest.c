#include "manifest.h"

#include "core/reading/lay_over.h"
#include "core/text/among.h"
#include "core/text/letter.h"
#include "core/text/scalar.h"
#include "core/text/suggest.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const struct node *value_of(const struct node *mapping, const char *key)
{
    const struct node *value = tree_value(mapping, key);

    return value && !node_is_null(value) ? value : NULL;
}

struct field member(const struct field *up, const char *key)
{
    return (struct field){.manifest = up->manifest, .node = is_mapping(up) ? value_of(up->node, key) : NULL, .up = up, .key = key};
}

struct field entry(const struct field *up, size_t index)
{
    const struct node *key = up->node->items[2 * index], *node = up->node->items[2 * index + 1];

    return (struct field){.manifest = up->manifest, .node = node_is_null(node) ? NULL : node, .up = up, .key = key->text};
}

struct field item(const struct field *up, size_t index)
{
    const struct node *node = up->node->items[index];

    return (struct field){.manifest = up->manifest, .node = node_is_null(node) ? NULL : node, .up = up, .index = index};
}

static char *path_of(const struct field *field)
{
    struct arena *arena = &field->manifest->report->arena;
    char *up = field->up ? path_of(field->up) : NULL;

    if (!up)
        return arena_printf(arena, "%s", text_or(field->key, ""));
    return field->key ? arena_printf(arena, *up ? "%s.%s" : "%s%s", up, field->key) : arena_printf(arena, "%s[%zu]", up, field->index);
}

struct hd_cluster_place place_of(const struct field *field)
{
    const struct node *node;

    while (!field->node && field->up)
        field = field->up;
    node = field->node;
    return node ? (struct hd_cluster_place){node->file, node->line, node->column} : field->manifest->object->place;
}

struct finding *refuse(const struct field *field, enum hd_code code, const char *format, ...)
{
    const struct hd_cluster_object *object = field->manifest->object;
    struct arena *arena = &field->manifest->report->arena;
    struct hd_cluster_place place = place_of(field);
    const char *path = arena_printf(arena, "%s %s%s%s: %s", object->kind, text_or(object->namespace_name, ""),
                                    object->namespace_name ? "/" : "", object->name, path_of(field));
    va_list args;
    const char *message;

    va_start(args, format);
    message = arena_vprintf(arena, format, args);
    va_end(args);
    field->manifest->is_refused = true;
    return finding_in(field->manifest->report, code, place.file, place.line, place.column, path, "%s", message);
}

static const char *name_of(const struct field *field)
{
    while (!field->key && field->up)
        field = field->up;
    return text_or(field->key, "the manifest");
}

static void wrong_type(const struct field *field, const char *wanted)
{
    static const char *const given[] = {[NODE_SCALAR] = "a single value", [NODE_SEQUENCE] = "a list", [NODE_MAPPING] = "a mapping"};

    if (field->manifest->wrong == field->node)
        return;
    field->manifest->wrong = field->node;
    refuse(field, HD_WRONG_TYPE, "%s must be %s, not %s", name_of(field), wanted, given[field->node->kind]);
}

size_t item_count(const struct field *list)
{
    if (!list->node)
        return 0;
    if (list->node->kind == NODE_SEQUENCE)
        return list->node->n_items;
    wrong_type(list, "a list");
    return 0;
}

bool is_mapping(const struct field *field)
{
    if (field->node && field->node->kind != NODE_MAPPING)
        wrong_type(field, "a mapping");
    return field->node && field->node->kind == NODE_MAPPING;
}

static bool is_scalar(const struct field *field)
{
    if (field->node && field->node->kind != NODE_SCALAR)
        wrong_type(field, "a single value");
    return field->node && field->node->kind == NODE_SCALAR;
}

/* Whether kubectl sends the value to the server as a text. Unquoted dates and times of day are texts to it. */
static bool is_text(const struct node *node)
{
    enum scalar_type type = node->plain ? scalar_type(node->text, node->length) : SCALAR_STRING;

    return type != SCALAR_NUMBER && type != SCALAR_ODD_NUMBER && type != SCALAR_BOOL;
}

const char *text_of(const struct field *field)
{
    if (!is_scalar(field))
        return NULL;
    if (is_text(field->node))
        return keep(field->manifest, field->node->text);
    hint(refuse(field, HD_YAML_TRAP, "%s must be a text, but %s without quotes is not a text", name_of(field), field->node->text),
         "write \"%s\"", field->node->text);
    return NULL;
}

static bool is_in_names(char c)
{
    return letter_is_lower(letter_lower(c)) || (c >= '-' && c <= ':') || c == '_';
}

const char *name_at(const struct field *field)
{
    const char *name = text_of(field), *p = name;

    while (name && is_in_names(*p))
        p++;
    if (name && *p)
        refuse(field, HD_BAD_FORM, "%s has a character that names cannot have", name_of(field));
    return name;
}

bool is_true(const struct field *field)
{
    if (!is_scalar(field))
        return false;
    if (field->node->plain && !strcmp(field->node->text, "true"))
        return true;
    if (!field->node->plain || strcmp(field->node->text, "false") != 0)
        hint(refuse(field, HD_WRONG_TYPE, "%s must be true or false, not %s", name_of(field), field->node->text), "write true or false");
    return false;
}

bool is_number(const struct field *field)
{
    const struct node *node = field->node;

    return node && node->kind == NODE_SCALAR && node->plain && scalar_type(node->text, node->length) == SCALAR_NUMBER;
}

int64_t number_of(const struct field *field, int64_t least, int64_t most, int64_t otherwise)
{
    long long number;
    char *end;

    if (!is_scalar(field))
        return otherwise;
    errno = 0;
    number = strtoll(field->node->text, &end, 10);
    if (!is_number(field) || *end || errno) {
        refuse(field, HD_WRONG_TYPE, "%s must be a number, not %s", name_of(field), field->node->text);
        return otherwise;
    }
    if (number >= least && number <= most)
        return number;
    refuse(field, HD_OUT_OF_RANGE, "%s must be from %lld to %lld, not %lld", name_of(field), (long long)least, (long long)most, number);
    return otherwise;
}

int word_of(const struct field *field, const char *const *words)
{
    const char *text = text_of(field), *all = NULL;
    struct suggestion suggestion;

    if (!text)
        return -1;
    suggestion = suggest_for(text);
    for (int i = 0; words[i]; i++) {
        if (!strcmp(words[i], text))
            return i;
        all = arena_listed(&field->manifest->report->arena, all, words[i]);
        suggest_try(&suggestion, words[i]);
    }
    hint_nearest(refuse(field, HD_UNKNOWN_WORD, "%s must be one of %s, not \"%s\"", name_of(field), all, text), suggestion.nearest,
                 "write one of %s", all);
    return -1;
}

/* The index of a key among `keys`; -1 when it is not one of them, which is reported. */
static int check_key(const struct field *mapping, const struct node *key, const char *const *keys)
{
    struct field at = {.manifest = mapping->manifest, .node = key, .up = mapping, .key = key->text};
    struct suggestion suggestion = suggest_for(key->text);
    const char *all = NULL;

    for (int i = 0; keys[i]; i++)
        if (!strcmp(keys[i], key->text))
            return i;
    for (size_t i = 0; keys[i]; i++) {
        all = arena_listed(&mapping->manifest->report->arena, all, keys[i]);
        suggest_try(&suggestion, keys[i]);
    }
    hint_nearest(refuse(&at, HD_UNKNOWN_KEY, "%s has no key \"%s\"", name_of(mapping), key->text), suggestion.nearest, "its keys are %s",
                 all);
    return -1;
}

void allow_keys(const struct field *mapping, const char *const *keys)
{
    unsigned seen = 0;

    for (uint32_t i = 0; is_mapping(mapping) && i < mapping->node->n_items; i += 2) {
        const struct node *key = mapping->node->items[i];
        struct field at = {.manifest = mapping->manifest, .node = key, .up = mapping, .key = key->text};
        int place = check_key(mapping, key, keys);

        if (place >= 0 && seen & 1u << place)
            refuse(&at, HD_DUPLICATE_KEY, "%s is given twice", key->text);
        seen |= place >= 0 ? 1u << place : 0;
    }
}

/* Most texts stand in many manifests, and half of them were asked for a moment ago. */
const char *keep(struct manifest *manifest, const char *text)
{
    struct kept_texts *texts = manifest->texts;
    size_t length = strlen(text);
    const char **recent = &texts->recent[(length + (unsigned char)text[0] + 5u * (unsigned char)text[length / 2]) % N_RECENT];

    if (*recent && !strcmp(*recent, text))
        return *recent;
    *recent = names_find(&texts->all, text);
    if (!*recent) {
        *recent = arena_strndup(manifest->arena, text, length);
        names_add(&texts->all, *recent, *recent);
    }
    return *recent;
}
