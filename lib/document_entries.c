/* Entries of a loaded model are added, replaced and removed. */
#include "document.h"

#include "core/reporting/refuse.h"
#include "core/tables/entry.h"
#include "core/tables/keep.h"
#include "core/tables/path.h"
#include "model/sound.h"
#include "model/tables.h"

#include <stdint.h>
#include <string.h>

/* A call. */
struct edit {
    const char *function;
    struct hd_document *document;
    struct hd_diagnostics *report;
    const char *path;
    /* What is added, or comes in the place of another entry. */
    struct program_struct given;
    /* For what is needed during the call alone. */
    struct arena scratch;
};

typedef bool action(struct edit *edit);

static struct finding *refuse(const struct edit *edit, const char *format, ...) __attribute__((format(printf, 2, 3)));

static struct finding *refuse(const struct edit *edit, const char *format, ...)
{
    struct hd_diagnostics *report = edit->report;
    va_list args;
    char *what;

    va_start(args, format);
    what = arena_vprintf(&report->arena, format, args);
    va_end(args);
    return finding_in(report, HD_WRONG_CALL, NULL, 0, 0, arena_strndup(&report->arena, edit->path, strlen(edit->path)), "%s", what);
}

/* Entries of a list of texts are pointers to them. */
static const void *take_text(struct edit *edit)
{
    const struct program_struct *given = &edit->given;

    if (given->size != sizeof(const char *))
        hint(refuse(edit, "the entry has %zu bytes, but the list holds texts", given->size), "give a pointer to a const char *");
    else if (!*(const char *const *)given->object)
        hint(refuse(edit, "the entry is a pointer to NULL, where a text must be"), "remove the entry with hd_document_remove()");
    else
        return given->object;
    return NULL;
}

/* What the program gives, in the library's layout; NULL when it cannot be an entry of the list. */
static const void *take_entry(struct edit *edit, const struct entry_place *place)
{
    const struct hd_struct *of = place->field->of;
    struct step step = {.text = edit->path, .index = place->item ? 0 : *entry_count(place) + 1};
    const struct hd_field *key;
    const void *entry;

    if (!of)
        return take_text(edit);
    entry = layout_take_struct(&edit->scratch, edit->report, &edit->given, of, &step);
    if (!entry || !struct_is_sound(edit->report, of, entry, &step))
        return NULL;
    key = of->keyed_by ? field_of(of, of->keyed_by) : NULL;
    if (key && key->required && !field_text(key, entry)) {
        hint(refuse(edit, "the entry has no %s, which is NULL in it", key->member), "set the member %s of struct %s", key->member,
             of->name);
        return NULL;
    }
    return entry;
}

/* Whether another entry of the list has the name of this one. */
static bool is_named_twice(const struct edit *edit, const struct entry_place *place, const void *entry)
{
    const char *name = entry_name(place->field, entry);
    size_t other = name ? entry_named(place, name) : 0;

    if (!other || other == place->item)
        return false;
    hint(refuse(edit, "there is an entry \"%.80s\" already", name),
         "%s, or give the entry another name", place->item ? "remove that one first" : "change it with hd_document_replace()");
    return true;
}

/* The entry as one of the document's; `before` is the one in whose place it comes, or NULL. */
static const void *keep(struct edit *edit, const struct hd_field *list, const void *entry, const void *before)
{
    struct arena *arena = &edit->document->arena;
    void *kept = arena_copy(arena, entry, entry_size(list));

    if (list->of)
        keep_struct(arena, list->of, kept, before);
    else
        *(const char **)kept = arena_strndup(arena, *(const char **)kept, strlen(*(const char **)kept));
    return kept;
}

/* The list's array with room for one more; doubling it keeps many additions cheap. */
static char *with_room(struct hd_document *document, const struct entry_place *place)
{
    char *items = entry_items(place), *roomier;
    size_t count = *entry_count(place), known = 0;

    while (known < document->n_roomy && (!items || document->roomy[known].items != items))
        known++;
    if (known < document->n_roomy && document->roomy[known].capacity > count)
        return items;
    roomier = arena_array(&document->arena, 2 * count + 1, entry_size(place->field));
    if (count)
        memcpy(roomier, items, count * entry_size(place->field));
    if (known == document->n_roomy) {
        arena_grow(&document->arena, document->roomy, document->n_roomy);
        document->n_roomy++;
    }
    document->roomy[known] = (struct roomy_list){roomier, 2 * count + 1};
    return roomier;
}

static void set_items(const struct entry_place *place, const void *items, size_t count)
{
    *(const void **)(void *)((char *)place->object + place->field->offset) = items;
    *entry_count(place) = count;
}

/*
 * A list of texts has changed, so it as a whole no longer stands in the file, nor does the text `place->item` (0: none of them). The
 * marks behind that one move by `moved`. They are the document's, which may write them.
 */
