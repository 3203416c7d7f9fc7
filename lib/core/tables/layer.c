#include "layer.h"

#include "core/memory/names.h"
#include "core/text/among.h"

#include <assert.h>
#include <string.h>

bool field_applies(const struct hd_field *field, unsigned workload)
{
    return !workload || !field->workloads || field->workloads & (1u << workload);
}

static void *member(const struct hd_field *field, void *object)
{
    return (char *)object + field->offset;
}

/* The marks of `object` and those of `layer` for the members that it gave. */
static void take_marks(struct arena *arena, const struct hd_struct *type, void *object, const void *layer, const bool *taken)
{
    const struct hd_at *own = struct_at(type, object), *from = struct_at(type, layer);
    struct hd_mark *marks;
    struct hd_at *at;

    /* The library's own layers have no positions. */
    if (own->line ? !from->n_marks : !from->line)
        return;
    at = arena_copy(arena, own->line ? own : from, sizeof *at);
    marks = arena_array(arena, (size_t)own->n_marks + from->n_marks, sizeof *marks);
    if (own->n_marks)
        memcpy(marks, own->marks, own->n_marks * sizeof *marks);
    at->n_marks = own->n_marks;
    for (uint32_t i = 0; i < from->n_marks; i++) {
        const struct hd_field *field = from->marks[i].member;

        if (field >= type->fields && field < type->fields + type->n_fields && taken[field - type->fields])
            marks[at->n_marks++] = from->marks[i];
    }
    at->marks = marks;
    struct_set_at(type, object, at);
}

/* Whether a member is there that excludes this one. */
static bool is_excluded(const struct hd_struct *type, const struct hd_field *field, const void *object)
{
    for (size_t i = 0; field_may_exclude(type, field) && i < type->n_fields; i++)
        if (&type->fields[i] != field && fields_exclude(&type->fields[i], field) && field_is_set(&type->fields[i], object))
            return true;
    return false;
}

static const char *key_of(const struct hd_struct *type, const void *item)
{
    const char *key = field_text(field_of(type, type->keyed_by), item);

    return text_or(key, "");
}

/* The keys of an object's own elements; only for many there is a table of them. */
struct own_keys {
    const struct hd_struct *of;
    const char *items;
    size_t count;
    struct names names;
};

enum { FEW_KEYS = 8 };

static void list_keys(struct arena *arena, struct own_keys *own)
{
    if (own->count <= FEW_KEYS)
        return;
    names_init(arena, &own->names, own->count);
    for (size_t i = 0; i < own->count; i++)
        names_add(&own->names, key_of(own->of, own->items + i * own->of->size), own->items);
}

static bool has_key(const struct own_keys *own, const char *key)
{
    if (own->count > FEW_KEYS)
        return names_find(&own->names, key) != NULL;
    for (size_t i = 0; i < own->count; i++)
        if (!strcmp(key_of(own->of, own->items + i * own->of->size), key))
            return true;
    return false;
}

/* The object's elements, and those of the layer whose key it lacks. An explicit empty list takes none. */
static void merge_keyed(struct arena *arena, const struct hd_field *field, void *object, const void *layer)
{
    const struct hd_struct *of = field->of;
    const char *own = *(const char *const *)field_in(field, object), *more = *(const char *const *)field_in(field, layer);
    size_t n_own = field_count(field, object), n_more = field_count(field, layer), n_merged = n_own;
    struct own_keys keys = {.of = of, .items = own, .count = n_own};
    char *merged;

    if (!n_own || !n_more)
        return;
    list_keys(arena, &keys);
    merged = arena_array(arena, n_own + n_more, of->size);
    memcpy(merged, own, n_own * of->size);
    for (size_t i = 0; i < n_more; i++)
        if (!has_key(&keys, key_of(of, more + i * of->size)))
            memcpy(merged + n_merged++ * of->size, more + i * of->size, of->size);
    memcpy(member(field, object), &merged, sizeof merged);
    memcpy((char *)object + field->count_offset, &n_merged, sizeof n_merged);
}

void layer_fill(struct arena *arena, const struct hd_struct *type, void *object, const void *layer, unsigned workload)
{
    enum { MOST_FIELDS = 64 };
    bool taken[MOST_FIELDS] = {false}, any = false;

    assert(type->n_fields <= MOST_FIELDS);
    if (switched_off(type, object))
        return;
    for (size_t i = 0; i < type->n_fields; i++) {
        const struct hd_field *field = &type->fields[i];

        if (!field_applies(field, workload) || !field_is_set(field, layer) || is_excluded(type, field, object))
            continue;
        if (field->kind == HD_EMBEDDED || field->kind == HD_STRUCT) {
            layer_fill(arena, field->of, member(field, object), field_in(field, layer), workload);
        } else if (!field_is_set(field, object)) {
            field_copy(field, object, layer);
            taken[i] = any = true;
        } else if (field->kind == HD_STRUCT_LIST && field->of->keyed_by) {
            merge_keyed(arena, field, object, layer);
        }
    }
    if (any)
        take_marks(arena, type, object, layer, taken);
}

static void set_default(const struct hd_field *field, void *object)
{
    if (field->kind == HD_OPTIONAL_INTEGER)
        *(struct hd_opt_int *)member(field, object) = (struct hd_opt_int)HD_INT(field->def_int);
    else if (field->kind == HD_INTEGER)
        *(int64_t *)member(field, object) = field->def_int;
    else if (field->kind == HD_BOOLEAN || field->kind == HD_ENUMERATION)
        *(int *)member(field, object) = (int)field->def_int;
    else
        *(const char **)member(field, object) = field->def;
}

static bool has_defaults(const struct hd_struct *type)
{
    for (size_t i = 0; i < type->n_fields; i++)
        if (type->fields[i].def || type->fields[i].def_int || (type->fields[i].of && has_defaults(type->fields[i].of)))
            return true;
    return false;
}

static void list_defaults(struct arena *arena, const struct hd_field *field, void *object, const struct hd_struct *apart, const void *own)
{
    const void *given = *(const void *const *)field_in(field, object);
    size_t n_items = field_count(field, object);
    char *items = (char *)(uintptr_t)given;

    if (!n_items || !has_defaults(field->of))
        return;
    if (given != own)
        items = arena_copy(arena, given, n_items * field->of->size);
    memcpy(member(field, object), &items, sizeof items);
    for (size_t i = 0; i < n_items; i++)
        layer_defaults(arena, field->of, items + i * field->of->size, apart, own);
}

void layer_defaults(struct arena *arena, const struct hd_struct *type, void *object, const struct hd_struct *apart, const void *own)
{
    if (switched_off(type, object))
        return;
    for (size_t i = 0; i < type->n_fields; i++) {
        const struct hd_field *field = &type->fields[i];

        if (field->kind == HD_EMBEDDED || (field->kind == HD_STRUCT && field_is_set(field, object)))
            layer_defaults(arena, field->of, member(field, object), apart, own);
        else if (field->kind == HD_STRUCT_LIST && field->of != apart)
            list_defaults(arena, field, object, apart, own);
        else if ((field->def || field->def_int) && !field_is_set(field, object) && !is_excluded(type, field, object))
            set_default(field, object);
    }
}
