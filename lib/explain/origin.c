#include "origin.h"

#include "model/model.h"
#include "model/tables.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const void *member_of(const void *layer, const struct hd_field *field)
{
    return layer ? field_in(field, layer) : NULL;
}

struct layers layers_of_member(const struct layers *layers, const struct hd_field *field)
{
    struct layers member = {.given = member_of(layers->given, field), .library = member_of(layers->library, field)};

    for (size_t i = 0; i < MOST_ENTRIES; i++)
        member.entries[i] = member_of(layers->entries[i], field);
    return member;
}

const char *element_key(const struct hd_struct *of, const void *item)
{
    return of->keyed_by ? field_text(field_of(of, of->keyed_by), item) : NULL;
}

enum { FEW_ELEMENTS = 8 };

static bool is_keyed_list(const struct hd_field *field)
{
    /* The application's own lists keep their order, and may be long. */
    return field->of->keyed_by && field->of != &hd_service_struct;
}

static size_t count_in(const void *layer, const struct hd_field *field)
{
    return layer && field_is_set(field, layer) ? field_count(field, layer) : 0;
}

static void list_keys(struct arena *arena, struct names *names, const void *layer, const struct hd_field *field)
{
    size_t count = count_in(layer, field);
    const char *items;

    if (count <= FEW_ELEMENTS)
        return;
    items = *(const char *const *)field_in(field, layer);
    names_init(arena, names, count);
    for (size_t i = 0; i < count; i++) {
        const char *key = element_key(field->of, items + i * field->of->size);

        if (key)
            names_add(names, key, items + i * field->of->size);
    }
}

struct layer_keys layer_keys(struct arena *arena, const struct place *place)
{
    struct layer_keys keys = {0};

    if (!is_keyed_list(place->field))
        return keys;
    list_keys(arena, &keys.given, place->layers.given, place->field);
    for (size_t i = 0; i < MOST_ENTRIES; i++)
        list_keys(arena, &keys.entries[i], place->layers.entries[i], place->field);
    list_keys(arena, &keys.library, place->layers.library, place->field);
    return keys;
}

/* The element of a layer's list from which this one was made: it has the same key, or the same place. */
static const void *element_in(const void *layer, const struct names *keys, const struct hd_field *field, const void *item, size_t index)
{
    const char *key = element_key(field->of, item), *items;
    size_t count = count_in(layer, field);

    if (!count)
        return NULL;
    items = *(const char *const *)field_in(field, layer);
    if (!key || !is_keyed_list(field))
        return index < count ? items + index * field->of->size : NULL;
    if (keys->entries)
        return names_find(keys, key);
    for (size_t i = 0; i < count; i++) {
        const char *other = element_key(field->of, items + i * field->of->size);

        if (other && !strcmp(other, key))
            return items + i * field->of->size;
    }
    return NULL;
}

/* Whether the list is taken whole from this layer, because its elements have no keys. */
static bool hides_others(const struct hd_field *field, const void *layer)
{
    return !field->of->keyed_by && layer && field_is_set(field, layer);
}

struct layers layers_of_element(const struct place *place, const struct layer_keys *keys, const void *item, size_t index)
{
    const struct layers *layers = &place->layers;
    struct layers element = {.given = element_in(layers->given, &keys->given, place->field, item, index)};

    if (element.given || hides_others(place->field, layers->given))
        return element;
    for (size_t i = 0; i < MOST_ENTRIES; i++) {
        element.entries[i] = element_in(layers->entries[i], &keys->entries[i], place->field, item, index);
        if (element.entries[i] || hides_others(place->field, layers->entries[i]))
            return element;
    }
    element.library = element_in(layers->library, &keys->library, place->field, item, index);
    return element;
}

/* Fills in file, line and column of the member in the layer, as far as they are known. */
static void add_position(struct origin *origin, const struct place *place, const void *layer, size_t item)
{
    const struct hd_at *at = struct_at(place->type, layer);
    const struct hd_mark *mark = at_mark(at, place->field, (uint32_t)item);

    /* The file gives the struct without this member: a program set it. */
    if (!mark && at->marks && !field_is_implied(place->type, place->field, layer))
        return;
    origin->file = mark ? mark->file : at->file;
    origin->line = mark ? mark->line : at->line;
    origin->column = mark ? mark->column : at->column;
    origin->environment = at_environment(at, origin->file);
}

void make_printable(char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < ' ' || (unsigned char)*text >= 0x7f)
            *text = '?';
}

static struct origin derived_from(const char *from)
{
    return (struct origin){.kind = HD_VALUE_DERIVED, .from = from};
}

/* The origin of a member of the application that the user did not write: derived from another one, or an option of hd_resolve(). */
static struct origin origin_in_app(const struct hd_app *app, const char *key)
{
    int minor = app->kubernetes_version && !strncmp(app->kubernetes_version, "1.", 2) ? atoi(app->kubernetes_version + 2) : 0;

