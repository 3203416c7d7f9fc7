/* From the entries of `manifests` to objects. Files may be hostile: what is read is bounded, and a mistake leaves its object out. */
#include "foreign.h"

#include "core/reading/lay_over.h"
#include "core/reading/stream.h"
#include "core/reading/value.h"
#include "core/tables/path.h"
#include "core/text/file.h"

#include <string.h>

/* A definition of a custom resource may have a megabyte, and a file some of them. */
enum { LARGEST_FILE = 16 * 1024 * 1024, MOST_VALUES = 1000000, MOST_OBJECTS = 10000 };

/* Levels of a document for which a writer has room, also where it is written as a part of a List. */
enum { DEEPEST = WRITER_DEEPEST - 3 };

struct reading {
    struct hd_model *model;
    struct hd_diagnostics *report;
    /* The entry that is being read. */
    const struct hd_foreign_manifest *entry;
    const struct hd_service *service;
    const struct step *step;
    const char *path;
    /* Values of all documents, where a value counts again for each alias of it. */
    uint64_t n_values;
    bool is_full;
};

struct finding *foreign_finding(struct hd_diagnostics *report, enum hd_code code, const char *path, const struct node *node,
                                const char *format, ...)
{
    va_list args;
    const char *message;

    va_start(args, format);
    message = arena_vprintf(&report->arena, format, args);
    va_end(args);
    return finding_in(report, code, node->file, node->line, node->column, path, "%s", message);
}
#define WRONG(reading, code, node, ...) foreign_finding((reading)->report, code, (reading)->path, node, __VA_ARGS__)

static const char *key_path(struct reading *reading, const char *in, const char *key)
{
    return arena_printf(&reading->report->arena, "%s.%s%s", reading->path, in, key);
}

/* The text of a key that an object must have; NULL after reporting. */
static const char *text_of(struct reading *reading, const struct node *mapping, const char *key, const char *in)
{
    const struct node *value = tree_value(mapping, key);

    if (!value || node_is_null(value)) {
        hint(WRONG(reading, HD_NO_OBJECT, mapping, "this is no whole object, because it has no %s%s", in, key),
             "an entry of manifests is the path of a file, or an object with apiVersion, kind and metadata.name");
        return NULL;
    }
    if (value->kind == NODE_SCALAR && !value->plain)
        return value->text;
    foreign_finding(reading->report, HD_WRONG_TYPE, key_path(reading, in, key), value, "%s%s must be a text", in, key);
    return NULL;
}

static bool has_form(struct reading *reading, const struct node *mapping, const char *in, const char *key, const char *text,
                     const struct hd_format_rule *format)
{
    if (format_is_valid(format, text))
        return true;
    hint(foreign_finding(reading->report, HD_BAD_FORM, key_path(reading, in, key), tree_value(mapping, key),
                         "\"%.80s\" is not valid as %s%s", text, in, key),
         "write %s", hd_format_words(format));
    return false;
}

/* `group/version`, or the version alone. */
static bool take_api_version(struct reading *reading, struct foreign_object *object, const char *text)
{
    const char *slash = strchr(text, '/');

    object->group = slash ? arena_strndup(&reading->model->arena, text, (size_t)(slash - text)) : "";
    object->version = slash ? slash + 1 : text;
    return (!slash || has_form(reading, object->root, "", "apiVersion", object->group, &format_subdomain)) &&
           has_form(reading, object->root, "", "apiVersion", object->version, &format_dns_label);
}

