/* The fields of the API server's own kinds, and how it merges them: Kubernetes' published types, of all versions up to 1.37. */
#include "patch.h"

#include "core/text/format.h"
#include "core/text/letter.h"
#include "core/text/word_list.h"

#include <string.h>

/*
 * A kind or a part on each line, and behind its name the names of its fields, each with the mark of its type. ! before a name: the field must be
 * there, and not be empty. What the API server demands of values is in the validation of each group of Kubernetes.
 *
 *   $        a text                             #        a number from 0 to 2147483647
 *   'f       a text of the form f (below)       >        the same from 1
 *   (A B)    a text, one of these words         ^        the number of a port
 *   ( A B)   the same, or an empty one          _        a number from 0
 *   %f       a text of the form f, or a number  -        a number
 *   ?        true or false                      *        not known here
 *   @f       a mapping of texts to keys of f    :p       the part p
 *   =        a mapping of labels                |p       the part p, which a patch replaces as a whole
 *   &        a mapping of amounts               []m      a list of what the mark or part m says
 *
 * In the brackets stands the key by which the elements of a list are merged, or = for texts that are merged. Behind +, fields of another part
 * follow; ~ says that there are fields which are not known here. A part stands for several types where that leaves out no field of theirs.
 */
#pragma GCC diagnostic ignored "-Woverlength-strings" /* gcc and clang take it, though the standard does not ask for so much */
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
    "\nConfigMap binaryData@cdata@cimmutable?+r"
    "\nSecret data@cimmutable?stringData@ctype$+r"
    "\nPodDisruptionBudget spec:U+r"
    "\nHorizontalPodAutoscaler spec:H+r"
    "\nPersistentVolumeClaim spec:V+r"
    "\nother metadata:M~"
    /*
     * Any other object that the library writes: all fields of them, and in their specs (also those of custom resources) pods, selectors of pods,
     * and the data of secrets.
     */
    "\ncustom aggregationRule*description$globalDefault?preemptionPolicy$roleRef*rules[]*spec:;subjects[]*value-+r"
    "\n; data[]`jobTargetRef:JpodSelector:Ltemplate:T~"
    "\n` !remoteRef*!secretKey$~"
    "\nr apiVersion$kind$metadata:Mstatus*"
    "\nM annotations@acreationTimestamp$deletionGracePeriodSeconds#deletionTimestamp$finalizers[=]$generateName$generation-labels="
    "managedFields[]*name$namespace$ownerReferences[uid]*resourceVersion$selfLink$uid$"
    "\nL matchExpressions[]XmatchLabels="
    "\nX !key'k!operator$values[]$"
    "\nD paused?progressDeadlineSeconds#replicas#strategy:y+m"
    "\nF ordinals*persistentVolumeClaimRetentionPolicy*podManagementPolicy$replicas#serviceName$updateStrategy:6"
    "volumeClaimTemplates[]i+m"
    "\nA updateStrategy:6+m"
    "\nJ activeDeadlineSeconds_backoffLimit#backoffLimitPerIndex#completionMode$completions#managedBy$manualSelector?"
    "maxFailedIndexes#parallelism#podFailurePolicy*podReplacementPolicy$scheduling*selector:LsuccessPolicy*suspend?"
    "!template:TttlSecondsAfterFinished#"
    "\nB concurrencyPolicy$failedJobsHistoryLimit#!jobTemplate:I!schedule$startingDeadlineSeconds_"
    "successfulJobsHistoryLimit#suspend?timeZone$"
    "\nI metadata:Mspec:J"
    "\nT metadata:M!spec:P"
    "\nP activeDeadlineSeconds>affinity*automountServiceAccountToken?!containers[name]CdnsConfig*"
    "dnsPolicy$enableServiceLinks?"
    "ephemeralContainers[name]CevictionResponders[]*hostAliases[ip]*hostIPC?hostNetwork?hostPID?hostUsers?hostname$"
    "hostnameOverride$imagePullSecrets[name]*initContainers[name]CnodeName$nodeSelector=os*overhead&preemptionPolicy$"
    "priority-priorityClassName$readinessGates[]*"
    "resourceClaims[name]*resources:RrestartPolicy$runtimeClassName$schedulerName$schedulingGates[name]*schedulingGroup*"
    "securityContext:YserviceAccount$serviceAccountName$setHostnameAsFQDN?shareProcessNamespace?subdomain$terminationGracePeriodSeconds_"
    "tolerations[]ttopologySpreadConstraints[topologyKey]zvolumes[name]oworkloadRef*"
    "\nC args[]$command[]$env[name]EenvFrom[]l!image$imagePullPolicy( Always IfNotPresent Never)lifecycle:WlivenessProbe:Q!name'd"
    "ports[containerPort]OreadinessProbe:QresizePolicy[]*resources:RrestartPolicy$restartPolicyRules[]*securityContext:Z"
    "startupProbe:Qstdin?stdinOnce?terminationMessagePath$terminationMessagePolicy( File FallbackToLogsOnError)tty?volumeDevices[devicePath]*"
    "volumeMounts[mountPath]NworkingDir$"
    "\nE !name$value$valueFrom:l"
    "\nO !containerPort^hostIP$hostPort#name'Nprotocol( TCP UDP SCTP)"
    "\nN bindMountOptions[]$!mountPath$mountPropagation$!name$readOnly?recursiveReadOnly$subPath$subPathExpr$"
    "\nZ allowPrivilegeEscalation?capabilities:1privileged?procMount$readOnlyRootFilesystem?+u"
    "\n1 add[]$clientIP:1command[]$drop[]$seconds>timeoutSeconds>"
    "\nY fsGroup#fsGroupChangePolicy$seLinuxChangePolicy$supplementalGroups[]#supplementalGroupsPolicy$sysctls[]*+u"
    "\nQ failureThreshold#grpc*initialDelaySeconds#periodSeconds#successThreshold#terminationGracePeriodSeconds>timeoutSeconds#+h"
    "\nW postStart:wpreStop:wstopSignal$"
    "\nw sleep:1+h"
    "\nR claims[]*limits&requests&"
    "\nG host$httpHeaders[]*path$!port%pprotocol$scheme( HTTP HTTPS)"
    "\nS allocateLoadBalancerNodePorts?clusterIP$clusterIPs[]$externalIPs[]$externalName$externalTrafficPolicy$healthCheckNodePort#"
    "internalTrafficPolicy$ipFamilies[]$ipFamilyPolicy$loadBalancerClass$"
    "loadBalancerIP$loadBalancerSourceRanges[]$ports[port]spublishNotReadyAddresses?selector=sessionAffinity$sessionAffinityConfig:1"
    "trafficDistribution$type( ClusterIP NodePort LoadBalancer ExternalName)"
    "\ns appProtocol'kname'DnodePort#!port^protocol( TCP UDP SCTP)targetPort%P"
    "\nU maxUnavailable%jminAvailable%jselector|LunhealthyPodEvictionPolicy(IfHealthyBudget AlwaysAllow)"
    "\nt effect$key$operator$tolerationSeconds-value$"
    "\ny rollingUpdate:5type( Recreate RollingUpdate)"
    "\n5 maxSurge%imaxUnavailable%j"
    "\n6 rollingUpdate:7type( RollingUpdate OnDelete)"
    "\n7 maxSurge%jmaxUnavailable%jpartition#"
    "\nK !key$name$optional?"
    "\nm minReadySeconds#revisionHistoryLimit#selector:L!template:T"
    "\nu appArmorProfile:9runAsGroup#runAsNonRoot?runAsUser#seLinuxOptions*seccompProfile:9windowsOptions*"
    "\n9 localhostProfile$!type(RuntimeDefault Localhost Unconfined)"
    "\nh exec:1httpGet:GtcpSocket:G"
    "\nz labelSelector:LmatchLabelKeys[]'k!maxSkew>minDomains>nodeAffinityPolicy$nodeTaintsPolicy$!topologyKey$"
    "!whenUnsatisfiable(DoNotSchedule ScheduleAnyway)"
    "\no configMap:ldownwardAPI:lemptyDir:lhostPath:l!name'dpersistentVolumeClaim:lprojected:lsecret:l~"
    "\nl apiVersion( v1)audience$claimName$clusterTrustBundle*configMap:lconfigMapKeyRef:KconfigMapRef:lcontainerName$defaultMode#defaultUser_divisor%qdownwardAPI:l"
    "expirationSeconds#fieldPath$fieldRef:lfileKeyRef*items[]lkey$medium$mode#name$optional?path$podCertificate*prefix$readOnly?resource$"
    "resourceFieldRef:lsecret:lsecretKeyRef:KsecretName$secretRef:lserviceAccountToken:lsizeLimit%qsources[]ltype$user_"
    "\ni spec:V+r"
    "\nV !accessModes[]$!resources:Rselector:LvolumeMode(Block Filesystem)~"
    "\nH behavior:p!maxReplicas>metrics[]*minReplicas#!scaleTargetRef:ptargetCPUUtilizationPercentage>"
    "\np apiVersion$kind$name$periodSeconds>policies[]pscaleDown:pscaleUp:pselectPolicy(Max Min Disabled)stabilizationWindowSeconds#tolerance%qtype$"
    "value>";

