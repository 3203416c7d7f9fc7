/* The JSON Schema of the model, for editors: what the loader and the tables' rules accept, said once more. */
#include <hybriddeploy/schema.h>

#include "core/tables/field.h"
#include "core/writing/writer.h"
#include "model/tables.h"

#include <stdio.h>
#include <string.h>

/* Types of JSON, as a set. */
enum { ANY_NULL = 1, ANY_BOOLEAN = 2, ANY_INTEGER = 4, ANY_NUMBER = 8, ANY_STRING = 16, ANY_ARRAY = 32, ANY_OBJECT = 64 };

/*
 * A struct that has an entry of its own under $defs. One that holds defaults for others may leave everything out; where
 * that makes a difference there are two entries.
 */
struct definition {
    const struct hd_struct *type;
    bool partial;
};

struct schema {
    struct yaml_out y;
    struct arena arena;
    struct definition *definitions;
    size_t n_definitions;
};

enum { LONGEST_NAME = 80 };

static void write_types(struct yaml_out *y, unsigned types)
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
static unsigned scalar_types(const struct hd_field *field)
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

static void write_words(struct yaml_out *y, const struct hd_enum *words)
{
    SEQ(y, "enum")
        for (size_t i = 0; words && i < words->n_words; i++)
            y_str(y, NULL, words->words[i].name);
}

static void write_default(struct yaml_out *y, const struct hd_field *field)
{
    y_str(y, "default", field->def);
    if (!field->def_int)
        return;
    if (field->kind == HD_BOOLEAN)
        y_bool(y, "default", field->def_int == HD_TRUE);
    else if (field->kind == HD_ENUMERATION)
        y_str(y, "default", enum_name(field->words, (int)field->def_int));
    else
        y_int(y, "default", field->def_int);
}

/* Limits of a text, and of a number that is written without quotes in its place, which no pattern can limit. */
static void write_text_limits(struct yaml_out *y, const struct hd_field *field)
{
    write_limits(y, field);
    if (field->format && numbers_for(field) && !format_is_valid(field->format, "-1"))
        y_int(y, "minimum", format_is_valid(field->format, "0") ? 0 : 1);
}

static void write_scalar(struct yaml_out *y, const struct hd_field *field)
{
    write_types(y, scalar_types(field));
    write_words(y, field->words);
    write_text_limits(y, field);
}

/* Whether something in it must be given. */
static bool has_required(const struct hd_struct *type)
{
    for (size_t i = 0; i < type->n_fields; i++)
        if (type->fields[i].required || (type->fields[i].of && has_required(type->fields[i].of)))
            return true;
    return false;
}

/* The key of a keyed list's element stands outside of it, or is asked for where the list is a sequence. */
static bool is_key(const struct hd_struct *type, const struct hd_field *field)
{
    return type->keyed_by && !strcmp(type->keyed_by, field->key);
}

static bool must_give(const struct definition *definition, const struct hd_field *field)
{
    return field->required && !definition->partial && !is_key(definition->type, field);
}

static void definition_name(char name[LONGEST_NAME], struct definition definition)
{
    snprintf(name, LONGEST_NAME, "%s%s", definition.type->name + strlen("hd_"),
             definition.partial && has_required(definition.type) ? "_defaults" : "");
}

static void write_ref(struct yaml_out *y, struct definition definition)
{
    char name[LONGEST_NAME], ref[LONGEST_NAME + 16];

    definition_name(name, definition);
    snprintf(ref, sizeof ref, "#/$defs/%s", name);
    y_str(y, "$ref", ref);
}

/* Runtimes are services that hold defaults. */
static bool holds_defaults(const struct hd_struct *type, const struct hd_field *field)
{
    return type == hd_schema_root() && field->offset == offsetof(struct hd_app, runtimes);
}

static struct definition definition_of(struct definition outer, const struct hd_field *field)
{
    /* The elements of a list are taken whole, also where they are defaults. */
    bool inherits = outer.partial && field->kind != HD_STRUCT_LIST;

    return (struct definition){field->of, inherits || holds_defaults(outer.type, field)};
}

static void write_or_none(struct yaml_out *y, struct definition outer, const struct hd_field *field);

