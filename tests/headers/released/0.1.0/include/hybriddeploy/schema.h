#ifndef HYBRIDDEPLOY_SCHEMA_H
#define HYBRIDDEPLOY_SCHEMA_H
#include <hybriddeploy/check.h>
#include <hybriddeploy/generate.h>
#ifdef __cplusplus
extern "C" {
#endif
enum hd_kind {
    HD_STRING = 1,
    HD_INTEGER,
    HD_OPTIONAL_INTEGER,
    HD_BOOLEAN,
    HD_ENUMERATION,
    HD_INT_OR_STRING,
    HD_STRING_LIST,
    HD_STRUCT,
    HD_EMBEDDED,
    HD_STRUCT_LIST
};
struct hd_word {
    const char *name;
    int value;
};
struct hd_enum {
    const char *name;
    const struct hd_word *words;
    size_t n_words;
};
struct hd_format_rule;
struct hd_field {
    const char *key;
    const char *member;
    enum hd_kind kind;
    uint32_t offset, count_offset;
    const char *doc;
    const struct hd_struct *of;
    const struct hd_enum *words;
    const struct hd_format_rule *format;
    const struct hd_format_rule *key_format;
    int64_t min, max;
    int64_t def_int;
    const char *def;
    const char *short_key;
    uint32_t workloads;
    uint16_t since;
    uint8_t mesh;
    uint8_t choice;
    bool alone;
    bool required;
    bool ours;
    bool omit_zero;
    bool anyway;
};
struct hd_struct {
    const char *name;
    const char *doc;
    size_t size;
    size_t at_offset;
    const struct hd_field *fields;
    size_t n_fields;
    size_t field_size;
    const char *scalar;
    bool map;
    const char *keyed_by;
    bool may_be_empty;
    bool parts_are_filled;
};
static inline const struct hd_field *hd_struct_field(const struct hd_struct *type, size_t index)
{
    return (const struct hd_field *)(const void *)((const char *)type->fields + index * type->field_size);
}
HD_API const struct hd_struct *hd_schema_root(void);
HD_API const char *hd_format_words(const struct hd_format_rule *format);
HD_API const char *hd_format_pattern(const struct hd_format_rule *format);
HD_API bool hd_format_is_valid(const struct hd_format_rule *format, const char *text);
HD_API enum hd_status hd_schema_write(hd_sink *sink, void *user);
HD_API enum hd_status hd_explain(const struct hd_model *model, const char *path, hd_sink *sink, void *user);
HD_API enum hd_status hd_app_write(const struct hd_app *app, enum hd_format format, hd_sink *sink, void *user);
#ifdef __cplusplus
}
#endif
#endif
