/* The complete model as YAML, each value with where it came from. */
#include "core/writer.h"
#include "model/model.h"
#include "model/resolve.h"
#include "model/runtime.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct explain {
    struct yaml_out y;
    const struct hd_model *model;
    /* The service that is written, or NULL; and the word for its runtime. */
    const struct hd_service *service;
    const char *runtime;
    size_t n_values;
    char comment[512];
};

/* The same struct in the layers that a complete one is made of; NULL where a layer lacks it. */
struct layers {
    const void *given, *user_runtime, *library_runtime;
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

/* A member of a struct with all that is known of it. */
struct place {
    const struct hd_struct *type;
    const struct hd_field *field;
    const void *object;
    struct layers layers;
    const char *path;
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

static struct layers member_layers(const struct layers *layers, const struct hd_field *field)
{
    return (struct layers){layers->given ? field_in(field, layers->given) : NULL,
                           layers->user_runtime ? field_in(field, layers->user_runtime) : NULL,
                           layers->library_runtime ? field_in(field, layers->library_runtime) : NULL};
}

static const char *key_text(const struct hd_struct *of, const void *item)
{
    return of->keyed_by ? field_text(field_of(of, of->keyed_by), item) : NULL;
}

/* The element of a layer's list that became this one: of the same key, or in the same place. */
static const void *element_in(const void *layer, const struct hd_field *field, const void *item, size_t index)
{
    const char *key = key_text(field->of, item), *items;
    size_t count = layer && field_is_set(field, layer) ? field_count(field, layer) : 0;

    if (!count)
        return NULL;
    items = *(const char *const *)field_in(field, layer);
    /* The application's own lists keep their order, and may be long. */
    if (!key || field->of == &hd_service_struct)
        return index < count ? items + index * field->of->size : NULL;
    for (size_t i = 0; i < count; i++) {
        const char *other = key_text(field->of, items + i * field->of->size);

        if (other && !strcmp(other, key))
            return items + i * field->of->size;
    }
    return NULL;
}

/* An element is of one layer alone: elements are not merged. */
static struct layers element_layers(const struct place *place, const void *item, size_t index)
{
    const struct layers *layers = &place->layers;
    bool is_keyed = place->field->of->keyed_by != NULL;
    struct layers element = {element_in(layers->given, place->field, item, index), NULL, NULL};

