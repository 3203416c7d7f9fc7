/*
 * Finds the lines of the user that may have caused a change: values that the user wrote and that differ between the complete models. A
 * value counts as a cause of an object when its name or text occurs in the changed fields, or when it belongs to the object's service.
 * This can name too many values or the wrong ones, so it helps a reader and proves nothing.
 */
#include "core/memory/names.h"
#include "diff.h"
#include "explain/explain.h"
#include "model/graph.h"

#include <string.h>

/* A value of one model. */
struct value {
    /* key: its path in the complete model. path: where the user wrote it, which may be in an entry of runtimes. */
    const char *key, *path, *text, *file;
    uint32_t line, column;
    /* is_given: the user wrote it in a file, or gave it with the call. is_matched: the other model has the same key. */
    bool is_given, is_matched;
};

/* The values of one model, in their order, and by their keys. */
struct values {
    struct arena *arena;
    struct value **items;
    size_t n;
    struct names by_key;
    bool is_exhausted;
};

/* Causes by their indexes. */
struct list {
    size_t *items;
    size_t n;
};

struct causes {
    struct hd_diff *diff;
    struct arena *arena;
    struct values before, after;
    /* The causes that were added, by path: a value of a runtime is met at each service that has the runtime, and is added once. */
    struct names known;
    /* Of each cause, the last member in its path: `replicas` of services.web.replicas, `env` of services.web.env[0]. */
    const char **members;
    /* Indexes of causes: those outside of services, those of all services, those of each service and of each entry outside by its name. */
    struct list of_app, of_services;
    struct names of_service, of_entry;
};

static bool is_written(enum hd_value_origin origin)
{
    return origin == HD_VALUE_GIVEN || origin == HD_VALUE_CALLER || origin == HD_VALUE_RUNTIME;
}

/* The path at which the user wrote a value: for a value that a runtime gave, the path in its entry of runtimes. */
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

/* A call is known by whom it calls, because its index changes when another one is added or taken away before it. */
static const char *key_of(struct values *values, const struct hd_value *given)
{
    const char *index = strrchr(given->path, '['), *key = given->path;

    if (index && given->text && !strcmp(strchr(index, ']'), "].to"))
        key = arena_printf(values->arena, "%.*s%s", (int)(index - key), key, given->text);
    return names_find(&values->by_key, key) ? given->path : key;
}

