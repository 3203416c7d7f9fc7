/* The fields of the API server's own kinds, and how it merges them: Kubernetes' published types, of all versions up to 1.37. */
#include "patch.h"

#include "core/text/letter.h"
#include "core/text/word_list.h"

#include <string.h>

/*
 * A kind or a part on each line, and behind its name the names of its fields, each with the mark of its type: $ is a text, # a number from 0, -
 * a number, ? true or false, % a text or a number, @ a mapping of texts, & a mapping of amounts, : the part that the next letter names, ! such
 * a part that is replaced as a whole, and * is not known here. [] is a list of what the mark or letter behind it says; in the brackets stands
 * the key by which its elements are merged, or = for texts that are merged. Behind +, fields of another part follow; ~ says that there are
 * fields which are not known here.
 */
static const char parts[] =
    "\nDeployment spec:D+r"
    "\nStatefulSet spec:F+r"
    "\nDaemonSet spec:A+r"
    "\nReplicaSet spec:D+r"
    "\nJob spec:J+r"
    "\nCronJob spec:B+r"
    "\nPod spec:P+r"
    "\nService spec:S+r"
    "\nServiceAccount automountServiceAccountToken?imagePullSecrets[]*secrets[name]*+r"
    "\nConfigMap binaryData@data@immutable?+r"
    "\nPodDisruptionBudget spec:U+r"
    "\nNamespace spec*+r"
    "\nother metadata:M~"
    "\nr apiVersion$kind$metadata:Mstatus*"
    "\nM annotations*creationTimestamp$deletionGracePeriodSeconds#deletionTimestamp$finalizers[=]$generateName$generation-labels*"
    "managedFields[]*name$namespace$ownerReferences[uid]*resourceVersion$selfLink$uid$"
    "\nL matchExpressions[]XmatchLabels@"
    "\nX key$operator$values[]$"
    "\nD paused?progressDeadlineSeconds#replicas#strategy:y+m"
    "\nF ordinals*persistentVolumeClaimRetentionPolicy*podManagementPolicy$replicas#serviceName$updateStrategy*volumeClaimTemplates[]*+m"
    "\nA updateStrategy*+m"
    "\nJ activeDeadlineSeconds#backoffLimit#backoffLimitPerIndex#completionMode$completions#managedBy$manualSelector?maxFailedIndexes#"
    "parallelism#podFailurePolicy*podReplacementPolicy$scheduling*selector:LsuccessPolicy*suspend?template:TttlSecondsAfterFinished#"
    "\nB jobTemplate:I~"
    "\nI metadata:Mspec:J"
    "\nT metadata:Mspec:P"
    "\nP activeDeadlineSeconds#affinity*automountServiceAccountToken?containers[name]CdnsConfig*dnsPolicy$enableServiceLinks?"
    "ephemeralContainers[name]CevictionResponders[]*hostAliases[ip]*hostIPC?hostNetwork?hostPID?hostUsers?hostname$"
    "hostnameOverride$imagePullSecrets[name]*initContainers[name]CnodeName$nodeSelector@os*overhead&preemptionPolicy$priority-priorityClassName$readinessGates[]*"
    "resourceClaims[name]*resources:RrestartPolicy$runtimeClassName$schedulerName$schedulingGates[name]*schedulingGroup*securityContext:Y"
    "serviceAccount$serviceAccountName$setHostnameAsFQDN?shareProcessNamespace?subdomain$terminationGracePeriodSeconds#tolerations[]t"
    "topologySpreadConstraints[topologyKey]*volumes[name]*workloadRef*"
    "\nC args[]$command[]$env[name]EenvFrom[]*image$imagePullPolicy$lifecycle:WlivenessProbe:Qname$ports[containerPort]OreadinessProbe:Q"
    "resizePolicy[]*resources:RrestartPolicy$restartPolicyRules[]*securityContext:ZstartupProbe:Qstdin?stdinOnce?terminationMessagePath$"
    "terminationMessagePolicy$tty?volumeDevices[devicePath]*volumeMounts[mountPath]NworkingDir$"
    "\nE name$value$valueFrom:v"
    "\nO containerPort#hostIP$hostPort#name$protocol$"
    "\nN bindMountOptions[]$mountPath$mountPropagation$name$readOnly?recursiveReadOnly$subPath$subPathExpr$"
    "\nZ allowPrivilegeEscalation?capabilities*privileged?procMount$readOnlyRootFilesystem?+u"
    "\nY fsGroup#fsGroupChangePolicy$seLinuxChangePolicy$supplementalGroups[]#supplementalGroupsPolicy$sysctls[]*+u"
    "\nQ failureThreshold#grpc*initialDelaySeconds#periodSeconds#successThreshold#terminationGracePeriodSeconds#timeoutSeconds#+h"
    "\nW postStart:wpreStop:wstopSignal$"
    "\nw sleep*+h"
    "\nR claims[]*limits&requests&"
    "\nG host$httpHeaders[]*path$port%protocol$scheme$"
    "\nS allocateLoadBalancerNodePorts?clusterIP$clusterIPs[]$externalIPs[]$externalName$externalTrafficPolicy$healthCheckNodePort#"
    "internalTrafficPolicy$ipFamilies[]$ipFamilyPolicy$loadBalancerClass$loadBalancerIP$loadBalancerSourceRanges[]$ports[port]s"
    "publishNotReadyAddresses?selector@sessionAffinity$sessionAffinityConfig*trafficDistribution$type$"
    "\ns appProtocol$name$nodePort#port#protocol$targetPort%"
    "\nU maxUnavailable%minAvailable%selector!LunhealthyPodEvictionPolicy$"
    "\nt effect$key$operator$tolerationSeconds-value$"
    "\nv configMapKeyRef:KfieldRef*fileKeyRef*resourceFieldRef*secretKeyRef:K"
    "\ny rollingUpdate*type$"
    "\nK key$name$optional?"
    "\nm minReadySeconds#revisionHistoryLimit#selector:Ltemplate:T"
    "\nu appArmorProfile*runAsGroup#runAsNonRoot?runAsUser#seLinuxOptions*seccompProfile*windowsOptions*"
    "\nh exec*httpGet:GtcpSocket*";