static bool is_kind(const char *text)
{
    return *text >= 'A' && *text <= 'Z' && strlen(text) <= 63 &&
           !text[strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")];
}

static bool take_kind(struct reading *reading, struct foreign_object *object)
{
    object->kind = text_of(reading, object->root, "kind", "");
    if (!object->kind || is_kind(object->kind))
        return object->kind != NULL;
    hint(foreign_finding(reading->report, HD_BAD_FORM, key_path(reading, "", "kind"), tree_value(object->root, "kind"), "\"%.80s\" is no kind",
                         object->kind),
         "write a kind such as ConfigMap: letters and digits that begin with a capital");
    return false;
}

static bool take_names(struct reading *reading, struct foreign_object *object)
{
    const struct node *metadata = tree_value(object->root, "metadata"), *of_namespace = tree_value(metadata, "namespace");
    bool is_rights = !strcmp(object->group, "rbac.authorization.k8s.io");

    if (metadata && metadata->kind != NODE_MAPPING) {
        foreign_finding(reading->report, HD_WRONG_TYPE, key_path(reading, "", "metadata"), metadata, "metadata must be a mapping");
        return false;
    }
    object->name = text_of(reading, metadata ? metadata : object->root, "name", "metadata.");
    if (!object->name || !has_form(reading, metadata, "metadata.", "name", object->name, is_rights ? &format_path_segment : &format_subdomain))
        return false;
    if (!of_namespace || node_is_null(of_namespace))
        return true;
    object->namespace_name = text_of(reading, metadata, "namespace", "metadata.");
    return object->namespace_name && has_form(reading, metadata, "metadata.", "namespace", object->namespace_name, &format_dns_label);
}

static void add_object(struct reading *reading, const struct node *root, const char *api_version)
{
    struct foreign *foreign = &reading->model->foreign;
    struct foreign_object object = {.entry = reading->entry, .path = reading->path, .service = reading->service, .root = root,
                                    .file = root->file, .line = root->line, .column = root->column, .number = foreign->n};

    if (foreign->n == MOST_OBJECTS) {
        WRONG(reading, HD_OUT_OF_RANGE, root, "more than %d objects are given in manifests", MOST_OBJECTS);
        reading->is_full = true;
        return;
    }
    if (!take_api_version(reading, &object, api_version) || !take_kind(reading, &object) || !take_names(reading, &object))
        return;
    arena_grow(&reading->model->arena, foreign->objects, foreign->n);
    foreign->objects[foreign->n++] = object;
}

static bool is_list(const struct node *root, const char *api_version)
{
    const struct node *kind = tree_value(root, "kind");

    return !strcmp(api_version, "v1") && kind && kind->kind == NODE_SCALAR && !strcmp(kind->text, "List");
}

static void read_root(struct reading *reading, const struct node *root, bool in_list);

static void read_list(struct reading *reading, const struct node *root)
{
    const struct node *items = tree_value(root, "items");

    if (!items || items->kind != NODE_SEQUENCE) {
        hint(WRONG(reading, HD_NO_OBJECT, root, "this List has no items"), "write the objects below items, or one document for each");
        return;
    }
    for (uint32_t i = 0; i < items->n_items && !reading->is_full; i++)
        read_root(reading, items->items[i], true);
}

static void read_root(struct reading *reading, const struct node *root, bool in_list)
{
    const char *api_version;

    if (root->kind != NODE_MAPPING) {
        hint(WRONG(reading, HD_NO_OBJECT, root, "this is no object, but a %s", root->kind == NODE_SCALAR ? "text" : "list"),
             "an entry of manifests is the path of a file, or an object with apiVersion, kind and metadata.name");
        return;
    }
    api_version = text_of(reading, root, "apiVersion", "");
    if (!api_version)
        return;
    if (!is_list(root, api_version))
        add_object(reading, root, api_version);
    else if (!in_list)
        read_list(reading, root);
    else
        hint(WRONG(reading, HD_NO_OBJECT, root, "a List stands in a List"), "write the objects in one List");
}

/* Aliases may multiply the values of each document, and there may be many documents. */
static bool is_bomb(struct reading *reading, const struct node *root)
{
    reading->n_values += root->weight;
    if (reading->n_values <= MOST_VALUES)
        return false;
    hint(WRONG(reading, HD_ALIAS_BOMB, root, "the manifests of the model hold more than a million values"),
         "write the values without aliases, and large definitions apart from the model");
    reading->is_full = true;
    return true;
}

static void read_documents(struct reading *reading, const char *name, const char *text, size_t length)
{
    struct arena *arena = &reading->model->arena;
    struct loader loader = {.arena = arena, .scratch = arena, .report = reading->report};
    struct stream stream;
    struct node *root;
    bool has_any = false;

    stream_begin(&stream, (struct tree_memory){arena, arena}, reading->report, name, text, length);
    while (!reading->is_full && stream_next(&stream, &root)) {
        has_any = true;
        if (root && !is_bomb(reading, root) && value_is_sound(&loader, root, reading->step, DEEPEST))
            read_root(reading, root, false);
    }
    if (!has_any)
        hint(finding_at(reading->report, HD_NO_MANIFEST_FILE, AT(reading->entry, file), "%s holds no object", name),
             "remove it from manifests, or write an object into it");
}

static void read_file(struct reading *reading)
{
    struct arena *arena = &reading->model->arena;
    const char *beside = field_file(&hd_foreign_manifest_struct, field_of(&hd_foreign_manifest_struct, "file"), reading->entry);
    const char *path = reading->entry->file, *name = file_name_beside(arena, beside, path), *why;
    size_t length;
    char *text;

    /* The rules of fields tell a path that leaves the folder. */
    if (!format_is_valid(&format_relative_path, path))
        return;
    text = file_read_beside(arena, beside, path, LARGEST_FILE, &length, &why);
    if (text)
        read_documents(reading, name, text, length);
    else
        hint(finding_at(reading->report, HD_NO_MANIFEST_FILE, AT(reading->entry, file), "%s cannot be used: %s", name, why),
             "manifests name files beside the model, of at most 16 MiB");
}

static void read_inline(struct reading *reading)
{
    struct arena *arena = &reading->model->arena;
    const struct hd_field *field = field_of(&hd_foreign_manifest_struct, "object");
    const char *fault;
    struct node *root = value_read((struct tree_memory){arena, arena}, &hd_foreign_manifest_struct, field, reading->entry, &fault);

    if (!root)
        hint(finding_at(reading->report, HD_NO_OBJECT, AT(reading->entry, object), "the text is no value: %s", fault),
             "give one object as YAML or JSON");
    else if (!is_bomb(reading, root))
        read_root(reading, root, false);
}

static void read_entries(struct reading *reading, const struct hd_foreign_manifest *entries, size_t n, const struct step *outer)
{
    for (size_t i = 0; i < n && !reading->is_full; i++) {
        struct step step = {.outer = outer, .key = "manifests", .index = i + 1};

        reading->entry = &entries[i];
        reading->step = &step;
        reading->path = path_text(&reading->model->arena, &step);
        if (entries[i].file)
            read_file(reading);
        else if (entries[i].object)
            read_inline(reading);
    }
}

void foreign_read(struct hd_model *model, struct hd_diagnostics *report)
{
    const struct hd_app *app = model->app;
    struct reading reading = {.model = model, .report = report};

    read_entries(&reading, app->manifests, app->n_manifests, NULL);
    for (size_t i = 0; i < app->n_services; i++) {
        struct step step = {.key = "services", .name = app->services[i].name, .index = i + 1};

        reading.service = &app->services[i];
        read_entries(&reading, app->services[i].manifests, app->services[i].n_manifests, &step);
    }
    if (model->foreign.n)
        foreign_settle(model);
}
