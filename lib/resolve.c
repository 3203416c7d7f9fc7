/* From what the user gave to the complete model, and to what is made of it. */
#include "resolve.h"

#include "document.h"
#include "environments.h"
#include "foreign/foreign.h"
#include "model/resolve.h"

#include "core/reporting/refuse.h"
#include "core/reporting/report.h"
#include "core/tables/field.h"
#include "core/tables/layer.h"
#include "model/neighbour.h"
#include "model/routing/parts.h"
#include "model/routing/token.h"
#include "model/sound.h"
#include "model/tables.h"
#include "patch/patch.h"
#include "plan/file_plan.h"
#include "plan/plan.h"

#include <stdlib.h>
#include <string.h>

static void resolve_kube_version(struct hd_model *model, struct hd_app *app)
{
    if (!app->kubernetes_version)
        app->kubernetes_version = arena_printf(&model->arena, "1.%d", KUBE_NEWEST);
    model->kube_minor = format_is_valid(&format_version, app->kubernetes_version) ? atoi(app->kubernetes_version + 2) : KUBE_NEWEST;
}

static void resolve_app(struct hd_model *model, const struct hd_resolve_options *options, struct hd_diagnostics *report)
{
    struct hd_app *app = model->app;

    if (options->kubernetes_version)
        app->kubernetes_version = arena_strndup(&model->arena, options->kubernetes_version, strlen(options->kubernetes_version));
    if (options->namespace_name)
        app->namespace_name = arena_strndup(&model->arena, options->namespace_name, strlen(options->namespace_name));
    if (!app->namespace_name)
        app->namespace_name = app->name;
    resolve_kube_version(model, app);
    layer_defaults(&model->arena, &hd_app_struct, app, &hd_service_struct, NULL);
    if (struct_is_set(&hd_ingress_struct, &app->ingress) && app->ingress.enabled == HD_BOOL_UNSET)
        app->ingress.enabled = HD_TRUE;
    index_runtimes(model);
    resolve_platform(model);
    resolve_families(model, APP_PARTS, report);
    resolve_externals(model);
    resolve_families(model, APP_EXTERNALS, report);
    resolve_secrets(model);
}

/* Each is copied when its turn comes: of a large model, what was copied before is out of the caches by then. */
static void resolve_services(struct hd_model *model, struct hd_diagnostics *report)
{
    struct hd_app *app = model->app;

    app->services = model->services = arena_room(&model->arena, app->n_services, sizeof *model->services);
    for (size_t i = 0; i < app->n_services; i++) {
        struct hd_service *service = &model->services[i];
        struct runtime runtime;

        *service = model->given->services[i];
        runtime = runtime_of(model, service);
        resolve_service(model, service, &model->given->services[i], &runtime, report);
    }
}

/* The services become complete where they stand; `services` are those that were given. */
static void resolve_in_place(struct hd_model *model, struct hd_service *services, struct hd_diagnostics *report)
{
    struct hd_app *app = model->app;

    app->services = model->services = services;
    model->packed = arena_room(&model->arena, app->n_services, sizeof *model->packed);
    for (size_t i = 0; i < app->n_services; i++) {
        struct hd_service given = services[i];
        struct runtime runtime = runtime_of(model, &given);

        given_pack(&model->arena, &model->packed[i], &given);
        resolve_service(model, &services[i], &given, &runtime, report);
    }
}

static void index_names(struct hd_model *model)
{
    const struct hd_app *app = model->app;

    names_init(&model->arena, &model->names, app->n_services + app->n_externals);
    for (size_t i = 0; i < app->n_services; i++)
        if (app->services[i].name)
            names_add(&model->names, app->services[i].name, &app->services[i]);
    for (size_t i = 0; i < app->n_externals; i++)
        if (app->externals[i].name)
            names_add(&model->names, app->externals[i].name, &app->externals[i]);
}

