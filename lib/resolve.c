#include "model/resolve.h"

#include "core/reporting/refuse.h"
#include "core/reporting/report.h"
#include "core/tables/layer.h"
#include "core/tables/sound.h"
#include "mesh/model/mesh.h"
#include "model/routing/token.h"
#include "model/runtime.h"
#include "plan/file_plan.h"
#include "plan/plan.h"
#include "telemetry/model/exporter.h"
#include "telemetry/model/scraping.h"
#include "telemetry/model/signals.h"
#include "telemetry/model/slo.h"

#include <stdlib.h>
#include <string.h>

bool runs_to_end(const struct hd_service *service)
{
    return service->workload == HD_WORKLOAD_JOB || service->workload == HD_WORKLOAD_CRON_JOB;
}

int64_t least_replicas(const struct hd_service *service)
{
    return service->autoscaling.enabled == HD_TRUE ? service->autoscaling.min_replicas : service->replicas.value;
}

int64_t most_replicas(const struct hd_service *service)
{
    return service->autoscaling.enabled == HD_TRUE ? service->autoscaling.max_replicas : service->replicas.value;
}

static void resolve_replicas(struct hd_service *service)
{
    if (runs_to_end(service) || service->workload == HD_WORKLOAD_DAEMON_SET)
        return;
    if (service->autoscaling.enabled != HD_TRUE && !service->replicas.set)
        service->replicas = (struct hd_opt_int)HD_INT(runs_container(service) ? 1 : 2);
}

static void fill_security_context(struct hd_model *model, struct hd_security_context *context, const struct hd_service *defaults)
{
    layer_fill(&model->arena, &hd_security_context_struct, context, &defaults->container.security_context, 0);
}

static void resolve_containers(struct hd_model *model, const struct hd_service *service, const struct hd_named_container **list,
                               size_t count, struct hd_diagnostics *report)
{
    struct hd_named_container *containers;

    if (!count)
        return;
    containers = arena_copy(&model->arena, *list, count * sizeof *containers);
    for (size_t i = 0; i < count; i++) {
        struct hd_container *container = &containers[i].container;

        resolve_security_context(&container->security_context);
        fill_security_context(model, &container->security_context, library_runtime(service->base));
        fill_security_context(model, &container->security_context, service_defaults());
        resolve_image(model, &container->image, &service->container.image, service->name);
        resolve_ports(model, container);
        resolve_probes(model, container);
        resolve_config_files(model, container, containers[i].name ? containers[i].name : "", report);
        resolve_scratch(model, container);
    }
    *list = containers;
}

static bool has_metric(const struct hd_autoscaling *autoscaling)
{
    return autoscaling->cpu.value || autoscaling->memory.value || autoscaling->n_containers || autoscaling->n_pods || autoscaling->n_external;
}

/* A service that names what it scales by is not scaled by anything else: the library's metrics are for one that names nothing. */
static void fill_from_library(struct hd_model *model, struct hd_service *service, const struct hd_service *library)
{
    struct hd_autoscaling *autoscaling = &service->autoscaling;
    bool is_chosen = has_metric(autoscaling);
    struct hd_opt_int cpu = autoscaling->cpu, memory = autoscaling->memory;

    layer_fill(&model->arena, &hd_service_struct, service, library, service->workload);
    if (is_chosen) {
        autoscaling->cpu = cpu;
        autoscaling->memory = memory;
    }
    resolve_requests(model, &service->container.resources, &library->container.resources);
    layer_fill(&model->arena, &hd_service_struct, service, service_defaults(), service->workload);
}

static bool asks_for_autoscaling(const struct hd_service *service)
{
    return struct_is_set(&hd_autoscaling_struct, &service->autoscaling) && service->autoscaling.enabled != HD_FALSE;
}

