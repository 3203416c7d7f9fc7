/*
 * The lines of the user behind a change: values of the complete models that differ and that somebody wrote. Which of them caused what
 * differs in an object is judged by whose they are and by their texts, so it is a reading aid and not a proof.
 */
#include "core/memory/names.h"
#include "diff.h"
#include "model/model.h"
#include "model/tables.h"

#include <hybriddeploy/schema.h>
#include <string.h>

/* A value of one model. */
struct value {
    /* Its path in the complete model; and the one at which the user wrote it, which may be that of a runtime. */
    const char *key, *path, *text, *file;
    uint32_t line, column;
    /* Whether the user wrote it, or gave it with the call. */
    bool is_given, is_matched;
};

/* The values of a part of one model, in their order, and by their keys. */
struct values {
    struct arena *arena;
    struct value **items;
    size_t n;
    struct names by_key;
    bool is_exhausted;
};

/* A cause and what is known of it beside. */
struct causes {
    struct hd_diff *diff;
    struct arena *arena;
    /* Whose each cause is: the name of a service, or NULL for the application. */
    const char **owners;
    /* Those that are known already, by path: values of a runtime come with each service. */
    struct names known;
    /* By name of a service, its first and last cause; they stand together. */
    struct names of_service;
    size_t n_of_app;
};

struct span {
    size_t first, end;
};

static bool is_written(enum hd_value_origin origin)
{
    return origin == HD_VALUE_GIVEN || origin == HD_VALUE_CALLER || origin == HD_VALUE_RUNTIME;
}

/* What stands in an entry of runtimes has its path there. */
static const char *path_of(struct arena *arena, const struct hd_value *value)
{
    const char *rest = value->origin == HD_VALUE_RUNTIME && value->from ? strchr(value->path, '.') : NULL;

    rest = rest ? strchr(rest + 1, '.') : NULL;
    return rest ? arena_printf(arena, "runtimes.%s%s", value->from, rest) : arena_strndup(arena, value->path, strlen(value->path));
}

static const char *copied(struct arena *arena, const char *text)
{
    return text ? arena_strndup(arena, text, strlen(text)) : NULL;
}

static void add_value(struct values *values, const struct hd_value *given)
{
    struct arena *arena = values->arena;
    struct value *value = arena_new(arena, struct value);

    *value = (struct value){.key = copied(arena, given->path),
                            .path = path_of(arena, given),
                            .text = given->text ? copied(arena, given->text) : "[]",
                            .file = copied(arena, given->file),
                            .line = given->line,
                            .column = given->column,
                            .is_given = is_written(given->origin)};
    arena_grow(arena, values->items, values->n);
    values->items[values->n++] = value;
    names_add(&values->by_key, value->key, value);
}

/* Who hands the values over has memory of its own, so running out of memory must not unwind through it. */
static int take_value(void *user, const struct hd_value *given)
{
    struct values *values = user;
    jmp_buf *outer = values->arena->out_of_memory, inner;

    if (!setjmp(inner)) {
        values->arena->out_of_memory = &inner;
        add_value(values, given);
    } else
        values->is_exhausted = true;
    values->arena->out_of_memory = outer;
    return values->is_exhausted;
}

static void take_part(struct arena *arena, struct values *values, const struct hd_model *model, const char *path)
{
    enum hd_status status;

    *values = (struct values){.arena = arena};
    names_init(arena, &values->by_key, 16);
    status = hd_explain_values(model, path, take_value, values);
    if (status == HD_NO_MEMORY || values->is_exhausted)
        longjmp(*arena->out_of_memory, 1);
}

