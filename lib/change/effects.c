#include "effects.h"

#include "compare.h"
#include "core/text/quantity.h"

#include <stdlib.h>
#include <string.h>

/*
 * The effects of changed fields that the library writes. The first row with the object's kind whose path is that of the field, of a parent or of a child decides. A
 * field without a row is changed in place. `only_if` restricts a row to some changes.
 */
struct effect_row {
    const char *group, *kind, *path;
    enum hd_effect effect;
    bool (*only_if)(const struct hd_field_change *field, const struct changed_object *object);
    const char *why;
    /* Of rows with HD_EFFECT_DATA, whether the API server refuses the change. */
    bool is_refused;
};

static bool is_shrunk(const struct hd_field_change *field, const struct changed_object *object)
{
    const struct node *before = node_at(node_at(node_at(node_at(object->before, "spec"), "resources"), "requests"), "storage");
    const struct node *after = node_at(node_at(node_at(node_at(object->after, "spec"), "resources"), "requests"), "storage");

    (void)field;
    return !before || !after || before->kind != NODE_SCALAR || after->kind != NODE_SCALAR || !quantity_is_valid(before->text) ||
           !quantity_is_valid(after->text) || quantity_compare(after->text, before->text) < 0;
}

static const char *text_at(const struct node *node, const char *key)
{
    const struct node *value = node_at(node, key);

    return value && value->kind == NODE_SCALAR ? value->text : "";
}

/* (Kubernetes 1.33: apps/v1 validation) */
static bool may_change_history(const struct hd_field_change *field, const struct changed_object *object)
{
    (void)field;
    return object->kube_minor >= 33;
}

/* Whether the StatefulSet has fewer replicas than before and deletes the claims of the pods that go. */
static bool loses_claims(const struct hd_field_change *field, const struct changed_object *object)
{
    const struct node *policy = node_at(node_at(object->after, "spec"), "persistentVolumeClaimRetentionPolicy");

    return !strcmp(text_at(policy, "whenScaled"), "Delete") && field->before && field->after && atoll(field->after) < atoll(field->before);
}

static bool begins_to_delete(const struct hd_field_change *field, const struct changed_object *object)
{
    (void)object;
    return field->after && strstr(field->after, "Delete");
}

static bool waits_for_deletion(const struct hd_field_change *field, const struct changed_object *object)
{
    (void)field;
    return !strcmp(text_at(node_at(node_at(object->after, "spec"), "updateStrategy"), "type"), "OnDelete");
}

/* Takes a value out of its JSON; false when it is no quantity. */
static bool take_quantity(char text[QUANTITY_LONGEST], const char *json)
{
    size_t length = json ? strlen(json) : 0, n_quotes = length > 2 && *json == '"' ? 1 : 0;

    length -= 2 * n_quotes;
    if (length >= QUANTITY_LONGEST)
        return false;
    memcpy(text, json ? json + n_quotes : "", length);
    text[length] = 0;
    return quantity_is_valid(text);
}

/*
 * The controller of Deployments keeps pods when amounts are only written otherwise, such as 1Gi and 1073741824, and of a Job the API server
 * takes that; the controllers of others do not keep them.
 */
static bool replaces_pods(const struct hd_field_change *field, const struct changed_object *object)
{
    char before[QUANTITY_LONGEST], after[QUANTITY_LONGEST];

    (void)object;
    return !(strstr(field->path, "].resources.") || strstr(field->path, ".emptyDir.sizeLimit")) || !take_quantity(before, field->before) ||
           !take_quantity(after, field->after) || quantity_compare(before, after) != 0;
}

/* A second family may come and go. */
static bool changes_first_family(const struct hd_field_change *field, const struct changed_object *object)
{
    const struct node *before = node_at(node_at(object->before, "spec"), "ipFamilies");
    const struct node *after = node_at(node_at(object->after, "spec"), "ipFamilies");

    (void)field;
    /* Which family a Service without the list has, the cluster decides. */
    if (!before || !after || before->kind != NODE_SEQUENCE || after->kind != NODE_SEQUENCE || !before->n_items || !after->n_items)
        return true;
    if (before->items[0]->kind != NODE_SCALAR || after->items[0]->kind != NODE_SCALAR)
        return true;
    return strcmp(before->items[0]->text, after->items[0]->text) != 0;
}

/* A Service that becomes or ceases to be a load balancer takes another class. */
static bool stays_balancer(const struct hd_field_change *field, const struct changed_object *object)
{
    (void)field;
    return !strcmp(text_at(node_at(object->before, "spec"), "type"), text_at(node_at(object->after, "spec"), "type"));
}

