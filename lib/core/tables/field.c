#include "field.h"

#include <string.h>

const struct hd_at *struct_at(const struct hd_struct *type, const void *object)
{
    static const struct hd_at nowhere = {0};
    const struct hd_at *at = *(const struct hd_at *const *)(const void *)((const char *)object + type->at_offset);

    return at ? at : &nowhere;
}

int64_t field_number(const struct hd_field *field, const void *object)
{
    const void *member = field_in(field, object);

    switch (field->kind) {
    case HD_INTEGER:
        return *(const int64_t *)member;
    case HD_OPTIONAL_INTEGER:
        return ((const struct hd_opt_int *)member)->value;
    case HD_BOOLEAN:
    case HD_ENUMERATION:
        return *(const unsigned *)member;
    default:
        return 0;
    }
}

bool field_is_set(const struct hd_field *field, const void *object)
{
    enum { POINTERS = 1 << HD_STRING | 1 << HD_INT_OR_STRING | 1 << HD_VALUE | 1 << HD_STRING_LIST | 1 << HD_STRUCT_LIST };
    const void *member = field_in(field, object);

    /* Tests of bits, because a jump by the kind is foreseen by no processor. */
    if (1 << field->kind & POINTERS)
        return *(const void *const *)member != NULL;
    if (1 << field->kind & (1 << HD_STRUCT | 1 << HD_EMBEDDED))
        return struct_is_set(field->of, member);
    if (field->kind == HD_OPTIONAL_INTEGER)
        return ((const struct hd_opt_int *)member)->set;
    return field_number(field, object) != 0;
}

bool field_is_none(const struct hd_field *field, const void *object)
{
    return (field->kind == HD_INTEGER || field->kind == HD_OPTIONAL_INTEGER) && field_number(field, object) == HD_NONE;
}

static size_t member_size(const struct hd_field *field)
{
    switch (field->kind) {
    case HD_INTEGER:
        return sizeof(int64_t);
    case HD_OPTIONAL_INTEGER:
        return sizeof(struct hd_opt_int);
    case HD_BOOLEAN:
    case HD_ENUMERATION:
        return sizeof(int);
    case HD_STRUCT:
    case HD_EMBEDDED:
        return field->of->size;
    default:
        return sizeof(void *);
    }
}

void field_copy(const struct hd_field *field, void *object, const void *layer)
{
    memcpy((char *)object + field->offset, field_in(field, layer), member_size(field));
    if (field->count_offset)
        memcpy((char *)object + field->count_offset, (const char *)layer + field->count_offset, sizeof(size_t));
}

bool struct_is_set(const struct hd_struct *type, const void *object)
{
    if (is_all_zero(object, type->at_offset))
        return false;
    for (size_t i = 0; i < type->n_fields; i++)
        if (field_is_set(&type->fields[i], object))
            return true;
    return false;
}

const struct hd_field *switched_off(const struct hd_struct *type, const void *object)
{
    const struct hd_field *first = &type->fields[0];
    const char *word;

    if (first->kind == HD_BOOLEAN)
        return !strcmp(first->key, "enabled") && field_number(first, object) == HD_FALSE ? first : NULL;
    if (first->kind != HD_ENUMERATION || !type->scalar)
        return NULL;
    word = enum_name(first->words, (int)field_number(first, object));
    return !strcmp(word, "off") || is_none(word) ? first : NULL;
}

/* The last mark of a row of marks of one member that leaps can tell from `index`. */
static uint32_t leap(const struct hd_at *at, uint32_t index)
{
    const struct hd_field *member = at->marks[index].member;

    for (uint32_t step = 1; at->n_marks - index > step && at->marks[index + step].member == member; step *= 2)
        index += step;
    return index;
}

const struct hd_mark *at_mark(const struct hd_at *at, const struct hd_field *field, uint32_t item)
{
    const struct hd_mark *whole = NULL;

    for (uint32_t i = 0; i < at->n_marks; i++) {
        const struct hd_mark *mark = &at->marks[i];

        if (mark->member != field) {
            i = leap(at, i);
            continue;
        }
        if (mark->item == item)
            return mark;
        whole = mark->item ? whole : mark;
        /* Marks of elements follow that of their list. */
        if (!mark->item && at->n_marks - i > item && mark[item].member == field && mark[item].item == item)
            return &mark[item];
    }
    return whole;
}

const char *field_file(const struct hd_struct *type, const struct hd_field *field, const void *object)
{
    const struct hd_at *at = struct_at(type, object);
    const struct hd_mark *mark = at_mark(at, field, 0);
    const char *file = mark ? mark->file : at->file;

    return file && strncmp(file, "--set ", strlen("--set ")) != 0 ? file : NULL;
}

bool at_has(const struct hd_at *at, const char *key)
{
    for (uint32_t i = 0; at && i < at->n_marks; i++)
        if (!strcmp(at->marks[i].member->key, key))
            return true;
    return false;
}

bool at_refused(const struct hd_at *at, const char *key)
{
    return at_has_errors(at) && at_has(at, key);
}

const char *at_environment(const struct hd_at *at, const char *file)
{
    const struct hd_rest *rest = at ? at->rest : NULL;

    for (size_t i = 0; rest && i < rest->n_layer_files; i++)
        if (rest->layer_files[i] == file)
            return rest->environment;
    return NULL;
}

bool field_is_implied(const struct hd_struct *type, const struct hd_field *field, const void *object)
{
    return field->kind == HD_BOOLEAN && !strcmp(field->key, "enabled") && field_number(field, object) == HD_TRUE &&
           !at_has(struct_at(type, object), field->key);
}

static bool is_key(const char *word, const char *key, size_t length)
{
    return *word == *key && strlen(word) == length && !memcmp(word, key, length);
}

const struct hd_field *field_by_key(const struct hd_struct *type, const char *key, size_t length, const void **object,
                                    const struct hd_struct **owner)
{
    for (size_t i = 0; i < type->n_fields; i++) {
        const struct hd_field *field = &type->fields[i];

        if (field->kind == HD_EMBEDDED) {
            const void *inner = *object ? field_in(field, *object) : NULL;
            const struct hd_field *found = field_by_key(field->of, key, length, &inner, owner);

            if (found) {
                *object = inner;
                return found;
            }
        } else if (is_key(field->key, key, length) || (field->short_key && is_key(field->short_key, key, length))) {
            *owner = type;
            return field;
        }
    }
    return NULL;
}

const struct hd_field *field_of(const struct hd_struct *type, const char *key)
{
    for (size_t i = 0; i < type->n_fields; i++)
        if (*type->fields[i].key == *key && !strcmp(type->fields[i].key, key))
            return &type->fields[i];
    return NULL;
}

const struct hd_word *enum_word(const struct hd_enum *words, const char *word)
{
    for (size_t i = 0; i < words->n_words; i++)
        if (!strcmp(words->words[i].name, word))
            return &words->words[i];
    return NULL;
}

bool field_must_say_more(const struct hd_struct *type, const struct hd_field *field)
{
    const struct hd_struct *of = field->of;
    bool lacks = field->choice || field->required || type->parts_are_filled;

    for (size_t i = 0; i < of->n_fields; i++)
        lacks |= of->fields[i].required;
    return lacks && !of->may_be_empty && !field_of(of, "enabled");
}

const char *enum_name(const struct hd_enum *words, int value)
{
    for (size_t i = 0; i < words->n_words; i++)
        if (words->words[i].value == value)
            return words->words[i].name;
    return "";
}
