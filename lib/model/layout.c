#include "layout.h"

#include "core/memory/names.h"
#include "core/reporting/report.h"
#include "core/tables/field.h"
#include "core/tables/path.h"
#include "tables.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* A member of a program's struct. */
struct member {
    const char *name;
    /* As in the text of a layout: s, S, i, o, e, . or *. */
    char kind;
    const struct shape *of;
    uint32_t offset, count_offset;
    /* The library's row; NULL when it does not know the member. */
    const struct hd_field *field;
};

/* A struct as a program has it. */
struct shape {
    const char *name;
    uint32_t size, at_offset;
    struct member *members;
    size_t n_members;
    /* The same struct in the library; NULL when it does not know it. */
    const struct hd_struct *type;
    /* Rows that the program does not know. */
    const struct hd_field **lacks;
    size_t n_lacks;
};

/* The layout of a program while it is read. */
struct reading {
    struct arena *arena;
    const struct hd_layout *layout;
    struct shape *shapes;
    struct names by_name;
    size_t n_read; /* numbers */
    bool failed;
};

/* A copy in the making. */
struct translation {
    struct arena *arena;
    struct hd_diagnostics *report;
    /* From the library's layout to the program's. */
    bool outwards;
    bool refused;
};

/* The tables say what the texts would, which are left out. */
const struct hd_layout layout_own = {
    HD_LAYOUT_IDENTITY, NULL, 0, hd_layout_numbers, sizeof hd_layout_numbers / sizeof *hd_layout_numbers};

enum { FIRST_NUMBERS = 3, SMALLEST_ADDRESS = 4096 };

static uint32_t next_number(struct reading *reading)
{
    if (reading->n_read < reading->layout->n_numbers)
        return reading->layout->numbers[reading->n_read++];
    reading->failed = true;
    return 0;
}

static const struct hd_struct *own_struct(const char *name)
{
    static const struct hd_struct *const all[] = {
#define X(type) &type##_struct,
        EACH_STRUCT(X)
#undef X
    };

    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (!strcmp(all[i]->name, name))
            return all[i];
    return NULL;
}

static bool same_struct(const struct hd_field *field, const struct member *member)
{
    return member->of && member->of->type == field->of;
}

/* Whether the library's row means the same type in C. */
static bool is_of_kind(const struct hd_field *field, const struct member *member)
{
    switch (field->kind) {
    case HD_STRING:
    case HD_INT_OR_STRING:
    case HD_VALUE:
        return member->kind == 's';
    case HD_INTEGER:
        return member->kind == 'i';
    case HD_OPTIONAL_INTEGER:
        return member->kind == 'o';
    case HD_BOOLEAN:
    case HD_ENUMERATION:
        return member->kind == 'e';
    case HD_STRING_LIST:
        return member->kind == 'S';
    case HD_STRUCT_LIST:
        return member->kind == '*' && same_struct(field, member);
    default:
        return member->kind == '.' && same_struct(field, member);
    }
}

/* The row of a member; rows and members mostly stand in the same order, so that the search begins at `*next`. */
static const struct hd_field *row_of(const struct hd_struct *type, const struct member *member, size_t *next)
{
    for (size_t i = 0; type && i < type->n_fields; i++) {
        const struct hd_field *field = &type->fields[(*next + i) % type->n_fields];

        if (!strcmp(field->member, member->name)) {
            *next = (size_t)(field - type->fields) + 1;
            return is_of_kind(field, member) ? field : NULL;
        }
    }
    return NULL;
}

/* One word of a struct's text: `calls:*hd_call`. */
static void read_member(struct reading *reading, struct shape *shape, char *word, size_t *next)
{
    char *kind = strchr(word, ':');
    struct member member = {.name = word, .offset = next_number(reading)};

    if (!kind || !kind[1]) {
        reading->failed = true;
        return;
    }
    *kind++ = '\0';
    member.kind = *kind;
    if (member.kind == '@') {
        shape->at_offset = member.offset;
        return;
    }
    if (member.kind == 'S' || member.kind == '*')
        member.count_offset = next_number(reading);
    if (member.kind == '.' || member.kind == '*')
        member.of = names_find(&reading->by_name, kind + 1);
    reading->failed |= !strchr("sSioe.*", member.kind) || (strchr(".*", member.kind) && !member.of);
    member.field = row_of(shape->type, &member, next);
    arena_grow(reading->arena, shape->members, shape->n_members);
    shape->members[shape->n_members++] = member;
}

