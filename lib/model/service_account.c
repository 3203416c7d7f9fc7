/* The identity and rights of pods. */
#include "../core/field.h"
#include "resolve.h"
#include "tables.h"

#define T hd_policy_rule
static const struct hd_field policy_rule_fields[] = {
    STRS("apiGroups", api_groups, .required = true),
    STRS("resources", resources, .required = true),
    STRS("resourceNames", resource_names),
    STRS("verbs", verbs, .required = true),
};
const struct hd_struct hd_policy_rule_struct = STRUCT(policy_rule_fields);
#undef T

#define T hd_service_account
static const struct hd_field service_account_fields[] = {
    STR("name", name, .choice = 1, .format = &format_subdomain),
    LIST("annotations", annotations, hd_pair, .choice = 1, .key_format = &format_annotation_key),
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
