/* Traffic policy, as rules and emitters look at it. */
#ifndef HD_MODEL_TRAFFIC_H
#define HD_MODEL_TRAFFIC_H

#include "model.h"

/* What a service, one of its ports and one of its callers may say alike. */
struct settings {
    const struct hd_load_balancer *load_balancer;
    const struct hd_connection_pool *connection_pool;
    const struct hd_outlier_detection *outlier_detection;
};

#define SETTINGS(policy) ((struct settings){&(policy)->load_balancer, &(policy)->connection_pool, &(policy)->outlier_detection})

/* Whether anything is said that a DestinationRule would say. */
bool settings_are_set(struct settings settings);
bool has_settings(const struct hd_traffic_policy *policy);

/* Whether pods are chosen in a way that gives new ones a smaller share. */
bool balancer_warms_up(const struct hd_load_balancer *balancer);

/* The settings of a port, by its name or number; NULL when it has none. */
const struct hd_port_policy *port_policy(const struct hd_traffic_policy *policy, const char *name, int64_t number);

/* Whether requests within the mesh need a route: for times and retries, of all callers or of single ones. */
bool needs_route(const struct hd_traffic_policy *policy);

#endif
