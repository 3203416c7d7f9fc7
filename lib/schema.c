/* The JSON Schema of the model, for editors: what the loader and the tables' rules accept, said once more. */
#include <hybriddeploy/schema.h>

#include "environments.h"
#include "model/tables.h"
#include "schema_values.h"

#include <string.h>

struct schema {
    struct yaml_out y;
    struct arena arena;
    struct definition *definitions;
    size_t n_definitions;
};

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

/* The key of a keyed list's element stands outside of it, or is asked for where the list is a sequence. */
static bool is_key(const struct hd_struct *type, const struct hd_field *field)
{
    return type->keyed_by && !strcmp(type->keyed_by, field->key);
}

static bool must_give(const struct definition *definition, const struct hd_field *field)
{
    return field->required && !definition->partial && !definition->layer && !is_key(definition->type, field);
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

static void write_property(struct schema *schema, struct definition outer, const struct hd_field *field, const char *key)
{
    struct yaml_out *y = &schema->y;

    MAP(y, key) {
        if (outer.layer) {
            schema_write_value_of_layer(y, outer, field, key);
        } else {
            y_str(y, "description", description_of(schema, field));
            schema_write_value(y, outer, field);
            write_default(y, field);
        }
    }
}

/* The layers that a model has beside its members. */
static void write_environments(struct yaml_out *y, struct definition layer)
{
    MAP(y, "environments") {
        y_str(y, "description",
              "Environments of the model, by name. The layer of the one that is chosen (hybridgen -e NAME) is laid over the model: mappings "
              "merge, also over lists whose elements have names, everything else is replaced, and null takes away.");
        schema_write_types(y, ANY_OBJECT);
        y_int(y, "maxProperties", MOST_ENVIRONMENTS);
        MAP(y, "propertyNames") {
            y_str(y, "pattern", format_dns_label.pattern);
            y_int(y, "maxLength", (int64_t)format_dns_label.longest);
            MAP(y, "not")
                y_str(y, "const", BASE_ENVIRONMENT);
        }
        MAP(y, "additionalProperties")
            schema_write_ref(y, layer);
    }
}

static void write_properties(struct schema *schema, struct definition definition)
{
    for (size_t i = 0; i < definition.type->n_fields; i++) {
        const struct hd_field *field = &definition.type->fields[i];

        if (field->kind == HD_EMBEDDED) {
            write_properties(schema, schema_definition_of(definition, field));
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

/* The types of JSON that a struct may be. */
static unsigned struct_types(const struct hd_struct *type)
{
    const struct hd_field *scalar = type->scalar ? field_of(type, type->scalar) : NULL;

    return ANY_OBJECT | (scalar ? schema_scalar_types(scalar) : 0) | (type->word ? ANY_STRING : 0);
}

/* A mapping of the members, or the scalar that may stand for it. */
static void write_struct(struct schema *schema, struct definition definition)
{
    const struct hd_struct *type = definition.type;
    const struct hd_field *scalar = type->scalar ? field_of(type, type->word ? type->word : type->scalar) : NULL;
    struct yaml_out *y = &schema->y;

    schema_write_types(y, struct_types(type));
    if (type->whole) {
        schema_write_limits(y, scalar);
        return;
    }
    MAP(y, "properties") {
        write_properties(schema, definition);
        if (type == hd_schema_root() && !definition.layer)
            write_environments(y, (struct definition){.type = type, .layer = true});
    }
    y_bool(y, "additionalProperties", false);
    write_required(y, &definition);
    if (!scalar)
        return;
    schema_write_limits(y, scalar);
    if (scalar->words) {
        MAP(y, "if")
            y_str(y, "type", "string");
        MAP(y, "then")
            schema_write_words(y, scalar->words);
    }
}

static void collect(struct schema *schema, struct definition outer);

static void add_definition(struct schema *schema, struct definition definition)
{
    if (!schema_has_required(definition.type))
        definition.partial = false;
    for (size_t i = 0; i < schema->n_definitions; i++)
        if (schema->definitions[i].type == definition.type && schema->definitions[i].partial == definition.partial &&
            schema->definitions[i].layer == definition.layer)
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
            collect(schema, schema_definition_of(outer, field));
        else if (field->of)
            add_definition(schema, schema_definition_of(outer, field));
    }
}

static void write_schema(struct schema *schema, const struct hd_struct *type, const char *title)
{
    struct definition root = {.type = type};
    struct yaml_out *y = &schema->y;

    collect(schema, root);
    if (type == hd_schema_root())
        add_definition(schema, (struct definition){.type = type, .layer = true});
    DOC(y) {
        y_str(y, "$schema", "https://json-schema.org/draft/2020-12/schema");
        y_str(y, "title", title);
        y_str(y, "description", root.type->doc);
        write_struct(schema, root);
        MAP(y, "$defs")
            for (size_t i = 0; i < schema->n_definitions; i++) {
                char name[LONGEST_NAME];

                schema_definition_name(name, schema->definitions[i]);
                MAP(y, name) {
                    y_str(y, "description", schema->definitions[i].type->doc);
                    write_struct(schema, schema->definitions[i]);
                }
            }
    }
}

enum hd_status schema_write_of(const struct hd_struct *type, const char *title, hd_sink *sink, void *user)
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
    write_schema(&schema, type, title);
    writer_flush(&schema.y);
    arena_free(&schema.arena);
    writer_free(&schema.y);
    return schema.y.failed ? HD_UNWRITABLE : HD_OK;
}

enum hd_status hd_schema_write(hd_sink *sink, void *user)
{
    return schema_write_of(hd_schema_root(), "hybriddeploy.yaml", sink, user);
}
