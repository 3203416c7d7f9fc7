/* Namespace, with the pod security level that it enforces. */
#include "kinds.h"
#include "model/tables.h"

/* Warnings and audit entries come at the same level, so that a Deployment says at once what its pods would be refused for. */
static const struct pairs *labels_of(struct hd_model *model)
{
    static const char *const keys[] = {"pod-security.kubernetes.io/enforce", "pod-security.kubernetes.io/audit",
                                       "pod-security.kubernetes.io/warn"};
    enum { N_LEVELS = sizeof keys / sizeof *keys };
    struct hd_pair *pairs = arena_array(&model->arena, N_LEVELS + MOST_NAMESPACE_LABELS * N_FAMILIES, sizeof *pairs);
    struct pairs *labels = arena_new(&model->arena, struct pairs);

    for (size_t i = 0; i < N_LEVELS; i++)
        pairs[i] = (struct hd_pair){.name = keys[i], .value = enum_name(&hd_pod_security_enum, (int)model->app->pod_security)};
    *labels = (struct pairs){pairs, N_LEVELS};
    for (size_t f = 0; f < N_FAMILIES; f++)
        if (families[f]->namespace_labels)
            labels->n += families[f]->namespace_labels(model, pairs + labels->n);
    return labels;
}

static void plan_namespace(struct hd_model *model, const struct plan_row *row)
{
    plan_add(model, row, model->app->namespace_name, NULL, labels_of(model));
}

static struct pairs labels(const struct subject *subject)
{
    return *(const struct pairs *)subject->object;
}

static void emit_namespace(struct yaml_out *y, const struct subject *subject)
{
    (void)y;
    (void)subject;
}

const struct plan_row namespace_row = {
    .step = 0,
    .info = {"", "v1", "Namespace", "kubernetes", "always"},
    .cluster_wide = true,
    .plan_app = plan_namespace,
    .labels = labels,
    .emit = emit_namespace,
};
