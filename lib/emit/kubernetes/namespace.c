/* Namespace, with the pod security level that it enforces. */
#include "kinds.h"

static void plan(struct hd_model *model, const struct plan_row *row)
{
    plan_add(model, row, model->app->namespace_name, NULL, NULL);
}

/* Warnings and audit entries come at the same level, so that a Deployment says at once what its pods would be refused for. */
static struct pairs labels(const struct subject *subject)
{
#define LEVEL(level)                                                                                                     \
    {                                                                                                                    \
        {.name = "pod-security.kubernetes.io/enforce", .value = (level)}, {.name = "pod-security.kubernetes.io/audit", .value = (level)}, \
        {.name = "pod-security.kubernetes.io/warn", .value = (level)},                                                    \
    }
    static const struct hd_pair levels[][3] = {
        [HD_POD_SECURITY_RESTRICTED] = LEVEL("restricted"),
        [HD_POD_SECURITY_BASELINE] = LEVEL("baseline"),
        [HD_POD_SECURITY_PRIVILEGED] = LEVEL("privileged"),
    };

    return (struct pairs){levels[subject->model->app->pod_security], 3};
}

static void emit(struct yaml_out *y, const struct subject *subject)
{
    (void)y;
    (void)subject;
}

const struct plan_row namespace_row = {
    .step = 0,
    .info = {"", "v1", "Namespace", "kubernetes", "always"},
    .cluster_wide = true,
    .plan_app = plan,
    .labels = labels,
    .emit = emit,
};
