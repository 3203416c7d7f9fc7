/* Prints the tables of the model as JSON, as programs see them through hybriddeploy/schema.h: {STRUCT: {..., "fields": [...]}}. */
#include <hybriddeploy/hybriddeploy.h>
#include <hybriddeploy/schema.h>

#include <inttypes.h>
#include <stdio.h>

enum { MOST_STRUCTS = 1000 };

static const struct hd_struct *structs[MOST_STRUCTS];
static size_t n_structs;

static void print_text(const char *name, const char *text)
{
    if (!text)
        return;
    printf(",\"%s\":\"", name);
    for (; *text; text++)
        if (*text == '"' || *text == '\\' || (unsigned char)*text < ' ')
            printf("\\u%04x", (unsigned)(unsigned char)*text);
        else
            putchar(*text);
    putchar('"');
}

static void print_number(const char *name, int64_t number)
{
    if (number)
        printf(",\"%s\":%" PRId64, name, number);
}

static void print_words(const struct hd_enum *words)
{
    if (!words)
        return;
    printf(",\"words\":[");
    for (size_t i = 0; i < words->n_words; i++)
        printf("%s\"%s\"", i ? "," : "", words->words[i].name);
    putchar(']');
}

static void print_field(const struct hd_field *field)
{
    printf("{\"kind\":%d", (int)field->kind);
    print_text("key", field->key);
    print_text("member", field->member);
    print_text("shortKey", field->short_key);
    print_text("doc", field->doc);
    print_text("of", field->of ? field->of->name : NULL);
    print_text("pattern", field->format ? hd_format_pattern(field->format) : NULL);
    print_text("form", field->format ? hd_format_words(field->format) : NULL);
    print_text("keyPattern", field->key_format ? hd_format_pattern(field->key_format) : NULL);
    print_text("def", field->def);
    print_number("defInt", field->def_int);
    print_number("min", field->min);
    print_number("max", field->max);
    print_number("since", field->since);
    print_number("workloads", field->workloads);
    print_number("mesh", field->mesh);
    print_number("choice", field->choice);
    print_number("alone", field->alone);
    print_number("none", field->none);
    print_number("replaces", field->replaces);
    print_number("required", field->required);
    print_number("ours", field->ours);
    print_words(field->words);
    putchar('}');
}

static void add_struct(const struct hd_struct *type)
{
    for (size_t i = 0; i < n_structs; i++)
        if (structs[i] == type)
            return;
    if (n_structs < MOST_STRUCTS)
        structs[n_structs++] = type;
}

static void print_struct(const struct hd_struct *type)
{
    printf("\"%s\":{\"map\":%s", type->name, type->map ? "true" : "false");
    print_text("scalar", type->scalar);
    print_text("whole", type->whole);
    print_text("keyedBy", type->keyed_by);
    printf(",\"fields\":[");
    for (size_t i = 0; i < type->n_fields; i++) {
        if (i)
            putchar(',');
        print_field(hd_struct_field(type, i));
        if (hd_struct_field(type, i)->of)
            add_struct(hd_struct_field(type, i)->of);
    }
    printf("]}");
}

int main(void)
{
    add_struct(hd_schema_root());
    putchar('{');
    for (size_t i = 0; i < n_structs; i++) {
        if (i)
            putchar(',');
        print_struct(structs[i]);
    }
    puts("}");
    return n_structs == MOST_STRUCTS;
}
