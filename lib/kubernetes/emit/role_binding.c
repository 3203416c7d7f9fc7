/* RoleBinding: gives the Role to the service's account. */
#include "kinds.h"
#include "model/derived.h"

static void plan_role_binding(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    if (service->pod.service_account.n_rules)
        plan_add(model, row, service->name, service, NULL);
}

static void emit_role_binding(struct yaml_out *y, const struct subject *subject)
{
    MAP(y, "roleRef") {
        y_str(y, "apiGroup", "rbac.authorization.k8s.io");
        y_str(y, "kind", "Role");
        y_str(y, "name", subject->manifest->name);
    }
    SEQ(y, "subjects")
        ITEM(y) {
            y_str(y, "kind", "ServiceAccount");
            y_str(y, "name", account_name(subject->service));
            y_str(y, "namespace", subject->manifest->namespace_name);
        }
}

const struct plan_row role_binding_row = {
    .step = 22,
    .info = {"rbac.authorization.k8s.io", "v1", "RoleBinding", "kubernetes", "for a service whose account has rules"},
    .plan_service = plan_role_binding,
    .of_collectors = true,
    .emit = emit_role_binding,
};