static void add_cause(struct causes *causes, const char *owner, const struct value *before, const struct value *after)
{
    struct hd_diff *diff = causes->diff;
    bool is_gone = !after || !after->is_given;
    const struct value *place = is_gone ? before : after;
    const char *path = copied(&diff->arena, place->path);

    if (names_add(&causes->known, path, path))
        return;
    arena_grow(&diff->arena, diff->causes, diff->n_causes);
    arena_grow(causes->arena, causes->owners, diff->n_causes);
    causes->owners[diff->n_causes] = owner;
    diff->causes[diff->n_causes++] = (struct hd_cause){.path = path,
                                                       .before = before ? copied(&diff->arena, before->text) : NULL,
                                                       .after = after ? copied(&diff->arena, after->text) : NULL,
                                                       .file = copied(&diff->arena, place->file),
                                                       .line = place->line,
                                                       .column = place->column,
                                                       .is_gone = is_gone};
}

/* A service that only one model has is one cause, not one for each of its members. */
static bool add_whole_service(struct causes *causes, const char *owner, const char *path, const struct values *before,
                              const struct values *after)
{
    const struct values *only = before->n ? before : after;
    struct value whole = {.path = path, .is_given = true};

    if (!owner || (before->n && after->n) || !only->n)
        return false;
    for (size_t i = 0; i < only->n && !whole.line; i++)
        if (only->items[i]->is_given) {
            whole.file = only->items[i]->file;
            whole.line = only->items[i]->line;
            whole.column = only->items[i]->column;
        }
    whole.text = owner;
    add_cause(causes, owner, before->n ? &whole : NULL, after->n ? &whole : NULL);
    return true;
}

static void compare_part(struct causes *causes, const char *path, const char *owner)
{
    struct values before, after;

    take_part(causes->arena, &before, causes->diff->before, path);
    take_part(causes->arena, &after, causes->diff->after, path);
    if (add_whole_service(causes, owner, path, &before, &after))
        return;
    for (size_t i = 0; i < after.n; i++) {
        struct value *value = after.items[i], *was = (struct value *)(uintptr_t)names_find(&before.by_key, value->key);

        if (was)
            was->is_matched = true;
        if ((value->is_given || (was && was->is_given)) && !(was && !strcmp(was->text, value->text)))
            add_cause(causes, owner, was, value);
    }
    for (size_t i = 0; i < before.n; i++)
        if (!before.items[i]->is_matched && before.items[i]->is_given)
            add_cause(causes, owner, before.items[i], NULL);
}

static void compare_application(struct causes *causes)
{
    for (size_t i = 0; i < hd_app_struct.n_fields; i++) {
        const char *key = hd_app_struct.fields[i].key;

        if (key && strcmp(key, "services") != 0 && strcmp(key, "runtimes") != 0)
            compare_part(causes, key, NULL);
    }
    causes->n_of_app = causes->diff->n_causes;
}

static void compare_service(struct causes *causes, const char *name)
{
    struct span *span;

    if (!name || names_find(&causes->of_service, name))
        return;
    span = arena_new(causes->arena, struct span);
    span->first = causes->diff->n_causes;
    compare_part(causes, arena_printf(causes->arena, "services.%s", name), name);
    span->end = causes->diff->n_causes;
    names_add(&causes->of_service, name, span);
}

static void compare_services(struct causes *causes)
{
    struct hd_diff *diff = causes->diff;

    names_init(causes->arena, &causes->of_service, diff->n_objects);
    for (size_t i = 0; i < diff->n_objects; i++)
        compare_service(causes, diff->objects[i].service);
    for (size_t i = 0; i < diff->n_edges; i++) {
        const struct hd_peer *from = diff->edges[i].edge->from, *to = diff->edges[i].edge->to;

        compare_service(causes, from->kind == HD_PEER_SERVICE ? from->name : NULL);
        compare_service(causes, to->kind == HD_PEER_SERVICE ? to->name : NULL);
    }
}

/* The last member in a path: `replicas` of services.web.replicas, `env` of services.web.env[0]. */
static const char *last_member(struct arena *arena, const char *path)
{
    const char *last = strrchr(path, '.');

    last = last ? last + 1 : path;
    return arena_strndup(arena, last, strcspn(last, "["));
}

static bool occurs(const char *text, const char *in)
{
    return text && in && *text && strstr(in, text);
}