static void correct_marks(const struct entry_place *place, uint32_t moved)
{
    struct hd_at *at = (struct hd_at *)(uintptr_t)struct_at(place->type, place->object);
    struct hd_mark *marks = (struct hd_mark *)(uintptr_t)at->marks;
    uint32_t n_left = 0, item = (uint32_t)place->item;

    for (uint32_t i = 0; i < at->n_marks; i++) {
        struct hd_mark mark = marks[i];
        bool is_of_list = mark.member == place->field && place->field->kind == HD_STRING_LIST;

        if (is_of_list && (!mark.item || mark.item == item))
            continue;
        if (is_of_list && item && mark.item > item)
            mark.item -= moved;
        marks[n_left++] = mark;
    }
    if (n_left != at->n_marks)
        at->n_marks = n_left;
}

static bool add(struct edit *edit)
{
    struct entry_place place;
    const void *entry;
    char *items;
    size_t count;

    if (!entry_find(edit->report, &hd_app_struct, &edit->document->app, edit->path, &place))
        return false;
    if (place.item) {
        hint(refuse(edit, "the path names an entry, which is there already"), "name the list alone, or call hd_document_replace()");
        return false;
    }
    entry = take_entry(edit, &place);
    if (!entry || is_named_twice(edit, &place, entry))
        return false;
    entry = keep(edit, place.field, entry, NULL);
    items = with_room(edit->document, &place);
    count = *entry_count(&place);
    memcpy(items + count * entry_size(place.field), entry, entry_size(place.field));
    set_items(&place, items, count + 1);
    correct_marks(&place, 0);
    return true;
}

/* The entry that the path names, not the list. */
static bool find_entry(struct edit *edit, struct entry_place *place)
{
    if (!entry_find(edit->report, &hd_app_struct, &edit->document->app, edit->path, place))
        return false;
    if (!place->item)
        hint(refuse(edit, "the path names a list, not an entry of it"), "name the entry by its key, or by its index as in [0]");
    return place->item;
}

static bool replace(struct edit *edit)
{
    struct entry_place place;
    const void *entry;
    char *before;

    if (!find_entry(edit, &place))
        return false;
    entry = take_entry(edit, &place);
    if (!entry || is_named_twice(edit, &place, entry))
        return false;
    before = entry_items(&place) + (place.item - 1) * entry_size(place.field);
    memcpy(before, keep(edit, place.field, entry, before), entry_size(place.field));
    correct_marks(&place, 0);
    return true;
}

/*
 * A list whose entries have names takes more of them from the runtime unless it was given empty, and a selector without terms selects
 * everything: so such a list is unset when its last entry is removed.
 */
static bool remove_entry(struct edit *edit)
{
    struct entry_place place;
    size_t size, count;
    char *items;

    if (!find_entry(edit, &place))
        return false;
    size = entry_size(place.field);
    count = *entry_count(&place) - 1;
    items = entry_items(&place);
    memmove(items + (place.item - 1) * size, items + place.item * size, (count - (place.item - 1)) * size);
    set_items(&place, count || !place.field->of || !place.field->of->keyed_by ? items : NULL, count);
    correct_marks(&place, 1);
    return true;
}

static enum hd_status make(struct edit *edit, action *act, bool has_entry)
{
    jmp_buf out_of_memory;
    bool done;

    if (!edit->document || !edit->path || !edit->report || (has_entry && (!edit->given.object || !edit->given.layout)))
        return refuse_call(edit->report, "%s() is given NULL for %s", edit->function,
                           !edit->document ? "the document" : !edit->path ? "the path" : !edit->given.object ? "the entry" : "the layout");
    if (edit->document->is_taken)
        return refuse_call(edit->report, "%s() is called after hd_document_resolve(), which took the model", edit->function);
    arena_init(&edit->scratch, &out_of_memory);
    edit->document->arena.out_of_memory = edit->report->arena.out_of_memory = &out_of_memory;
    if (setjmp(out_of_memory)) {
        arena_free(&edit->scratch);
        return HD_NO_MEMORY;
    }
    done = act(edit);
    /* What was copied for programs of other layouts is no longer what the model says. */
    if (done)
        layout_copies_free(&edit->document->copies);
    report_finish(edit->report);
    arena_free(&edit->scratch);
    return done ? HD_OK : HD_BAD_CALL;
}

enum hd_status hd_document_add(struct hd_document *document, const char *list, const struct hd_layout *layout, const void *entry,
                               size_t size, struct hd_diagnostics *report)
{
    struct edit edit = {"hd_document_add", document, report, list, {layout, entry, size}, {0}};

    return make(&edit, add, true);
}

enum hd_status hd_document_replace(struct hd_document *document, const char *path, const struct hd_layout *layout, const void *entry,
                                   size_t size, struct hd_diagnostics *report)
{
    struct edit edit = {"hd_document_replace", document, report, path, {layout, entry, size}, {0}};

    return make(&edit, replace, true);
}

enum hd_status hd_document_remove(struct hd_document *document, const char *path, struct hd_diagnostics *report)
{
    struct edit edit = {"hd_document_remove", document, report, path, {0}, {0}};

    return make(&edit, remove_entry, false);
}
