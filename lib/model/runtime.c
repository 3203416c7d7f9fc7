/* The library's runtimes, and the entries of `runtimes` that build on them. */
#include "runtime.h"

#include "core/tables/field.h"
#include "model.h"
#include "tables.h"

#include <string.h>

#define PROBE(path_, delay, period, timeout)                                                                             \
    {.enabled = HD_TRUE, .http_get = {.path = (path_)}, .initial_delay_seconds = HD_INT(delay), .period_seconds = (period), \
     .timeout_seconds = (timeout)}

#define RESOURCES(cpu_request, memory_request, cpu_limit, memory_limit)                                                     \
    {HD_LIST(requests, struct hd_quantity, {"cpu", cpu_request}, {"memory", memory_request}),                     \
     HD_LIST(limits, struct hd_quantity, {"cpu", cpu_limit}, {"memory", memory_limit})}

/* Pods are added at once and taken away with patience. */
#define BEHAVIOR                                                                                                              \
    {.scale_up = {.stabilization_window_seconds = HD_INT(60),                                                                 \
                  HD_LIST(policies, struct hd_scaling_policy, {.type = "Percent", .value = 100, .period_seconds = 15})},      \
     .scale_down = {.stabilization_window_seconds = HD_INT(300),                                                              \
                    HD_LIST(policies, struct hd_scaling_policy, {.type = "Percent", .value = 10, .period_seconds = 60})}}

#define AUTOSCALING(most)                                                                                                     \
    {.enabled = HD_TRUE, .min_replicas = 2, .max_replicas = (most), .cpu = HD_INT(70), .memory = HD_INT(80), .behavior = BEHAVIOR}

/* The members that the library's runtimes set. Whole services would be six times as large, and nearly empty. */
static const struct library_runtime {
    const char *name;
    struct hd_resources resources;
    struct hd_probe liveness_probe, readiness_probe;
    struct hd_autoscaling autoscaling;
    /* Whether its programs are built here, and serve HTTP as a user that the generated Dockerfile makes. */
    bool is_built;
} library[] = {
    /*
     * Any image. Requests are small ones that a scheduler can count with; there are no limits, because the library cannot know what
     * the program needs, and a limit that is too low kills or throttles it. It scales only where the user asks for it, by CPU.
     */
    {.name = "container",
     .resources = {HD_LIST(requests, struct hd_quantity, {"cpu", "100m"}, {"memory", "128Mi"})},
     .liveness_probe = {.enabled = HD_FALSE},
     .readiness_probe = {.enabled = HD_TRUE},
     .autoscaling = {.enabled = HD_FALSE, .min_replicas = 2, .max_replicas = 10, .cpu = HD_INT(70), .behavior = BEHAVIOR}},
    /* An interpreter starts at once and needs little; it scales wide. */
    {.name = "cpython",
     .resources = RESOURCES("250m", "256Mi", "500m", "512Mi"),
     .liveness_probe = PROBE("/health", 30, 10, 5),
     .readiness_probe = PROBE("/ready", 5, 5, 3),
     .autoscaling = AUTOSCALING(10),
     .is_built = true},
    /* A compiled service loads data and models before it answers, and each pod of it does more. */
    {.name = "condon",
     .resources = RESOURCES("500m", "1Gi", "1", "2Gi"),
     .liveness_probe = PROBE("/health", 60, 30, 10),
     .readiness_probe = PROBE("/ready", 30, 10, 5),
     .autoscaling = AUTOSCALING(6),
     .is_built = true},
};
enum { CONTAINER, CPYTHON, CONDON, LIBRARY_RUNTIMES };
_Static_assert(sizeof((struct hd_model *)0)->runtime_defaults / sizeof(struct hd_service *) == LIBRARY_RUNTIMES + 1, "and NULL behind them");

static struct hd_service *make_runtime(struct arena *arena, const struct library_runtime *runtime)
{
    static const struct hd_port http = {.name = "http", .port = 8000, .protocol = HD_PROTOCOL_HTTP};
    struct hd_service *service = arena_new(arena, struct hd_service);
    struct hd_pod_security_context *pod = &service->pod.pod_security_context;

