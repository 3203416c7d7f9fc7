/* Rights of a service's account: on objects of its namespace, and on what belongs to no namespace. */
#ifndef HD_KUBERNETES_MODEL_RIGHTS_H
#define HD_KUBERNETES_MODEL_RIGHTS_H

#include <hybriddeploy/model.h>

/* A resource of Kubernetes' own API groups that rules often name. */
struct api_resource {
    const char *resource; /* without a part such as /status */
    const char *group;
    bool is_cluster_wide;
};
extern const struct api_resource api_resources[];
extern const size_t n_api_resources;

/* Whether a resource that a rule names, such as nodes/metrics, belongs to no namespace, so that no Role grants it. */
bool is_cluster_wide(const struct hd_policy_rule *rule, const char *resource);
/* Whether the rule, or one of the account's, has a resource of the namespace, or one that belongs to none (as have URLs). */
bool rule_has_scope(const struct hd_policy_rule *rule, bool cluster_wide);
bool account_has_scope(const struct hd_service_account *account, bool cluster_wide);

#endif
