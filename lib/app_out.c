/* A model as it was given, in the short form in which people write it. */
#include "core/memory/names.h"
#include "core/reading/value.h"
#include "core/writing/writer.h"
#include "explain/origin.h"
#include "model/layout.h"
#include "model/sound.h"
#include "model/tables.h"

#include <string.h>

struct app_out {
    struct yaml_out y;
    struct arena arena;
};

static void write_fields(struct app_out *out, const struct hd_struct *type, const void *object, const struct hd_field *left_out);

static const char *list_items(const struct hd_field *field, const void *object)
{
    return *(const char *const *)field_in(field, object);
}

static bool is_given(const struct hd_struct *type, const struct hd_field *field, const void *object)
{
    return field_is_set(field, object) && !field_is_implied(type, field, object);
}

/*
 * The one member that was given besides `left_out`, when a scalar may stand for it; else NULL. In a list, a scalar would be the name
 * of an element that has one.
 */
static const struct hd_field *lone_scalar(const struct hd_struct *type, const void *object, const struct hd_field *left_out, bool in_list)
{
    const struct hd_field *scalar = type->scalar && !(in_list && type->keyed_by) ? field_of(type, type->scalar) : NULL;

    if (!scalar || scalar == left_out || !is_given(type, scalar, object))
        return NULL;
    for (size_t i = 0; i < type->n_fields; i++)
        if (&type->fields[i] != scalar && &type->fields[i] != left_out && is_given(type, &type->fields[i], object))
            return NULL;
    return scalar;
}

/* Digits that are a number, and come back as the same text. */
static bool is_number(const char *text)
{
    size_t length = strlen(text);

    return length && length < 18 && strspn(text, "0123456789") == length && (*text != '0' || length == 1);
}

static void write_scalar(struct app_out *out, const char *key, const struct hd_field *field, const void *object)
{
    struct yaml_out *y = &out->y;

    if (field->kind == HD_INT_OR_STRING && is_number(field_text(field, object)))
        y_int_or_str(y, key, field_text(field, object));
    else if (field->kind == HD_STRING || field->kind == HD_INT_OR_STRING)
        y_str(y, key, field_text(field, object));
    else if (field->kind == HD_ENUMERATION)
        y_str(y, key, enum_name(field->words, (int)field_number(field, object)));
    else if (field_is_none(field, object))
        y_str(y, key, "none");
    else if (field->kind == HD_BOOLEAN)
        y_bool(y, key, field_number(field, object) == HD_TRUE);
    else
        y_int(y, key, field_number(field, object));
}

/* A struct under a key, or in a list when the key is NULL; `left_out` is what the key says already. */
static void write_struct(struct app_out *out, const char *key, const struct hd_struct *type, const void *object,
                         const struct hd_field *left_out)
{
    const struct hd_field *scalar = lone_scalar(type, object, left_out, !key);
    const struct hd_field *whole = type->whole ? field_of(type, type->whole) : NULL;
    bool is_empty = true;

    for (size_t i = 0; i < type->n_fields && is_empty; i++)
        is_empty = &type->fields[i] == left_out || !is_given(type, &type->fields[i], object);
    if (scalar)
        write_scalar(out, key, scalar, object);
    else if (is_empty)
        y_empty_map(&out->y, key);
    else if (whole)
        y_value(&out->y, key, &out->arena, type, whole, object);
    else
        MAP(&out->y, key)
            write_fields(out, type, object, left_out);
}

/* The member whose values are the keys of a mapping that the list can be written as: each element has one of its own. */
static const struct hd_field *list_key(struct app_out *out, const struct hd_struct *of, const char *items, size_t count)
{
    struct names names;

    if (!of->keyed_by || !count)
        return NULL;
    names_init(&out->arena, &names, count);
    for (size_t i = 0; i < count; i++) {
        const char *key = element_key(of, items + i * of->size);

        if (!key || names_add(&names, key, key))
            return NULL;
    }
    return field_of(of, of->keyed_by);
}

static void write_list(struct app_out *out, const struct hd_field *field, const void *object)
{
    const struct hd_struct *of = field->of;
    const char *items = list_items(field, object);
    size_t count = field_count(field, object);
    const struct hd_field *scalar = count == 1 && field->short_key ? lone_scalar(of, items, NULL, true) : NULL;
    const struct hd_field *key = scalar ? NULL : list_key(out, of, items, count);

    if (scalar) {
        write_scalar(out, field->short_key, scalar, items);
        return;
    }
    if (!count)
        y_empty_seq(&out->y, field->key);
    writer_open(&out->y, field->key, key ? LEVEL_MAP : LEVEL_SEQ);
    for (size_t i = 0; i < count; i++)
        write_struct(out, key ? field_text(key, items + i * of->size) : NULL, of, items + i * of->size, key);
    writer_close(&out->y);
}

static void write_member(struct app_out *out, const struct hd_struct *type, const struct hd_field *field, const void *object)
{
    size_t count = field->count_offset ? field_count(field, object) : 0;

    switch (field->kind) {
    case HD_STRUCT:
        write_struct(out, field->key, field->of, field_in(field, object), NULL);
        break;
    case HD_EMBEDDED:
        write_fields(out, field->of, field_in(field, object), NULL);
        break;
    case HD_STRUCT_LIST:
        write_list(out, field, object);
        break;
    case HD_STRING_LIST:
        if (!count)
            y_empty_seq(&out->y, field->key);
        y_strs(&out->y, field->key, *(const char *const *const *)field_in(field, object), count);
        break;
    case HD_VALUE:
        y_value(&out->y, field->key, &out->arena, type, field, object);
        break;
    default:
        write_scalar(out, field->key, field, object);
        break;
    }
}

static void write_fields(struct app_out *out, const struct hd_struct *type, const void *object, const struct hd_field *left_out)
{
    for (size_t i = 0; i < type->n_fields; i++)
        if (&type->fields[i] != left_out && is_given(type, &type->fields[i], object))
            write_member(out, type, &type->fields[i], object);
}

static enum hd_status write_app(struct app_out *out, const struct hd_app *app)
{
    MAP(&out->y, NULL)
        write_fields(out, &hd_app_struct, app, NULL);
    writer_flush(&out->y);
    return out->y.failed ? HD_UNWRITABLE : HD_OK;
}

enum hd_status hd_app_write(const struct hd_app *app, enum hd_format format, hd_sink *sink, void *user)
{
    enum hd_status status;
    struct app_out out;
    jmp_buf out_of_memory;

    if (!app || (format != HD_FORMAT_YAML && format != HD_FORMAT_JSON) || !sink)
        return HD_BAD_CALL;
    writer_init(&out.y, format, sink, user, &out_of_memory);
    arena_init(&out.arena, &out_of_memory);
    if (setjmp(out_of_memory)) {
        writer_free(&out.y);
        arena_free(&out.arena);
        return HD_NO_MEMORY;
    }
    app = layout_take(&out.arena, NULL, app);
    if (!app || !app_is_sound(NULL, app))
        status = HD_BAD_CALL;
    else if (!struct_is_set(&hd_app_struct, app))
        status = sink(user, "{}", 2) ? HD_UNWRITABLE : HD_OK;
    else
        status = write_app(&out, app);
    writer_free(&out.y);
    arena_free(&out.arena);
    return status;
}
