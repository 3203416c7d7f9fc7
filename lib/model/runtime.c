/* What the library knows of each runtime: the defaults below everything that the user says. */
#include "runtime.h"

#include "core/tables/field.h"

#define PROBE(path_, delay, period, timeout)                                                                             \
    {.enabled = HD_TRUE, .http_get = {.path = (path_)}, .initial_delay_seconds = HD_INT(delay), .period_seconds = (period), \
     .timeout_seconds = (timeout)}

#define RESOURCES(cpu_request, memory_request, cpu_limit, memory_limit)                                                     \
    {HD_LIST(requests, struct hd_quantity, {"cpu", cpu_request}, {"memory", memory_request}),                     \
     HD_LIST(limits, struct hd_quantity, {"cpu", cpu_limit}, {"memory", memory_limit})}

/* Both runtimes scale at the same load: up at once, down with patience. */
#define AUTOSCALING(most)                                                                                                     \
    {.enabled = HD_TRUE,                                                                                                      \
     .min_replicas = 2,                                                                                                       \
     .max_replicas = (most),                                                                                                  \
     .cpu = HD_INT(70),                                                                                                       \
     .memory = HD_INT(80),                                                                                                    \
     .behavior = {.scale_up = {.stabilization_window_seconds = HD_INT(60),                                                    \
                               HD_LIST(policies, struct hd_scaling_policy, {.type = "Percent", .value = 100, .period_seconds = 15})}, \
                  .scale_down = {.stabilization_window_seconds = HD_INT(300),                                                 \
                                 HD_LIST(policies, struct hd_scaling_policy, {.type = "Percent", .value = 10, .period_seconds = 60})}}}

/* An interpreter starts at once and needs little; it scales wide. */
static const struct hd_service cpython = {
    .name = "cpython",
    .container = {.resources = RESOURCES("250m", "256Mi", "500m", "512Mi"),
                  .liveness_probe = PROBE("/health", 30, 10, 5),
                  .readiness_probe = PROBE("/ready", 5, 5, 3)},
    .autoscaling = AUTOSCALING(10),
};

/* A compiled service loads data and models before it answers, and each pod of it does more. */
static const struct hd_service condon = {
    .name = "condon",
    .container = {.resources = RESOURCES("500m", "1Gi", "1", "2Gi"),
                  .liveness_probe = PROBE("/health", 60, 30, 10),
                  .readiness_probe = PROBE("/ready", 30, 10, 5)},
    .autoscaling = AUTOSCALING(6),
};

/* Below the runtimes: what holds for every service. The rights meet the restricted Pod Security Standard. */
static const struct hd_service every_service = {
    .container = {HD_LIST(ports, struct hd_port, {.name = "http", .port = 8000, .protocol = HD_PROTOCOL_HTTP}),
                  .security_context = {.allow_privilege_escalation = HD_FALSE,
                                       .privileged = HD_FALSE,
                                       .read_only_root_filesystem = HD_TRUE,
                                       .capabilities = {HD_STRINGS(drop, "ALL")}}},
    .pod = {.pod_security_context = {.run_as_non_root = HD_TRUE,
                                     .run_as_user = HD_INT(10001),
                                     .run_as_group = HD_INT(10001),
                                     .fs_group = HD_INT(10001),
                                     .seccomp_profile = {.type = HD_PROFILE_RUNTIME_DEFAULT}},
            HD_LIST(topology_spread_constraints, struct hd_topology_spread, {.topology_key = "topology.kubernetes.io/zone"},
                    {.topology_key = "kubernetes.io/hostname"})},
    .strategy = {.type = HD_STRATEGY_ROLLING_UPDATE},
};

enum hd_runtime runtime_named(const char *name)
{
    const struct hd_word *word = name ? enum_word(&hd_runtime_enum, name) : NULL;

    return word ? (enum hd_runtime)word->value : HD_RUNTIME_UNSET;
}

const struct hd_service *runtime_defaults(enum hd_runtime runtime)
{
    return runtime == HD_RUNTIME_CONDON ? &condon : &cpython;
}

const struct hd_service *service_defaults(void)
{
    return &every_service;
}