/* An Indexed Job may have more or fewer pods that all run at once. (Kubernetes 1.27: batch/v1 validation) */
static bool is_not_elastic(const struct hd_field_change *field, const struct changed_object *object)
{
    const struct node *spec = node_at(object->after, "spec");

    (void)field;
    return object->kube_minor < 27 || strcmp(text_at(spec, "completionMode"), "Indexed") != 0 ||
           strcmp(text_at(spec, "completions"), text_at(spec, "parallelism")) != 0;
}

/* Two programs cannot both say how many pods there are: where the manifest begins or ceases to, the other one is an autoscaler. */
static bool is_handed_over(const struct hd_field_change *field, const struct changed_object *object)
{
    (void)object;
    return !field->after;
}

static bool is_taken_over(const struct hd_field_change *field, const struct changed_object *object)
{
    (void)object;
    return !field->before;
}

#define REPLICAS_OF(group, kind)                                                                                                         \
    {group, kind, "spec.replicas", HD_EFFECT_UPDATE, is_handed_over,                                                                     \
     "left to an autoscaler; a plain apply leaves one pod until one acts, deploy-hybrid.sh keeps all"},                           \
    {group, kind, "spec.replicas", HD_EFFECT_UPDATE, is_taken_over,                                                                      \
     "said by the manifest now; where an autoscaler said it, a server-side apply has to force it, as deploy-hybrid.sh does"}
#define SELECTS "its selector cannot be changed"
#define NEW_PODS "its pods come from this template"
#define OF_JOB "a Job runs once, with the values that it was made with (Kubernetes: batch/v1 validation)"

static const struct effect_row rows[] = {
    {"apps", "Deployment", "spec.selector", HD_EFFECT_RECREATE, NULL, SELECTS " (Kubernetes: apps/v1 validation)"},
    {"apps", "Deployment", "spec.template", HD_EFFECT_RESTART, replaces_pods, NEW_PODS},
    REPLICAS_OF("apps", "Deployment"),
    {"argoproj.io", "Rollout", "spec.selector", HD_EFFECT_RECREATE, NULL, SELECTS " (Argo Rollouts: validation)"},
    {"argoproj.io", "Rollout", "spec.template", HD_EFFECT_RESTART, NULL, NEW_PODS},
    REPLICAS_OF("argoproj.io", "Rollout"),
    {"apps", "DaemonSet", "spec.selector", HD_EFFECT_RECREATE, NULL, SELECTS " (Kubernetes: apps/v1 validation)"},
    {"apps", "DaemonSet", "spec.template", HD_EFFECT_RESTART, waits_for_deletion,
     "its pods come from this template; updateStrategy is OnDelete, so each runs on until somebody deletes it"},
    {"apps", "DaemonSet", "spec.template", HD_EFFECT_RESTART, NULL, NEW_PODS},
    {"apps", "StatefulSet", "spec.template", HD_EFFECT_RESTART, waits_for_deletion,
     "its pods come from this template; updateStrategy is OnDelete, so each runs on until somebody deletes it"},
    {"apps", "StatefulSet", "spec.template", HD_EFFECT_RESTART, NULL, NEW_PODS},
    {"apps", "StatefulSet", "spec.volumeClaimTemplates", HD_EFFECT_DATA, NULL,
     "claim templates cannot be changed, and claims that exist stay as they are; the StatefulSet has to be made again, and the data moved "
     "(Kubernetes: apps/v1 validation)", true},
    {"apps", "StatefulSet", "spec.replicas", HD_EFFECT_DATA, loses_claims,
     "whenScaled is Delete, so the claims of pods beyond the new number are deleted with their data"},
    {"apps", "StatefulSet", "spec.persistentVolumeClaimRetentionPolicy", HD_EFFECT_DATA, begins_to_delete,
     "claims will be deleted with their data when pods or the StatefulSet go"},
    {"apps", "StatefulSet", "spec.persistentVolumeClaimRetentionPolicy", HD_EFFECT_UPDATE, NULL, NULL},
    REPLICAS_OF("apps", "StatefulSet"),
    {"apps", "StatefulSet", "spec.replicas", HD_EFFECT_UPDATE, NULL, NULL},
    {"apps", "StatefulSet", "spec.revisionHistoryLimit", HD_EFFECT_UPDATE, may_change_history, NULL},
    {"apps", "StatefulSet", "spec.updateStrategy", HD_EFFECT_UPDATE, NULL, NULL},
    {"apps", "StatefulSet", "spec.minReadySeconds", HD_EFFECT_UPDATE, NULL, NULL},
    {"apps", "StatefulSet", "spec", HD_EFFECT_RECREATE, NULL,
     "a StatefulSet's spec cannot be changed here (Kubernetes: apps/v1 validation)"},
    {"batch", "Job", "spec.template", HD_EFFECT_RECREATE, replaces_pods, OF_JOB},
    {"batch", "Job", "spec.completions", HD_EFFECT_RECREATE, is_not_elastic, OF_JOB},
    {"batch", "Job", "spec.completionMode", HD_EFFECT_RECREATE, NULL, OF_JOB},
    {"", "Service", "spec.clusterIP", HD_EFFECT_RECREATE, NULL,
     "the address of a Service cannot be changed (Kubernetes: core/v1 validation)"},
    {"", "Service", "spec.ipFamilies", HD_EFFECT_RECREATE, changes_first_family,
     "the first address family of a Service cannot be changed (Kubernetes: core/v1 validation)"},
    {"", "Service", "spec.loadBalancerClass", HD_EFFECT_RECREATE, stays_balancer,
     "the class of a load balancer cannot be changed (Kubernetes: core/v1 validation)"},
    {"", "PersistentVolumeClaim", "spec.resources", HD_EFFECT_DATA, is_shrunk,
     "a claim cannot become smaller; it has to be made again, and its data moved (Kubernetes: core/v1 validation)", true},
    {"", "PersistentVolumeClaim", "spec.resources", HD_EFFECT_UPDATE, NULL, NULL},
    {"", "PersistentVolumeClaim", "spec", HD_EFFECT_DATA, NULL,
     "a claim cannot be changed here; it has to be made again, and its data moved (Kubernetes: core/v1 validation)", true},
    {"external-secrets.io", "ExternalSecret", "spec.refreshInterval", HD_EFFECT_UPDATE, NULL, NULL},
    {"external-secrets.io", "ExternalSecret", "spec", HD_EFFECT_DATA, NULL,
     "the Secret gets its values from another source, or has other keys; no pod restarts because of that, and those that run keep the values of "
     "their variables"},
    {"rbac.authorization.k8s.io", "RoleBinding", "roleRef", HD_EFFECT_RECREATE, NULL,
     "the role of a binding cannot be changed (Kubernetes: rbac/v1 validation)"},
    {"rbac.authorization.k8s.io", "ClusterRoleBinding", "roleRef", HD_EFFECT_RECREATE, NULL,
     "the role of a binding cannot be changed (Kubernetes: rbac/v1 validation)"},
    {"scheduling.k8s.io", "PriorityClass", "value", HD_EFFECT_RECREATE, NULL,
     "the value of a PriorityClass cannot be changed (Kubernetes: scheduling/v1 validation)"},
    {"scheduling.k8s.io", "PriorityClass", "preemptionPolicy", HD_EFFECT_RECREATE, NULL,
     "the preemption policy of a PriorityClass cannot be changed (Kubernetes: scheduling/v1 validation)"},
};

