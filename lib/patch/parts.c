/* How the API server merges the parts of its own kinds: patchMergeKey and patchStrategy of Kubernetes' published types. */
#include "patch.h"

#include <string.h>

static const struct part_row rows[] = {
    {PART_CONTROLLER, "metadata", PART_META, NULL},
    {PART_CONTROLLER, "spec", PART_CONTROLLER_SPEC, NULL},
    {PART_CRON_JOB, "metadata", PART_META, NULL},
    {PART_CRON_JOB, "spec", PART_CRON_SPEC, NULL},
    {PART_POD_ROOT, "metadata", PART_META, NULL},
    {PART_POD_ROOT, "spec", PART_POD, NULL},
    {PART_SERVICE, "metadata", PART_META, NULL},
    {PART_SERVICE, "spec", PART_SERVICE_SPEC, NULL},
    {PART_ACCOUNT, "metadata", PART_META, NULL},
    {PART_ACCOUNT, "secrets", PART_PLAIN, "name"},
    {PART_BUDGET, "metadata", PART_META, NULL},
    {PART_BUDGET, "spec", PART_BUDGET_SPEC, NULL},
    {PART_ROOT_OTHER, "metadata", PART_META, NULL},
    {PART_META, "ownerReferences", PART_PLAIN, "uid"},
    {PART_META, "finalizers", PART_PLAIN, ""},
    {PART_CRON_SPEC, "jobTemplate", PART_JOB_TEMPLATE, NULL},
    {PART_JOB_TEMPLATE, "metadata", PART_META, NULL},
    {PART_JOB_TEMPLATE, "spec", PART_CONTROLLER_SPEC, NULL},
    {PART_CONTROLLER_SPEC, "template", PART_TEMPLATE, NULL},
    {PART_TEMPLATE, "metadata", PART_META, NULL},
    {PART_TEMPLATE, "spec", PART_POD, NULL},
    {PART_POD, "volumes", PART_PLAIN, "name"},
    {PART_POD, "initContainers", PART_CONTAINER, "name"},
    {PART_POD, "containers", PART_CONTAINER, "name"},
    {PART_POD, "ephemeralContainers", PART_CONTAINER, "name"},
    {PART_POD, "imagePullSecrets", PART_PLAIN, "name"},
    {PART_POD, "hostAliases", PART_PLAIN, "ip"},
    {PART_POD, "topologySpreadConstraints", PART_PLAIN, "topologyKey"},
    {PART_POD, "schedulingGates", PART_PLAIN, "name"},
    {PART_POD, "resourceClaims", PART_PLAIN, "name"},
    {PART_CONTAINER, "ports", PART_PLAIN, "containerPort"},
    {PART_CONTAINER, "env", PART_PLAIN, "name"},
    {PART_CONTAINER, "volumeMounts", PART_PLAIN, "mountPath"},
    {PART_CONTAINER, "volumeDevices", PART_PLAIN, "devicePath"},
    {PART_SERVICE_SPEC, "ports", PART_PLAIN, "port"},
    {PART_BUDGET_SPEC, "selector", PART_REPLACED, NULL},
};

/* Groups whose kinds are the API server's own. */
static const char *const groups[] = {"", "apps", "batch", "autoscaling", "policy", "networking.k8s.io", "rbac.authorization.k8s.io",
                                     "scheduling.k8s.io", "storage.k8s.io"};

static const struct {
    const char *kind;
    enum part part;
} kinds[] = {
    {"Deployment", PART_CONTROLLER}, {"StatefulSet", PART_CONTROLLER}, {"DaemonSet", PART_CONTROLLER}, {"Job", PART_CONTROLLER},
    {"ReplicaSet", PART_CONTROLLER}, {"CronJob", PART_CRON_JOB},       {"Pod", PART_POD_ROOT},         {"Service", PART_SERVICE},
    {"ServiceAccount", PART_ACCOUNT}, {"PodDisruptionBudget", PART_BUDGET},
};

enum part part_of_kind(const char *group, const char *kind)
{
    bool is_own = false;

    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        is_own |= !strcmp(groups[i], group);
    if (!is_own)
        return PART_JSON;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (!strcmp(kinds[i].kind, kind))
            return kinds[i].part;
    return PART_ROOT_OTHER;
}

struct part_row part_behind(enum part in, const char *key)
{
    for (size_t i = 0; in != PART_PLAIN && i < sizeof rows / sizeof *rows; i++)
        if (rows[i].in == in && !strcmp(rows[i].key, key))
            return rows[i];
    return (struct part_row){in, key, in == PART_JSON ? PART_JSON : PART_PLAIN, NULL};
}