static bool is_seen_in(struct arena *arena, const struct hd_cause *cause, const struct hd_object_change *object)
{
    const char *member = last_member(arena, cause->path);

    for (size_t i = 0; i < object->n_fields; i++) {
        const struct hd_field_change *field = &object->fields[i];

        if (occurs(member, field->path) || (strlen(cause->after ? cause->after : "") > 1 && occurs(cause->after, field->after)) ||
            (strlen(cause->before ? cause->before : "") > 1 && occurs(cause->before, field->before)))
            return true;
    }
    return false;
}

/* The causes of one object while they are gathered. */
struct chosen {
    struct causes *causes;
    struct hd_object_change *object;
    const struct hd_cause **items;
    size_t n;
};

static void choose(struct chosen *chosen, struct span span, bool only_seen)
{
    struct hd_diff *diff = chosen->causes->diff;

    for (size_t i = span.first; i < span.end; i++)
        if (!only_seen || is_seen_in(chosen->causes->arena, &diff->causes[i], chosen->object)) {
            arena_grow(&diff->arena, chosen->items, chosen->n);
            chosen->items[chosen->n++] = &diff->causes[i];
        }
}

/* Calls of other services name the service whose policies they change. */
static void choose_callers(struct chosen *chosen, const struct names *naming)
{
    const struct hd_cause *const *first = chosen->object->service ? names_find(naming, chosen->object->service) : NULL;

    for (; first && *first; first++) {
        arena_grow(&chosen->causes->diff->arena, chosen->items, chosen->n);
        chosen->items[chosen->n++] = *first;
    }
}

static void choose_causes(struct causes *causes, struct hd_object_change *object, const struct names *naming)
{
    const struct span *own = object->service ? names_find(&causes->of_service, object->service) : NULL;
    const struct span of_app = {0, causes->n_of_app}, of_services = {causes->n_of_app, causes->diff->n_causes};
    struct chosen chosen = {.causes = causes, .object = object};

    if (own)
        choose(&chosen, *own, object->n_fields != 0);
    choose(&chosen, of_app, true);
    if (!chosen.n)
        choose_callers(&chosen, naming);
    if (!chosen.n && own)
        choose(&chosen, *own, false);
    /* Objects of the application, such as its dashboard, show what the services have. */
    if (!chosen.n && !object->service)
        choose(&chosen, of_services, true);
    if (!chosen.n)
        choose(&chosen, of_app, false);
    if (!chosen.n && !object->service)
        choose(&chosen, of_services, false);
    object->causes = chosen.items;
    object->n_causes = chosen.n;
}

/* For each service, the causes of others whose value is its name, ended by NULL. */
static void index_naming(struct causes *causes, struct names *naming)
{
    struct hd_diff *diff = causes->diff;

    names_init(causes->arena, naming, diff->n_causes);
    for (size_t i = causes->n_of_app; i < diff->n_causes; i++) {
        const struct hd_cause *cause = &diff->causes[i];
        const char *name = cause->after ? cause->after : cause->before;
        const struct hd_cause **list, *const *first;
        size_t n = 0;

        if (!names_find(&causes->of_service, name) || !strcmp(causes->owners[i], name))
            continue;
        first = names_find(naming, name);
        while (first && first[n])
            n++;
        list = arena_array(causes->arena, n + 2, sizeof(const struct hd_cause *));
        if (n)
            memcpy(list, first, n * sizeof *list);
        list[n] = cause;
        names_set(naming, name, list);
    }
}

void find_causes(struct hd_diff *diff, struct arena *arena)
{
    struct causes causes = {.diff = diff, .arena = arena};
    struct names naming;

    names_init(arena, &causes.known, 16);
    compare_application(&causes);
    compare_services(&causes);
    index_naming(&causes, &naming);
    for (size_t i = 0; i < diff->n_objects; i++)
        choose_causes(&causes, &diff->objects[i], &naming);
}
