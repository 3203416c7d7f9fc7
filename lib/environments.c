/* The layers and names of environments. */
#define _POSIX_C_SOURCE 200809L
#include "environments.h"

#include "core/text/format.h"
#include "core/text/suggest.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char member[] = "environments";

static struct finding *wrong_at(struct hd_diagnostics *report, enum hd_code code, const struct node *node, const char *path,
                                const char *message)
{
    return finding_in(report, code, node->file, node->line, node->column, path, "%s", message);
}

static const char *path_of(struct hd_diagnostics *report, const char *name)
{
    return arena_printf(&report->arena, "%s.%s", member, name);
}

static bool is_name(struct hd_diagnostics *report, const struct node *key)
{
    struct finding *finding;

    if (!strcmp(key->text, BASE_ENVIRONMENT)) {
        hint(wrong_at(report, HD_BAD_FORM, key, path_of(report, key->text), "no environment can be called base"),
             "base is the model without an environment; give this one another name");
        return false;
    }
    if (format_is_valid(&format_dns_label, key->text))
        return true;
    finding = finding_in(report, HD_BAD_FORM, key->file, key->line, key->column, member, "\"%s\" is no name of an environment", key->text);
    hint(finding, "write %s", hd_format_words(&format_dns_label));
    return false;
}

/* Whether an earlier input says something of this environment, which goes. */
static bool take_away(struct environment_layers *layers, const char *name)
{
    bool found = false;

    for (size_t i = 0; i < layers->n; i++)
        if (layers->items[i].value && !strcmp(layers->items[i].key->text, name)) {
            layers->items[i].value = NULL;
            found = true;
        }
    return found;
}

static void take_layer(struct arena *arena, struct hd_diagnostics *report, struct environment_layers *layers, const struct node *key,
                       const struct node *value, bool is_later)
{
    const char *path = path_of(report, key->text);

    if (node_is_null(value) && is_later && take_away(layers, key->text))
        return;
    if (node_is_null(value) && is_later) {
        hint(finding_in(report, HD_NOTHING_TAKEN, value->file, value->line, value->column, path,
                        "null takes nothing away, because no earlier file gives %s", key->text),
             "remove %s here", key->text);
    } else if (node_is_null(value)) {
        hint(finding_in(report, HD_NO_VALUE, value->file, value->line, value->column, path, "%s is empty", key->text),
             "write %s: {} for an environment that changes nothing", key->text);
    } else if (value->kind != NODE_MAPPING) {
        hint(wrong_at(report, HD_WRONG_TYPE, value, path, "an environment must be a mapping"),
             "it holds what is different from the model: %s: {services: {web: {replicas: 3}}}", key->text);
    } else {
        arena_grow(arena, layers->items, layers->n);
        layers->items[layers->n++] = (struct environment_layer){.key = key, .value = value};
    }
}

static const struct node *same_key_before(const struct node *mapping, uint32_t index)
{
    for (uint32_t i = 0; i < index; i += 2)
        if (!strcmp(mapping->items[i]->text, mapping->items[index]->text))
            return mapping->items[i];
    return NULL;
}

static void report_twice(struct hd_diagnostics *report, const struct node *key, const struct node *first, const char *path)
{
    struct finding *finding = finding_in(report, HD_DUPLICATE_KEY, key->file, key->line, key->column, path,
                                         "\"%s\" is given here a second time", key->text);

    also_in(finding, first->file, first->line, first->column, "the first one");
    hint(finding, "remove one of the two; other YAML readers silently take the last");
}

static void take_layers(struct arena *arena, struct hd_diagnostics *report, struct environment_layers *layers, const struct node *all,
                        bool is_later)
{
    if (all->kind != NODE_MAPPING) {
        hint(wrong_at(report, node_is_null(all) ? HD_NO_VALUE : HD_WRONG_TYPE, all, member,
                      node_is_null(all) ? "environments is empty" : "environments must be a mapping"),
             "write environments: {staging: {...}, production: {...}}");
        return;
    }
    if (all->n_items / 2 > MOST_ENVIRONMENTS) {
        finding_in(report, HD_OUT_OF_RANGE, all->file, all->line, all->column, member, "%u environments are too many: %d are the most",
                   all->n_items / 2, MOST_ENVIRONMENTS);
        return;
    }
    for (uint32_t i = 0; i < all->n_items; i += 2) {
        const struct node *first = same_key_before(all, i);

        if (first)
            report_twice(report, all->items[i], first, path_of(report, first->text));
        else if (is_name(report, all->items[i]))
            take_layer(arena, report, layers, all->items[i], all->items[i + 1], is_later);
    }
}

/* The index of the key among the items of a mapping; the number of items when it is absent. */
static uint32_t find_member(const struct node *tree)
{
    uint32_t i = 0;

    while (i < tree->n_items && strcmp(tree->items[i]->text, member))
        i += 2;
    return i;
}

static void remove_pair(struct node *tree, uint32_t index)
{
    tree->n_items -= 2;
    memmove(tree->items + index, tree->items + index + 2, (tree->n_items - index) * sizeof *tree->items);
}

void environments_take(struct arena *arena, struct hd_diagnostics *report, struct environment_layers *layers, struct node *tree,
                       bool is_later)
{
    const struct node *first = NULL;
    uint32_t i;

    if (tree->kind != NODE_MAPPING)
        return;
    while ((i = find_member(tree)) < tree->n_items) {
        const struct node *key = tree->items[i], *value = tree->items[i + 1];

        remove_pair(tree, i);
        if (first) {
            report_twice(report, key, first, member);
            continue;
        }
        first = key;
        if (!layers->place)
            layers->place = key;
        take_layers(arena, report, layers, value, is_later);
    }
}