/* Groups whose kinds are the API server's own, besides the core group. */
static const char groups[] = " apps batch autoscaling policy networking.k8s.io rbac.authorization.k8s.io scheduling.k8s.io storage.k8s.io ";

/* The first field of a part; NULL when there is no part of that name. */
static const char *part_named(const char *name, size_t length)
{
    for (const char *line = parts; line; line = strchr(line + 1, '\n'))
        if (!strncmp(line + 1, name, length) && line[1 + length] == ' ')
            return line + length + 2;
    return NULL;
}

const char *part_of_kind(const char *group, const char *kind)
{
    const char *part = part_named(kind, strlen(kind));

    if (*group && !word_list_has(groups, group, strlen(group)))
        return NULL;
    return part && letter_is_upper(kind[0]) && kind[1] ? part : part_named("other", strlen("other"));
}

const char *part_field(const char **rest, size_t *ret_length)
{
    const char *name, *mark;

    if (**rest == '+')
        *rest = part_named(*rest + 1, 1);
    name = *rest;
    *ret_length = strcspn(name, "$#-?%@&:!*[+~\n");
    if (!*ret_length)
        return NULL;
    mark = name + *ret_length;
    *rest = *mark == '[' ? strchr(mark, ']') + 2 : mark + 1 + (*mark == ':' || *mark == '!');
    return name;
}

const char *part_mark(const char *part, const char *key)
{
    size_t length, n = strlen(key);
    const char *name;

    while ((name = part_field(&part, &length)))
        if (length == n && !memcmp(name, key, n))
            return name + n;
    return NULL;
}

const char *part_behind(const char *mark)
{
    const char *letter = *mark == '[' ? strchr(mark, ']') + 1 : mark + (*mark == ':' || *mark == '!');
    const char *part = part_named(letter, 1);

    return part ? part : PART_PLAIN;
}
