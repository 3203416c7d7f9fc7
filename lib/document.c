/* Documents: from files to a model. */
#include "document.h"
#include "inputs.h"

#include "core/reading/load.h"
#include "core/reporting/refuse.h"
#include "core/text/suggest.h"
#include "model/family.h"
#include "model/tables.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Lines, columns and lengths of a tree are numbers of 32 bits. */
enum { DEFAULT_MOST_BYTES = 256 * 1024 * 1024, MOST_BYTES = INT32_MAX };

/* Environments are no member of the application, so its table does not name them. */
static bool means_environments(const struct hd_struct *type, const char *key)
{
    struct suggestion suggestion = suggest_for(key);

    if (type != &hd_app_struct)
        return false;
    suggest_try(&suggestion, "environment");
    suggest_try(&suggestion, "environments");
    return suggestion.nearest && !strcmp(suggestion.nearest, "environments");
}

static const char *foreign_key_hint(const struct hd_struct *type, const char *key)
{
    const char *right = means_environments(type, key) ? "did you mean environments?" : NULL;

    for (size_t f = 0; f < N_FAMILIES && !right; f++)
        if (families[f]->foreign_key)
            right = families[f]->foreign_key(type, key);
    return right;
}

/* The environment that was chosen; NULL for the model without one. */
static const char *chosen_environment(const struct hd_load_options *options)
{
    return options->environment && strcmp(options->environment, BASE_ENVIRONMENT) ? options->environment : NULL;
}

/* Keeps what the model of another environment is loaded with. */
static void keep_options(struct hd_document *document, const struct hd_load_options *options)
{
    const char **sets = arena_array(&document->arena, options->n_sets, sizeof *sets);

    for (size_t i = 0; i < options->n_sets; i++)
        sets[i] = arena_strndup(&document->arena, options->sets[i], strlen(options->sets[i]));
    document->sets = sets;
    document->n_sets = options->n_sets;
    document->max_bytes = options->max_bytes;
}

static void load_app(struct loading *loading, const struct node *tree, size_t n_findings)
{
    const char *chosen = loading->environment;
    struct hd_document *document = loading->document;
    struct hd_diagnostics *report = loading->report;
    struct hd_rest *rest = load_tree(loading->memory, report, &hd_app_struct, &document->app, tree, foreign_key_hint);

    document->app.abi = &layout_own;
    if (!document->app.at) /* nothing was loaded */
        document->app.at = arena_copy(&document->arena, &(struct hd_at){.rest = rest}, sizeof(struct hd_at));
    rest->has_errors = report_has_errors(report, n_findings);
    rest->sources = report->sources;
    rest->n_sources = report->n_sources;
    rest->document = document;
    rest->environment = chosen ? arena_strndup(&document->arena, chosen, strlen(chosen)) : BASE_ENVIRONMENT;
    rest->layer_files = loading->layer_files;
    rest->n_layer_files = loading->n_layer_files;
    if (chosen && !document->app.environment && !at_has(document->app.at, "environment"))
        document->app.environment = rest->environment;
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
    struct hd_document *document;
    struct loading loading;
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
    loading = (struct loading){.memory = {.nodes = &nodes, .texts = &document->arena},
                               .report = report,
                               .options = &own,
                               .environment = chosen_environment(&own),
                               .most_bytes = own.max_bytes ? own.max_bytes : DEFAULT_MOST_BYTES,
                               .document = document};
    if (loading.most_bytes > MOST_BYTES)
        loading.most_bytes = MOST_BYTES;
    report->arena.out_of_memory = &out_of_memory;
    if (setjmp(out_of_memory)) {
        report->n_sources = 0;
        arena_free(&nodes);
        hd_document_free(document);
        return HD_NO_MEMORY;
    }
    report_environment(report, loading.environment ? loading.environment : BASE_ENVIRONMENT);
    n_findings = report->n_findings;
    keep_options(document, &own);
    tree = inputs_read(&loading, sources, n_sources);
    if (tree)
        load_app(&loading, tree, n_findings);
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
