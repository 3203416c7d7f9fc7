#include "kinds.h"

#include <string.h>

static const struct kind kinds[] = {
    {.group = "", .name = "Namespace", .is_global = true, .read = read_namespace},
    {.group = "", .name = "Pod", .read = read_pod},
    {.group = "", .name = "ReplicationController", .read = read_controller},
    {.group = "apps", .name = "DaemonSet", .read = read_controller},
    {.group = "apps", .name = "Deployment", .read = read_controller},
    {.group = "apps", .name = "ReplicaSet", .read = read_controller},
    {.group = "apps", .name = "StatefulSet", .read = read_controller},
    {.group = "argoproj.io", .name = "Rollout", .read = read_controller},
    {.group = "batch", .name = "CronJob", .read = read_cron_job},
    {.group = "batch", .name = "Job", .read = read_controller},
    {.group = "networking.k8s.io", .name = "NetworkPolicy", .read = read_network_policy},
};

const struct kind *kind_named(const char *group, const char *name)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (!strcmp(kinds[i].name, name) && !strcmp(kinds[i].group, group))
            return &kinds[i];
    return NULL;
}