static void find_lacking(struct arena *arena, struct shape *shape)
{
    bool *known = arena_array(arena, shape->type ? shape->type->n_fields + 1 : 1, sizeof *known);

    for (size_t i = 0; shape->type && i < shape->n_members; i++)
        if (shape->members[i].field)
            known[shape->members[i].field - shape->type->fields] = true;
    for (size_t i = 0; shape->type && i < shape->type->n_fields; i++)
        if (!known[i]) {
            arena_grow(arena, shape->lacks, shape->n_lacks);
            shape->lacks[shape->n_lacks++] = &shape->type->fields[i];
        }
}

static void read_struct(struct reading *reading, struct shape *shape, char *words)
{
    size_t next = 0;

    shape->size = next_number(reading);
    while (words && !reading->failed) {
        char *word = words;

        words = strchr(word, ' ');
        if (words)
            *words++ = '\0';
        read_member(reading, shape, word, &next);
    }
    find_lacking(reading->arena, shape);
}

/* A struct of the program, with those that are reached from it; NULL when the layout has none, or is none that can be read. */
static const struct shape *layout_read(struct arena *arena, const struct hd_layout *layout, const char *name)
{
    struct reading reading = {.arena = arena, .layout = layout, .n_read = FIRST_NUMBERS};
    char **words = arena_array(arena, layout->n_structs, sizeof *words);
    const uint32_t *numbers = layout->numbers;

    if (layout->n_numbers < FIRST_NUMBERS || numbers[0] != sizeof(void *) || numbers[1] != sizeof(size_t) ||
        numbers[2] != sizeof(enum hd_bool))
        return NULL;
    reading.shapes = arena_array(arena, layout->n_structs, sizeof *reading.shapes);
    names_init(arena, &reading.by_name, layout->n_structs);
    for (size_t i = 0; i < layout->n_structs; i++) {
        char *text = arena_strndup(arena, layout->structs[i], strlen(layout->structs[i]));

        words[i] = strchr(text, ' ');
        if (words[i])
            *words[i]++ = '\0';
        reading.shapes[i].name = text;
        reading.shapes[i].type = own_struct(text);
        names_add(&reading.by_name, text, &reading.shapes[i]);
    }
    for (size_t i = 0; i < layout->n_structs; i++)
        read_struct(&reading, &reading.shapes[i], words[i]);
    return reading.failed ? NULL : names_find(&reading.by_name, name);
}

static bool same_layout(const struct hd_layout *a, const struct hd_layout *b)
{
    return a == b || (a->identity == b->identity && a->n_numbers == b->n_numbers &&
                      !memcmp(a->numbers, b->numbers, a->n_numbers * sizeof *a->numbers));
}

static const void *at_offset(const void *object, uint32_t offset)
{
    return (const char *)object + offset;
}

static size_t count_at(const void *object, uint32_t offset)
{
    return *(const size_t *)at_offset(object, offset);
}

static bool is_set(const struct member *member, const void *object)
{
    const void *value = at_offset(object, member->offset);

    switch (member->kind) {
    case 'i':
        return *(const int64_t *)value != 0;
    case 'o':
        return ((const struct hd_opt_int *)value)->set;
    case 'e':
        return *(const unsigned *)value != 0;
    case '.':
        for (size_t i = 0; i < member->of->n_members; i++)
            if (is_set(&member->of->members[i], value))
                return true;
        return false;
    default:
        return *(const void *const *)value || (member->count_offset && count_at(object, member->count_offset));
    }
}

static void refuse_member(struct translation *t, const struct member *member, const struct hd_at *at, const struct step *path)
{
    struct step step = {.outer = path, .key = member->name};

    t->refused = true;
    if (t->report)
        hint(finding_in(t->report, HD_UNKNOWN_MEMBER, at ? at->file : NULL, at ? at->line : 0, at ? at->column : 0,
                        path_text(&t->report->arena, &step), "the program sets %s, which version %s of the library does not have",
                        member->name, hd_version()),
             "install a newer version of the library, or leave the member unset");
}

static void copy_struct(struct translation *t, const struct shape *shape, const void *from, void *to, const struct step *path);

/* The name of a list's element in paths; `from` is the program's. */
static const char *element_name(const struct translation *t, const struct shape *of, const void *from)
{
    for (size_t i = 0; !t->outwards && of->type && of->type->keyed_by && i < of->n_members; i++)
        if (of->members[i].field && of->members[i].kind == 's' && !strcmp(of->members[i].field->key, of->type->keyed_by))
            return *(const char *const *)at_offset(from, of->members[i].offset);
    return NULL;
}

