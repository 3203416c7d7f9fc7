/* The complete model, each value with where it came from: as YAML, and value by value. */
#include "explain.h"

#include "core/reading/value.h"
#include "core/text/among.h"
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
    /* Receives the values in the place of the text; NULL when they are written. */
    hd_value_visitor *visit;
    void *user;
    bool stopped;
    /* Services that are visited; NULL for all. */
    const bool *chosen;
    /* For tables of long lists, and paths. */
    struct arena arena;
    char comment[512];
};

/* A struct that is written, and the rest of the path that the user asked for; the rest is empty where all is written from here. */
struct part {
    const struct hd_struct *type;
    const void *object;
    struct layers layers;
    const char *path;
    /* Whether it stands under its key already. */
    bool is_named;
    const struct step *step;
};

/* A value as it stands in the model, under its key. */
static void write_value(struct yaml_out *y, const char *key, const struct hd_value *value)
{
    if (!value->text)
        y_empty_seq(y, key);
    else if (value->kind == HD_INT_OR_STRING)
        y_int_or_str(y, key, value->text);
    else if (value->kind == HD_BOOLEAN)
        y_bool(y, key, !strcmp(value->text, "true"));
    else if (value->kind == HD_INTEGER || value->kind == HD_OPTIONAL_INTEGER)
        y_as_is(y, key, value->text);
    else
        y_str(y, key, value->text);
}

static void visit_value(struct explain *explain, const struct place *place, size_t item, struct hd_value *value, const struct origin *origin)
{
    struct step step = {place->step, place->field->key, NULL, item};
    /* An entry of a mapping is its value. */
    bool is_entry = place->type->map && place->step && place->step->name;

    if (explain->stopped)
        return;
    value->path = path_text(&explain->arena, is_entry ? place->step : &step);
    value->origin = origin->kind;
    value->from = origin->from;
    value->file = origin->file;
    value->line = origin->line;
    value->column = origin->column;
    value->environment = origin->environment;
    explain->stopped = explain->visit(explain->user, value) != 0;
}

/* Element `item` of a list (from 1), or the member itself (0); `key` is the one that it is written under. */
static void tell(struct explain *explain, const struct place *place, size_t item, const char *key, enum hd_kind kind, const char *text)
{
    const struct origin origin = origin_of(place, item, &explain->runtime);
    struct hd_value value = {.kind = kind, .text = text};

    explain->n_values++;
    if (explain->visit) {
        visit_value(explain, place, item, &value, &origin);
        return;
    }
    origin_text(explain->comment, sizeof explain->comment, &origin);
    explain->y.comment = explain->comment;
    write_value(&explain->y, key, &value);
}

/* A value as YAML, in which each line says where it stands. */
static void write_tree(struct explain *explain, const char *key, const struct node *node, struct origin origin)
{
    bool is_mapping = node->kind == NODE_MAPPING;

    if (node->n_items) {
        writer_open(&explain->y, key, is_mapping ? LEVEL_MAP : LEVEL_SEQ);
        for (uint32_t i = 0; i < node->n_items; i += is_mapping ? 2 : 1)
            write_tree(explain, is_mapping ? node->items[i]->text : NULL, node->items[i + is_mapping], origin);
        writer_close(&explain->y);
        return;
    }
    if (origin.line) {
        origin.file = node->file;
        origin.line = node->line;
        origin.column = node->column;
    }
    origin_text(explain->comment, sizeof explain->comment, &origin);
    explain->y.comment = explain->comment;
    y_node(&explain->y, key, node);
}

/* Any value: as YAML it keeps its form, to a visitor it is JSON. A text that is no value is told as it is. */
static void tell_tree(struct explain *explain, const struct place *place, const char *key)
{
    const struct origin origin = origin_of(place, 0, &explain->runtime);
    const char *fault;
    const struct node *tree =
        value_read((struct tree_memory){&explain->arena, &explain->arena}, place->type, place->field, place->object, &fault);
    struct hd_value value = {.kind = HD_VALUE};

    if (!tree) {
        tell(explain, place, 0, key, HD_STRING, field_text(place->field, place->object));
        return;
    }
    explain->n_values++;
    if (explain->visit) {
        value.text = value_json(&explain->arena, tree);
        visit_value(explain, place, 0, &value, &origin);
    } else {
        write_tree(explain, key, tree, origin);
    }
}

