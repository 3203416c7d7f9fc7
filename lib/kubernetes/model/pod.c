/* Members that the containers of a pod share. */
#include "core/tables/field.h"
#include "core/text/suggest.h"
#include "model/model.h"
#include "model/resolve.h"
#include "model/tables.h"
#include "parts.h"
#include "pod_checks.h"

#include <string.h>

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
    STRS("searches", searches, .format = &format_search_domain),
    LIST("options", options, hd_pair, .key_format = &format_line, .format = &format_line, .ours = true),
};
const struct hd_struct hd_dns_config_struct = STRUCT(dns_config_fields);
#undef T

#define T hd_pod
static const struct hd_field pod_fields[] = {
    LIST("podLabels", pod_labels, hd_pair, .key_format = &format_label_key, .format = &format_label_value, .ours = true),
    LIST("podAnnotations", pod_annotations, hd_pair, .key_format = &format_annotation_key, .format = &format_text, .ours = true),
    STRS("imagePullSecrets", image_pull_secrets, .ours = true, .format = &format_subdomain),
    LIST("initContainers", init_containers, hd_named_container, .ours = true),
    LIST("sidecars", sidecars, hd_named_container, .ours = true, .since = 29),
    LIST("extraContainers", extra_containers, hd_named_container, .ours = true),
    LIST("volumes", volumes, hd_volume, .ours = true),
    OBJ("serviceAccount", service_account, hd_service_account, .ours = true),
    OBJ("podSecurityContext", pod_security_context, hd_pod_security_context, .ours = true),
    LIST("nodeSelector", node_selector, hd_pair, .key_format = &format_label_key, .format = &format_label_value),
    LIST("tolerations", tolerations, hd_toleration),
    OBJ("affinity", affinity, hd_affinity),
    LIST("topologySpreadConstraints", topology_spread_constraints, hd_topology_spread, .ours = true, .none = true,
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

/* Limits of the resolver. (Kubernetes: core/v1 validation) */
enum { MOST_NAMESERVERS = 3, MOST_SEARCHES = 32, MOST_SEARCH_LETTERS = 2048 };

static void check_dns(struct checker *checker, const struct hd_pod *pod)
{
    const struct hd_dns_config *config = &pod->dns_config;
    size_t letters = 0;

    if (pod->dns_policy && !strcmp(pod->dns_policy, "None") && !config->n_nameservers)
        hint(found(checker, HD_NO_NAMESERVER, AT(pod, dns_policy), "dnsPolicy None without nameservers gives the pod no resolver"),
             "give dnsConfig.nameservers");
    if (config->n_nameservers > MOST_NAMESERVERS)
        hint(found(checker, HD_DNS_TOO_MUCH, AT_ITEM(config, nameservers, MOST_NAMESERVERS),
                   "dnsConfig has %zu nameservers, too many for the resolver", config->n_nameservers),
             "give at most %d", MOST_NAMESERVERS);
    for (size_t i = 0; i < config->n_searches; i++)
        letters += strlen(config->searches[i]) + 1;
    if (config->n_searches > MOST_SEARCHES || letters > MOST_SEARCH_LETTERS + 1)
        hint(found(checker, HD_DNS_TOO_MUCH, AT(config, searches),
                   "dnsConfig has %zu search domains with %zu letters in all, too many for the resolver", config->n_searches,
                   letters ? letters - 1 : 0),
             "give at most %d search domains, with at most %d letters in all", MOST_SEARCHES, MOST_SEARCH_LETTERS);
}

static void check_host_aliases(struct checker *checker, const struct hd_pod *pod)
{
    struct names names;

    if (pod->n_host_aliases < 2)
        return;
    names_init(&checker->scratch, &names, pod->n_host_aliases);
    for (size_t i = 0; i < pod->n_host_aliases; i++) {
        const struct hd_host_alias *alias = &pod->host_aliases[i], *first = alias->ip ? names_add(&names, alias->ip, alias) : NULL;
        struct finding *finding;

        if (!first)
            continue;
        finding = found(checker, HD_HOST_ALIAS_TWICE, AT(alias, ip), "two entries of hostAliases have the ip %s", alias->ip);
        also_at(finding, AT(first, ip), "the first entry");
        hint(finding, "put all its hostnames into one entry, because a later apply may drop one of two entries");
    }
}

/* A class that the cluster has needs no declaration; one that almost is the application's own is a slip. */
static void check_priority_class(struct checker *checker, const struct hd_pod *pod)
{
    const char *name = pod->priority_class_name;
    struct suggestion suggestion;

    if (!name || !checker->app->n_priority_classes)
        return;
    suggestion = suggest_for(name);
    suggestion.distance = 3;
    for (size_t i = 0; i < checker->app->n_priority_classes && suggestion.distance; i++)
        if (checker->app->priority_classes[i].name)
            suggest_try(&suggestion, checker->app->priority_classes[i].name);
    if (suggestion.nearest && suggestion.distance)
        hint(found(checker, HD_PRIORITY_CLASS_NEAR, AT(pod, priority_class_name), "the application has no priority class %s, but it has %s",
                   name, suggestion.nearest),
             "did you mean %s? If the cluster has a class of the other name, accept this with silence", suggestion.nearest);
}

void check_pods(struct checker *checker, const struct hd_service *service)
{
    check_containers(checker, service);
    check_pod_security_context(checker, service);
    check_pod_security(checker, service);
    check_pod_network(checker, service);
    check_volumes(checker, service);
    check_scheduling(checker, service);
    check_dns(checker, &service->pod);
    check_host_aliases(checker, &service->pod);
    check_priority_class(checker, &service->pod);
    check_autoscaling(checker, service);
    check_disruption_budget(checker, service);
    check_strategy(checker, service);
    check_job(checker, service);
}