static const void *copy_list(struct translation *t, const struct shape *of, const void *list, size_t count, struct step *path)
{
    size_t from_size = t->outwards ? of->type->size : of->size, to_size = t->outwards ? of->size : of->type->size;
    const char *from = list;
    char *to = list ? arena_array(t->arena, count, to_size) : NULL;

    for (size_t i = 0; from && i < count; i++) {
        path->name = element_name(t, of, from + i * from_size);
        path->index = i + 1;
        copy_struct(t, of, from + i * from_size, to + i * to_size, path);
    }
    return to;
}

static void copy_member(struct translation *t, const struct member *member, const void *from, void *to, const struct step *path)
{
    static const uint8_t sizes[] = {['s'] = sizeof(char *), ['S'] = sizeof(char *), ['i'] = sizeof(int64_t),
                                    ['o'] = sizeof(struct hd_opt_int), ['e'] = sizeof(enum hd_bool)};
    const struct hd_field *field = member->field;
    const void *value = at_offset(from, t->outwards ? field->offset : member->offset);
    void *place = (char *)to + (t->outwards ? member->offset : field->offset);
    struct step step = {.outer = path, .key = field->kind == HD_EMBEDDED ? NULL : field->key};
    size_t count = member->count_offset ? count_at(from, t->outwards ? field->count_offset : member->count_offset) : 0;

    if (member->count_offset)
        memcpy((char *)to + (t->outwards ? member->count_offset : field->count_offset), &count, sizeof count);
    if (member->kind == '.')
        copy_struct(t, member->of, value, place, &step);
    else if (member->kind == '*')
        *(const void **)place = copy_list(t, member->of, *(const void *const *)value, count, &step);
    else
        memcpy(place, value, sizes[(unsigned char)member->kind]);
}

/* Members that the program does not know: keeps them for it in `at`, or takes back those that were kept. */
static void copy_rest(struct translation *t, const struct shape *shape, const void *from, void *to)
{
    const struct hd_at *at = *(const struct hd_at *const *)at_offset(from, t->outwards ? (uint32_t)shape->type->at_offset : shape->at_offset);
    const struct hd_rest *rest = at ? at->rest : NULL;
    struct hd_at *with_rest;
    struct hd_rest own = {0};
    bool is_lacking = false;

    for (size_t i = 0; t->outwards && i < shape->n_lacks && !is_lacking; i++)
        is_lacking = field_is_set(shape->lacks[i], from);
    for (size_t i = 0; !t->outwards && rest && rest->type == shape->type && i < shape->n_lacks; i++)
        field_copy(shape->lacks[i], to, rest->object);
    if (is_lacking) {
        with_rest = arena_new(t->arena, struct hd_at);
        if (at)
            *with_rest = *at;
        if (rest)
            own = *rest;
        own.type = shape->type;
        own.object = from;
        with_rest->rest = arena_copy(t->arena, &own, sizeof own);
        at = with_rest;
    }
    *(const struct hd_at **)(void *)((char *)to + (t->outwards ? shape->at_offset : (uint32_t)shape->type->at_offset)) = at;
}

static void copy_struct(struct translation *t, const struct shape *shape, const void *from, void *to, const struct step *path)
{
    for (size_t i = 0; i < shape->n_members; i++) {
        const struct member *member = &shape->members[i];

        if (member->field)
            copy_member(t, member, from, to, path);
        else if (!t->outwards && is_set(member, from))
            refuse_member(t, member, *(const struct hd_at *const *)at_offset(from, shape->at_offset), path);
    }
    copy_rest(t, shape, from, to);
}

static const struct hd_app *refuse_layout(struct hd_diagnostics *report, const struct hd_layout *layout)
{
    struct finding *finding;

    if (!report)
        return NULL;
    if (!layout) {
        finding = finding_in(report, HD_WRONG_CALL, NULL, 0, 0, "abi", "the member abi of struct hd_app is not set");
        hint(finding, "write .abi = HD_ABI");
    } else {
        finding = finding_in(report, HD_WRONG_CALL, NULL, 0, 0, "abi", "the member abi of struct hd_app is not a layout that version %s of the "
                             "library can read", hd_version());
        hint(finding, "write .abi = HD_ABI, and compile the program with the headers of this major version of the library");
    }
    return NULL;
}

const struct hd_app *layout_take(struct arena *arena, struct hd_diagnostics *report, const struct hd_app *app)
{
    struct translation t = {.arena = arena, .report = report};
    const struct hd_layout *layout = app->abi;
    const struct shape *shape;
    struct hd_app *own;

    /* Programs of versions before 0.2 have a small number here. */
    if ((uintptr_t)layout < SMALLEST_ADDRESS)
        return refuse_layout(report, layout);
    if (same_layout(layout, &layout_own))
        return app;
    shape = layout_read(arena, layout, "hd_app");
    if (!shape)
        return refuse_layout(report, layout);
    own = arena_new(arena, struct hd_app);
    own->abi = &layout_own;
    copy_struct(&t, shape, app, own, NULL);
    return t.refused ? NULL : own;
}

