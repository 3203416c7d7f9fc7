/*
 * GraphMemory as C structs. examples/graphmemory/hybriddeploy.yaml says the same, and the manifests are the same to the byte.
 *
 *     cc graphmemory.c $(pkg-config --cflags --libs hybriddeploy) -o graphmemory && ./graphmemory | kubectl apply -f -
 */
#include <hybriddeploy/hybriddeploy.h>
#include <stdio.h>

#define DATABASE_URL {.name = "DATABASE_URL", .secret = "database-secrets", .key = "url"}
#define JWT_SECRET   {.name = "JWT_SECRET", .secret = "jwt-secrets", .key = "secret"}
#define MODEL_PATH   {.name = "MODEL_PATH", .value = "/app/models"}

static const struct hd_secret secrets[] = {
    {.name = "database-secrets",
     HD_LIST(keys, struct hd_secret_key, {.name = "url", .remote_key = "graphmemory/database", .property = "url"})},
    {.name = "jwt-secrets",
     HD_LIST(keys, struct hd_secret_key, {.name = "secret", .remote_key = "graphmemory/jwt", .property = "secret"})},
    {.name = "api-keys",
     HD_LIST(keys, struct hd_secret_key, {.name = "key", .remote_key = "graphmemory/api-keys", .property = "key"})},
};

static const struct hd_external externals[] = {
    {.name = "postgres", .namespace_name = "database", HD_LIST(ports, struct hd_external_port, {.port = 5432})},
    {.name = "redis",
     .namespace_name = "redis",
     HD_LIST(ports, struct hd_external_port, {.name = "redis", .port = 6379, .protocol = HD_PROTOCOL_REDIS})},
};

#define LIMITS(balancer, connections, requests, requests_each, errors)                                                               \
    {.load_balancer = {.simple = (balancer)},                                                                                        \
     .connection_pool = {.tcp = {.max_connections = (connections), .connect_timeout = "30ms"},                                       \
                         .http = {.http2_max_requests = (requests), .max_requests_per_connection = (requests_each)}},                \
     .outlier_detection = {.consecutive_5xx_errors = HD_INT(errors), .interval = "10s", .base_ejection_time = "30s"}}

static const struct hd_service services[] = {
    {
        .name = "auth-service",
        .runtime = "cpython",
        HD_LIST(expose, struct hd_exposure, {.path = "/api/auth"}),
        HD_LIST(calls, struct hd_call, {.to = "postgres"}, {.to = "redis"}),
        .traffic_policy = LIMITS("LEAST_REQUEST", 100, 1000, 10, 5),
        .container = {HD_LIST(env, struct hd_env, DATABASE_URL, JWT_SECRET)},
    },
    {
        .name = "dashboard-service",
        .runtime = "cpython",
        HD_LIST(expose, struct hd_exposure, {.path = "/"}),
        HD_LIST(calls, struct hd_call, {.to = "auth-service"}, {.to = "analytics-service"}, {.to = "monitoring-service"}),
        .container = {HD_LIST(env, struct hd_env, DATABASE_URL)},
    },
    {
        .name = "streaming-service",
        .runtime = "cpython",
        HD_LIST(expose, struct hd_exposure, {.path = "/api/stream"}),
        HD_LIST(calls, struct hd_call, {.to = "auth-service"}, {.to = "analytics-service"}, {.to = "redis"}),
        .container = {HD_LIST(ports, struct hd_port, {.name = "ws", .port = 8000, .protocol = HD_PROTOCOL_WEBSOCKET}),
                      HD_LIST(env, struct hd_env, JWT_SECRET)},
    },
    {
        .name = "analytics-service",
        .runtime = "condon",
        HD_LIST(expose, struct hd_exposure, {.path = "/api/analytics"}),
        HD_LIST(calls, struct hd_call, {.to = "postgres"}, {.to = "ai-detection-service"}),
        .autoscaling = {.enabled = HD_TRUE, .max_replicas = 8},
        .traffic_policy = LIMITS("ROUND_ROBIN", 50, 500, 5, 3),
        .container = {HD_LIST(env, struct hd_env, DATABASE_URL, MODEL_PATH, {.name = "THREAD_POOL_SIZE", .value = "4"})},
    },
    {
        .name = "ai-detection-service",
        .runtime = "condon",
        HD_LIST(expose, struct hd_exposure, {.path = "/api/ai-detection"}),
        .traffic_policy = LIMITS("ROUND_ROBIN", 30, 200, 3, 2),
        .container = {HD_LIST(env, struct hd_env, MODEL_PATH, {.name = "API_KEY", .secret = "api-keys", .key = "key"}),
                      .resources = {HD_LIST(requests, struct hd_quantity, {.name = "cpu", .amount = "1"},
                                            {.name = "memory", .amount = "2Gi"}),
                                    HD_LIST(limits, struct hd_quantity, {.name = "cpu", .amount = "2"}, {.name = "memory", .amount = "4Gi"},
                                            {.name = "nvidia.com/gpu", .amount = "1"})},
                      .liveness_probe = {.initial_delay_seconds = HD_INT(90), .timeout_seconds = 15},
                      .readiness_probe = {.initial_delay_seconds = HD_INT(60), .period_seconds = 15, .timeout_seconds = 10}},
    },
    {
        .name = "monitoring-service",
        .runtime = "condon",
    },
};

static const struct hd_exporter exporters[] = {
    {.name = "jaeger", .endpoint = "jaeger-collector.observability:4317"},
    {.name = "tempo", .endpoint = "tempo.observability:4317"},
    {.name = "loki", .endpoint = "http://loki-gateway.observability:80/otlp"},
};

static const struct hd_app graphmemory = {
    .abi = HD_ABI,
    .name = "graphmemory",
    .environment = "production",
    .host = "graphmemory.example.com",
    .image_registry = "registry.example.com/graphmemory",
    .image_tag = "1.4.2",
    .secret_store = {.name = "vault"},
    .secrets = secrets,
    .n_secrets = sizeof secrets / sizeof *secrets,
    .externals = externals,
    .n_externals = sizeof externals / sizeof *externals,
    .mesh = {.mode = HD_MESH_SIDECAR,
             HD_LIST(gateways, struct hd_gateway, {.name = "graphmemory", .tls = {.credential_name = "graphmemory-tls"}})},
    .telemetry = {.collector = {.exporters = exporters, .n_exporters = sizeof exporters / sizeof *exporters}},
    .operations = {.recovery_point = "24h", .recovery_time = "1h"},
    HD_LIST(runtimes, struct hd_service, {.name = "cpython", .build = {.python_version = "3.11"}}),
    .services = services,
    .n_services = sizeof services / sizeof *services,
};

static int to_stdout(void *user, const char *text, size_t length)
{
    (void)user;
    return fwrite(text, 1, length, stdout) != length;
}

int main(void)
{
    struct hd_diagnostics *diagnostics = hd_diagnostics_new(NULL);
    struct hd_model *model = NULL;
    enum hd_status status;

    if (!diagnostics)
        return HD_NO_MEMORY;
    status = hd_resolve(&graphmemory, NULL, diagnostics, &model);
    if (status == HD_OK)
        status = hd_generate(model, NULL, diagnostics, to_stdout, NULL);
    for (size_t i = 0; i < hd_diagnostics_count(diagnostics); i++)
        fprintf(stderr, "%s: %s\n", hd_diagnostics_get(diagnostics, i)->path, hd_diagnostics_get(diagnostics, i)->message);
    hd_model_free(model);
    hd_diagnostics_free(diagnostics);
    return (int)status;
}
