#include "entry.h"

#include "core/text/suggest.h"
#include "key_hint.h"
#include "path.h"

#include <string.h>

size_t entry_size(const struct hd_field *list)
{
    return list->of ? list->of->size : sizeof(const char *);
}

const char *entry_name(const struct hd_field *list, const void *item)
{
    return list->of && list->of->keyed_by ? field_text(field_of(list->of, list->of->keyed_by), item) : NULL;
}

char *entry_items(const struct entry_place *place)
{
    return *(char *const *)field_in(place->field, place->object);
}

size_t *entry_count(const struct entry_place *place)
{
    return (size_t *)(void *)((char *)place->object + place->field->count_offset);
}

size_t entry_named(const struct entry_place *place, const char *name)
{
    const char *items = entry_items(place);

    for (size_t i = 0; i < *entry_count(place); i++) {
        const char *other = entry_name(place->field, items + i * entry_size(place->field));

        if (other && !strcmp(other, name))
            return i + 1;
    }
    return 0;
}

/* A path while it is followed. */
struct way {
    struct hd_diagnostics *report;
    const char *path;
    /* The part of the path that was not followed yet. */
    const char *rest;
    const struct hd_struct *type;
    void *object;
};

static struct finding *refuse(const struct way *way, const char *format, ...) __attribute__((format(printf, 2, 3)));

static struct finding *refuse(const struct way *way, const char *format, ...)
{
    va_list args;
    char *what;

    va_start(args, format);
    what = arena_vprintf(&way->report->arena, format, args);
    va_end(args);
    return finding_in(way->report, HD_WRONG_CALL, NULL, 0, 0, arena_strndup(&way->report->arena, way->path, strlen(way->path)), "%s", what);
}

/* The path as far as it was followed. */
static const char *followed(const struct way *way)
{
    size_t length = (size_t)(way->rest - way->path);

    while (length && way->path[length - 1] == '.')
        length--;
    return length ? arena_strndup(&way->report->arena, way->path, length) : "the application";
}

static void refuse_member(const struct way *way)
{
    char *key = arena_strndup(&way->report->arena, way->rest, strcspn(way->rest, ".["));

    hint_unknown_key(refuse(way, "there is no member \"%.80s\" in %.160s", key, followed(way)), way->type, key, NULL);
}

/* The next step in words: a key without its brackets and quotes, or an index with them. */
static char *next_word(const struct way *way)
{
    const char *end = strncmp(way->rest, "[\"", 2) ? NULL : strstr(way->rest, "\"]");

    if (end)
        return arena_strndup(&way->report->arena, way->rest + 2, (size_t)(end - way->rest - 2));
    return arena_strndup(&way->report->arena, way->rest, strcspn(way->rest, "."));
}

static void refuse_entry(const struct way *way, const struct entry_place *list)
{
    char *name = next_word(way);
    struct suggestion suggestion = suggest_for(name);
    struct finding *finding = refuse(way, "there is no entry \"%.80s\" in %.160s", name, followed(way));

    for (size_t i = 0; i < *entry_count(list); i++) {
        const char *other = entry_name(list->field, entry_items(list) + i * entry_size(list->field));

        if (other)
            suggest_try(&suggestion, other);
    }
    hint_nearest(finding, suggestion.nearest, "it has %zu entries; name one by its key, or by its index as in [0]", *entry_count(list));
}

/* The row of the next step, and the struct that has it, which may be embedded; NULL when there is none. */
static const struct hd_field *next_field(struct way *way, const struct hd_struct *type, void *object, const char **behind)
{
    for (size_t i = 0; i < type->n_fields; i++) {
        const struct hd_field *field = &type->fields[i], *inner;

        if (field->kind == HD_EMBEDDED) {
            inner = next_field(way, field->of, (char *)object + field->offset, behind);
            if (inner)
                return inner;
            continue;
        }
        *behind = path_behind(way->rest, field->key, field->short_key, -1);
        if (*behind) {
            way->type = type;
            way->object = object;
            return field;
        }
    }
    return NULL;
}

/* The entry of the next step, from 1; 0 when there is none. */
static size_t next_item(const struct way *way, const struct entry_place *list, const char **behind)
{
    for (size_t i = 0; i < *entry_count(list); i++) {
        *behind = path_behind(way->rest, entry_name(list->field, entry_items(list) + i * entry_size(list->field)), NULL, (long)i);
        if (*behind)
            return i + 1;
    }
    return 0;
}

/* Follows the path into a list; true when it ends there. */
static bool enter_list(struct way *way, const struct hd_field *field, struct entry_place *place, bool *refused)
{
    const char *behind;

    *place = (struct entry_place){way->type, way->object, field, 0};
    if (!*way->rest)
        return true;
    place->item = next_item(way, place, &behind);
    *refused = !place->item || (*behind && !field->of);
    if (!place->item)
        refuse_entry(way, place);
    else if (*refused)
        refuse(way, "%.160s is a list of texts, which have no members", followed(way));
    if (*refused || !*behind)
        return !*refused;
    way->rest = behind;
    way->type = field->of;
    way->object = entry_items(place) + (place->item - 1) * entry_size(field);
    return false;
}

bool entry_find(struct hd_diagnostics *report, const struct hd_struct *type, void *object, const char *path, struct entry_place *ret_place)
{
    struct way way = {report, path, path, type, object};
    bool refused = false;

    while (!refused && *way.rest) {
        const char *behind;
        const struct hd_field *field = next_field(&way, way.type, way.object, &behind);

        if (!field) {
            refuse_member(&way);
            return false;
        }
        way.rest = behind;
        if (field->kind == HD_STRUCT) {
            way.object = (char *)way.object + field->offset;
            way.type = field->of;
        } else if (field->kind != HD_STRUCT_LIST && field->kind != HD_STRING_LIST) {
            break;
        } else if (enter_list(&way, field, ret_place, &refused)) {
            return true;
        }
    }
    if (!refused)
        hint(refuse(&way, "%.160s is not a list, and no entry of one", followed(&way)),
             "name a list, such as services.web.env, or an entry of one, such as services.web.env.LOG_LEVEL");
    return false;
}
