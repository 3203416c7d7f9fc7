#include "schema_values.h"

#include "model/tables.h"

#include <stdio.h>
#include <string.h>

void schema_write_types(struct yaml_out *y, unsigned types)
{
    static const char *const names[] = {"null", "boolean", "integer", "number", "string", "array", "object"};
    const char *set[sizeof names / sizeof *names];
    size_t count = 0;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (types & 1u << i)
            set[count++] = names[i];
    if (count == 1)
        y_str(y, "type", set[0]);
    else
        y_strs(y, "type", set, count);
}

/* A number without quotes is the text that it is written with; whether such a text can be valid at all, a few show. */
static unsigned numbers_for(const struct hd_field *field)
{
    static const char *const fractions[] = {"0.5", "1.5", "1.31"}, *const whole[] = {"0", "1", "8", "80", "-1"};

    if (field->words)
        return 0;
    for (size_t i = 0; i < sizeof fractions / sizeof *fractions; i++)
        if (!field->format || format_is_valid(field->format, fractions[i]))
            return ANY_NUMBER;
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        if (format_is_valid(field->format, whole[i]))
            return ANY_INTEGER;
    return 0;
}

/* Types of a member that a scalar gives. */
unsigned schema_scalar_types(const struct hd_field *field)
{
    switch (field->kind) {
    case HD_BOOLEAN:
        return ANY_BOOLEAN;
    case HD_INTEGER:
    case HD_OPTIONAL_INTEGER:
        return ANY_INTEGER;
    case HD_ENUMERATION:
        return ANY_STRING;
    default:
        return ANY_STRING | numbers_for(field);
    }
}

/* A text that must be given is not empty, also where its form would let it be. */
static bool must_have_letters(const struct hd_field *field)
{
    return field->required && field->kind == HD_STRING && !field->words && (!field->format || format_is_valid(field->format, ""));
}

/* Writes the rules beside the type. These keywords have no effect on values of other types. */
static void write_limits(struct yaml_out *y, const struct hd_field *field)
{
    if (field->format) {
        y_str(y, "pattern", field->format->pattern);
        y_int(y, "maxLength", (int64_t)field->format->longest);
    }
    if (must_have_letters(field))
        y_int(y, "minLength", 1);
    if (field->kind != HD_INTEGER && field->kind != HD_OPTIONAL_INTEGER)
        return;
    if (field->min || field->max) {
        /* The struct of a plain integer cannot hold a zero. */
        y_int(y, "minimum", field->kind == HD_INTEGER && !field->min ? 1 : field->min);
        y_int(y, "maximum", field->max);
    }
}

void schema_write_words(struct yaml_out *y, const struct hd_enum *words)
{
    SEQ(y, "enum")
        for (size_t i = 0; words && i < words->n_words; i++)
            y_str(y, NULL, words->words[i].name);
}

void schema_write_limits(struct yaml_out *y, const struct hd_field *field)
{
    write_limits(y, field);
    if (field->format && numbers_for(field) && !format_is_valid(field->format, "-1"))
        y_int(y, "minimum", format_is_valid(field->format, "0") ? 0 : 1);
}

static void write_scalar(struct yaml_out *y, const struct hd_field *field)
{
    schema_write_types(y, schema_scalar_types(field));
    schema_write_words(y, field->words);
    schema_write_limits(y, field);
}

bool schema_has_required(const struct hd_struct *type)
{
    for (size_t i = 0; i < type->n_fields; i++)
        if (type->fields[i].required || (type->fields[i].of && schema_has_required(type->fields[i].of)))
            return true;
    return false;
}

void schema_definition_name(char name[LONGEST_NAME], struct definition definition)
{
    const char *end = definition.layer ? "_layer" : definition.partial && schema_has_required(definition.type) ? "_defaults" : "";

    snprintf(name, LONGEST_NAME, "%s%s", definition.type->name + strlen("hd_"), end);
}

