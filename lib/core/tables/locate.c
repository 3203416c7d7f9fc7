/* From the address of a struct to its model path and its place in a file. */
#include "core/reporting/report.h"
#include "field.h"
#include "path.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A place that is looked for; sorted by object and service. */
struct wanted {
    const void *object;
    /* Through which it is reached, because services share what they inherit; NULL when the first way is as good as any. */
    const void *service;
    uint32_t size;
    struct finding *finding;
    bool also;
};

struct walk {
    struct hd_diagnostics *report;
    struct wanted *wanted;
    size_t n_wanted;
    const struct hd_app *app;
    const struct hd_service *service; /* the one being walked through, or NULL */
    bool without_services;
};

static const struct hd_field *field_at_offset(const struct hd_struct *type, uint32_t offset)
{
    for (size_t i = 0; i < type->n_fields; i++)
        if (type->fields[i].offset == offset)
            return &type->fields[i];
    return NULL;
}

static bool is_silenced(int code, const struct hd_silence *silence, size_t n_silence)
{
    char text[16];

    snprintf(text, sizeof text, "HD%04d", code);
    for (size_t i = 0; i < n_silence; i++)
        if (silence[i].code && !strcmp(silence[i].code, text))
            return true;
    return false;
}

/* These members are already named by the element's path, so the path does not name them again. */
static bool is_named_by_step(const struct hd_struct *type, const struct hd_field *field)
{
    return field->kind == HD_EMBEDDED || type->map || (type->keyed_by && !strcmp(type->keyed_by, field->key));
}

/* The place of a member, or of the struct itself. */
static struct hd_place place_of(struct walk *walk, const struct where *where, const struct hd_struct *type, const void *object,
                                const struct hd_at *at, const struct step *step)
{
    const struct hd_field *field = where->offset == WHOLE ? NULL : field_at_offset(type, where->offset);
    const struct hd_mark *mark = field ? at_mark(struct_at(type, object), field, where->item) : NULL;
    struct hd_place place = {.file = mark ? mark->file : at->file,
                             .line = mark ? mark->line : at->line,
                             .column = mark ? mark->column : at->column};
    struct step last = {.outer = step, .key = field && !is_named_by_step(type, field) ? field->key : NULL, .index = where->item};

    place.path = path_text(&walk->report->arena, &last);
    return place;
}

static const char *copy_of(struct walk *walk, const char *file)
{
    return file ? arena_strndup(&walk->report->arena, file, strlen(file)) : NULL;
}

/* A finding is found once: what several services share is visited with each of them. */
static void found(struct walk *walk, const struct wanted *wanted, const struct hd_struct *type, const void *object, const struct hd_at *at,
                  const struct step *step)
{
    struct finding *finding = wanted->finding;
    struct where *const where = wanted->also ? &finding->also_where : &finding->where;
    struct hd_place place;

    if (wanted->size != type->size || !where->object)
        return;
    place = place_of(walk, where, type, object, at, step);
    if (finding->below && !wanted->also)
        place = (struct hd_place){.file = finding->below_file,
                                  .line = finding->below_line,
                                  .column = finding->below_column,
                                  .path = arena_printf(&walk->report->arena, "%s%s", place.path, finding->below)};
    where->object = NULL;
    if (wanted->also) {
        place.message = finding->diagnostic.related.message;
        finding->diagnostic.related = place;
        finding->diagnostic.related.file = copy_of(walk, place.file);
        return;
    }
    finding->in_layer = at_environment(walk->app->at, place.file) != NULL;
    if (!finding->diagnostic.line) { /* else it is in a file that the member names, or in a part of its value */
        finding->diagnostic.file = copy_of(walk, place.file);
        finding->diagnostic.line = place.line;
        finding->diagnostic.column = place.column;
        finding->diagnostic.path = place.path;
    }
    finding->silenced = finding->diagnostic.severity == HD_WARNING &&
                        (is_silenced(finding->diagnostic.code, walk->app->silence, walk->app->n_silence) ||
                         (walk->service && is_silenced(finding->diagnostic.code, walk->service->silence, walk->service->n_silence)));
}

static int compare(const struct wanted *wanted, const void *object, const void *service)
{
    uintptr_t x = (uintptr_t)wanted->object, y = (uintptr_t)object;

    if (x == y) {
        x = (uintptr_t)wanted->service;
        y = (uintptr_t)service;
    }
    return x < y ? -1 : x > y;
}

static void find(struct walk *walk, const void *service, const struct hd_struct *type, const void *object, const struct hd_at *at,
                 const struct step *step)
{
    size_t low = 0, high = walk->n_wanted;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (compare(&walk->wanted[middle], object, service) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < walk->n_wanted && !compare(&walk->wanted[low], object, service); low++)
        found(walk, &walk->wanted[low], type, object, at, step);
}

static bool is_services(const struct hd_struct *type, const struct hd_field *field)
{
    return type == hd_schema_root() && field->offset == offsetof(struct hd_app, services);
}