/* Whether the program's struct is as long as its own layout says, so that it is the right one. */
static bool check_size(struct hd_diagnostics *report, const struct hd_struct *type, size_t right, size_t given, const struct step *path)
{
    struct finding *finding;

    if (given == right)
        return true;
    finding = finding_in(report, HD_WRONG_CALL, NULL, 0, 0, path_text(&report->arena, path),
                         "the entry has %zu bytes, but struct %s has %zu", given, type->name, right);
    hint(finding, "give a pointer to a struct %s", type->name);
    return false;
}

const void *layout_take_struct(struct arena *arena, struct hd_diagnostics *report, const struct program_struct *given,
                               const struct hd_struct *type, const struct step *path)
{
    struct translation t = {.arena = arena, .report = report};
    const struct shape *shape;
    void *own;

    if (same_layout(given->layout, &layout_own))
        return check_size(report, type, type->size, given->size, path) ? given->object : NULL;
    shape = layout_read(arena, given->layout, type->name);
    if (!shape) {
        hint(finding_in(report, HD_WRONG_CALL, NULL, 0, 0, path_text(&report->arena, path),
                        "the layout of the entry is none that version %s of the library can read, or has no struct %s", hd_version(),
                        type->name),
             "give HD_ENTRY(&entry), and compile the program with the headers of this major version of the library");
        return NULL;
    }
    if (!check_size(report, type, shape->size, given->size, path))
        return NULL;
    own = arena_array(arena, 1, type->size);
    copy_struct(&t, shape, given->object, own, path);
    return t.refused ? NULL : own;
}

struct layout_copy {
    struct arena arena;
    const struct hd_layout *layout;
    const struct hd_app *app;
    struct layout_copy *next;
};

static const struct hd_app *find_copy(struct layout_copy *copy, const struct hd_layout *layout)
{
    for (; copy; copy = copy->next)
        if (same_layout(copy->layout, layout))
            return copy->app;
    return NULL;
}

static bool fill_copy(struct layout_copy *copy, const struct hd_app *app, const struct hd_layout *layout)
{
    struct translation t = {.arena = &copy->arena, .outwards = true};
    const struct shape *shape;
    jmp_buf out_of_memory;
    struct hd_app *foreign;

    arena_init(&copy->arena, &out_of_memory);
    if (setjmp(out_of_memory))
        return false; /* GCOVR_EXCL_LINE: memory ran out, which no test lets happen here */
    shape = layout_read(&copy->arena, layout, "hd_app");
    if (!shape)
        return false;
    foreign = arena_array(&copy->arena, 1, shape->size);
    foreign->abi = layout;
    copy_struct(&t, shape, app, foreign, NULL);
    copy->layout = layout;
    copy->app = foreign;
    return true;
}

static void free_copy(struct layout_copy *copy)
{
    arena_free(&copy->arena);
    free(copy);
}

static struct layout_copy *make_copy(const struct hd_app *app, const struct hd_layout *layout)
{
    struct layout_copy *copy = calloc(1, sizeof *copy);

    if (!copy || fill_copy(copy, app, layout))
        return copy;
    free_copy(copy);
    return NULL;
}

const struct hd_app *layout_give(struct layout_copies *copies, const struct hd_app *app, const struct hd_layout *layout)
{
    const struct hd_app *found;
    struct layout_copy *copy;

    if (!layout || same_layout(layout, &layout_own))
        return app;
    found = find_copy(atomic_load(&copies->first), layout);
    if (found)
        return found;
    copy = make_copy(app, layout);
    if (!copy)
        return NULL;
    /* Another thread may have made one meanwhile; then there are two. */
    copy->next = atomic_load(&copies->first);
    while (!atomic_compare_exchange_weak(&copies->first, &copy->next, copy)) /* GCOVR_EXCL_LINE: another thread was faster */
        continue;                                                            /* GCOVR_EXCL_LINE: as above */
    return copy->app;
}

void layout_copies_free(struct layout_copies *copies)
{
    struct layout_copy *next;

    for (struct layout_copy *copy = atomic_load(&copies->first); copy; copy = next) {
        next = copy->next;
        free_copy(copy);
    }
    atomic_store(&copies->first, NULL);
}
