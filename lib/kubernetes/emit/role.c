/* Role: what a service may do with Kubernetes objects in its namespace. */
#include "kinds.h"
#include "model/tables.h"

static void plan_role(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    if (service->pod.service_account.n_rules)
        plan_add(model, row, service->name, service, NULL);
}

static void emit_role(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_service_account *account = &subject->service->pod.service_account;

    SEQ(y, "rules")
        for (size_t i = 0; i < account->n_rules; i++)
            ITEM(y)
                Y_FIELDS(y, hd_policy_rule, &account->rules[i]);
}

const struct plan_row role_row = {
    .step = 20,
    .info = {"rbac.authorization.k8s.io", "v1", "Role", "kubernetes", "for a service whose account has rules"},
    .plan_service = plan_role,
    .of_collectors = true,
    .emit = emit_role,
};
