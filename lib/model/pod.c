/* What the containers of one pod share. */
#include "../core/field.h"
#include "pod_rules.h"
#include "tables.h"

CHOICES(dns, WORD("ClusterFirst"), WORD("ClusterFirstWithHostNet"), WORD("Default"), WORD("None"));

#define T hd_host_alias
static const struct hd_field host_alias_fields[] = {
    STR("ip", ip, .required = true, .format = &format_ip),
    STRS("hostnames", hostnames, .required = true, .format = &format_subdomain),
};
const struct hd_struct hd_host_alias_struct = STRUCT(host_alias_fields);
#undef T

#define T hd_dns_config
static const struct hd_field dns_config_fields[] = {
    STRS("nameservers", nameservers, .format = &format_ip),
    STRS("searches", searches),
    LIST("options", options, hd_pair, .ours = true),
};
const struct hd_struct hd_dns_config_struct = STRUCT(dns_config_fields);
#undef T

#define T hd_pod
static const struct hd_field pod_fields[] = {
    LIST("podLabels", pod_labels, hd_pair, .key_format = &format_label_key, .format = &format_label_value, .ours = true),
    LIST("podAnnotations", pod_annotations, hd_pair, .key_format = &format_annotation_key, .ours = true),
    STRS("imagePullSecrets", image_pull_secrets, .ours = true, .format = &format_subdomain),
    LIST("initContainers", init_containers, hd_named_container, .ours = true),
    LIST("sidecars", sidecars, hd_named_container, .ours = true, .since = 29),
    LIST("volumes", volumes, hd_volume, .ours = true),
    OBJ("serviceAccount", service_account, hd_service_account, .ours = true),
    OBJ("podSecurityContext", pod_security_context, hd_pod_security_context, .ours = true),
    LIST("nodeSelector", node_selector, hd_pair, .key_format = &format_label_key, .format = &format_label_value),
    LIST("tolerations", tolerations, hd_toleration),
    OBJ("affinity", affinity, hd_affinity),
    LIST("topologySpreadConstraints", topology_spread_constraints, hd_topology_spread, .ours = true,
         .workloads = FOR(DEPLOYMENT) | FOR(STATEFUL_SET) | RUNNING_TO_END),
    STR("priorityClassName", priority_class_name, .format = &format_subdomain),
    STR("runtimeClassName", runtime_class_name, .format = &format_subdomain),
    STR("schedulerName", scheduler_name, .format = &format_subdomain),
    INT("terminationGracePeriodSeconds", termination_grace_period_seconds, .min = 1, .max = 86400, .def_int = 30),
    STR("dnsPolicy", dns_policy, .words = &dns),
    OBJ("dnsConfig", dns_config, hd_dns_config, .ours = true),
    LIST("hostAliases", host_aliases, hd_host_alias),
    BOOL("hostNetwork", host_network, .omit_zero = true),
    BOOL("hostPID", host_pid, .omit_zero = true),
    BOOL("hostIPC", host_ipc, .omit_zero = true),
    BOOL("shareProcessNamespace", share_process_namespace),
    BOOL("enableServiceLinks", enable_service_links, .def_int = HD_FALSE),
};
const struct hd_struct hd_pod_struct = STRUCT(pod_fields);
#undef T

void check_pods(struct checker *checker, const struct hd_service *service)
{
    check_containers(checker, service);
    check_pod_security_context(checker, service);
    check_pod_security(checker, service);
    check_pod_network(checker, service);
    check_volumes(checker, service);
    check_autoscaling(checker, service);
}
