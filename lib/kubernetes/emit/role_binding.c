/* RoleBinding and ClusterRoleBinding: give the Role and the ClusterRole to the service's account. */
#include "kinds.h"
#include "kubernetes/model/rights.h"
#include "model/derived.h"
#include "rights.h"

static void plan_role_binding(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    if (account_has_scope(&service->pod.service_account, false))
        plan_add(model, row, service->name, service, NULL);
}

static void plan_cluster_role_binding(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    if (account_has_scope(&service->pod.service_account, true))
        plan_add(model, row, cluster_role_name(model, service), service, NULL);
}

static void emit_binding(struct yaml_out *y, const struct subject *subject, const char *kind)
{
    MAP (y, "roleRef") {
        y_str(y, "apiGroup", "rbac.authorization.k8s.io");
        y_str(y, "kind", kind);
        y_str(y, "name", subject->manifest->name);
    }
    SEQ (y, "subjects")
        ITEM (y) {
            y_str(y, "kind", "ServiceAccount");
            y_str(y, "name", account_name(subject->service));
            y_str(y, "namespace", subject->model->app->namespace_name);
        }
}

static void emit_role_binding(struct yaml_out *y, const struct subject *subject)
{
    emit_binding(y, subject, "Role");
}

static void emit_cluster_role_binding(struct yaml_out *y, const struct subject *subject)
{
    emit_binding(y, subject, "ClusterRole");
}

const struct plan_row role_binding_row = {
    .step = 22,
    .info = {"rbac.authorization.k8s.io", "v1", "RoleBinding", "kubernetes", "for a service with a Role"},
    .plan_service = plan_role_binding,
    .of_collectors = true,
    .emit = emit_role_binding,
};

const struct plan_row cluster_role_binding_row = {
    .step = 22,
    .info = {"rbac.authorization.k8s.io", "v1", "ClusterRoleBinding", "kubernetes", "for a service with a ClusterRole"},
    .cluster_wide = true,
    .plan_service = plan_cluster_role_binding,
    .emit = emit_cluster_role_binding,
};
