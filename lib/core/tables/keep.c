#include "keep.h"

#include <string.h>

static const char *keep_text(struct arena *arena, const char *text)
{
    return text ? arena_strndup(arena, text, strlen(text)) : NULL;
}

static const void *pointer_in(const struct hd_field *field, const void *object)
{
    return *(const void *const *)field_in(field, object);
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && !strcmp(a, b));
}

/* Whether a list is the very one that stood there before. */
static bool same_list(const struct hd_field *field, const void *object, const void *before)
{
    return before && pointer_in(field, object) == pointer_in(field, before) && field_count(field, object) == field_count(field, before);
}

/* Whether the member still stands where its mark says. Structs, and those in lists, have marks of their own. */
static bool is_unchanged(const struct hd_field *field, const void *object, const void *before)
{
    switch (field->kind) {
    case HD_STRING:
    case HD_INT_OR_STRING:
    case HD_VALUE:
        return same_text(field_text(field, object), field_text(field, before));
    case HD_STRING_LIST:
        return same_list(field, object, before);
    case HD_STRUCT:
    case HD_EMBEDDED:
    case HD_STRUCT_LIST:
        return true;
    default:
        return field_is_set(field, object) == field_is_set(field, before) && field_number(field, object) == field_number(field, before);
    }
}

/* The same for the member of a mark, which may be one of an embedded struct. */
static bool is_true_mark(const struct hd_mark *mark, const struct hd_struct *type, const void *object, const void *before)
{
    for (size_t i = 0; i < type->n_fields; i++) {
        const struct hd_field *field = &type->fields[i];

        if (field == mark->member)
            return is_unchanged(field, object, before);
        if (field->kind == HD_EMBEDDED && !is_true_mark(mark, field->of, field_in(field, object), field_in(field, before)))
            return false;
    }
    return true;
}

static uint32_t n_true_marks(const struct hd_struct *type, const void *object, const struct hd_at *at, const void *before)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < at->n_marks; i++)
        count += !before || is_true_mark(&at->marks[i], type, object, before);
    return count;
}

static const struct hd_at *keep_at(struct arena *arena, const struct hd_struct *type, const void *object, const struct hd_at *at,
                                   const void *before)
{
    uint32_t n_true = n_true_marks(type, object, at, before);
    struct hd_mark *marks;
    const char *file = NULL;
    struct hd_at *own;

    if (before && at == struct_at(type, before) && n_true == at->n_marks)
        return at;
    own = arena_copy(arena, at, sizeof *at);
    own->file = keep_text(arena, at->file);
    own->marks = marks = at->marks ? arena_array(arena, n_true + 1, sizeof *marks) : NULL;
    own->n_marks = 0;
    own->rest = at->rest ? arena_copy(arena, &(struct hd_rest){.has_errors = at->rest->has_errors}, sizeof *at->rest) : NULL;
    for (uint32_t i = 0; i < at->n_marks; i++) {
        if (before && !is_true_mark(&at->marks[i], type, object, before))
            continue;
        /* Neighbours mostly stand in the same file. */
        if (!file || at->marks[i].file != at->marks[i - 1].file)
            file = same_text(at->marks[i].file, own->file) ? own->file : keep_text(arena, at->marks[i].file);
        marks[own->n_marks] = at->marks[i];
        marks[own->n_marks++].file = file;
    }
    return own;
}

/* Embedded structs share the position of the outer one. */
static void set_position(const struct hd_struct *type, void *object, const struct hd_at *from, const struct hd_at *to)
{
    if (*(const struct hd_at **)(void *)((char *)object + type->at_offset) != from)
        return;
    struct_set_at(type, object, to);
    for (size_t i = 0; i < type->n_fields; i++)
        if (type->fields[i].kind == HD_EMBEDDED)
            set_position(type->fields[i].of, (char *)object + type->fields[i].offset, from, to);
}

/* `outer` is the position of the struct that embeds this one, which was kept already. */
static void keep_position(struct arena *arena, const struct hd_struct *type, void *object, const void *before, const struct hd_at *outer)
{
    const struct hd_at *at = *(const struct hd_at **)(void *)((char *)object + type->at_offset);

    if (at && at != outer)
        set_position(type, object, at, keep_at(arena, type, object, at, before));
}

static void keep_string(struct arena *arena, const struct hd_field *field, void *object, const void *before)
{
    const char *text = field_text(field, object);

    if (!before || text != field_text(field, before))
        *(const char **)(void *)((char *)object + field->offset) = keep_text(arena, text);
}

static void keep_texts(struct arena *arena, const struct hd_field *field, void *object)
{
    size_t count = field_count(field, object);
    const char **texts = arena_array(arena, count ? count : 1, sizeof *texts);

    if (count)
        memcpy(texts, pointer_in(field, object), count * sizeof *texts);
    for (size_t i = 0; i < count; i++)
        texts[i] = keep_text(arena, texts[i]);
    memcpy((char *)object + field->offset, &texts, sizeof texts);
}

static void keep_structs(struct arena *arena, const struct hd_field *field, void *object)
{
    size_t count = field_count(field, object);
    char *items = arena_array(arena, count ? count : 1, field->of->size);

    if (count)
        memcpy(items, pointer_in(field, object), count * field->of->size);
    for (size_t i = 0; i < count; i++)
        keep_struct(arena, field->of, items + i * field->of->size, NULL);
    memcpy((char *)object + field->offset, &items, sizeof items);
}

static void keep_members(struct arena *arena, const struct hd_struct *type, void *object, const void *before, const struct hd_at *outer)
{
    const struct hd_at *own;

    keep_position(arena, type, object, before, outer);
    own = *(const struct hd_at **)(void *)((char *)object + type->at_offset);
    for (size_t i = 0; i < type->n_fields; i++) {
        const struct hd_field *field = &type->fields[i];
        const void *part_before = before ? field_in(field, before) : NULL;

        if (field->kind == HD_STRUCT)
            keep_members(arena, field->of, (char *)object + field->offset, part_before, NULL);
        else if (field->kind == HD_EMBEDDED)
            keep_members(arena, field->of, (char *)object + field->offset, part_before, own);
        else if (field->kind == HD_STRING || field->kind == HD_INT_OR_STRING || field->kind == HD_VALUE)
            keep_string(arena, field, object, before);
        else if ((field->kind == HD_STRING_LIST || field->kind == HD_STRUCT_LIST) && pointer_in(field, object) &&
                 !same_list(field, object, before))
            (field->kind == HD_STRING_LIST ? keep_texts : keep_structs)(arena, field, object);
    }
}

void keep_struct(struct arena *arena, const struct hd_struct *type, void *object, const void *before)
{
    keep_members(arena, type, object, before, NULL);
}
