/* JSON patches: the operations of RFC 6902, on the places that pointers of RFC 6901 name. */
#include "core/text/among.h"
#include "core/text/suggest.h"
#include "patch.h"

#include <string.h>

/* An operation at work: the struct, and the pointer that is followed. */
struct operating {
    struct patching *patching;
    const struct hd_patch_operation *operation;
    struct where where;
};

/* A place: a collection, and the key or index in it. `step` is NULL for the whole object. */
struct place {
    struct node *in;
    const char *step;
};

static struct finding *fault(struct operating *operating, enum hd_code code, const char *format, ...) __attribute__((format(printf, 3, 4)));

static struct finding *fault(struct operating *operating, enum hd_code code, const char *format, ...)
{
    struct finding *finding;
    va_list args;

    va_start(args, format);
    finding = patch_fault(operating->patching, code, operating->where, format, args);
    va_end(args);
    return finding;
}

/* The next step of a pointer, with ~1 and ~0 as the characters that they stand for; NULL behind the last. */
static char *next_step(struct arena *arena, const char **pointer)
{
    size_t length;
    char *step, *to;

    if (!**pointer)
        return NULL;
    length = strcspn(*pointer + 1, "/");
    step = to = arena_strndup(arena, *pointer + 1, length);
    for (const char *from = step; *from; from++) {
        bool is_escape = *from == '~' && (from[1] == '0' || from[1] == '1');

        *to++ = !is_escape ? *from : from[1] == '1' ? '/' : '~';
        from += is_escape;
    }
    *to = '\0';
    *pointer += 1 + length;
    return step;
}

/* The index that a step of a pointer is, up to `most`; -1 when it is none. */
static long index_of(const char *step, uint32_t most)
{
    size_t length = strlen(step);
    long index = 0;

    if (!length || length > 9 || strspn(step, "0123456789") != length || (*step == '0' && length > 1))
        return -1;
    for (; *step; step++)
        index = index * 10 + (*step - '0');
    return index <= (long)most ? index : -1;
}

static void hint_nearest_key(struct finding *finding, const struct node *in, const char *step)
{
    struct suggestion suggestion = suggest_for(step);
    const char *all = NULL;

    for (uint32_t i = 0; in->kind == NODE_MAPPING && i < in->n_items; i += 2) {
        suggest_try(&suggestion, in->items[i]->text);
        if (i < 40)
            all = arena_listed(&finding->report->arena, all, in->items[i]->text);
    }
    if (in->kind == NODE_SEQUENCE)
        hint(finding, "elements of the list: %u; 0 is the first one, and - stands behind the last for the operation add", in->n_items);
    else if (in->kind == NODE_MAPPING)
        hint_nearest(finding, suggestion.nearest, "the keys there are %s", text_or(all, "none"));
    else
        hint(finding, "what stands before it is a single value");
}

static struct node *no_place(struct operating *operating, const struct node *in, const char *step, const char *pointer)
{
    struct finding *finding = fault(operating, HD_PATCH_PATH, "there is no \"%s\" at %s", step, pointer);

    if (finding)
        hint_nearest_key(finding, in, step);
    return NULL;
}

/* The value at a place that must be there. */
static struct node *value_at(struct operating *operating, struct place place, const char *pointer)
{
    struct node *value = NULL;
    long index;

    if (place.in->kind == NODE_MAPPING) {
        value = node_value(place.in, place.step);
    } else if (place.in->kind == NODE_SEQUENCE && place.in->n_items) {
        index = index_of(place.step, place.in->n_items - 1);
        value = index >= 0 ? place.in->items[index] : NULL;
    }
    return value ? value : no_place(operating, place.in, place.step, pointer);
}

/* Follows a pointer to its last step. `in` is NULL after reporting. */
static struct place place_of(struct operating *operating, struct node *root, const char *pointer)
{
    struct arena *arena = operating->patching->arena;
    struct place place = {.in = root};
    const char *rest = pointer;
    struct finding *finding;

    if (*pointer != '/') {
        finding = fault(operating, HD_PATCH_FORM, "the path \"%s\" %s", pointer, *pointer ? "does not begin with /" : "is the whole object");
        if (finding)
            hint(finding, "write a path such as /spec/replicas; / in a key is ~1, and ~ is ~0");
        return (struct place){NULL, NULL};
    }
    place.step = next_step(arena, &rest);
    while (*rest) {
        place.in = value_at(operating, place, pointer);
        if (!place.in)
            return place;
        place.step = next_step(arena, &rest);
    }
    if (place.in->kind == NODE_SCALAR)
        place.in = no_place(operating, place.in, place.step, pointer);
    return place;
}

static void insert(struct arena *arena, struct node *list, uint32_t index, struct node *value)
{
    arena_grow(arena, list->items, list->n_items);
    memmove(list->items + index + 1, list->items + index, (list->n_items - index) * sizeof *list->items);
    list->items[index] = value;
    list->n_items++;
}

