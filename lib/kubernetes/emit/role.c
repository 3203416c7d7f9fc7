/* Role: what a service may do with Kubernetes objects in its namespace; ClusterRole: with those that belong to no namespace. */
#include "kinds.h"
#include "kubernetes/model/rights.h"
#include "rights.h"

const char *cluster_role_name(struct hd_model *model, const struct hd_service *service)
{
    const char *space = model->app->namespace_name ? model->app->namespace_name : model->app->name;

    return space && service->name ? arena_printf(&model->arena, "%s.%s", space, service->name) : NULL;
}

static void plan_role(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    if (account_has_scope(&service->pod.service_account, false))
        plan_add(model, row, service->name, service, NULL);
}

static void plan_cluster_role(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    if (account_has_scope(&service->pod.service_account, true))
        plan_add(model, row, cluster_role_name(model, service), service, NULL);
}

/* A rule may name resources of both scopes; each role gets its own. */
static void emit_rule(struct yaml_out *y, const struct hd_policy_rule *rule, bool cluster_wide)
{
    ITEM (y) {
        y_strs(y, "apiGroups", rule->api_groups, rule->n_api_groups);
        SEQ (y, "resources")
            for (size_t i = 0; i < rule->n_resources; i++)
                if (is_cluster_wide(rule, rule->resources[i]) == cluster_wide)
                    y_str(y, NULL, rule->resources[i]);
        y_strs(y, "resourceNames", rule->resource_names, rule->n_resource_names);
        y_strs(y, "verbs", rule->verbs, rule->n_verbs);
        y_strs(y, "nonResourceURLs", rule->non_resource_urls, rule->n_non_resource_urls);
    }
}

static void emit_rules(struct yaml_out *y, const struct subject *subject, bool cluster_wide)
{
    const struct hd_service_account *account = &subject->service->pod.service_account;

    SEQ (y, "rules")
        for (size_t i = 0; i < account->n_rules; i++)
            if (rule_has_scope(&account->rules[i], cluster_wide))
                emit_rule(y, &account->rules[i], cluster_wide);
}

static void emit_role(struct yaml_out *y, const struct subject *subject)
{
    emit_rules(y, subject, false);
}

static void emit_cluster_role(struct yaml_out *y, const struct subject *subject)
{
    emit_rules(y, subject, true);
}

const struct plan_row role_row = {
    .step = 20,
    .info = {"rbac.authorization.k8s.io", "v1", "Role", "kubernetes", "for a service whose account has rules for objects of the namespace"},
    .plan_service = plan_role,
    .of_collectors = true,
    .emit = emit_role,
};

const struct plan_row cluster_role_row = {
    .step = 20,
    .info = {"rbac.authorization.k8s.io", "v1", "ClusterRole", "kubernetes",
             "for a service whose account has rules for objects outside of namespaces, or for URLs"},
    .cluster_wide = true,
    .plan_service = plan_cluster_role,
    .emit = emit_cluster_role,
};