static void add_value(struct values *values, const struct hd_value *given)
{
    struct arena *arena = values->arena;
    struct value *value = arena_new(arena, struct value);

    *value = (struct value){.key = copied(arena, key_of(values, given)),
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

/* Running out of memory must not unwind through the caller, because the caller has memory of its own to free. */
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

static void take_values(struct causes *causes, struct values *values, const struct hd_model *model, const bool *chosen)
{
    enum hd_status status;

    *values = (struct values){.arena = causes->arena};
    names_init(causes->arena, &values->by_key, 256);
    if (!model)
        return;
    status = explain_chosen(model, chosen, take_value, values);
    if (status == HD_NO_MEMORY || values->is_exhausted)
        longjmp(*causes->arena->out_of_memory, 1);
}

static void add_to(struct arena *arena, struct list *list, size_t cause)
{
    arena_grow(arena, list->items, list->n);
    list->items[list->n++] = cause;
}

/* The list of a service, which is made when it is first asked for. */
static struct list *list_of(struct arena *arena, struct names *lists, const char *service)
{
    struct list *list = (struct list *)(uintptr_t)names_find(lists, service);

    if (!list) {
        list = arena_new(arena, struct list);
        names_add(lists, service, list);
    }
    return list;
}

static const char *last_member(struct arena *arena, const char *path)
{
    const char *last = strrchr(path, '.');

    last = last ? last + 1 : path;
    return arena_strndup(arena, last, strcspn(last, "["));
}

/* Notes whose the cause is, which has the index that the next one gets. */
static void index_cause(struct causes *causes, const char *service, const char *path)
{
    size_t index = causes->diff->n_causes;
    const char *entry = strchr(path, '.');

    arena_grow(causes->arena, causes->members, index);
    causes->members[index] = last_member(causes->arena, path);
    if (service) {
        add_to(causes->arena, list_of(causes->arena, &causes->of_service, service), index);
        add_to(causes->arena, &causes->of_services, index);
        return;
    }
    add_to(causes->arena, &causes->of_app, index);
    if (entry)
        add_to(causes->arena, list_of(causes->arena, &causes->of_entry, arena_strndup(causes->arena, entry + 1, strcspn(entry + 1, ".["))), index);
}

/* `service` is NULL for a value outside of services. */
static void add_cause(struct causes *causes, const char *service, const struct value *before, const struct value *after)
{
    struct hd_diff *diff = causes->diff;
    bool is_gone = !after || !after->is_given;
    const struct value *place = is_gone ? before : after;
    const char *path = copied(&diff->arena, place->path);

    if (names_add(&causes->known, path, path))
        return;
    index_cause(causes, service, path);
    arena_grow(&diff->arena, diff->causes, diff->n_causes);
    diff->causes[diff->n_causes++] = (struct hd_cause){.path = path,
                                                       .before = before ? copied(&diff->arena, before->text) : NULL,
                                                       .after = after ? copied(&diff->arena, after->text) : NULL,
                                                       .file = copied(&diff->arena, place->file),
                                                       .line = place->line,
                                                       .column = place->column,
                                                       .is_gone = is_gone};
}

#define SERVICES "services."

/* The name of the service to which a path leads; NULL for a path outside of services. */
static const char *service_of(struct arena *arena, const char *path)
{
    size_t length = strlen(SERVICES);

    return strncmp(path, SERVICES, length) ? NULL : arena_strndup(arena, path + length, strcspn(path + length, "."));
}

/* A side without a model does not say which services it has, so no service counts as new. */
static bool has_service(const struct hd_model *model, const char *name)
{
    return !model || graph_callee(model, name).service != NULL;
}

/* A service that only one model has is one cause, at the first line that the user wrote of it, and not one for each of its members. */
static void add_service(struct causes *causes, const char *name, const struct value *first, bool is_new)
{
    struct value whole = *first;

    whole.path = arena_printf(causes->arena, SERVICES "%s", name);
    whole.text = name;
    add_cause(causes, name, is_new ? NULL : &whole, is_new ? &whole : NULL);
}

static void compare_value(struct causes *causes, struct value *value)
{
    struct value *was = (struct value *)(uintptr_t)names_find(&causes->before.by_key, value->key);
    const char *service = service_of(causes->arena, value->key);

    if (was)
        was->is_matched = true;
    if (service && !has_service(causes->diff->before, service)) {
        if (value->is_given)
            add_service(causes, service, value, true);
    } else if ((value->is_given || (was && was->is_given)) && !(was && !strcmp(was->text, value->text)))
        add_cause(causes, service, was, value);
}

static void add_removed(struct causes *causes, const struct value *value)
{
    const char *service = service_of(causes->arena, value->key);

    if (!value->is_given)
        return;
    if (service && !has_service(causes->diff->after, service))
        add_service(causes, service, value, false);
    else
        add_cause(causes, service, value, NULL);
}

/* Entries of runtimes are skipped, because their values also appear in the services that have the runtime. */
static bool is_runtime(const struct value *value)
{
    return !strncmp(value->key, "runtimes.", strlen("runtimes."));
}

static void compare_values(struct causes *causes)
{
    for (size_t i = 0; i < causes->after.n; i++)
        if (!is_runtime(causes->after.items[i]))
            compare_value(causes, causes->after.items[i]);
    for (size_t i = 0; i < causes->before.n; i++)
        if (!causes->before.items[i]->is_matched && !is_runtime(causes->before.items[i]))
            add_removed(causes, causes->before.items[i]);
}

static void choose_service(const struct hd_model *model, bool *chosen, const char *name)
{
    const struct hd_service *service = name ? graph_callee(model, name).service : NULL;

    if (service)
        chosen[service - model->app->services] = true;
}

/* The services whose objects or connections differ. */
static const bool *chosen_services(const struct causes *causes, const struct hd_model *model)
{
    const struct hd_diff *diff = causes->diff;
    bool *chosen = model ? arena_array(causes->arena, model->app->n_services + 1, sizeof *chosen) : NULL;

    if (!model)
        return NULL;
    for (size_t i = 0; i < diff->n_objects; i++)
        choose_service(model, chosen, diff->objects[i].service);
    for (size_t i = 0; i < diff->n_edges; i++) {
        const struct hd_peer *from = diff->edges[i].edge->from, *to = diff->edges[i].edge->to;

        choose_service(model, chosen, from->kind == HD_PEER_SERVICE ? from->name : NULL);
        choose_service(model, chosen, to->kind == HD_PEER_SERVICE ? to->name : NULL);
    }
    return chosen;
}

static bool occurs(const char *text, const char *in)
{
    return text && in && *text && strstr(in, text);
}

/* A line that was not compared with an earlier one shows in a field that got its value just now. */
static bool is_value_of(const char *member, const struct hd_cause *cause, const struct hd_field_change *field)
{
    return occurs(cause->after, field->after) && !occurs(cause->after, field->before) && (cause->after[1] || occurs(member, field->path));
}

static bool is_long(const char *text)
{
    return text && *text && text[1];
}

/* The greatest effect of the fields that show a cause, 0 when none does; `member` is the last one in its path. */
static enum hd_effect effect_in(const char *member, const struct hd_cause *cause, const struct hd_object_change *object, bool is_compared)
{
    enum hd_effect effect = HD_EFFECT_UNSET;

    for (size_t i = 0; i < object->n_fields; i++) {
        const struct hd_field_change *field = &object->fields[i];

        if (field->effect > effect &&
            (!is_compared ? is_value_of(member, cause, field)
                          : occurs(member, field->path) || (is_long(cause->after) && occurs(cause->after, field->after)) ||
                                (is_long(cause->before) && occurs(cause->before, field->before))))
            effect = field->effect;
    }
    return effect;
}

/* The causes of one object while they are gathered. */
struct chosen {
    struct causes *causes;
    struct hd_object_change *object;
    const struct hd_cause **items;
    size_t n, most;
    /* The effect in which the first of them shows. */
    enum hd_effect effect;
};

/*
 * Bounds for what many objects share: so many causes are looked at, and so many are named, so that the work does not grow with the product of
 * both.
 */
enum { MOST_LOOKED_AT = 256, MOST_NAMED = 16 };

static void choose(struct chosen *chosen, const struct list *from, bool only_seen)
{
    struct hd_diff *diff = chosen->causes->diff;

    for (size_t i = 0; from && i < from->n && i < MOST_LOOKED_AT && chosen->n < chosen->most; i++) {
        const struct hd_cause *cause = &diff->causes[from->items[i]];
        enum hd_effect effect = only_seen ? effect_in(chosen->causes->members[from->items[i]], cause, chosen->object, diff->before) : HD_EFFECT_UNSET;

        if (only_seen && !effect)
            continue;
        arena_grow(&diff->arena, chosen->items, chosen->n);
        chosen->items[chosen->n++] = cause;
        /* The one that leads to the greatest effect stands first, because the object is listed below it. */
        if (effect > chosen->effect) {
            chosen->items[chosen->n - 1] = chosen->items[0];
            chosen->items[0] = cause;
            chosen->effect = effect;
        }
    }
}

/* Where OLD is no model, no line is known to have changed: an object has those that its fields show, or else the first of its service or entry. */
static void choose_lines(struct causes *causes, struct hd_object_change *object)
{
    const struct list *own = object->service ? names_find(&causes->of_service, object->service) : NULL;
    struct chosen chosen = {.causes = causes, .object = object, .most = MOST_NAMED};

    choose(&chosen, own, true);
    choose(&chosen, &causes->of_app, true);
    chosen.most = chosen.n ? chosen.n : 1;
    choose(&chosen, own, false);
    choose(&chosen, names_find(&causes->of_entry, object->name), false);
    object->causes = chosen.items;
    object->n_causes = chosen.n;
}

static void choose_causes(struct causes *causes, struct hd_object_change *object, const struct names *naming)
{
    const struct list *own = object->service ? names_find(&causes->of_service, object->service) : NULL;
    struct chosen chosen = {.causes = causes, .object = object, .most = MOST_NAMED};

    choose(&chosen, own, object->n_fields != 0);
    /* An entry of the application has objects of its name, such as an external its ServiceEntry. */
    if (!object->service)
        choose(&chosen, names_find(&causes->of_entry, object->name), false);
    if (!chosen.n || object->service)
        choose(&chosen, &causes->of_app, true);
    /* A call in another service names this service and changes its policies. */
    if (!chosen.n && object->service)
        choose(&chosen, names_find(naming, object->service), false);
    /* Policies of a service contain values of its callers, such as methods, and objects of the application those of its services. */
    if (!chosen.n)
        choose(&chosen, &causes->of_services, true);
    if (!chosen.n)
        choose(&chosen, own, false);
    if (!chosen.n)
        choose(&chosen, &causes->of_app, false);
    if (!chosen.n && !object->service)
        choose(&chosen, &causes->of_services, false);
    object->causes = chosen.items;
    object->n_causes = chosen.n;
}

/* Indexes causes by the name of the service that their value names, such as a call in another service. */
static void index_naming(struct causes *causes, struct names *naming)
{
    struct hd_diff *diff = causes->diff;

    names_init(causes->arena, naming, 16);
    for (size_t i = 0; i < causes->of_services.n; i++) {
        const struct hd_cause *cause = &diff->causes[causes->of_services.items[i]];
        const char *name = cause->after ? cause->after : cause->before, *own = service_of(causes->arena, cause->path);

        if (!names_find(&causes->of_service, name) && !has_service(diff->after, name) && !has_service(diff->before, name))
            continue;
        if (own && !strcmp(own, name))
            continue;
        add_to(causes->arena, list_of(causes->arena, naming, name), causes->of_services.items[i]);
    }
}

/* Objects are written below their first cause, so each cause knows them. */
void link_objects(struct hd_diff *diff)
{
    diff->first_object = arena_array(&diff->arena, diff->n_causes + 1, sizeof *diff->first_object);
    diff->next_object = arena_array(&diff->arena, diff->n_objects + 1, sizeof *diff->next_object);
    diff->is_named = arena_array(&diff->arena, diff->n_causes + 1, sizeof *diff->is_named);
    for (size_t i = diff->n_objects; i-- > 0;) {
        const struct hd_object_change *object = &diff->objects[i];
        size_t first = object->n_causes ? (size_t)(object->causes[0] - diff->causes) : diff->n_causes;

        diff->next_object[i] = diff->first_object[first];
        diff->first_object[first] = i + 1;
        for (size_t k = 0; k < object->n_causes; k++)
            diff->is_named[object->causes[k] - diff->causes] = true;
    }
}

/* Drops the lines that no object names. */
static void keep_named(struct hd_diff *diff, struct arena *arena)
{
    const struct hd_cause **kept = arena_array(arena, diff->n_causes + 1, sizeof *kept);
    struct hd_cause *all = diff->causes;
    size_t n = diff->n_causes;

    diff->causes = NULL;
    diff->n_causes = 0;
    for (size_t i = 0; i < n; i++)
        if (diff->is_named[i])
            diff->n_causes++;
    diff->causes = arena_array(&diff->arena, diff->n_causes, sizeof *diff->causes);
    diff->n_causes = 0;
    for (size_t i = 0; i < n; i++)
        if (diff->is_named[i]) {
            diff->causes[diff->n_causes] = all[i];
            kept[i] = &diff->causes[diff->n_causes++];
        }
    for (size_t i = 0; i < diff->n_objects; i++)
        for (size_t k = 0; k < diff->objects[i].n_causes; k++)
            ((const struct hd_cause **)(uintptr_t)diff->objects[i].causes)[k] = kept[diff->objects[i].causes[k] - all];
}

void find_causes(struct hd_diff *diff, struct arena *arena)
{
    struct causes causes = {.diff = diff, .arena = arena};
    struct names naming;

    names_init(arena, &causes.known, 16);
    names_init(arena, &causes.of_service, diff->n_objects);
    names_init(arena, &causes.of_entry, 16);
    take_values(&causes, &causes.before, diff->before, chosen_services(&causes, diff->before));
    take_values(&causes, &causes.after, diff->after, chosen_services(&causes, diff->after));
    compare_values(&causes);
    index_naming(&causes, &naming);
    for (size_t i = 0; i < diff->n_objects; i++)
        if (diff->before)
            choose_causes(&causes, &diff->objects[i], &naming);
        else
            choose_lines(&causes, &diff->objects[i]);
    link_objects(diff);
    if (!diff->before) {
        keep_named(diff, arena);
        link_objects(diff);
    }
}
