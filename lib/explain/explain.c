/* The complete model as YAML, each value with where it came from. */
#include "core/writing/writer.h"
#include "model/model.h"
#include "model/resolve.h"
#include "model/runtime.h"
#include "model/tables.h"
#include "origin.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct explain {
    struct yaml_out y;
    const struct hd_model *model;
    /* The service that is written, or NULL; and its runtime. */
    const struct hd_service *service;
    struct runtime runtime;
    size_t n_values;
    /* For tables of long lists. */
    struct arena arena;
    char comment[512];
};

/* A struct that is written, and what is left of the path that was asked for: nothing when all is written from here. */
struct part {
    const struct hd_struct *type;
    const void *object;
    struct layers layers;
    const char *path;
    /* Whether it stands under its key already. */
    bool is_named;
};

/* The path behind its next step when that step is this key or index (-1 for none); else NULL. */
static const char *path_behind(const char *path, const char *key, const char *other_key, long index)
{
    const char *start = path, *end;
    size_t length;

    if (!*path)
        return path;
    if (*path == '[' && path[1] != '"') {
        char *number_end;
        long number = strtol(path + 1, &number_end, 10);

        if (number_end == path + 1 || *number_end != ']' || number != index)
            return NULL;
        return number_end + 1 + (number_end[1] == '.');
    }
    if (*path == '[') {
        start = path + 2;
        end = strstr(start, "\"]");
        if (!end)
            return NULL;
        path = end + 2;
    } else {
        path = end = path + strcspn(path, ".[");
    }
    length = (size_t)(end - start);
    if (!(key && strlen(key) == length && !memcmp(start, key, length)) &&
        !(other_key && strlen(other_key) == length && !memcmp(start, other_key, length)))
        return NULL;
    return path + (*path == '.');
}

static void set_comment(struct explain *explain, const struct place *place, size_t item)
{
    origin_text(explain->comment, sizeof explain->comment, place, item, &explain->runtime);
    explain->y.comment = explain->comment;
    explain->n_values++;
}

static void write_fields(struct explain *explain, const struct part *part);

static void write_strings(struct explain *explain, const struct place *place)
{
    const char *const *texts = *(const char *const *const *)field_in(place->field, place->object);
    size_t count = field_count(place->field, place->object);
    struct yaml_out *y = &explain->y;

    if (!count && !*place->path) {
        set_comment(explain, place, 0);
        y_empty_seq(y, place->field->key);
    }
    SEQ(y, place->field->key)
        for (size_t i = 0; i < count; i++) {
            const char *behind = path_behind(place->path, NULL, NULL, (long)i);

            if (!behind || *behind || !texts[i])
                continue;
            set_comment(explain, place, i + 1);
            y_str(y, NULL, texts[i]);
        }
}

/* Every element of a list that is written as a mapping must have a key. */
static bool has_keys(const struct hd_struct *of, const char *items, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!element_key(of, items + i * of->size))
            return false;
    return of->keyed_by != NULL;
}

static void write_peer_line(struct explain *explain, const char *how, const struct peer *peer, const struct edge *edge)
{
    char *text = explain->comment;
    size_t size = sizeof explain->comment, length;

    length = (size_t)snprintf(text, size, "%s %.253s on", how, peer->name ? peer->name : "?");
    for (size_t i = 0; i < edge->n_ports && length < size - 64; i++)
        length += (size_t)snprintf(text + length, size - length, "%s %" PRId64 "%s", i ? "," : "", edge->ports[i].number,
                                   edge->ports[i].is_udp ? "/udp" : "");
    snprintf(text + length, size - length, "%s (%s)", edge->n_ports ? "" : " all ports", edge->reason);
    make_printable(text);
    y_comment(&explain->y, text);
}

/* Why ports are open. */
static void write_edges(struct explain *explain)
{
    const struct hd_model *model = explain->model;

    for (size_t i = 0; i < graph_n_in(model, explain->service); i++) {
        const struct edge *edge = graph_in(model, explain->service, i);

        write_peer_line(explain, "reached by", edge->from, edge);
    }
    for (size_t i = 0; i < graph_n_out(model, explain->service); i++) {
        const struct edge *edge = graph_out(model, explain->service, i);

        write_peer_line(explain, "reaches", edge->to, edge);
    }
}

static struct layers service_layers(struct explain *explain, const struct hd_service *service, struct layers layers)
{
    explain->service = service;
    explain->runtime = runtime_of(explain->model, service);
    memcpy(layers.entries, explain->runtime.entries, sizeof layers.entries);
    layers.library = explain->runtime.library;
    return layers;
}

static void write_element(struct explain *explain, const struct place *place, struct part element)
{
    bool is_service = place->object == explain->model->app && place->field->offset == offsetof(struct hd_app, services);

    if (is_service)
        element.layers = service_layers(explain, element.object, element.layers);
    write_fields(explain, &element);
    if (is_service && !*element.path)
        write_edges(explain);
    if (is_service)
        writer_flush(&explain->y);
}

/* Whether the element says anything but its key. */
static bool has_more(const struct hd_struct *of, const void *item, bool keyed)
{
    for (size_t i = 0; i < of->n_fields; i++)
        if (field_is_set(&of->fields[i], item) && !(keyed && !strcmp(of->fields[i].key, of->keyed_by)))
            return true;
    return false;
}