/* The values of a map; the row of the map may ask more of them. */
static void write_map_value(struct yaml_out *y, const struct hd_field *field)
{
    struct hd_field value = *field_of(field->of, field->of->scalar);

    value.required = false; /* it may be empty */
    if (field->format)
        value.format = field->format;
    value.none = field->none;
    write_or_none(y, (struct definition){NULL, false}, &value);
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
    write_words(y, key.words);
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
                    write_ref(y, element);
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

/* A list whose elements have keys: a mapping, a sequence of elements that name their key, or the name of the only one. */
static void write_keyed_list(struct yaml_out *y, struct definition outer, const struct hd_field *field)
{
    struct definition element = definition_of(outer, field);
    struct hd_field key = key_of(field);
    unsigned alone = may_be_named_alone(field->of) ? scalar_types(&key) : 0;

    write_types(y, ANY_ARRAY | ANY_OBJECT | alone);
    if (alone)
        write_text_limits(y, &key);
    write_filled(y, field, "minItems");
    write_filled(y, field, "minProperties");
    MAP(y, "propertyNames")
        write_keys(y, field);
    MAP(y, "additionalProperties") {
        if (field->of->map)
            write_map_value(y, field);
        else
            write_ref(y, element);
    }
    MAP(y, "items")
        write_keyed_element(y, field, element);
}

/* The types of JSON that a struct may be. */
static unsigned struct_types(const struct hd_struct *type)
{
    const struct hd_field *scalar = type->scalar ? field_of(type, type->scalar) : NULL;

    return ANY_OBJECT | (scalar ? scalar_types(scalar) : 0) | (type->word ? ANY_STRING : 0);
}

/* Another list: a sequence, or its only element. */
static void write_list(struct yaml_out *y, struct definition outer, const struct hd_field *field)
{
    struct definition element = definition_of(outer, field);

    SEQ(y, "anyOf") {
        ITEM(y) {
            y_str(y, "type", "array");
            write_filled(y, field, "minItems");
            MAP(y, "items") {
                if (field->of)
                    write_ref(y, element);
                else
                    write_scalar(y, field);
            }
        }
        ITEM(y) {
            if (field->of)
                write_ref(y, element);
            else
                write_scalar(y, field);
        }
    }
}

/* The header's words, and what the row adds to them. */
static const char *description_of(struct schema *schema, const struct hd_field *field)
{
    const char *text = field->doc, *before = " Only for ";

    if (field->short_key)
        text = arena_printf(&schema->arena, "%s Short: %s.", text, field->short_key);
    if (field->since)
        text = arena_printf(&schema->arena, "%s Since Kubernetes 1.%d.", text, field->since);
    for (size_t i = 0; field->workloads && i < hd_workload_enum.n_words; i++)
        if (field->workloads & 1u << hd_workload_enum.words[i].value) {
            text = arena_printf(&schema->arena, "%s%s%s", text, before, hd_workload_enum.words[i].name);
            before = ", ";
        }
    return field->workloads ? arena_printf(&schema->arena, "%s.", text) : text;
}

/* A struct, which in some places must say more than a mapping without keys. */
static void write_filled_ref(struct yaml_out *y, struct definition outer, const struct hd_field *field)
{
    struct definition definition = definition_of(outer, field);

    write_ref(y, definition);
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
    else
        write_scalar(y, field);
}

/* The same, or what refuses the default: the word none, or a null that is written out. */
static void write_or_none(struct yaml_out *y, struct definition outer, const struct hd_field *field)
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

static void write_property(struct schema *schema, struct definition outer, const struct hd_field *field, const char *key)
{
    struct yaml_out *y = &schema->y;

    MAP(y, key) {
        y_str(y, "description", description_of(schema, field));
        write_or_none(y, outer, field);
        write_default(y, field);
    }
}

static void write_properties(struct schema *schema, struct definition definition)
{
    for (size_t i = 0; i < definition.type->n_fields; i++) {
        const struct hd_field *field = &definition.type->fields[i];

        if (field->kind == HD_EMBEDDED) {
            write_properties(schema, definition_of(definition, field));
            continue;
        }
        write_property(schema, definition, field, field->key);
        if (field->short_key)
            write_property(schema, definition, field, field->short_key);
    }
}

/* Names what must be given; of a member with a short key, either will do. */
static void write_required(struct yaml_out *y, const struct definition *definition)
{
    bool has_short = false;

    SEQ(y, "required")
        for (size_t i = 0; i < definition->type->n_fields; i++) {
            if (!must_give(definition, &definition->type->fields[i]))
                continue;
            if (definition->type->fields[i].short_key)
                has_short = true;
            else
                y_str(y, NULL, definition->type->fields[i].key);
        }
    if (!has_short)
        return;
    SEQ(y, "anyOf")
        for (size_t i = 0; i < definition->type->n_fields; i++) {
            const struct hd_field *field = &definition->type->fields[i];

            if (!field->short_key || !must_give(definition, field))
                continue;
            ITEM(y)
                y_strs(y, "required", &field->key, 1);
            ITEM(y)
                y_strs(y, "required", &field->short_key, 1);
        }
}

/* A mapping of the members, or the scalar that may stand for it. */
static void write_struct(struct schema *schema, struct definition definition)
{
    const struct hd_struct *type = definition.type;
    const struct hd_field *scalar = type->scalar ? field_of(type, type->word ? type->word : type->scalar) : NULL;
    struct yaml_out *y = &schema->y;

    write_types(y, struct_types(type));
    MAP(y, "properties")
        write_properties(schema, definition);
    y_bool(y, "additionalProperties", false);
    write_required(y, &definition);
    if (!scalar)
        return;
    write_text_limits(y, scalar);
    if (scalar->words) {
        MAP(y, "if")
            y_str(y, "type", "string");
        MAP(y, "then")
            write_words(y, scalar->words);
    }
}

static void collect(struct schema *schema, struct definition outer);

static void add_definition(struct schema *schema, struct definition definition)
{
    if (!has_required(definition.type))
        definition.partial = false;
    for (size_t i = 0; i < schema->n_definitions; i++)
        if (schema->definitions[i].type == definition.type && schema->definitions[i].partial == definition.partial)
            return;
    arena_grow(&schema->arena, schema->definitions, schema->n_definitions);
    schema->definitions[schema->n_definitions++] = definition;
    collect(schema, definition);
}

/* Finds the structs that the members refer to. */
static void collect(struct schema *schema, struct definition outer)
{
    for (size_t i = 0; i < outer.type->n_fields; i++) {
        const struct hd_field *field = &outer.type->fields[i];

        if (field->kind == HD_EMBEDDED)
            collect(schema, definition_of(outer, field));
        else if (field->of)
            add_definition(schema, definition_of(outer, field));
    }
}

static void write_schema(struct schema *schema)
{
    struct definition root = {hd_schema_root(), false};
    struct yaml_out *y = &schema->y;

    collect(schema, root);
    DOC(y) {
        y_str(y, "$schema", "https://json-schema.org/draft/2020-12/schema");
        y_str(y, "title", "hybriddeploy.yaml");
        y_str(y, "description", root.type->doc);
        write_struct(schema, root);
        MAP(y, "$defs")
            for (size_t i = 0; i < schema->n_definitions; i++) {
                char name[LONGEST_NAME];

                definition_name(name, schema->definitions[i]);
                MAP(y, name) {
                    y_str(y, "description", schema->definitions[i].type->doc);
                    write_struct(schema, schema->definitions[i]);
                }
            }
    }
}

enum hd_status hd_schema_write(hd_sink *sink, void *user)
{
    struct schema schema = {.n_definitions = 0};
    jmp_buf out_of_memory;

    if (!sink)
        return HD_BAD_CALL;
    arena_init(&schema.arena, &out_of_memory);
    writer_init(&schema.y, HD_FORMAT_JSON, sink, user, &out_of_memory);
    if (setjmp(out_of_memory)) {
        arena_free(&schema.arena);
        writer_free(&schema.y);
        return HD_NO_MEMORY;
    }
    write_schema(&schema);
    writer_flush(&schema.y);
    arena_free(&schema.arena);
    writer_free(&schema.y);
    return schema.y.failed ? HD_UNWRITABLE : HD_OK;
}