static void add(struct operating *operating, struct place place, struct node *value, const char *pointer)
{
    struct arena *arena = operating->patching->arena;
    struct node key = {.text = place.step, .length = (uint32_t)strlen(place.step)};
    long index;

    if (place.in->kind == NODE_MAPPING) {
        node_set(arena, place.in, &key, value);
        return;
    }
    index = !strcmp(place.step, "-") ? (long)place.in->n_items : index_of(place.step, place.in->n_items);
    if (index < 0)
        no_place(operating, place.in, place.step, pointer);
    else
        insert(arena, place.in, (uint32_t)index, value);
}

/* Takes a value away that is there. */
static void take(struct place place)
{
    uint32_t index;

    if (place.in->kind == NODE_MAPPING) {
        node_remove(place.in, place.step);
        return;
    }
    index = (uint32_t)index_of(place.step, place.in->n_items);
    place.in->n_items--;
    memmove(place.in->items + index, place.in->items + index + 1, (place.in->n_items - index) * sizeof *place.in->items);
}

static void replace(struct operating *operating, struct place place, struct node *value, const char *pointer)
{
    struct node key = {.text = place.step};

    if (!value_at(operating, place, pointer))
        return;
    if (place.in->kind == NODE_MAPPING)
        node_set(operating->patching->arena, place.in, &key, value);
    else
        place.in->items[index_of(place.step, place.in->n_items)] = value;
}

static void test(struct operating *operating, struct place place, const struct node *value, const char *pointer)
{
    struct arena *arena = operating->patching->arena;
    const struct node *is = value_at(operating, place, pointer);
    struct finding *finding;

    if (!is || node_equals(arena, is, value))
        return;
    finding = fault(operating, HD_PATCH_TEST, "the value at %s is another one: %.200s", pointer, value_json(arena, is));
    if (finding)
        hint(finding, "look at what changed there, and correct the patch and its test");
}

/* move and copy. */
static void bring(struct operating *operating, struct node *object, bool is_move)
{
    const struct hd_patch_operation *operation = operating->operation;
    size_t length = strlen(operation->from);
    struct where where = operating->where;
    struct finding *finding;
    struct place from, to;
    struct node *value;

    operating->where = AT(operation, from);
    from = place_of(operating, object, operation->from);
    value = from.in ? value_at(operating, from, operation->from) : NULL;
    operating->where = where;
    if (!value)
        return;
    if (is_move && !strncmp(operation->from, operation->path, length) && operation->path[length] == '/') {
        finding = fault(operating, HD_PATCH_FORM, "%s cannot be moved into itself, to %s", operation->from, operation->path);
        if (finding)
            hint(finding, "use copy, or another path");
        return;
    }
    value = node_copy(operating->patching->arena, value);
    if (is_move)
        take(from);
    to = place_of(operating, object, operation->path);
    if (to.in)
        add(operating, to, value, operation->path);
}

static struct node *value_of(struct operating *operating)
{
    const struct hd_patch_operation *operation = operating->operation;
    struct arena *arena = operating->patching->arena;
    const char *reason;
    struct node *value = value_read((struct tree_memory){arena, arena}, &hd_patch_operation_struct,
                                    field_of(&hd_patch_operation_struct, "value"), operation, &reason);

    return value ? node_copy(arena, value) : NULL;
}

static void operate(struct operating *operating, struct node *object)
{
    const struct hd_patch_operation *operation = operating->operation;
    struct node *value = operation->value ? value_of(operating) : NULL;
    struct place place;

    if (!strcmp(operation->op, "move") || !strcmp(operation->op, "copy")) {
        bring(operating, object, *operation->op == 'm');
        return;
    }
    place = place_of(operating, object, operation->path);
    if (!place.in)
        return;
    if (!strcmp(operation->op, "add"))
        add(operating, place, value, operation->path);
    else if (!strcmp(operation->op, "replace"))
        replace(operating, place, value, operation->path);
    else if (!strcmp(operation->op, "test"))
        test(operating, place, value, operation->path);
    else if (value_at(operating, place, operation->path))
        take(place);
}

/* Copies of copies could grow without end, and nest deeper than what is written. */
static void check_size(struct operating *operating, const struct node *object)
{
    enum { MOST_NODES = 1000000, DEEPEST_OBJECT = 32 };
    struct finding *finding;

    if (value_count(object) <= MOST_NODES && node_depth(object) <= DEEPEST_OBJECT)
        return;
    finding = fault(operating, HD_PATCH_FORM, "the manifest grows beyond %d values, or nests more than %d deep", MOST_NODES, DEEPEST_OBJECT);
    if (finding)
        hint(finding, "remove copies of what holds the place that they are copied to");
}

void patch_operate(struct patching *patching, struct node *object)
{
    for (size_t i = 0; i < patching->patch->n_json && !patching->failed; i++) {
        const struct hd_patch_operation *operation = &patching->patch->json[i];
        struct operating operating = {patching, operation, AT(operation, path)};

        operate(&operating, object);
        if (!patching->failed)
            check_size(&operating, object);
    }
}