/* A fixed number of pods and autoscaling exclude each other; what is said nearer to the service counts. */
static void fill_from_entries(struct hd_model *model, struct hd_service *service, const struct runtime *runtime)
{
    for (size_t i = 0; i < runtime->n_entries; i++) {
        const struct hd_service *entry = runtime->entries[i];
        bool scales;

        if (service->replicas.set && !struct_is_set(&hd_autoscaling_struct, &service->autoscaling))
            service->autoscaling.enabled = HD_FALSE;
        scales = !service->replicas.set && asks_for_autoscaling(service);
        layer_fill(&model->arena, &hd_service_struct, service, entry, service->workload);
        if (scales)
            service->replicas = (struct hd_opt_int){0};
    }
    if (service->replicas.set && !struct_is_set(&hd_autoscaling_struct, &service->autoscaling))
        service->autoscaling.enabled = HD_FALSE;
    if (asks_for_autoscaling(service))
        service->autoscaling.enabled = HD_TRUE;
}

static void resolve_workload(struct hd_service *service, const struct runtime *runtime)
{
    for (size_t i = 0; !service->workload && i < runtime->n_entries; i++)
        service->workload = runtime->entries[i]->workload;
    if (!service->workload)
        service->workload = service->job.schedule ? HD_WORKLOAD_CRON_JOB : HD_WORKLOAD_DEPLOYMENT;
}

static void fill_from_runtime(struct hd_model *model, struct hd_service *service, const struct runtime *runtime)
{
    const char *name = service->name, *given = service->runtime;

    resolve_workload(service, runtime);
    fill_from_entries(model, service, runtime);
    service->base = runtime->library->name;
    resolve_security_context(&service->container.security_context);
    resolve_ports(model, &service->container);
    resolve_probes_of_ports(service);
    resolve_strategy_of_claims(service);
    fill_from_library(model, service, runtime->library);
    /* The names of a layer are a runtime's. */
    service->name = name;
    service->base = runtime->library->name;
    service->runtime = !given && runs_container(service) ? runtime->name : given;
}

void resolve_service(struct hd_model *model, struct hd_service *service, const struct runtime *runtime, struct hd_diagnostics *report)
{
    bool is_built_elsewhere = service->build.enabled != HD_TRUE;

    fill_from_runtime(model, service, runtime);
    layer_defaults(&model->arena, &hd_service_struct, service);

    is_built_elsewhere &= service->container.image.reference != NULL;
    resolve_image(model, &service->container.image, NULL, service->name);
    resolve_service_telemetry(model, service);
    resolve_ports(model, &service->container);
    resolve_probes(model, &service->container);
    resolve_config_files(model, &service->container, NULL, report);
    resolve_scratch(model, &service->container);
    resolve_containers(model, service, &service->pod.init_containers, service->pod.n_init_containers, report);
    resolve_containers(model, service, &service->pod.sidecars, service->pod.n_sidecars, report);
    resolve_replicas(service);
    resolve_disruption_budget(model, service);
    resolve_strategy(service);
    resolve_job(service);
    resolve_expose(model, service);
    resolve_lifecycle(model, service);
    resolve_service_account(service);
    resolve_volumes(service);
    resolve_volume_backup(model, service);
    resolve_build(model, service, is_built_elsewhere);
    resolve_traffic(model, service);
    resolve_delivery(model, service);
    resolve_service_mesh(model, service);
    resolve_metrics(model->app, service);
    resolve_scrape_annotations(model, service);
}

static void resolve_kube_version(struct hd_model *model, struct hd_app *app)
{
    if (!app->kubernetes_version)
        app->kubernetes_version = arena_printf(&model->arena, "1.%d", KUBE_NEWEST);
    model->kube_minor = format_is_valid(&format_version, app->kubernetes_version) ? atoi(app->kubernetes_version + 2) : KUBE_NEWEST;
}

