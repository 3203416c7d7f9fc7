/* Structs that stand in a manifest just as the model has them. */
#include "writer.h"

static void text_out(struct yaml_out *y, const struct hd_field *field, const char *key, const char *text)
{
    if (field->format == &format_quantity)
        y_quantity(y, key, text);
    else
        y_str(y, key, text);
}

/* The API server drops empty strings, and some zeroes; what refuses a default is not written. */
static bool is_dropped(const struct hd_field *field, const void *object)
{
    int64_t zero = field->kind == HD_BOOLEAN ? HD_FALSE : 0;

    if (field->kind == HD_STRING)
        return !*field_text(field, object);
    if (field->kind == HD_STRUCT && switched_off(field->of, field_in(field, object)))
        return true;
    if (field_is_none(field, object))
        return true;
    return field->omit_zero && field_number(field, object) == zero;
}

/* An empty selector selects everything; none at all selects nothing. */
static bool selects_all(const struct hd_struct *type, const void *selector)
{
    if (!is_selector(type) || !struct_is_set(type, selector))
        return false;
    for (size_t i = 0; i < type->n_fields; i++)
        if (field_count(&type->fields[i], selector))
            return false;
    return true;
}

static void pair_out(struct yaml_out *y, const struct hd_struct *type, const void *pair)
{
    const char *value = field_text(&type->fields[1], pair);

    if (!(type->fields[1].none && is_none(value)))
        text_out(y, &type->fields[1], field_text(&type->fields[0], pair), value);
}

static void field_out(struct yaml_out *y, const struct hd_field *field, const void *object)
{
    const void *member = field_in(field, object);
    const char *items;

    switch (field->kind) {
    case HD_STRING:
        text_out(y, field, field->key, field_text(field, object));
        break;
    case HD_INT_OR_STRING:
        y_int_or_str(y, field->key, field_text(field, object));
        break;
    case HD_INTEGER:
    case HD_OPTIONAL_INTEGER:
        y_int(y, field->key, field_number(field, object));
        break;
    case HD_BOOLEAN:
        y_bool(y, field->key, field_number(field, object) == HD_TRUE);
        break;
    case HD_ENUMERATION:
        y_str(y, field->key, enum_name(field->words, (int)field_number(field, object)));
        break;
    case HD_STRING_LIST:
        y_strs(y, field->key, *(const char *const *const *)member, field_count(field, object));
        break;
    case HD_STRUCT:
        y_object(y, field->key, field->of, member);
        break;
    case HD_EMBEDDED:
        y_fields(y, field->of, member);
        break;
    case HD_VALUE: /* no struct that stands in a manifest as it is has one */
        break;
    case HD_STRUCT_LIST:
        items = *(const char *const *)member;
        if (field->of->map) {
            MAP(y, field->key)
                for (size_t i = 0; i < field_count(field, object); i++)
                    pair_out(y, field->of, items + i * field->of->size);
        } else {
            SEQ(y, field->key)
                for (size_t i = 0; i < field_count(field, object); i++)
                    ITEM(y)
                        y_fields(y, field->of, items + i * field->of->size);
        }
        break;
    }
}

void y_fields(struct yaml_out *y, const struct hd_struct *type, const void *object)
{
    for (size_t i = 0; i < type->n_fields; i++)
        if (!type->fields[i].ours && field_is_set(&type->fields[i], object) && !is_dropped(&type->fields[i], object))
            field_out(y, &type->fields[i], object);
}

void y_object(struct yaml_out *y, const char *key, const struct hd_struct *type, const void *object)
{
    if (selects_all(type, object))
        y_empty_map(y, key);
    else
        MAP(y, key)
            y_fields(y, type, object);
}
