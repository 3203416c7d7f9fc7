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

/* Python listens on 8000, keeps its image as it is, and runs as a user that the generated Dockerfile makes. */
#define PYTHON_PORT HD_LIST(ports, struct hd_port, {.name = "http", .port = 8000, .protocol = HD_PROTOCOL_HTTP})
#define PYTHON_USER                                                                                                           \
    {.pod_security_context = {.run_as_user = HD_INT(10001), .run_as_group = HD_INT(10001), .fs_group = HD_INT(10001)}}

/* An interpreter starts at once and needs little; it scales wide. */
static const struct hd_service cpython = {
    .name = "cpython",
    .container = {PYTHON_PORT,
                  .resources = RESOURCES("250m", "256Mi", "500m", "512Mi"),
                  .liveness_probe = PROBE("/health", 30, 10, 5),
                  .readiness_probe = PROBE("/ready", 5, 5, 3),
                  .security_context = {.read_only_root_filesystem = HD_TRUE}},
    .pod = PYTHON_USER,
    .autoscaling = AUTOSCALING(10),
};

/* A compiled service loads data and models before it answers, and each pod of it does more. */
static const struct hd_service condon = {
    .name = "condon",
    .container = {PYTHON_PORT,
                  .resources = RESOURCES("500m", "1Gi", "1", "2Gi"),
                  .liveness_probe = PROBE("/health", 60, 30, 10),
                  .readiness_probe = PROBE("/ready", 30, 10, 5),
                  .security_context = {.read_only_root_filesystem = HD_TRUE}},
    .pod = PYTHON_USER,
    .autoscaling = AUTOSCALING(6),
};

/*
 * Any image. Requests are small ones that a scheduler can count with; there are no limits, because the library cannot know what
 * the program needs, and a limit that is too low kills or throttles it. It scales only where the user asks for it, by CPU.
 */
static const struct hd_service container = {
    .name = "container",
    .container = {.resources = {HD_LIST(requests, struct hd_quantity, {"cpu", "100m"}, {"memory", "128Mi"})},
                  .liveness_probe = {.enabled = HD_FALSE},
                  .readiness_probe = {.enabled = HD_TRUE}},
    .autoscaling = {.enabled = HD_FALSE, .min_replicas = 2, .max_replicas = 10, .cpu = HD_INT(70), .behavior = BEHAVIOR},
    .build = {.enabled = HD_FALSE},
};

/* Below the runtimes: what holds for every service. The rights meet the restricted Pod Security Standard. */
static const struct hd_service every_service = {
    .container = {.security_context = {.allow_privilege_escalation = HD_FALSE,
                                       .privileged = HD_FALSE,
                                       .capabilities = {HD_STRINGS(drop, "ALL")}}},
    .pod = {.pod_security_context = {.run_as_non_root = HD_TRUE, .seccomp_profile = {.type = HD_PROFILE_RUNTIME_DEFAULT}},
            HD_LIST(topology_spread_constraints, struct hd_topology_spread, {.topology_key = "topology.kubernetes.io/zone"},
                    {.topology_key = "kubernetes.io/hostname"})},
    .strategy = {.type = HD_STRATEGY_ROLLING_UPDATE},
};

const struct hd_service *service_defaults(void)
{
    return &every_service;
}

/* One name for each runtime: `codon` is another word for `condon`. */
static const char *canonical(const char *name)
{
    return strcmp(name, "codon") ? name : condon.name;
}

const struct hd_service *library_runtime(const char *name)
{
    static const struct hd_service *const all[] = {&container, &cpython, &condon};

    for (size_t i = 0; name && i < sizeof all / sizeof *all; i++)
        if (!strcmp(all[i]->name, canonical(name)))
            return all[i];
    return NULL;
}

void index_runtimes(struct hd_model *model)
{
    const struct hd_app *app = model->app;

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
        ret_runtime->library = library_runtime(name);
        if (ret_runtime->library || !entry)
            return ret_runtime->library != NULL;
        name = entry->base ? entry->base : container.name;
    }
    return false;
}

struct runtime runtime_of(const struct hd_model *model, const struct hd_service *service)
{
    struct runtime runtime;

    if (service->runtime && find_runtime(model, service->runtime, &runtime))
        return runtime;
    if (!service->runtime && !service->base && service->container.image.reference && find_runtime(model, container.name, &runtime))
        return runtime;
    /* The service names no runtime, or an unknown one; both are reported. It gets the defaults of cpython, without the user's entries. */
    return (struct runtime){.name = service->runtime ? service->runtime : cpython.name, .library = &cpython};
}

bool runs_container(const struct hd_service *service)
{
    return service->base == container.name;
}

bool runs_cpython(const struct hd_service *service)
{
    return service->runtime && service->base == cpython.name;
}

bool runs_condon(const struct hd_service *service)
{
    return service->base == condon.name;
}