static void resolve_app(struct hd_model *model, const struct hd_resolve_options *options, struct hd_diagnostics *report)
{
    struct hd_app *app = model->app;
    struct hd_service *services;
    struct runtime runtime;

    if (options->kubernetes_version)
        app->kubernetes_version = arena_strndup(&model->arena, options->kubernetes_version, strlen(options->kubernetes_version));
    if (options->namespace_name)
        app->namespace_name = arena_strndup(&model->arena, options->namespace_name, strlen(options->namespace_name));
    if (!app->namespace_name)
        app->namespace_name = app->name;
    resolve_kube_version(model, app);
    layer_defaults(&model->arena, &hd_app_struct, app);
    if (struct_is_set(&hd_ingress_struct, &app->ingress) && app->ingress.enabled == HD_BOOL_UNSET)
        app->ingress.enabled = HD_TRUE;
    index_runtimes(model);
    resolve_platform(app);
    resolve_mesh(model);
    resolve_telemetry(model);
    resolve_alerts(model);
    resolve_dashboards(app);
    resolve_operations(model);
    resolve_externals(model);
    resolve_traffic_of_externals(model);
    resolve_secrets(model);
    app->services = model->services = services = arena_room(&model->arena, app->n_services, sizeof *services);
    /* Each is copied when its turn comes: of a large model, what was copied before is out of the caches by then. */
    for (size_t i = 0; i < app->n_services; i++) {
        services[i] = model->given->services[i];
        runtime = runtime_of(model, &services[i]);
        resolve_service(model, &services[i], &runtime, report);
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

static enum hd_status take_options(struct hd_diagnostics *report, struct hd_resolve_options *own, const struct hd_resolve_options *options)
{
    enum hd_status status = options_take(report, own, sizeof *own, options, "hd_resolve_options");

    if (status == HD_OK && own->kubernetes_version && !format_is_valid(&format_version, own->kubernetes_version))
        status = refuse_call(report, "kubernetes_version is \"%.60s\"; write %s", own->kubernetes_version, hd_format_words(&format_version));
    return status;
}

enum hd_status hd_resolve(const struct hd_app *app, const struct hd_resolve_options *options, struct hd_diagnostics *report,
                          struct hd_model **ret_model)
{
    struct hd_resolve_options own;
    enum hd_status status;
    struct hd_model *model;
    size_t n_findings;
    jmp_buf out_of_memory;

    if (!app || !report || !ret_model)
        return refuse_call(report, "hd_resolve() is given NULL for %s", !app ? "the application" : "ret_model");
    status = take_options(report, &own, options);
    if (status != HD_OK)
        return status;
    model = calloc(1, sizeof *model);
    if (!model)
        return HD_NO_MEMORY;
    arena_init(&model->arena, &out_of_memory);
    report->arena.out_of_memory = &out_of_memory;
    if (setjmp(out_of_memory)) {
        hd_model_free(model);
        return HD_NO_MEMORY;
    }
    model->given = layout_take(&model->arena, report, app);
    if (!model->given || !app_is_sound(report, model->given)) {
        report_finish(report);
        hd_model_free(model);
        return HD_BAD_CALL;
    }
    model->was_refused = at_has_errors(model->given->at);
    model->app = arena_copy(&model->arena, model->given, sizeof *model->app);
    n_findings = report->n_findings;
    resolve_app(model, &own, report);
    index_names(model);
    slo_index(model);
    for (size_t i = 0; i < model->app->n_services; i++)
        resolve_calls(model, &model->services[i]);
    resolve_exporter_endpoints(model);
    resolve_collectors(model, report);
    resolve_routes(model);
    resolve_tokens(model);
    mesh_find_waypoints(model);
    graph_build(model);
    plan_build(model);
    file_plan_build(model);
    report_locate(report, model->app);
    model->was_refused |= report_has_errors(report, n_findings);
    report_finish(report);
    *ret_model = model;
    return HD_OK;
}

void hd_model_free(struct hd_model *model)
{
    if (!model)
        return;
    layout_copies_free(&model->copies);
    arena_free(&model->arena);
    free(model);
}

const struct hd_app *hd_model_app_in(const struct hd_model *model, const struct hd_layout *layout)
{
    /* Copies are kept beside the application, which stays as it is. */
    return model ? layout_give(&((struct hd_model *)model)->copies, model->app, layout) : NULL;
}
