#include "fleet.h"

#include <stdio.h>
#include <stdlib.h>

static const char head[] = "name: graphmemory\n"
                           "environment: production\n"
                           "host: graphmemory.example.com\n"
                           "imageRegistry: registry.example.com/graphmemory\n"
                           "imageTag: \"1.4.2\"\n"
                           "secretStore: vault\n"
                           "secrets:\n"
                           "  database-secrets: {keys: {url: {remoteKey: graphmemory/database, property: url}}}\n"
                           "  jwt-secrets: {keys: {secret: {remoteKey: graphmemory/jwt, property: secret}}}\n"
                           "  api-keys: {keys: {key: {remoteKey: graphmemory/api-keys, property: key}}}\n"
                           "externals:\n"
                           "  postgres: {namespace: database, port: 5432}\n"
                           "  redis: {namespace: redis, port: 6379}\n"
                           "platform:\n"
                           "  collector: {namespace: observability}\n"
                           "services:\n";

/* Each %zu is the number of the six. */
static const char six[] = "  auth-service-%1$zu:\n"
                          "    runtime: cpython\n"
                          "    expose: /%1$zu/api/auth\n"
                          "    calls: [postgres, redis]\n"
                          "    env:\n"
                          "      DATABASE_URL: {secret: database-secrets, key: url}\n"
                          "      JWT_SECRET: {secret: jwt-secrets, key: secret}\n"
                          "  dashboard-service-%1$zu:\n"
                          "    runtime: cpython\n"
                          "    expose: /%1$zu\n"
                          "    calls: [auth-service-%1$zu, analytics-service-%1$zu, monitoring-service-%1$zu]\n"
                          "    env:\n"
                          "      DATABASE_URL: {secret: database-secrets, key: url}\n"
                          "  streaming-service-%1$zu:\n"
                          "    runtime: cpython\n"
                          "    ports: [{port: 8000, protocol: websocket}]\n"
                          "    expose: /%1$zu/api/stream\n"
                          "    calls: [auth-service-%1$zu, analytics-service-%1$zu, redis]\n"
                          "    env:\n"
                          "      JWT_SECRET: {secret: jwt-secrets, key: secret}\n"
                          "  analytics-service-%1$zu:\n"
                          "    runtime: condon\n"
                          "    expose: /%1$zu/api/analytics\n"
                          "    calls: [postgres, ai-detection-service-%1$zu]\n"
                          "    autoscaling: {maxReplicas: 8}\n"
                          "    env:\n"
                          "      DATABASE_URL: {secret: database-secrets, key: url}\n"
                          "      MODEL_PATH: /app/models\n"
                          "      THREAD_POOL_SIZE: 4\n"
                          "  ai-detection-service-%1$zu:\n"
                          "    runtime: condon\n"
                          "    expose: /%1$zu/api/ai-detection\n"
                          "    resources: {requests: {cpu: 1, memory: 2Gi}, limits: {cpu: 2, memory: 4Gi, nvidia.com/gpu: 1}}\n"
                          "    livenessProbe: {initialDelaySeconds: 90, timeoutSeconds: 15}\n"
                          "    readinessProbe: {initialDelaySeconds: 60, periodSeconds: 15, timeoutSeconds: 10}\n"
                          "    env:\n"
                          "      MODEL_PATH: /app/models\n"
                          "      API_KEY: {secret: api-keys, key: key}\n"
                          "  monitoring-service-%1$zu:\n"
                          "    runtime: condon\n";

char *fleet_text(size_t n_services, size_t *ret_length)
{
    size_t room = sizeof head + (n_services / 6 + 1) * (sizeof six + 400), length = sizeof head - 1;
    char *text = malloc(room);

    if (!text)
        abort();
    snprintf(text, room, "%s", head);
    for (size_t i = 0; i < n_services / 6; i++)
        length += (size_t)snprintf(text + length, room - length, six, i);
    *ret_length = length;
    return text;
}
