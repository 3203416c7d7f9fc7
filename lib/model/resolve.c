#include "resolve.h"

#include "core/tables/field.h"
#include "core/tables/layer.h"
#include "core/text/among.h"
#include "family.h"
#include "runtime.h"
#include "tables.h"

bool runs_to_end(const struct hd_service *service)
{
    return service->workload == HD_WORKLOAD_JOB || service->workload == HD_WORKLOAD_CRON_JOB;
}

enum hd_scaler service_scaler(const struct hd_service *service)
{
    const struct hd_autoscaling *autoscaling = &service->autoscaling;

    if (autoscaling->enabled != HD_TRUE)
        return HD_SCALER_UNSET;
    if (autoscaling->scaler)
        return autoscaling->scaler;
    return autoscaling->n_triggers ? HD_SCALER_SCALED_OBJECT : HD_SCALER_HORIZONTAL_POD_AUTOSCALER;
}

bool is_scaled_job(const struct hd_service *service)
{
    return service->workload == HD_WORKLOAD_JOB && service_scaler(service) == HD_SCALER_SCALED_OBJECT;
}

/* Versions without a number of their own have as many pods as the service says, each of them. */
static int64_t of_versions(const struct hd_service *service, int64_t pods)
{
    int64_t sum = service->n_versions ? 0 : pods;

    for (size_t i = 0; i < service->n_versions; i++)
        sum += service->versions[i].replicas.set ? service->versions[i].replicas.value : pods;
    return sum;
}

int64_t least_replicas(const struct hd_service *service)
{
    const struct hd_autoscaling *autoscaling = &service->autoscaling;
    int64_t scaled = autoscaling->scale_to_zero == HD_TRUE ? 0 : autoscaling->min_replicas;

    return of_versions(service, autoscaling->enabled == HD_TRUE ? scaled : service->replicas.value);
}

int64_t most_replicas(const struct hd_service *service)
{
    return of_versions(service, service->autoscaling.enabled == HD_TRUE ? service->autoscaling.max_replicas : service->replicas.value);
}

static void resolve_phase(const struct resolving *resolving, enum service_phase phase)
{
    for (size_t f = 0; f < N_FAMILIES; f++)
        if (families[f]->resolve_service[phase])
            families[f]->resolve_service[phase](resolving);
}

static bool has_metric(const struct hd_autoscaling *autoscaling)
{
    return autoscaling->cpu.value || autoscaling->memory.value || autoscaling->n_containers || autoscaling->n_pods || autoscaling->n_external ||
           autoscaling->n_triggers || autoscaling->scaler == HD_SCALER_EXTERNAL;
}

/* A Job is scaled only where it is asked for, by the triggers that it names; it needs no run while there is no work. */
static void keep_scaling_of_job(struct hd_autoscaling *autoscaling, const struct hd_autoscaling *given, const struct hd_service *library)
{
    *autoscaling = *given;
    if (autoscaling->enabled == HD_TRUE && !autoscaling->max_replicas)
        autoscaling->max_replicas = library->autoscaling.max_replicas;
}

/* A service that names what it scales by is not scaled by anything else: the library's metrics are for one that names nothing. */
static void fill_from_library(struct hd_model *model, struct hd_service *service, const struct hd_service *library)
{
    struct hd_autoscaling *autoscaling = &service->autoscaling, given = *autoscaling;

    layer_fill(&model->arena, &hd_service_struct, service, library, service->workload);
    if (has_metric(&given)) {
        autoscaling->cpu = given.cpu;
        autoscaling->memory = given.memory;
    }
    if (autoscaling->scaler == HD_SCALER_EXTERNAL)
        autoscaling->behavior = given.behavior;
    if (service->workload == HD_WORKLOAD_JOB)
        keep_scaling_of_job(autoscaling, &given, library);
    layer_fill(&model->arena, &hd_service_struct, service, model->service_defaults, service->workload);
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
        struct hd_autoscaling given = service->autoscaling;
        bool scales;

        if (service->replicas.set && !struct_is_set(&hd_autoscaling_struct, &service->autoscaling))
            service->autoscaling.enabled = HD_FALSE;
        scales = !service->replicas.set && asks_for_autoscaling(service);
        layer_fill(&model->arena, &hd_service_struct, service, entry, service->workload);
        if (scales)
            service->replicas = (struct hd_opt_int){0};
        /* What scales services that serve is not meant for a Job of the same runtime. */
        if (service->workload == HD_WORKLOAD_JOB && entry->workload != HD_WORKLOAD_JOB)
            service->autoscaling = given;
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

static void fill_from_runtime(const struct resolving *resolving, const struct runtime *runtime)
{
    struct hd_model *model = resolving->model;
    struct hd_service *service = resolving->service;
    const char *name = service->name, *given = service->runtime;

    resolve_workload(service, runtime);
    fill_from_entries(model, service, runtime);
    service->base = runtime->library->name;
    resolve_phase(resolving, SERVICE_GIVEN);
    fill_from_library(model, service, runtime->library);
    /* The names of a layer are a runtime's. */
    service->name = name;
    service->base = runtime->library->name;
    service->runtime = !given && runs_container(service) ? runtime->name : given;
}

void resolve_service(struct hd_model *model, struct hd_service *service, const struct hd_service *given, const struct runtime *runtime,
                     struct hd_diagnostics *report)
{
    const struct resolving resolving = {model, service, given, report};
    bool in_place = model->packed && given;

    fill_from_runtime(&resolving, runtime);
    layer_defaults(&model->arena, &hd_service_struct, service, NULL, in_place ? given->expose : NULL);
    if (service->n_calls && (!in_place || service->calls != given->calls))
        service->calls = arena_copy(&model->arena, service->calls, service->n_calls * sizeof *service->calls);
    for (unsigned phase = SERVICE_LAYERS; phase < N_SERVICE_PHASES; phase++)
        resolve_phase(&resolving, phase);
    resolve_expose(model, service);
}

void resolve_families(struct hd_model *model, enum app_phase phase, struct hd_diagnostics *report)
{
    for (size_t f = 0; f < N_FAMILIES; f++)
        if (families[f]->resolve_app[phase])
            families[f]->resolve_app[phase](model, report);
}

const char *service_called(const struct hd_service *service)
{
    return text_or(service->name, "the service");
}