void schema_write_ref(struct yaml_out *y, struct definition definition)
{
    char name[LONGEST_NAME], ref[LONGEST_NAME + 16];

    schema_definition_name(name, definition);
    snprintf(ref, sizeof ref, "#/$defs/%s", name);
    y_str(y, "$ref", ref);
}

/* Runtimes are services that hold defaults. */
static bool holds_defaults(const struct hd_struct *type, const struct hd_field *field)
{
    return type == hd_schema_root() && field->offset == offsetof(struct hd_app, runtimes);
}

struct definition schema_definition_of(struct definition outer, const struct hd_field *field)
{
    /* The elements of a list are taken whole, also where they are defaults. */
    bool inherits = outer.partial && field->kind != HD_STRUCT_LIST;
    /* A layer replaces elements without names; those with names it changes. */
    bool layer = outer.layer && (field->kind != HD_STRUCT_LIST || (field->of->keyed_by && !field->of->map));

    return (struct definition){.type = field->of,
                               .partial = !layer && (inherits || holds_defaults(outer.type, field)),
                               .layer = layer,
                               .in = field->kind != HD_EMBEDDED ? NULL : outer.in ? outer.in : outer.type};
}

/* The values of a map; the row of the map may ask more of them. */
static void write_map_value(struct yaml_out *y, const struct hd_field *field)
{
    struct hd_field value = *field_of(field->of, field->of->scalar);

    value.required = false; /* it may be empty */
    if (field->format)
        value.format = field->format;
    value.none = field->none;
    schema_write_value(y, (struct definition){.type = NULL}, &value);
}

/* The row of the elements' keys, of which the row of the list may ask more. */
static struct hd_field key_of(const struct hd_field *field)
{
    struct hd_field key = *field_of(field->of, field->of->keyed_by);

    key.required = key.required && !field->of->map;
    if (field->key_format)
        key.format = field->key_format;
    return key;
}

static void write_keys(struct yaml_out *y, const struct hd_field *field)
{
    struct hd_field key = key_of(field);

    write_limits(y, &key);
    schema_write_words(y, key.words);
}

/* Whether an element may be one word, which names it, when nothing more must be said. */
static bool may_be_named_alone(const struct hd_struct *of)
{
    return of->scalar && !of->map && !field_of(of, of->scalar)->required;
}

/* An element of a keyed list that is written as a sequence. */
static void write_keyed_element(struct yaml_out *y, const struct hd_field *field, struct definition element)
{
    struct hd_field key = key_of(field);

    SEQ(y, "anyOf") {
        ITEM(y)
            SEQ(y, "allOf") {
                ITEM(y)
                    schema_write_ref(y, element);
                ITEM(y) {
                    y_str(y, "type", "object");
                    y_strs(y, "required", &field->of->keyed_by, 1);
                }
            }
        if (may_be_named_alone(field->of))
            ITEM(y)
                write_scalar(y, &key);
    }
}

/* A required list or text must not be empty. */
static void write_filled(struct yaml_out *y, const struct hd_field *field, const char *keyword)
{
    if (field->required)
        y_int(y, keyword, 1);
}

/* An entry of a keyed list that is written as a mapping. */
static void write_entry(struct yaml_out *y, const struct hd_field *field, struct definition element)
{
    if (field->of->map)
        write_map_value(y, field);
    else
        schema_write_ref(y, element);
}

/* The same, which null may take away. */
static void write_entry_of_layer(struct yaml_out *y, const struct hd_field *field, struct definition element)
{
    SEQ(y, "anyOf") {
        ITEM(y)
            write_entry(y, field, element);
        ITEM(y)
            schema_write_types(y, ANY_NULL);
    }
}

