/* Documents: from files to a model. */
#include "document.h"

#include "core/reading/lay_over.h"
#include "core/reading/load.h"
#include "core/reporting/refuse.h"
#include "core/text/file.h"
#include "core/text/suggest.h"
#include "model/family.h"
#include "model/tables.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Lines, columns and lengths of a tree are numbers of 32 bits. */
enum { DEFAULT_MOST_BYTES = 256 * 1024 * 1024, MOST_BYTES = INT32_MAX };

static const char *foreign_key_hint(const struct hd_struct *type, const char *key)
{
    const char *right = NULL;

    for (size_t f = 0; f < N_FAMILIES && !right; f++)
        if (families[f]->foreign_key)
            right = families[f]->foreign_key(type, key);
    return right;
}

/* `*kept` is what the model is read from, which stays with it. */
static struct node *read_source(struct tree_memory memory, struct hd_diagnostics *report, const struct hd_source *source, size_t most_bytes,
                                struct hd_source *kept)
{
    const char *name = arena_strndup(memory.texts, source->name ? source->name : "<text>", strlen(source->name ? source->name : "<text>"));
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

static struct node *read_tree(struct tree_memory memory, struct hd_diagnostics *report, const struct hd_source *sources, size_t n_sources,
                              const struct hd_load_options *options)
{
    size_t most_bytes = options->max_bytes ? options->max_bytes : DEFAULT_MOST_BYTES;
    const struct shape app = {&hd_app_struct, false};
    struct hd_source *kept = arena_array(memory.texts, n_sources, sizeof *kept);
    struct node *tree = NULL;

    most_bytes = most_bytes < MOST_BYTES ? most_bytes : MOST_BYTES;
    report->sources = kept;
    for (size_t i = 0; i < n_sources; i++) {
        struct node *more = read_source(memory, report, &sources[i], most_bytes, &kept[i]);

        report->n_sources += kept[i].text != NULL;
        if (!more)
            return NULL;
        if (i) {
            check_names(report, tree, more);
            tree_mark_layer(more);
        }
        tree = tree_lay_over(memory.nodes, app, tree, more);
    }
    for (size_t i = 0; tree && i < options->n_sets; i++)
        tree = tree_set(memory, report, app, tree, options->sets[i]);
    if (tree) {
        tree_settle(tree);
        check_new_services(report, tree);
    }
    return tree;
}

static enum hd_status check_call(const struct hd_source *sources, size_t n_sources, struct hd_diagnostics *report,
                                 struct hd_document **ret_document)
{
    if (!report || !ret_document)
        return refuse_call(report, "hd_document_load() is given NULL for ret_document");
    if (!sources || !n_sources)
        return refuse_call(report, "hd_document_load() is given no source");
    for (size_t i = 0; i < n_sources; i++)
        if (!sources[i].name && !sources[i].text)
            return refuse_call(report, "sources[%zu] has neither a name nor a text", i);
    return HD_OK;
}

enum hd_status hd_document_load(const struct hd_source *sources, size_t n_sources, const struct hd_load_options *options,
                                struct hd_diagnostics *report, struct hd_document **ret_document)
{
    struct hd_load_options own;
    enum hd_status status;
    size_t n_findings;
    struct hd_rest *rest;
    struct hd_document *document;
    struct tree_memory memory;
    struct arena nodes;
    jmp_buf out_of_memory;
    struct node *tree;

    status = check_call(sources, n_sources, report, ret_document);
    if (status == HD_OK)
        status = options_take(report, &own, sizeof own, options, "hd_load_options");
    if (status == HD_OK)
        status = check_words(report, own.sets, own.n_sets, "sets");
    if (status != HD_OK)
        return status;
    document = calloc(1, sizeof *document);
    if (!document)
        return HD_NO_MEMORY;
    arena_init(&document->arena, &out_of_memory);
    arena_init(&nodes, &out_of_memory);
    memory = (struct tree_memory){.nodes = &nodes, .texts = &document->arena};
    report->arena.out_of_memory = &out_of_memory;
    if (setjmp(out_of_memory)) {
        report->n_sources = 0;
        arena_free(&nodes);
        hd_document_free(document);
        return HD_NO_MEMORY;
    }
    n_findings = report->n_findings;
    tree = read_tree(memory, report, sources, n_sources, &own);
    if (tree) {
        rest = load_tree(memory, report, &hd_app_struct, &document->app, tree, foreign_key_hint);
        document->app.abi = &layout_own;
        rest->has_errors = report_has_errors(report, n_findings);
        rest->sources = report->sources;
        rest->n_sources = report->n_sources;
    }
    report_finish(report);
    arena_free(&nodes);
    if (!tree) {
        hd_document_free(document);
        return HD_UNREADABLE;
    }
    *ret_document = document;
    return HD_OK;
}

enum hd_status hd_document_load_file(const char *name, struct hd_diagnostics *report, struct hd_document **ret_document)
{
    return hd_document_load(&(struct hd_source){.name = name}, 1, NULL, report, ret_document);
}

void hd_document_free(struct hd_document *document)
{
    if (!document)
        return;
    layout_copies_free(&document->copies);
    arena_free(&document->arena);
    free(document);
}

const struct hd_app *hd_document_app_in(const struct hd_document *document, const struct hd_layout *layout)
{
    /* Copies are kept beside the model, which stays as it is. */
    return document && !document->is_taken ? layout_give(&((struct hd_document *)document)->copies, &document->app, layout) : NULL;
}

struct hd_app *document_take_app(struct hd_document *document)
{
    if (document->is_taken)
        return NULL;
    document->is_taken = true;
    return &document->app;
}