static void write_fields(struct explain *explain, const struct part *part);

static void write_strings(struct explain *explain, const struct place *place)
{
    const char *const *texts = *(const char *const *const *)field_in(place->field, place->object);
    size_t count = field_count(place->field, place->object);
    struct yaml_out *y = &explain->y;

    if (!count && !*place->path)
        tell(explain, place, 0, place->field->key, HD_STRING_LIST, NULL);
    SEQ(y, place->field->key)
        for (size_t i = 0; i < count; i++) {
            const char *behind = path_behind(place->path, NULL, NULL, (long)i);

            if (behind && !*behind && texts[i])
                tell(explain, place, i + 1, NULL, HD_STRING, texts[i]);
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

    length = (size_t)snprintf(text, size, "%s %.253s on", how, text_or(peer->name, "?"));
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

/* The objects of a file, so that the output can be read elsewhere; true when they were written. */
static bool write_objects_of(struct explain *explain, const void *entry)
{
    const struct foreign *foreign = &explain->model->foreign;
    size_t n_before = explain->n_values;

    for (size_t i = 0; !explain->visit && i < foreign->n; i++) {
        if (foreign->objects[i].entry != entry)
            continue;
        explain->n_values++;
        explain->y.comment = ((const struct hd_foreign_manifest *)entry)->file;
        y_node(&explain->y, NULL, foreign->objects[i].root);
    }
    return explain->n_values > n_before;
}

/* A struct whose mapping is a value by itself has no keys of its own. */
static void write_whole(struct explain *explain, const struct part *element)
{
    for (size_t i = 0; i < element->type->n_fields; i++) {
        const struct hd_field *field = &element->type->fields[i];
        struct place place = {element->type, field, element->object, element->layers, element->path, element->step};

        if (!field_is_set(field, element->object) || *element->path)
            continue;
        if (field->kind == HD_VALUE)
            tell_tree(explain, &place, NULL);
        else if (!write_objects_of(explain, element->object))
            tell(explain, &place, 0, NULL, field->kind, field_text(field, element->object));
    }
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

/* Whether the element has a member beside its key. */
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

    if (!count && !*place->path)
        tell(explain, place, 0, field->key, HD_STRUCT_LIST, NULL);
    writer_open(y, field->key, keyed ? LEVEL_MAP : LEVEL_SEQ);
    for (size_t i = 0; i < count; i++) {
        const void *item = items + i * of->size;
        const char *key = element_key(of, item), *behind = path_behind(place->path, key, NULL, (long)i);
        struct layers layers = layers_of_element(place, &keys, item, i);
        struct step step = {place->step, field->key, keyed ? key : NULL, i + 1};

        if (!behind || (explain->chosen && item == (const char *)&explain->model->app->services[i] && !explain->chosen[i]))
            continue;
        if (of->map && keyed && !*behind) {
            struct place value = {of, field_of(of, of->scalar), item, layers, "", &step};

            /* An entry without its value was reported. */
            if (field_is_set(value.field, item))
                tell(explain, &value, 0, key, HD_STRING, field_text(value.field, item));
        } else if (of->whole) {
            write_whole(explain, &(struct part){of, item, layers, behind, keyed, &step});
        } else if (has_more(of, item, keyed)) {
            MAP(y, keyed ? key : NULL)
                write_element(explain, place, (struct part){of, item, layers, behind, keyed, &step});
        } else if (!*behind && !explain->visit) {
            y_empty_map(y, keyed ? key : NULL);
        }
    }
    writer_close(y);
}

static void write_scalar(struct explain *explain, const struct place *place)
{
    const struct hd_field *field = place->field;
    char number[32];
    const char *text = number;

    if (*place->path)
        return;
    if (field->kind == HD_STRING || field->kind == HD_INT_OR_STRING)
        text = field_text(field, place->object);
    else if (field->kind == HD_ENUMERATION)
        text = enum_name(field->words, (int)field_number(field, place->object));
    else if (field->kind == HD_BOOLEAN)
        text = field_number(field, place->object) == HD_TRUE ? "true" : "false";
    else
        snprintf(number, sizeof number, "%" PRId64, field_number(field, place->object));
    if (field_is_none(field, place->object))
        tell(explain, place, 0, field->key, HD_STRING, "none");
    else
        tell(explain, place, 0, field->key, field->kind, text);
}

/*
 * Whether resolving replaced this member by one that excludes it, so that only the other is written: image.reference when the
 * image's parts are known, fromFile when the content was read.
 */
static bool is_said_otherwise(const struct place *place)
{
    const struct hd_image *given_image = place->layers.given, *image = place->object;
    const struct hd_config_file *file = place->object;

    /* The name of the runtime says it already. */
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
    struct step step = {.outer = place->step, .key = field->key};
    struct part part;

    switch (field->kind) {
    case HD_STRUCT:
        part = (struct part){field->of, field_in(field, place->object), layers_of_member(&place->layers, field), place->path, false, &step};
        MAP(&explain->y, field->key)
            write_fields(explain, &part);
        break;
    case HD_STRING_LIST:
        write_strings(explain, place);
        break;
    case HD_STRUCT_LIST:
        write_list(explain, place);
        break;
    case HD_VALUE:
        if (!*place->path)
            tell_tree(explain, place, field->key);
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
        struct place place = {part->type, field, part->object, part->layers, part->path, part->step};

        if (!field_is_set(field, part->object) || is_said_otherwise(&place) || (off && field != off && !field->anyway))
            continue;
        if (part->is_named && !strcmp(field->key, part->type->keyed_by))
            continue;
        if (field->kind == HD_EMBEDDED) {
            struct part embedded = {field->of, field_in(field, part->object), layers_of_member(&part->layers, field), part->path, false,
                                    part->step};

            write_fields(explain, &embedded);
            continue;
        }
        place.path = path_behind(part->path, field->key, field->short_key, -1);
        if (place.path)
            write_member(explain, &place);
    }
}

static int swallow(void *user, const char *text, size_t length)
{
    (void)user, (void)text, (void)length;
    return 0;
}

static enum hd_status explain_model(struct explain *explain, const char *path, hd_sink *sink, void *user)
{
    struct part app = {&hd_app_struct, explain->model->app, {.given = NULL}, text_or(path, ""), false, NULL};
    jmp_buf out_of_memory;

    writer_init(&explain->y, HD_FORMAT_YAML, sink, user, &out_of_memory);
    arena_init(&explain->arena, &out_of_memory);
    if (setjmp(out_of_memory)) {
        writer_free(&explain->y);
        arena_free(&explain->arena);
        return HD_NO_MEMORY;
    }
    app.layers.given = given_app(explain->model, explain->chosen, &explain->arena);
    MAP(&explain->y, NULL)
        write_fields(explain, &app);
    writer_flush(&explain->y);
    writer_free(&explain->y);
    arena_free(&explain->arena);
    if (!explain->n_values)
        return HD_BAD_CALL;
    return explain->y.failed || explain->stopped ? HD_UNWRITABLE : HD_OK;
}

enum hd_status hd_explain(const struct hd_model *model, const char *path, hd_sink *sink, void *user)
{
    struct explain explain = {.model = model};

    return model && sink ? explain_model(&explain, path, sink, user) : HD_BAD_CALL;
}

enum hd_status hd_explain_values(const struct hd_model *model, const char *path, hd_value_visitor *visit, void *user)
{
    struct explain explain = {.model = model, .visit = visit, .user = user};

    return model && visit ? explain_model(&explain, path, swallow, NULL) : HD_BAD_CALL;
}

enum hd_status explain_chosen(const struct hd_model *model, const bool *chosen, hd_value_visitor *visit, void *user)
{
    struct explain explain = {.model = model, .visit = visit, .user = user, .chosen = chosen};

    return explain_model(&explain, NULL, swallow, NULL);
}