/* A list whose elements have keys: a mapping, a sequence of elements that name their key, or the name of the only one. */
static void write_keyed_list(struct yaml_out *y, struct definition outer, const struct hd_field *field)
{
    struct definition element = schema_definition_of(outer, field);
    struct definition whole = {.type = element.type, .partial = holds_defaults(outer.type, field)};
    struct hd_field key = key_of(field);
    unsigned alone = may_be_named_alone(field->of) ? schema_scalar_types(&key) : 0;

    schema_write_types(y, ANY_ARRAY | ANY_OBJECT | alone);
    if (alone)
        schema_write_limits(y, &key);
    write_filled(y, field, "minItems");
    if (!outer.layer)
        write_filled(y, field, "minProperties");
    MAP(y, "propertyNames")
        write_keys(y, field);
    MAP(y, "additionalProperties") {
        if (outer.layer)
            write_entry_of_layer(y, field, element);
        else
            write_entry(y, field, element);
    }
    MAP(y, "items")
        write_keyed_element(y, field, whole);
}

/* Another list: a sequence, or its only element. */
static void write_list(struct yaml_out *y, struct definition outer, const struct hd_field *field)
{
    struct definition element = schema_definition_of(outer, field);

    SEQ(y, "anyOf") {
        ITEM(y) {
            y_str(y, "type", "array");
            write_filled(y, field, "minItems");
            MAP(y, "items") {
                if (field->of)
                    schema_write_ref(y, element);
                else
                    write_scalar(y, field);
            }
        }
        ITEM(y) {
            if (field->of)
                schema_write_ref(y, element);
            else
                write_scalar(y, field);
        }
    }
}

/* A struct, which in some places must say more than a mapping without keys. */
static void write_filled_ref(struct yaml_out *y, struct definition outer, const struct hd_field *field)
{
    struct definition definition = schema_definition_of(outer, field);

    schema_write_ref(y, definition);
    if (field_must_say_more(outer.type, field))
        y_int(y, "minProperties", 1);
}

/* The forms that the value of a member has. */
static void write_forms(struct yaml_out *y, struct definition outer, const struct hd_field *field)
{
    if (field->kind == HD_STRUCT)
        write_filled_ref(y, outer, field);
    else if (field->kind == HD_STRUCT_LIST && field->of->keyed_by)
        write_keyed_list(y, outer, field);
    else if (field->kind == HD_STRUCT_LIST || field->kind == HD_STRING_LIST)
        write_list(y, outer, field);
    else if (field->kind != HD_VALUE)
        write_scalar(y, field);
}

/* The same, or what refuses the default: the word none, or a null that is written out. */
void schema_write_value(struct yaml_out *y, struct definition outer, const struct hd_field *field)
{
    if (!field->none) {
        write_forms(y, outer, field);
        return;
    }
    SEQ(y, "anyOf") {
        ITEM(y)
            write_forms(y, outer, field);
        ITEM(y)
            y_str(y, "const", "none");
        ITEM(y)
            y_str(y, "type", "null");
    }
}

/* Whether a layer changes parts of the value, instead of all of it. */
static bool merges(const struct hd_field *field)
{
    return field->kind == HD_STRUCT || (field->kind == HD_STRUCT_LIST && field->of->keyed_by);
}

/* The same member where it is no layer's. */
static void write_ref_to_property(struct yaml_out *y, struct definition layer, const char *key)
{
    const struct definition whole = {.type = layer.in ? layer.in : layer.type};
    char name[LONGEST_NAME], ref[2 * LONGEST_NAME + 32];

    schema_definition_name(name, whole);
    if (whole.type == hd_schema_root())
        snprintf(ref, sizeof ref, "#/properties/%s", key);
    else
        snprintf(ref, sizeof ref, "#/$defs/%s/properties/%s", name, key);
    y_str(y, "$ref", ref);
}

void schema_write_value_of_layer(struct yaml_out *y, struct definition layer, const struct hd_field *field, const char *key)
{
    SEQ(y, "anyOf") {
        ITEM(y) {
            if (merges(field))
                schema_write_value(y, layer, field);
            else
                write_ref_to_property(y, layer, key);
        }
        ITEM(y)
            schema_write_types(y, ANY_NULL);
    }
}