    service->name = runtime->name;
    service->container.resources = runtime->resources;
    service->container.liveness_probe = runtime->liveness_probe;
    service->container.readiness_probe = runtime->readiness_probe;
    service->autoscaling = runtime->autoscaling;
    if (!runtime->is_built) {
        service->build.enabled = HD_FALSE;
        return service;
    }
    service->container.ports = &http;
    service->container.n_ports = 1;
    service->container.security_context.read_only_root_filesystem = HD_TRUE;
    pod->run_as_user = pod->run_as_group = pod->fs_group = (struct hd_opt_int)HD_INT(10001);
    return service;
}

/* Below the runtimes: what holds for every service. The rights meet the restricted Pod Security Standard. */
static struct hd_service *make_service_defaults(struct arena *arena)
{
    static const char *const dropped[] = {"ALL"};
    static const struct hd_topology_spread spread[] = {{.topology_key = "topology.kubernetes.io/zone"},
                                                       {.topology_key = "kubernetes.io/hostname"}};
    struct hd_service *service = arena_new(arena, struct hd_service);
    struct hd_security_context *rights = &service->container.security_context;

    rights->allow_privilege_escalation = rights->privileged = HD_FALSE;
    rights->capabilities.drop = dropped;
    rights->capabilities.n_drop = 1;
    service->pod.pod_security_context.run_as_non_root = HD_TRUE;
    service->pod.pod_security_context.seccomp_profile.type = HD_PROFILE_RUNTIME_DEFAULT;
    service->pod.topology_spread_constraints = spread;
    service->pod.n_topology_spread_constraints = sizeof spread / sizeof *spread;
    service->strategy.type = HD_STRATEGY_ROLLING_UPDATE;
    return service;
}

/* One name for each runtime: `codon` is another word for `condon`. */
static const char *canonical(const char *name)
{
    return strcmp(name, "codon") ? name : library[CONDON].name;
}

/* LIBRARY_RUNTIMES where the library has no such runtime. */
static size_t index_in_library(const char *name)
{
    size_t index = 0;

    while (index < LIBRARY_RUNTIMES && (!name || strcmp(library[index].name, canonical(name))))
        index++;
    return index;
}

bool is_library_runtime(const char *name)
{
    return index_in_library(name) < LIBRARY_RUNTIMES;
}

const struct hd_service *library_runtime(const struct hd_model *model, const char *name)
{
    return model->runtime_defaults[index_in_library(name)];
}

void index_runtimes(struct hd_model *model)
{
    const struct hd_app *app = model->app;

    for (size_t i = 0; i < LIBRARY_RUNTIMES; i++)
        model->runtime_defaults[i] = make_runtime(&model->arena, &library[i]);
    model->service_defaults = make_service_defaults(&model->arena);
    names_init(&model->arena, &model->runtimes, app->n_runtimes);
    for (size_t i = 0; i < app->n_runtimes; i++)
        if (app->runtimes[i].name)
            names_add(&model->runtimes, canonical(app->runtimes[i].name), &app->runtimes[i]);
}

const struct hd_service *runtime_entry(const struct hd_model *model, const char *name)
{
    return names_find(&model->runtimes, canonical(name));
}

bool find_runtime(const struct hd_model *model, const char *name, struct runtime *ret_runtime)
{
    *ret_runtime = (struct runtime){.name = canonical(name)};
    while (ret_runtime->n_entries < MOST_ENTRIES) {
        const struct hd_service *entry = runtime_entry(model, name);

        if (entry)
            ret_runtime->entries[ret_runtime->n_entries++] = entry;
        ret_runtime->library = library_runtime(model, name);
        if (ret_runtime->library || !entry)
            return ret_runtime->library != NULL;
        name = entry->base ? entry->base : library[CONTAINER].name;
    }
    return false;
}

struct runtime runtime_of(const struct hd_model *model, const struct hd_service *service)
{
    struct runtime runtime;

    if (service->runtime && find_runtime(model, service->runtime, &runtime))
        return runtime;
    if (!service->runtime && !service->base && service->container.image.reference && find_runtime(model, library[CONTAINER].name, &runtime))
        return runtime;
    /* The service names no runtime, or an unknown one; both are reported. It gets the defaults of cpython, without the user's entries. */
    return (struct runtime){.name = service->runtime ? service->runtime : library[CPYTHON].name, .library = model->runtime_defaults[CPYTHON]};
}

bool runs_container(const struct hd_service *service)
{
    return service->base == library[CONTAINER].name;
}

bool runs_cpython(const struct hd_service *service)
{
    return service->runtime && service->base == library[CPYTHON].name;
}

bool runs_condon(const struct hd_service *service)
{
    return service->base == library[CONDON].name;
}