/* Whether `path` is `head` or a path below it. */
static bool leads_to(const char *head, const char *path)
{
    size_t length = strlen(head);

    return !strncmp(head, path, length) && (!path[length] || path[length] == '.' || path[length] == '[');
}

/* A parent that was added or removed as a whole has the effect of its parts. */
static bool concerns(const struct effect_row *row, const char *path)
{
    return leads_to(row->path, path) || leads_to(path, row->path);
}

void judge_field(struct hd_field_change *field, const struct changed_object *object)
{
    field->effect = HD_EFFECT_UPDATE;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!strcmp(rows[i].kind, object->kind) && !strcmp(rows[i].group, object->group) && concerns(&rows[i], field->path) &&
            (!rows[i].only_if || rows[i].only_if(field, object))) {
            field->effect = rows[i].effect;
            field->why = rows[i].why;
            field->is_refused = rows[i].is_refused || rows[i].effect == HD_EFFECT_RECREATE;
            return;
        }
}

enum hd_effect effect_of_removal(const struct changed_object *object, const char **ret_why)
{
    const struct node *policy = node_at(node_at(object->before, "spec"), "persistentVolumeClaimRetentionPolicy");
    const char *why = NULL;

    if (!strcmp(object->kind, "PersistentVolumeClaim") && !*object->group)
        why = "the data of a claim can be deleted with it, as the reclaim policy of its storage class says";
    else if (!strcmp(object->kind, "Namespace") && !*object->group)
        why = "everything in a namespace is deleted with it, including its claims";
    else if (!strcmp(object->kind, "StatefulSet") && !strcmp(text_at(policy, "whenDeleted"), "Delete"))
        why = "whenDeleted is Delete, so its claims are deleted with their data";
    else if (!strcmp(object->kind, "ExternalSecret"))
        why = "its Secret is deleted with it";
    *ret_why = why;
    return why ? HD_EFFECT_DATA : HD_EFFECT_DELETE;
}