    if (element.given || (!is_keyed && layers->given && field_is_set(place->field, layers->given)))
        return element;
    element.user_runtime = element_in(layers->user_runtime, place->field, item, index);
    if (element.user_runtime || (!is_keyed && layers->user_runtime && field_is_set(place->field, layers->user_runtime)))
        return element;
    element.library_runtime = element_in(layers->library_runtime, place->field, item, index);
    return element;
}

/* Where the member was written in a layer: ", FILE:LINE" with what separates it, or nothing when that is unknown. */
static void add_position(struct explain *explain, const char *separator, const struct place *place, const void *layer, size_t item)
{
    const struct hd_at *at = struct_at(place->type, layer);
    size_t length = strlen(explain->comment);
    const char *file = at->file;
    uint32_t line = at->line;

    for (uint32_t i = 0; i < at->n_marks; i++)
        if (at->marks[i].member == place->field && (!at->marks[i].item || at->marks[i].item == item)) {
            file = at->marks[i].file;
            line = at->marks[i].line;
        }
    if (line && file && !strncmp(file, "--set ", 6))
        snprintf(explain->comment + length, sizeof explain->comment - length, "%s%s", separator, file);
    else if (line)
        snprintf(explain->comment + length, sizeof explain->comment - length, "%s%s:%" PRIu32, separator, file ? file : "?", line);
}

/* A file's name may hold anything; a comment ends at a line break. */
static void make_printable(char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < ' ' || (unsigned char)*text >= 0x7f)
            *text = '?';
}

/* What nobody wrote in the application itself: made from something else, or an option of hd_resolve(). */
static const char *derived_for_app(const struct hd_app *app, const char *key)
{
    int minor = app->kubernetes_version && !strncmp(app->kubernetes_version, "1.", 2) ? atoi(app->kubernetes_version + 2) : 0;

    if (!strcmp(key, "kubernetesVersion"))
        return minor == KUBE_NEWEST ? "default" : "given by the caller";
    if (!strcmp(key, "namespace"))
        return app->name && !strcmp(app->namespace_name, app->name) ? "name of the application" : "given by the caller";
    return "default";
}

/* Names what a derived value is made of, where that is not a default of its own. */
static const char *derived_from(const struct place *place)
{
    const struct hd_config_file *file = place->object;
    const char *key = place->field->key;

    if (place->type == &hd_image_struct && !strcmp(key, "registry"))
        return "imageRegistry";
    if (place->type == &hd_image_struct && !strcmp(key, "tag"))
        return "imageTag";
    if (place->type == &hd_image_struct)
        return !strcmp(key, "repository") ? "name of the service" : "image of the service";
    if (place->type == &hd_app_struct)
        return derived_for_app(place->object, key);
    return place->type == &hd_config_file_struct && file->from_file ? file->from_file : "default";
}

/* Says where element `item` (from 1, or 0 for the whole member) came from, in the comment for its value. */
static void set_comment(struct explain *explain, const struct place *place, size_t item)
{
    const struct layers *layers = &place->layers;
    const struct hd_field *field = place->field;
    bool is_given = layers->given && field_is_set(field, layers->given);

    *explain->comment = '\0';
    if (is_given && field->kind == HD_STRING && strcmp(field_text(field, layers->given), field_text(field, place->object))) {
        strcpy(explain->comment, "given by the caller");
    } else if (is_given) {
        add_position(explain, "", place, layers->given, item);
        if (!*explain->comment)
            strcpy(explain->comment, "given");
    } else if (layers->user_runtime && field_is_set(field, layers->user_runtime)) {
        snprintf(explain->comment, sizeof explain->comment, "runtimes.%s", explain->runtime);
        add_position(explain, ", ", place, layers->user_runtime, item);
    } else if (layers->library_runtime && field_is_set(field, layers->library_runtime)) {
        snprintf(explain->comment, sizeof explain->comment, "default of %s", explain->runtime);
    } else {
        snprintf(explain->comment, sizeof explain->comment, "%s", derived_from(place));
    }
    make_printable(explain->comment);
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
        if (!key_text(of, items + i * of->size))
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
    explain->runtime = enum_name(&hd_runtime_enum, (int)(service->runtime ? service->runtime : HD_RUNTIME_CPYTHON));
    layers.user_runtime = service->runtime ? runtime_layer(explain->model->app, service->runtime) : NULL;
    layers.library_runtime = runtime_defaults(service->runtime);
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
    struct yaml_out *y = &explain->y;

    if (!count && !*place->path) {
        set_comment(explain, place, 0);
        y_empty_seq(y, field->key);
    }
    writer_open(y, field->key, keyed ? LEVEL_MAP : LEVEL_SEQ);
    for (size_t i = 0; i < count; i++) {
        const void *item = items + i * of->size;
        const char *key = key_text(of, item), *behind = path_behind(place->path, key, NULL, (long)i);
        struct layers layers = element_layers(place, item, i);

        if (!behind)
            continue;
        if (of->map && keyed && !*behind) {
            struct place value = {of, field_of(of, of->scalar), item, layers, ""};

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
 * What resolving adds may exclude what it was made from; one of both is written. An image is its parts, as far as they were not
 * taken from another's reference; a file that was read in is its content.
 */
static bool is_said_otherwise(const struct place *place)
{
    const struct hd_image *given_image = place->layers.given, *image = place->object;
    const struct hd_config_file *file = place->object;

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
        part = (struct part){field->of, field_in(field, place->object), member_layers(&place->layers, field), place->path, false};
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
    for (size_t i = 0; i < part->type->n_fields; i++) {
        const struct hd_field *field = &part->type->fields[i];
        struct place place = {part->type, field, part->object, part->layers, part->path};

        if (!field_is_set(field, part->object) || is_said_otherwise(&place))
            continue;
        if (part->is_named && !strcmp(field->key, part->type->keyed_by))
            continue;
        if (field->kind == HD_EMBEDDED) {
            struct part embedded = {field->of, field_in(field, part->object), member_layers(&part->layers, field), part->path, false};

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
    if (setjmp(out_of_memory)) {
        writer_free(&explain.y);
        return HD_NO_MEMORY;
    }
    app = (struct part){&hd_app_struct, model->app, {model->given, NULL, NULL}, path ? path : "", false};
    MAP(&explain.y, NULL)
        write_fields(&explain, &app);
    writer_flush(&explain.y);
    writer_free(&explain.y);
    if (!explain.n_values)
        return HD_BAD_CALL;
    return explain.y.failed ? HD_UNWRITABLE : HD_OK;
}