static void write_list(struct explain *explain, const struct place *place)
{
    const struct hd_field *field = place->field;
    const struct hd_struct *of = field->of;
    const char *items = *(const char *const *)field_in(field, place->object);
    size_t count = field_count(field, place->object);
    bool keyed = has_keys(of, items, count);
    struct layer_keys keys = layer_keys(&explain->arena, place);
    struct yaml_out *y = &explain->y;

    if (!count && !*place->path) {
        set_comment(explain, place, 0);
        y_empty_seq(y, field->key);
    }
    writer_open(y, field->key, keyed ? LEVEL_MAP : LEVEL_SEQ);
    for (size_t i = 0; i < count; i++) {
        const void *item = items + i * of->size;
        const char *key = element_key(of, item), *behind = path_behind(place->path, key, NULL, (long)i);
        struct layers layers = layers_of_element(place, &keys, item, i);

        if (!behind)
            continue;
        if (of->map && keyed && !*behind) {
            struct place value = {of, field_of(of, of->scalar), item, layers, ""};

            /* An entry without its value was reported. */
            if (!field_is_set(value.field, item))
                continue;
            set_comment(explain, &value, 0);
            y_str(y, key, field_text(value.field, item));
        } else if (has_more(of, item, keyed)) {
            MAP(y, keyed ? key : NULL)
                write_element(explain, place, (struct part){of, item, layers, behind, keyed});
        } else if (!*behind) {
            y_empty_map(y, keyed ? key : NULL);
        }
    }
    writer_close(y);
}

static void write_scalar(struct explain *explain, const struct place *place)
{
    const struct hd_field *field = place->field;
    int64_t number = field_number(field, place->object);
    struct yaml_out *y = &explain->y;

    if (*place->path)
        return;
    set_comment(explain, place, 0);
    if (field->kind == HD_STRING)
        y_str(y, field->key, field_text(field, place->object));
    else if (field->kind == HD_INT_OR_STRING)
        y_int_or_str(y, field->key, field_text(field, place->object));
    else if (field->kind == HD_ENUMERATION)
        y_str(y, field->key, enum_name(field->words, (int)number));
    else if (field->kind == HD_BOOLEAN)
        y_bool(y, field->key, number == HD_TRUE);
    else
        y_int(y, field->key, number);
}

/*
 * Whether resolving replaced this member by one that excludes it, so that only the other is written: image.reference when the
 * image's parts are known, fromFile when the content was read.
 */
static bool is_said_otherwise(const struct place *place)
{
    const struct hd_image *given_image = place->layers.given, *image = place->object;
    const struct hd_config_file *file = place->object;

    /* The runtime's name tells it. */
    if (place->type == &hd_service_struct && !strcmp(place->field->key, "base"))
        return place->layers.given == NULL || !field_is_set(place->field, place->layers.given);
    if (place->type == &hd_config_file_struct)
        return !strcmp(place->field->key, "fromFile") && file->content;
    if (place->type != &hd_image_struct || !image->reference || (given_image && given_image->reference))
        return false;
    return !strcmp(place->field->key, "reference") == (image->repository != NULL);
}

static void write_member(struct explain *explain, const struct place *place)
{
    const struct hd_field *field = place->field;
    struct part part;

    switch (field->kind) {
    case HD_STRUCT:
        part = (struct part){field->of, field_in(field, place->object), layers_of_member(&place->layers, field), place->path, false};
        MAP(&explain->y, field->key)
            write_fields(explain, &part);
        break;
    case HD_STRING_LIST:
        write_strings(explain, place);
        break;
    case HD_STRUCT_LIST:
        write_list(explain, place);
        break;
    default:
        write_scalar(explain, place);
        break;
    }
}

static void write_fields(struct explain *explain, const struct part *part)
{
    const struct hd_field *off = switched_off(part->type, part->object);

    for (size_t i = 0; i < part->type->n_fields; i++) {
        const struct hd_field *field = &part->type->fields[i];
        struct place place = {part->type, field, part->object, part->layers, part->path};

        if (!field_is_set(field, part->object) || is_said_otherwise(&place) || (off && field != off && !field->anyway))
            continue;
        if (part->is_named && !strcmp(field->key, part->type->keyed_by))
            continue;
        if (field->kind == HD_EMBEDDED) {
            struct part embedded = {field->of, field_in(field, part->object), layers_of_member(&part->layers, field), part->path, false};

            write_fields(explain, &embedded);
            continue;
        }
        place.path = path_behind(part->path, field->key, field->short_key, -1);
        if (place.path)
            write_member(explain, &place);
    }
}

enum hd_status hd_explain(const struct hd_model *model, const char *path, hd_sink *sink, void *user)
{
    struct explain explain = {.model = model};
    struct part app;
    jmp_buf out_of_memory;

    if (!model || !sink)
        return HD_BAD_CALL;
    writer_init(&explain.y, HD_FORMAT_YAML, sink, user, &out_of_memory);
    arena_init(&explain.arena, &out_of_memory);
    if (setjmp(out_of_memory)) {
        writer_free(&explain.y);
        arena_free(&explain.arena);
        return HD_NO_MEMORY;
    }
    app = (struct part){&hd_app_struct, model->app, {.given = model->given}, path ? path : "", false};
    MAP(&explain.y, NULL)
        write_fields(&explain, &app);
    writer_flush(&explain.y);
    writer_free(&explain.y);
    arena_free(&explain.arena);
    if (!explain.n_values)
        return HD_BAD_CALL;
    return explain.y.failed ? HD_UNWRITABLE : HD_OK;
}
