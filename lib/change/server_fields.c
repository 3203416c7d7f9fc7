#include "server_fields.h"

#include <string.h>

/*
 * Fields that servers fill in, without the defaults of pods: key of the mapping, key, value. `*` is any key or value, and `!x` any value
 * but x. A mapping of which each value is filled in is so too. (Kubernetes: defaults of the versions 1.24 to 1.37; External Secrets: defaults of external-secrets.io/v1)
 */
static const char filled_in[] =
    "/status=*\n"
    "metadata/managedFields=*\nmetadata/uid=*\nmetadata/resourceVersion=*\nmetadata/creationTimestamp=*\nmetadata/generation=*\n"
    "metadata/selfLink=*\nmetadata/ownerReferences=*\nmetadata/finalizers=*\nmetadata/namespace=*\n"
    "annotations/kubectl.kubernetes.io/last-applied-configuration=*\nannotations/kubectl.kubernetes.io/restartedAt=*\n"
    "annotations/deployment.kubernetes.io/revision=*\nannotations/deprecated.daemonset.template.generation=*\n"
    "annotations/pv.kubernetes.io/bind-completed=*\nannotations/pv.kubernetes.io/bound-by-controller=*\n"
    "annotations/volume.kubernetes.io/storage-provisioner=*\nannotations/volume.beta.kubernetes.io/storage-provisioner=*\n"
    "annotations/volume.kubernetes.io/selected-node=*\n"
    "labels/kubernetes.io/metadata.name=*\nlabels/controller-uid=*\nlabels/job-name=*\nlabels/batch.kubernetes.io/controller-uid=*\n"
    "labels/batch.kubernetes.io/job-name=*\nmatchLabels/controller-uid=*\nmatchLabels/batch.kubernetes.io/controller-uid=*\n"
    "spec/serviceAccount=*\n*/imagePullPolicy=*\n"
    /* workloads */
    "spec/replicas=1\nspec/revisionHistoryLimit=10\nspec/progressDeadlineSeconds=600\nspec/minReadySeconds=0\n"
    "*/type=RollingUpdate\nrollingUpdate/maxSurge=25%\nrollingUpdate/maxUnavailable=25%\nrollingUpdate/maxSurge=0\n"
    "rollingUpdate/maxUnavailable=1\nrollingUpdate/partition=0\nspec/podManagementPolicy=OrderedReady\n*/whenDeleted=Retain\n"
    "*/whenScaled=Retain\nvolumeClaimTemplates/apiVersion=v1\nvolumeClaimTemplates/kind=PersistentVolumeClaim\n"
    "volumeClaimTemplates/status=*\n"
    "spec/backoffLimit=6\nspec/completions=1\nspec/parallelism=1\nspec/completionMode=NonIndexed\nspec/suspend=false\n"
    "spec/manualSelector=false\nspec/podReplacementPolicy=TerminatingOrFailed\nspec/concurrencyPolicy=Allow\n"
    "spec/successfulJobsHistoryLimit=3\nspec/failedJobsHistoryLimit=1\nspec/minReplicas=1\n*/selectPolicy=Max\n"
    /* others */
    "spec/volumeMode=Filesystem\nspec/volumeName=*\nspec/storageClassName=*\nspec/finalizers=*\n"
    "spec/clusterIP=!None\nspec/clusterIPs=*\nspec/ipFamilies=*\nspec/ipFamilyPolicy=*\nports/nodePort=*\nspec/healthCheckNodePort=*\n"
    "spec/sessionAffinity=None\nspec/internalTrafficPolicy=Cluster\nspec/externalTrafficPolicy=Cluster\nspec/type=ClusterIP\n"
    "spec/allocateLoadBalancerNodePorts=true\n/secrets=*\n/preemptionPolicy=PreemptLowerPriority\n"
    "*/conversionStrategy=Default\n*/decodingStrategy=None\n*/metadataPolicy=None\n*/nullBytePolicy=Ignore\n"
    "target/creationPolicy=Owner\ntarget/deletionPolicy=Retain\n";

/* Defaults of pods: whether one of them is written or not, pods are the same, which spares a restart. (Kubernetes: defaults of core/v1) */
static const char defaults_of_pods[] =
    "spec/dnsPolicy=ClusterFirst\nspec/schedulerName=default-scheduler\nspec/restartPolicy=Always\nspec/terminationGracePeriodSeconds=30\n"
    "spec/securityContext={}\nspec/enableServiceLinks=true\n"
    "*/resources={}\n*/terminationMessagePath=/dev/termination-log\n*/terminationMessagePolicy=File\n"
    "livenessProbe/timeoutSeconds=1\nreadinessProbe/timeoutSeconds=1\nstartupProbe/timeoutSeconds=1\n"
    "*/protocol=TCP\n*/periodSeconds=10\n*/successThreshold=1\n*/failureThreshold=3\n*/initialDelaySeconds=0\n"
    "httpGet/scheme=HTTP\nhttpGet/path=/\ngrpc/service=\nfieldRef/apiVersion=v1\n*/defaultMode=420\nhostPath/type=\n"
    "serviceAccountToken/expirationSeconds=3600\n";

/* Whether the text up to its mark begins `from`; `*` is any text. */
static bool is_word(const char *row, size_t length, const char *word)
{
    return (length == 1 && *row == '*') || (strlen(word) == length && !strncmp(row, word, length));
}

static bool is_row_value(const char *row, size_t length, const struct node *value)
{
    if (length == 1 && *row == '*')
        return true;
    if (length == 2 && !strncmp(row, "{}", 2))
        return value->kind != NODE_SCALAR && !value->n_items;
    if (value->kind != NODE_SCALAR)
        return false;
    return length && *row == '!' ? !is_word(row + 1, length - 1, value->text) : is_word(row, length, value->text);
}

static bool has_row(const char *rows, const char *parent, const char *key, const struct node *value)
{
    for (const char *row = rows; *row; row = strchr(row, '\n') + 1) {
        const char *slash = strchr(row, '/'), *equal = strchr(slash, '='), *end = strchr(equal, '\n');

        if (is_word(row, (size_t)(slash - row), parent) && is_word(slash + 1, (size_t)(equal - slash - 1), key) &&
            is_row_value(equal + 1, (size_t)(end - equal - 1), value))
            return true;
    }
    return false;
}

bool is_default_of_pods(const char *parent, const char *key, const struct node *value)
{
    return has_row(defaults_of_pods, parent, key, value);
}

static bool is_filled_in(const char *parent, const char *key, const struct node *value)
{
    if (has_row(filled_in, parent, key, value) || is_default_of_pods(parent, key, value))
        return true;
    if (value->kind != NODE_MAPPING || !value->n_items)
        return false;
    for (uint32_t i = 0; i < value->n_items; i += 2)
        if (!node_is_null(value->items[i + 1]) && !is_filled_in(key, value->items[i]->text, value->items[i + 1]))
            return false;
    return true;
}

bool is_tolerated(const struct tolerance *tolerance, const char *parent, const char *key, const struct node *value)
{
    if (!tolerance)
        return false;
    if (tolerance->is_scaled && !strcmp(key, "replicas") && !strcmp(parent, "spec"))
        return true;
    return node_is_null(value) || is_filled_in(parent, key, value);
}

bool is_quantity(const char *key)
{
    static const char keys[] = " cpu memory storage ephemeral-storage sizeLimit ";
    const char *found = strstr(keys, key);

    return found && *key && found[-1] == ' ' && found[strlen(key)] == ' ';
}
