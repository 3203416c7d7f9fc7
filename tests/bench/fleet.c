#include "fleet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* Each # is the number of the six. */
static const char six[] = "  auth-service-#:\n"
                          "    runtime: cpython\n"
                          "    expose: /#/api/auth\n"
                          "    calls: [postgres, redis]\n"
                          "    env:\n"
                          "      DATABASE_URL: {secret: database-secrets, key: url}\n"
                          "      JWT_SECRET: {secret: jwt-secrets, key: secret}\n"
                          "  dashboard-service-#:\n"
                          "    runtime: cpython\n"
                          "    expose: /#\n"
                          "    calls: [auth-service-#, analytics-service-#, monitoring-service-#]\n"
                          "    env:\n"
                          "      DATABASE_URL: {secret: database-secrets, key: url}\n"
                          "  streaming-service-#:\n"
                          "    runtime: cpython\n"
                          "    ports: [{port: 8000, protocol: websocket}]\n"
                          "    expose: /#/api/stream\n"
                          "    calls: [auth-service-#, analytics-service-#, redis]\n"
                          "    env:\n"
                          "      JWT_SECRET: {secret: jwt-secrets, key: secret}\n"
                          "  analytics-service-#:\n"
                          "    runtime: condon\n"
                          "    expose: /#/api/analytics\n"
                          "    calls: [postgres, ai-detection-service-#]\n"
                          "    autoscaling: {maxReplicas: 8}\n"
                          "    env:\n"
                          "      DATABASE_URL: {secret: database-secrets, key: url}\n"
                          "      MODEL_PATH: /app/models\n"
                          "      THREAD_POOL_SIZE: 4\n"
                          "  ai-detection-service-#:\n"
                          "    runtime: condon\n"
                          "    expose: /#/api/ai-detection\n"
                          "    resources: {requests: {cpu: 1, memory: 2Gi}, limits: {cpu: 2, memory: 4Gi, nvidia.com/gpu: 1}}\n"
                          "    livenessProbe: {initialDelaySeconds: 90, timeoutSeconds: 15}\n"
                          "    readinessProbe: {initialDelaySeconds: 60, periodSeconds: 15, timeoutSeconds: 10}\n"
                          "    env:\n"
                          "      MODEL_PATH: /app/models\n"
                          "      API_KEY: {secret: api-keys, key: key}\n"
                          "  monitoring-service-#:\n"
                          "    runtime: condon\n";

char *fleet_text(size_t n_services, size_t *ret_length)
{
    enum { LONGEST_NUMBER = 20 };
    size_t n_numbers = 0;
    char *text, *p;

    for (const char *c = six; *c; c++)
        n_numbers += *c == '#';
    text = malloc(sizeof head + (n_services / 6) * (sizeof six + n_numbers * LONGEST_NUMBER));
    if (!text)
        abort();
    memcpy(text, head, sizeof head - 1);
    p = text + sizeof head - 1;
    for (size_t i = 0; i < n_services / 6; i++)
        for (const char *c = six; *c; c++)
            if (*c == '#')
                p += sprintf(p, "%zu", i);
            else
                *p++ = *c;
    *ret_length = (size_t)(p - text);
    return text;
}