void environments_refuse(struct hd_diagnostics *report, struct node *tree)
{
    uint32_t i = tree->kind == NODE_MAPPING ? find_member(tree) : 0;

    if (tree->kind != NODE_MAPPING || i >= tree->n_items)
        return;
    if (tree->items[i + 1])
        hint(wrong_at(report, HD_UNKNOWN_KEY, tree->items[i], member, "environments has no effect here"),
             "environments stand in the model itself; an environment has none of its own, and --set changes the one that was chosen");
    remove_pair(tree, i);
}

static bool has_name(const struct environment_names *names, const char *name)
{
    for (size_t i = 0; i < names->n; i++)
        if (!strcmp(names->names[i], name))
            return true;
    return false;
}

static void add_name(struct arena *arena, struct environment_names *names, const char *name, size_t length)
{
    const char *copy = arena_strndup(arena, name, length);

    if (has_name(names, copy))
        return;
    arena_grow(arena, names->names, names->n);
    names->names[names->n++] = copy;
}

void environments_list(struct arena *arena, struct environment_names *names, const struct environment_layers *layers)
{
    for (size_t i = 0; i < layers->n; i++)
        if (layers->items[i].value)
            add_name(arena, names, layers->items[i].key->text, strlen(layers->items[i].key->text));
}

/* The folder of a model that may have files beside it, and the end of its name; false for a model of another name. */
static bool split_name(const char *name, size_t *ret_folder, const char **ret_end)
{
    static const char stem[] = "hybriddeploy";
    const char *slash = strrchr(name, '/');

    *ret_folder = slash ? (size_t)(slash - name) + 1 : 0;
    *ret_end = name + *ret_folder + strlen(stem);
    return !strncmp(name + *ret_folder, stem, strlen(stem)) && (!strcmp(*ret_end, ".yaml") || !strcmp(*ret_end, ".yml"));
}

static bool is_source(const struct hd_source *sources, size_t n_sources, const char *name)
{
    for (size_t i = 0; i < n_sources; i++)
        if (!strcmp(sources[i].name, name))
            return true;
    return false;
}

const char *environment_file(struct arena *arena, const struct hd_source *sources, size_t n_sources, const char *name)
{
    size_t folder;
    const char *end, *file;

    if (!split_name(sources[0].name, &folder, &end) || !format_is_valid(&format_dns_label, name))
        return NULL;
    file = arena_printf(arena, "%.*s.%s%s", (int)(end - sources[0].name), sources[0].name, name, end);
    return access(file, F_OK) || is_source(sources, n_sources, file) ? NULL : file;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The name of the environment in the name of a file of the folder; its length is 0 when there is none. */
static size_t name_in(const char *file, const char *stem, size_t stem_length, const char *end)
{
    size_t length = strlen(file), most = stem_length + 1 + strlen(end);

    if (length <= most || strncmp(file, stem, stem_length) || file[stem_length] != '.' || strcmp(file + length - strlen(end), end))
        return 0;
    return length - most;
}

void environments_search(struct arena *arena, struct environment_names *names, const struct hd_source *sources, size_t n_sources)
{
    jmp_buf *outer = arena->out_of_memory, inner;
    size_t n_before = names->n, folder;
    const struct dirent *entry;
    const char *end, *stem;
    DIR *volatile listing;

    if (!split_name(sources[0].name, &folder, &end))
        return;
    stem = sources[0].name + folder;
    listing = opendir(folder ? arena_strndup(arena, sources[0].name, folder) : ".");
    if (!listing)
        return;
    if (setjmp(inner)) {
        closedir(listing);
        longjmp(*outer, 1);
    }
    arena->out_of_memory = &inner;
    while ((entry = readdir(listing))) {
        size_t length = name_in(entry->d_name, stem, (size_t)(end - stem), end);
        const char *name = length ? arena_strndup(arena, entry->d_name + (end - stem) + 1, length) : NULL;

        /* hybriddeploy.workspace.yaml lists applications, and is no layer. */
        if (name && strcmp(name, BASE_ENVIRONMENT) && strcmp(name, "workspace") && environment_file(arena, sources, n_sources, name))
            add_name(arena, names, name, length);
    }
    arena->out_of_memory = outer;
    closedir(listing);
    if (names->n > n_before)
        qsort(names->names + n_before, names->n - n_before, sizeof *names->names, by_name);
}

void report_no_environment(struct hd_diagnostics *report, const struct environment_layers *layers, const struct environment_names *names,
                           const struct hd_source *sources, const char *name)
{
    const struct node *place = layers->place;
    struct suggestion suggestion = suggest_for(name);
    struct finding *finding = finding_in(report, HD_NO_ENVIRONMENT, place ? place->file : sources[0].name, place ? place->line : 0,
                                         place ? place->column : 0, place ? member : NULL, "the model has no environment %s", name);
    const char *all = NULL;

    for (size_t i = 0; i < names->n; i++) {
        suggest_try(&suggestion, names->names[i]);
        all = arena_listed(&report->arena, all, names->names[i]);
    }
    if (all)
        hint_nearest(finding, suggestion.nearest, "the environments of the model are %s", all);
    else
        hint(finding, "write environments: {%s: {...}}, or a file hybriddeploy.%s.yaml beside hybriddeploy.yaml", name, name);
}