/* The forms: those of their letters, in the same order. Where the letter is a capital one, an empty text or 0 stands for a default. */
static const char letters[] = "kvacdnpqij";
static const struct hd_format_rule *const forms[] = {
    &format_label_key,  &format_label_value, &format_annotation_key, &format_config_key,     &format_dns_label,
    &format_port_name, &format_port_ref,    &format_quantity,       &format_int_or_percent, &format_int_or_percent,
};

/* Groups whose kinds are the API server's own, besides the core group. */
static const char groups[] = " apps batch autoscaling policy networking.k8s.io rbac.authorization.k8s.io scheduling.k8s.io storage.k8s.io ";

/* Parts for kinds that have none of their own: anybody's, and the library's. */
#define OTHER "other", 5
#define CUSTOM "custom", 6

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
    return part && letter_is_upper(kind[0]) && kind[1] ? part : part_named(OTHER);
}

/* The text behind a mark. */
static const char *mark_end(const char *mark)
{
    if (*mark == '[')
        return mark_end(strchr(mark, ']') + 1);
    return *mark == '(' ? strchr(mark, ')') + 1 : mark + (strchr("'%@:|", *mark) ? 2 : 1);
}

const char *part_field(const char **rest, size_t *ret_length)
{
    const char *name;

    if (**rest == '+')
        *rest = part_named(*rest + 1, 1);
    name = *rest += **rest == '!';
    *ret_length = strcspn(name, "$'(%#>^_-?*@=&:|[+~\n");
    if (!*ret_length)
        return NULL;
    *rest = mark_end(name + *ret_length);
    return name;
}

const char *part_to_check(const char *group, const char *kind, bool is_written)
{
    const char *part = part_of_kind(group, kind), *other = part_named(OTHER);

    return part && part != other ? part : is_written ? part_named(CUSTOM) : other;
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
    const char *letter = *mark == '[' ? strchr(mark, ']') + 1 : mark + (*mark == ':' || *mark == '|');
    const char *part = part_named(letter, 1);

    return part ? part : PART_PLAIN;
}

const struct hd_format_rule *mark_form(const char *mark)
{
    const char *place = strchr("'%@", *mark) ? strchr(letters, letter_lower(mark[1])) : NULL;

    return place ? forms[place - letters] : NULL;
}
