#include "traffic.h"

#include "core/tables/field.h"
#include "tables.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Only these two ways know slow starts. (Istio: applyLoadBalancer) */
bool balancer_warms_up(const struct hd_load_balancer *balancer)
{
    if (struct_is_set(&hd_consistent_hash_struct, &balancer->consistent_hash))
        return false;
    return !balancer->simple || !strcmp(balancer->simple, "LEAST_REQUEST") || !strcmp(balancer->simple, "ROUND_ROBIN");
}

bool settings_are_set(struct settings settings)
{
    return struct_is_set(&hd_load_balancer_struct, settings.load_balancer) ||
           struct_is_set(&hd_connection_pool_struct, settings.connection_pool) ||
           struct_is_set(&hd_outlier_detection_struct, settings.outlier_detection);
}

bool has_settings(const struct hd_traffic_policy *policy)
{
    return settings_are_set(SETTINGS(policy)) || policy->n_port_level_settings;
}

bool needs_route(const struct hd_traffic_policy *policy)
{
    return policy->timeout || struct_is_set(&hd_retries_struct, &policy->retries);
}

const struct hd_port_policy *port_policy(const struct hd_traffic_policy *policy, const char *name, int64_t number)
{
    char text[24];

    snprintf(text, sizeof text, "%lld", (long long)number);
    for (size_t i = 0; i < policy->n_port_level_settings; i++) {
        const char *port = policy->port_level_settings[i].port;

        if (port && ((name && !strcmp(port, name)) || !strcmp(port, text)))
            return &policy->port_level_settings[i];
    }
    return NULL;
}
