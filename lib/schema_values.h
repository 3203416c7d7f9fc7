/* The JSON Schema of a member's value. */
#ifndef HD_SCHEMA_VALUES_H
#define HD_SCHEMA_VALUES_H

#include "core/tables/field.h"
#include "core/writing/writer.h"

/* Types of JSON, as a set. */
enum { ANY_NULL = 1, ANY_BOOLEAN = 2, ANY_INTEGER = 4, ANY_NUMBER = 8, ANY_STRING = 16, ANY_ARRAY = 32, ANY_OBJECT = 64 };

/*
 * A struct that has an entry of its own under $defs. One that holds defaults for others may leave everything out; where
 * that makes a difference there are two entries. A third one is laid over another: it too may leave everything out, and takes members away.
 */
struct definition {
    const struct hd_struct *type;
    bool partial;
    bool layer;
    /* Of a struct that is embedded in another one: that one, which has its members in its own entry. */
    const struct hd_struct *in;
};

enum { LONGEST_NAME = 80 };

/* The name of a definition under $defs. */
void schema_definition_name(char name[LONGEST_NAME], struct definition definition);
/* The definition of the struct, or of a list's elements, that a member of `outer` has. */
struct definition schema_definition_of(struct definition outer, const struct hd_field *field);
/* Whether something in a struct must be given. */
bool schema_has_required(const struct hd_struct *type);

/* The types of JSON that a member's scalar may be. */
unsigned schema_scalar_types(const struct hd_field *field);
void schema_write_types(struct yaml_out *y, unsigned types);
void schema_write_words(struct yaml_out *y, const struct hd_enum *words);
/* Limits of a text, and of a number that is written without quotes in its place, which no pattern can limit. */
void schema_write_limits(struct yaml_out *y, const struct hd_field *field);
/* All forms that the value of a member of `outer` may have. */
void schema_write_value(struct yaml_out *y, struct definition outer, const struct hd_field *field);
/* The same in a layer, where null takes the value away; `key` is the member's. */
void schema_write_value_of_layer(struct yaml_out *y, struct definition layer, const struct hd_field *field, const char *key);
/* A reference to a definition. */
void schema_write_ref(struct yaml_out *y, struct definition definition);

/* Writes the whole schema of a struct. */
enum hd_status schema_write_of(const struct hd_struct *type, const char *title, hd_sink *sink, void *user);

#endif