    if (!strcmp(key, "kubernetesVersion"))
        return (struct origin){.kind = minor == KUBE_NEWEST ? HD_VALUE_DEFAULT : HD_VALUE_CALLER};
    if (!strcmp(key, "namespace") && app->name && !strcmp(app->namespace_name, app->name))
        return derived_from("name of the application");
    return (struct origin){.kind = strcmp(key, "namespace") ? HD_VALUE_DEFAULT : HD_VALUE_CALLER};
}

/* Names the value from which a derived one was made, unless it is a default itself. */
static struct origin origin_of_derived(const struct place *place)
{
    const struct hd_config_file *file = place->object;
    const char *key = place->field->key;

    if (place->type == &hd_image_struct && !strcmp(key, "registry"))
        return derived_from("imageRegistry");
    if (place->type == &hd_image_struct && !strcmp(key, "tag"))
        return derived_from("imageTag");
    if (place->type == &hd_image_struct)
        return derived_from(!strcmp(key, "repository") ? "name of the service" : "image of the service");
    if (place->type == &hd_app_struct)
        return origin_in_app(place->object, key);
    if (place->type == &hd_config_file_struct && file->from_file)
        return derived_from(file->from_file);
    return (struct origin){.kind = HD_VALUE_DEFAULT};
}

static bool same_text(const char *a, const char *b)
{
    return a && b && !strcmp(a, b);
}

/* 1-based index of string `item` in the user's list; 0 if resolving inserted it. Insertions happen at the front and shift the rest. */
static size_t given_item(const struct place *place, size_t item)
{
    const struct hd_field *field = place->field;
    const char *const *given = *(const char *const *const *)field_in(field, place->layers.given);
    const char *const *all = *(const char *const *const *)field_in(field, place->object);
    size_t n_given = field_count(field, place->layers.given), moved = field_count(field, place->object) - n_given;

    if (item <= n_given && same_text(given[item - 1], all[item - 1]))
        return item;
    return item > moved && item - moved <= n_given && same_text(given[item - moved - 1], all[item - 1]) ? item - moved : 0;
}

/* Whether the member has the name of the environment that was chosen. */
static bool is_name_of_environment(const struct place *place)
{
    const struct hd_app *app = place->object;

    return place->type == &hd_app_struct && !strcmp(place->field->key, "environment") && app->at && app->at->rest &&
           same_text(app->environment, app->at->rest->environment);
}

struct origin origin_of(const struct place *place, size_t item, const struct runtime *runtime)
{
    const struct layers *layers = &place->layers;
    const struct hd_field *field = place->field;
    bool is_given = layers->given && field_is_set(field, layers->given);
    struct origin origin = {.kind = HD_VALUE_GIVEN};
    size_t entry = 0;

    if (is_given && field->kind == HD_STRING_LIST && item) {
        item = given_item(place, item);
        is_given = item != 0;
    }
    while (entry < runtime->n_entries && !(layers->entries[entry] && field_is_set(field, layers->entries[entry])))
        entry++;
    if (is_given && field->kind == HD_STRING && strcmp(field_text(field, layers->given), field_text(field, place->object)))
        return (struct origin){.kind = HD_VALUE_CALLER};
    if (is_given) {
        add_position(&origin, place, layers->given, item);
        if (!origin.file && is_name_of_environment(place))
            origin.kind = HD_VALUE_CALLER;
        return origin;
    }
    if (entry < runtime->n_entries) {
        origin = (struct origin){.kind = HD_VALUE_RUNTIME, .from = runtime->entries[entry]->name};
        add_position(&origin, place, layers->entries[entry], item);
        return origin;
    }
    if (layers->library && field_is_set(field, layers->library))
        return (struct origin){.kind = HD_VALUE_DEFAULT, .from = runtime->library->name};
    return origin_of_derived(place);
}

/* The position, with `separator` before it; empty when it is unknown. */
static void position_text(char *text, size_t size, const char *separator, const struct origin *origin)
{
    if (origin->line && origin->file && !strncmp(origin->file, "--set ", 6))
        snprintf(text, size, "%s%s", separator, origin->file);
    else if (origin->line)
        snprintf(text, size, "%s%s:%" PRIu32, separator, origin->file ? origin->file : "?", origin->line);
}

void origin_text(char *text, size_t size, const struct origin *origin)
{
    char *whole = text;
    size_t length;

    if (origin->environment) {
        length = (size_t)snprintf(text, size, "environments.%s, ", origin->environment);
        text += length < size ? length : size - 1;
        size -= length < size ? length : size - 1;
    }
    switch (origin->kind) {
    case HD_VALUE_CALLER:
        snprintf(text, size, "given by the caller");
        break;
    case HD_VALUE_RUNTIME:
        length = (size_t)snprintf(text, size, "runtimes.%s", origin->from);
        position_text(text + length, size - length, ", ", origin);
        break;
    case HD_VALUE_DEFAULT:
        snprintf(text, size, origin->from ? "default of %s" : "default", origin->from);
        break;
    case HD_VALUE_DERIVED:
        snprintf(text, size, "%s", origin->from);
        break;
    default:
        snprintf(text, size, "given");
        position_text(text, size, "", origin);
        break;
    }
    make_printable(whole);
}