static void visit(struct walk *walk, const struct hd_struct *type, const void *object, const struct hd_at *outer_at,
                  const struct step *outer)
{
    const struct hd_at *own = struct_at(type, object), *at = own->line ? own : outer_at;

    find(walk, NULL, type, object, at, outer);
    if (walk->service)
        find(walk, walk->service, type, object, at, outer);
    for (size_t i = 0; i < type->n_fields; i++) {
        const struct hd_field *field = &type->fields[i];
        struct step step = {.outer = outer, .key = field->kind == HD_EMBEDDED ? NULL : field->key};
        const char *items;

        if (field->kind == HD_STRUCT || field->kind == HD_EMBEDDED)
            visit(walk, field->of, field_in(field, object), at, &step);
        if (field->kind != HD_STRUCT_LIST || (walk->without_services && is_services(type, field)))
            continue;
        items = *(const char *const *)field_in(field, object);
        for (size_t k = 0; k < field_count(field, object); k++) {
            const void *item = items + k * field->of->size;
            const void *named = item;
            const struct hd_struct *owner;
            const struct hd_field *key =
                field->of->keyed_by ? field_by_key(field->of, field->of->keyed_by, strlen(field->of->keyed_by), &named, &owner) : NULL;

            step.name = key ? field_text(key, named) : NULL;
            step.index = k + 1;
            if (type == hd_schema_root())
                walk->service = is_services(type, field) ? item : NULL;
            visit(walk, field->of, item, at, &step);
        }
    }
}

static int by_object(const void *a, const void *b)
{
    const struct wanted *other = b;

    return compare(a, other->object, other->service);
}

/* Turns a place in what was made into the one that it was made from. */
static void turn_back(const struct made *made, struct where *where)
{
    uintptr_t inside = (uintptr_t)where->object - (uintptr_t)made->object;

    if (inside >= made->type->size)
        return;
    for (size_t i = 0; i < made->type->n_fields; i++) {
        const struct hd_field *field = &made->type->fields[i], *from = field_of(made->from_type, field->key);
        bool is_whole = where->size == made->type->size;

        if (!from || (is_whole ? where->offset != field->offset : !field->of || inside - field->offset >= field->of->size))
            continue;
        where->object = (const char *)made->from + (is_whole ? 0 : from->offset + (inside - field->offset));
        if (is_whole) {
            where->size = (uint16_t)made->from_type->size;
            where->offset = (uint16_t)from->offset;
        }
        return;
    }
}

static void add_wanted(struct walk *walk, const struct where *where, const void *service, struct finding *finding, bool also)
{
    if (where->object)
        walk->wanted[walk->n_wanted++] = (struct wanted){where->object, service, where->size, finding, also};
}

/* Lists the places behind the first `n` findings that are still to be looked up; false when there is none. */
static bool list_wanted(struct walk *walk, size_t n, bool by_service)
{
    walk->n_wanted = 0;
    for (size_t i = n; i < walk->report->n_findings; i++) {
        struct finding *finding = walk->report->findings[i];

        if (walk->report->made) {
            turn_back(walk->report->made, &finding->where);
            turn_back(walk->report->made, &finding->also_where);
        }
        add_wanted(walk, &finding->where, by_service ? finding->service : NULL, finding, false);
        add_wanted(walk, &finding->also_where, by_service ? finding->service : NULL, finding, true);
    }
    if (walk->n_wanted)
        qsort(walk->wanted, walk->n_wanted, sizeof *walk->wanted, by_object);
    return walk->n_wanted != 0;
}

static void locate(struct walk *walk, bool by_service)
{
    walk->service = NULL;
    if (list_wanted(walk, 0, by_service))
        visit(walk, hd_schema_root(), walk->app, struct_at(hd_schema_root(), walk->app), NULL);
}

/* Room for the places behind the first `n` findings; false when there are none. */
static bool make_room(struct walk *walk, size_t n)
{
    struct hd_diagnostics *report = walk->report;
    const struct hd_at *at = walk->app->at;

    if (report->n_findings == n)
        return false;
    if (at && at->rest) {
        report->sources = at->rest->sources;
        report->n_sources = at->rest->n_sources;
    }
    walk->wanted = arena_array(&report->arena, (report->n_findings - n) * 2, sizeof *walk->wanted);
    return true;
}

static void locate_all(struct walk *walk)
{
    if (!make_room(walk, 0))
        return;
    locate(walk, true);
    /* A rule that looks at a service may name a place elsewhere. */
    locate(walk, false);
}

void report_locate(struct hd_diagnostics *report, const struct hd_app *app)
{
    struct walk walk = {.report = report, .app = app};

    locate_all(&walk);
}

void report_locate_in(struct hd_diagnostics *report, const struct hd_struct *type, const void *object)
{
    struct walk walk = {.report = report};

    if (!report->n_findings)
        return;
    /* An application without environments, which silences nothing. */
    walk.app = arena_array(&report->arena, 1, sizeof *walk.app);
    if (make_room(&walk, 0) && list_wanted(&walk, 0, false))
        visit(&walk, type, object, struct_at(type, object), NULL);
}

void report_locate_without_services(struct hd_diagnostics *report, const struct hd_app *app)
{
    struct walk walk = {.report = report, .app = app, .without_services = true};

    locate_all(&walk);
}

void report_locate_service(struct hd_diagnostics *report, size_t n, const struct hd_app *app, const struct hd_service *service, size_t index)
{
    const struct hd_field *services = field_at_offset(hd_schema_root(), offsetof(struct hd_app, services));
    struct walk walk = {.report = report, .app = app, .service = service};
    struct step step = {.key = services->key, .name = service->name, .index = index + 1};

    if (make_room(&walk, n) && list_wanted(&walk, n, false))
        visit(&walk, services->of, service, struct_at(hd_schema_root(), app), &step);
}