static void index_extra_services(struct hd_model *model)
{
    const struct hd_app *app = model->app;
    size_t count = 0;

    for (size_t i = 0; i < app->n_services; i++)
        count += app->services[i].n_extra_services;
    if (!count)
        return;
    names_init(&model->arena, &model->extra_services, count);
    for (size_t i = 0; i < app->n_services; i++)
        for (size_t k = 0; k < app->services[i].n_extra_services; k++)
            if (app->services[i].extra_services[k].name)
                names_add(&model->extra_services, app->services[i].extra_services[k].name, &app->services[i]);
}

enum hd_status resolve_options_take(struct hd_diagnostics *report, struct hd_resolve_options *own, const struct hd_resolve_options *options)
{
    enum hd_status status = options_take(report, own, sizeof *own, options, "hd_resolve_options");

    if (status == HD_OK && own->kubernetes_version && !format_is_valid(&format_version, own->kubernetes_version))
        status = refuse_call(report, "kubernetes_version is \"%.60s\"; write %s", own->kubernetes_version, hd_format_words(&format_version));
    return status;
}

/* What is to be resolved: a program's application, or a document's own, which is completed where it stands. */
struct source {
    const struct hd_app *app;
    struct hd_app *own_app;
    bool to_write;
    /* Whether resolve_among() follows. */
    bool has_neighbours;
};

static bool take_source(struct hd_model *model, const struct source *source, struct hd_diagnostics *report)
{
    model->given = source->own_app ? source->own_app : layout_take(&model->arena, report, source->app);
    if (!model->given || (!source->own_app && !app_is_sound(report, model->given)))
        return false;
    model->app = arena_copy(&model->arena, model->given, sizeof *model->app);
    return true;
}

/* Completes all that does not depend on other applications. */
static void resolve_own(struct hd_model *model, const struct source *source, const struct hd_resolve_options *options,
                        struct hd_diagnostics *report)
{
    model->was_refused = at_has_errors(model->given->at);
    resolve_app(model, options, report);
    if (source->own_app && source->own_app->n_services)
        resolve_in_place(model, (struct hd_service *)(uintptr_t)source->own_app->services, report);
    else
        resolve_services(model, report);
    foreign_read(model, report);
    index_names(model);
    if (model->foreign.n) {
        foreign_callees(model);
        index_names(model);
    }
    index_extra_services(model);
    resolve_families(model, APP_SERVICES, report);
    for (size_t i = 0; i < model->app->n_services; i++)
        resolve_calls(model, &model->services[i], false);
    resolve_families(model, APP_CALLS, report);
    resolve_routes(model);
    resolve_tokens(model);
    resolve_families(model, APP_ROUTES, report);
}

/* Adds services of other applications that are called, and completes calls and callers that name them. */
static void resolve_others(struct hd_model *model, struct hd_diagnostics *report)
{
    size_t n_externals = model->app->n_externals;

    resolve_neighbours(model);
    if (model->app->n_externals > n_externals)
        resolve_families(model, APP_EXTERNALS, report);
    for (size_t i = 0; i < model->app->n_services; i++) {
        resolve_calls(model, &model->services[i], true);
        resolve_callers(model, &model->services[i]);
    }
}

/* Builds the graph and plans the manifests, once all services and externals are known. */
static void resolve_whole(struct hd_model *model, bool to_write, struct hd_diagnostics *report)
{
    if (to_write)
        resolve_families(model, APP_TEXTS, report);
    graph_build(model);
    plan_build(model);
    patches_find(model);
    file_plan_build(model);
    report_locate(report, model->app);
}

static enum hd_status resolve_source(const struct source *source, const struct hd_resolve_options *options, struct hd_diagnostics *report,
                                     struct hd_model **ret_model)
{
    struct hd_model *model = calloc(1, sizeof *model);
    size_t n_findings = report->n_findings;
    jmp_buf out_of_memory;
    bool is_taken;

