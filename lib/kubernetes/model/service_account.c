/* The identity and rights of pods. */
#include "core/tables/field.h"
#include "model/checks.h"
#include "model/resolve.h"
#include "model/tables.h"
#include "parts.h"

#define T hd_policy_rule
static const struct hd_field policy_rule_fields[] = {
    STRS("apiGroups", api_groups, .format = &format_line),
    STRS("resources", resources, .choice = 1, .format = &format_line),
    STRS("resourceNames", resource_names, .format = &format_line),
    STRS("verbs", verbs, .required = true, .format = &format_line),
    STRS("nonResourceURLs", non_resource_urls, .choice = 1, .format = &format_url_path),
};
const struct hd_struct hd_policy_rule_struct = STRUCT(policy_rule_fields);
#undef T

#define T hd_service_account
static const struct hd_field service_account_fields[] = {
    STR("name", name, .choice = 1, .format = &format_subdomain),
    LIST("annotations", annotations, hd_pair, .choice = 1, .key_format = &format_annotation_key, .format = &format_text),
    LIST("rules", rules, hd_policy_rule),
    BOOL("automountServiceAccountToken", automount_service_account_token),
};
const struct hd_struct hd_service_account_struct = STRUCT(service_account_fields, .scalar = "name");
#undef T

void resolve_service_account(struct hd_service *service)
{
    struct hd_service_account *account = &service->pod.service_account;

    if (account->automount_service_account_token == HD_BOOL_UNSET)
        account->automount_service_account_token = account->n_rules ? HD_TRUE : HD_FALSE;
}

/* The API server runs on its node's network, where only addresses can tell who it is. */
static bool calls_addresses(const struct checker *checker, const struct hd_service *service)
{
    for (size_t i = 0; i < service->n_calls; i++) {
        const struct hd_external *external = service->calls[i].to ? graph_callee(checker->model, service->calls[i].to).external : NULL;

        if (external && external->n_cidrs)
            return true;
    }
    return false;
}

void check_way_to_api(struct checker *checker, const struct hd_service *service)
{
    const struct hd_service_account *account = &service->pod.service_account;

    if (!account->n_rules || service->pod.host_network == HD_TRUE || checker->app->platform.api_server.enabled == HD_TRUE ||
        calls_addresses(checker, service))
        return;
    hint(found(checker, HD_NO_WAY_TO_API, AT(account, rules),
               "the service has rights on Kubernetes objects, but the network policy does not let it reach the API server"),
         "write the addresses that kubectl get endpoints kubernetes shows: platform: {apiServer: {cidrs: [192.0.2.10/32]}}");
}
