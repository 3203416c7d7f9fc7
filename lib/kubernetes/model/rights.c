#include "rights.h"

#include "core/text/among.h"

/* (Kubernetes: API discovery, of 1.24 to 1.37) */
const struct api_resource api_resources[] = {
    {"pods", "", false},
    {"pods", "metrics.k8s.io", false},
    {"services", "", false},
    {"endpoints", "", false},
    {"configmaps", "", false},
    {"secrets", "", false},
    {"events", "", false},
    {"events", "events.k8s.io", false},
    {"serviceaccounts", "", false},
    {"persistentvolumeclaims", "", false},
    {"deployments", "apps", false},
    {"statefulsets", "apps", false},
    {"daemonsets", "apps", false},
    {"replicasets", "apps", false},
    {"jobs", "batch", false},
    {"cronjobs", "batch", false},
    {"horizontalpodautoscalers", "autoscaling", false},
    {"poddisruptionbudgets", "policy", false},
    {"ingresses", "networking.k8s.io", false},
    {"networkpolicies", "networking.k8s.io", false},
    {"leases", "coordination.k8s.io", false},
    {"endpointslices", "discovery.k8s.io", false},
    {"nodes", "", true},
    {"nodes", "metrics.k8s.io", true},
    {"namespaces", "", true},
    {"persistentvolumes", "", true},
    {"componentstatuses", "", true},
    {"mutatingwebhookconfigurations", "admissionregistration.k8s.io", true},
    {"validatingwebhookconfigurations", "admissionregistration.k8s.io", true},
    {"mutatingadmissionpolicies", "admissionregistration.k8s.io", true},
    {"mutatingadmissionpolicybindings", "admissionregistration.k8s.io", true},
    {"validatingadmissionpolicies", "admissionregistration.k8s.io", true},
    {"validatingadmissionpolicybindings", "admissionregistration.k8s.io", true},
    {"customresourcedefinitions", "apiextensions.k8s.io", true},
    {"apiservices", "apiregistration.k8s.io", true},
    {"selfsubjectreviews", "authentication.k8s.io", true},
    {"tokenreviews", "authentication.k8s.io", true},
    {"selfsubjectaccessreviews", "authorization.k8s.io", true},
    {"selfsubjectrulesreviews", "authorization.k8s.io", true},
    {"subjectaccessreviews", "authorization.k8s.io", true},
    {"certificatesigningrequests", "certificates.k8s.io", true},
    {"clustertrustbundles", "certificates.k8s.io", true},
    {"signers", "certificates.k8s.io", true},
    {"flowschemas", "flowcontrol.apiserver.k8s.io", true},
    {"prioritylevelconfigurations", "flowcontrol.apiserver.k8s.io", true},
    {"storageversions", "internal.apiserver.k8s.io", true},
    {"ingressclasses", "networking.k8s.io", true},
    {"ipaddresses", "networking.k8s.io", true},
    {"servicecidrs", "networking.k8s.io", true},
    {"runtimeclasses", "node.k8s.io", true},
    {"clusterroles", "rbac.authorization.k8s.io", true},
    {"clusterrolebindings", "rbac.authorization.k8s.io", true},
    {"deviceclasses", "resource.k8s.io", true},
    {"devicetaintrules", "resource.k8s.io", true},
    {"resourceslices", "resource.k8s.io", true},
    {"priorityclasses", "scheduling.k8s.io", true},
    {"csidrivers", "storage.k8s.io", true},
    {"csinodes", "storage.k8s.io", true},
    {"storageclasses", "storage.k8s.io", true},
    {"volumeattachments", "storage.k8s.io", true},
    {"volumeattributesclasses", "storage.k8s.io", true},
    {"storageversionmigrations", "storagemigration.k8s.io", true},
};
const size_t n_api_resources = sizeof api_resources / sizeof *api_resources;

bool is_cluster_wide(const struct hd_policy_rule *rule, const char *resource)
{
    size_t length = strcspn(resource, "/");

    for (size_t i = 0; length && i < n_api_resources; i++)
        if (api_resources[i].is_cluster_wide && !strncmp(api_resources[i].resource, resource, length) &&
            !api_resources[i].resource[length] &&
            (is_among(api_resources[i].group, rule->api_groups, rule->n_api_groups) || is_among("*", rule->api_groups, rule->n_api_groups)))
            return true;
    return false;
}

bool rule_has_scope(const struct hd_policy_rule *rule, bool cluster_wide)
{
    if (rule->n_non_resource_urls)
        return cluster_wide;
    for (size_t i = 0; i < rule->n_resources; i++)
        if (is_cluster_wide(rule, rule->resources[i]) == cluster_wide)
            return true;
    return false;
}

bool account_has_scope(const struct hd_service_account *account, bool cluster_wide)
{
    for (size_t i = 0; i < account->n_rules; i++)
        if (rule_has_scope(&account->rules[i], cluster_wide))
            return true;
    return false;
}