    if (!model)
        return HD_NO_MEMORY;
    arena_init(&model->arena, &out_of_memory);
    report->arena.out_of_memory = &out_of_memory;
    if (setjmp(out_of_memory)) {
        report->n_sources = 0;
        hd_model_free(model);
        return HD_NO_MEMORY;
    }
    is_taken = take_source(model, source, report);
    if (is_taken) {
        report_environment(report, model_environment(model));
        resolve_own(model, source, options, report);
    }
    if (is_taken && !source->has_neighbours) {
        resolve_others(model, report);
        resolve_whole(model, source->to_write, report);
        model->was_refused |= report_has_errors(report, n_findings);
    }
    /* resolve_among() locates and sorts the findings of a model with neighbours, after it has added its own. */
    if (!is_taken || !source->has_neighbours)
        report_finish(report);
    if (!is_taken) {
        hd_model_free(model);
        return HD_BAD_CALL;
    }
    *ret_model = model;
    return HD_OK;
}

enum hd_status resolve(const struct hd_app *app, const struct hd_resolve_options *options, struct hd_diagnostics *report,
                       struct hd_model **ret_model, bool to_write)
{
    const struct source source = {.app = app, .to_write = to_write};
    struct hd_resolve_options own;
    enum hd_status status;

    if (!app || !report || !ret_model)
        return refuse_call(report, "hd_resolve() is given NULL for %s", !app ? "the application" : "ret_model");
    status = resolve_options_take(report, &own, options);
    return status == HD_OK ? resolve_source(&source, &own, report, ret_model) : status;
}

enum hd_status resolve_alone(struct hd_document *document, const struct hd_resolve_options *options, struct hd_diagnostics *report,
                             struct hd_model **ret_model)
{
    const struct source source = {.own_app = document_take_app(document), .has_neighbours = true};

    return source.own_app ? resolve_source(&source, options, report, ret_model) : HD_BAD_CALL;
}

enum hd_status resolve_among(struct hd_model *model, const struct neighbours *neighbours, struct hd_diagnostics *report)
{
    jmp_buf out_of_memory;

    model->arena.out_of_memory = report->arena.out_of_memory = &out_of_memory;
    if (setjmp(out_of_memory))
        return HD_NO_MEMORY;
    model->neighbours = neighbours;
    resolve_others(model, report);
    resolve_whole(model, true, report);
    model->was_refused |= report_has_errors(report, 0);
    report_finish(report);
    return HD_OK;
}

enum hd_status hd_resolve(const struct hd_app *app, const struct hd_resolve_options *options, struct hd_diagnostics *report,
                          struct hd_model **ret_model)
{
    return resolve(app, options, report, ret_model, true);
}

enum hd_status hd_document_resolve(struct hd_document *document, const struct hd_resolve_options *options, struct hd_diagnostics *report,
                                   struct hd_model **ret_model)
{
    struct source source = {.to_write = true};
    struct hd_resolve_options own;
    enum hd_status status;

    if (!document || !report || !ret_model)
        return refuse_call(report, "hd_document_resolve() is given NULL for %s", !document ? "the document" : "ret_model");
    status = resolve_options_take(report, &own, options);
    if (status != HD_OK)
        return status;
    source.own_app = document_take_app(document);
    if (!source.own_app)
        return refuse_call(report, "hd_document_resolve() was called for this document before");
    return resolve_source(&source, &own, report, ret_model);
}

void hd_model_free(struct hd_model *model)
{
    if (!model)
        return;
    layout_copies_free(&model->copies);
    free(model->graph.published);
    arena_free(&model->arena);
    free(model);
}

const struct hd_app *hd_model_app_in(const struct hd_model *model, const struct hd_layout *layout)
{
    /* Copies are kept beside the application, which stays as it is. */
    return model ? layout_give(&((struct hd_model *)model)->copies, model->app, layout) : NULL;
}
