/* From inputs to one tree: those that were given, the layers of the environment, and the settings. */
#include "inputs.h"

#include "core/reading/lay_over.h"
#include "core/text/among.h"
#include "core/text/file.h"
#include "core/text/suggest.h"
#include "model/tables.h"

#include <string.h>

/* `*kept` is what the model is read from, which stays with it. */
static struct node *read_source(struct tree_memory memory, struct hd_diagnostics *report, const struct hd_source *source, size_t most_bytes,
                                struct hd_source *kept)
{
    const char *name = arena_strndup(memory.texts, text_or(source->name, "<text>"), strlen(text_or(source->name, "<text>")));
    const char *text = source->text, *why;
    size_t length = source->length;

    if (!text)
        text = file_read(memory.texts, name, most_bytes, &length, &why);
    else if (length > most_bytes)
        text = NULL, why = "it is too large";
    else
        text = arena_strndup(memory.texts, text, length);
    if (!strcmp(name, "-"))
        name = "<stdin>";
    if (!text) {
        finding_in(report, HD_UNREADABLE_INPUT, name, 0, 0, NULL, "the input cannot be read: %s", why);
        return NULL;
    }
    *kept = (struct hd_source){.name = name, .text = text, .length = length};
    return tree_read(memory, report, name, text, length);
}

/* A file that is laid over another one belongs to the same application. */
static void check_names(struct hd_diagnostics *report, const struct node *tree, const struct node *over)
{
    const struct node *first = tree_value(tree, "name"), *second = tree_value(over, "name");
    struct finding *finding;

    if (!first || !second || first->kind != NODE_SCALAR || second->kind != NODE_SCALAR || node_is_null(second) ||
        !strcmp(first->text, second->text))
        return;
    finding = finding_in(report, HD_TWO_NAMES, second->file, second->line, second->column, "name",
                         "the application is called %s here, but %s in an earlier file", second->text, first->text);
    also_in(finding, first->file, first->line, first->column, "the earlier name");
    hint(finding, "remove name here; --set name=%s gives it another name", second->text);
}

/* Whether a service says all that one needs that no other layer describes. */
static bool is_whole_service(const struct node *service)
{
    const struct node *image = tree_value(service, "image");

    return tree_value(service, "runtime") || (image && (image->kind == NODE_SCALAR || tree_value(image, "reference")));
}

/* A layer that means a service of an earlier one, and misspells it, would make a second service. */
static void check_new_services(struct hd_diagnostics *report, const struct node *tree)
{
    const struct node *services = tree_value(tree, "services");

    for (uint32_t i = 0; services && services->kind == NODE_MAPPING && i < services->n_items; i += 2) {
        const struct node *key = services->items[i];
        struct suggestion suggestion = suggest_for(key->text);
        struct finding *finding;

        if (!key->is_added || node_is_null(services->items[i + 1]) || is_whole_service(services->items[i + 1]))
            continue;
        for (uint32_t j = 0; j < services->n_items; j += 2)
            if (!services->items[j]->is_added)
                suggest_try(&suggestion, services->items[j]->text);
        finding = finding_in(report, HD_NEW_IN_LAYER, key->file, key->line, key->column, arena_printf(&report->arena, "services.%s", key->text),
                             "no earlier file has a service %s", key->text);
        hint_nearest(finding, suggestion.nearest, "for a new service give runtime, or the whole image");
    }
}

static const struct shape app_shape = {&hd_app_struct, false};

/* Reads one more input, without its environments. */
static struct node *read_next(struct loading *loading, const struct hd_source *source)
{
    struct hd_document *document = loading->document;
    struct hd_source *kept = &document->sources[document->n_sources];
    struct node *tree = read_source(loading->memory, loading->report, source, loading->most_bytes, kept);

    document->n_sources += kept->text != NULL;
    loading->report->sources = document->sources;
    loading->report->n_sources = document->n_sources;
    return tree;
}

static struct node *lay(struct loading *loading, struct node *tree, struct node *over)
{
    check_names(loading->report, tree, over);
    environments_refuse(loading->report, over);
    arena_grow(loading->memory.texts, loading->layer_files, loading->n_layer_files);
    loading->layer_files[loading->n_layer_files++] = over->file;
    return tree_lay_over(loading->memory.nodes, app_shape, tree, over);
}

/* Lays the environment over the model: what the inputs say of it, then its file. */
static struct node *lay_environment(struct loading *loading, struct node *tree, const char *name)
{
    struct hd_document *document = loading->document;
    struct arena *texts = loading->memory.texts;
    const struct hd_source *given = loading->options->environment_file;
    const char *path = given ? given->name : environment_file(texts, document->sources, document->n_given, name);
    size_t n_before = loading->n_layer_files;

    for (size_t i = 0; i < loading->layers.n; i++) {
        const struct environment_layer *layer = &loading->layers.items[i];

        if (layer->value && !strcmp(layer->key->text, name))
            tree = lay(loading, tree,
                       tree_copy_layer(loading->memory.nodes, layer->value, arena_strndup(texts, layer->key->file, strlen(layer->key->file))));
    }
    if (path) {
        struct node *over = read_next(loading, given ? given : &(struct hd_source){.name = path});

        if (!over)
            return NULL;
        tree_mark_layer(over);
        return lay(loading, tree, over);
    }
    if (loading->n_layer_files > n_before)
        return tree;
    environments_search(texts, &document->environments, document->sources, document->n_given);
    report_no_environment(loading->report, &loading->layers, &document->environments, document->sources, name);
    return NULL;
}

static struct node *read_inputs(struct loading *loading, const struct hd_source *sources, size_t n_sources)
{
    struct node *tree = NULL;

    for (size_t i = 0; i < n_sources; i++) {
        struct node *more = read_next(loading, &sources[i]);

        if (!more)
            return NULL;
        environments_take(loading->memory.nodes, loading->report, &loading->layers, more, i > 0);
        if (i) {
            check_names(loading->report, tree, more);
            tree_mark_layer(more);
        }
        tree = tree_lay_over(loading->memory.nodes, app_shape, tree, more);
    }
    return tree;
}

struct node *inputs_read(struct loading *loading, const struct hd_source *sources, size_t n_sources)
{
    const struct hd_load_options *options = loading->options;
    struct hd_document *document = loading->document;
    struct node *tree;

    document->sources = arena_array(loading->memory.texts, n_sources + 1, sizeof *document->sources);
    document->n_given = n_sources;
    tree = read_inputs(loading, sources, n_sources);
    environments_list(loading->memory.texts, &document->environments, &loading->layers);
    if (tree && loading->environment)
        tree = lay_environment(loading, tree, loading->environment);
    for (size_t i = 0; tree && i < options->n_sets; i++)
        tree = tree_set(loading->memory, loading->report, app_shape, tree, options->sets[i]);
    if (!tree)
        return NULL;
    tree_settle(tree);
    environments_refuse(loading->report, tree);
    check_new_services(loading->report, tree);
    return tree;
}
