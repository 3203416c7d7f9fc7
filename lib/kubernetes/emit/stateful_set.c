/* StatefulSet: pods with names and storage of their own. */
#include "claim.h"
#include "kinds.h"
#include "operations/model/operations.h"
#include "plan/derived.h"
#include "plan/labels.h"
#include "pod/pod.h"

static void plan_stateful_set(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    if (service->workload == HD_WORKLOAD_STATEFUL_SET)
        plan_add(model, row, service->name, service, NULL);
}

static void emit_strategy(struct yaml_out *y, const struct hd_strategy *strategy)
{
    MAP(y, "updateStrategy") {
        y_str(y, "type", enum_name(&hd_strategy_type_enum, (int)strategy->type));
        MAP(y, "rollingUpdate") {
            y_int_or_str(y, "maxUnavailable", strategy->max_unavailable);
            y_opt(y, "partition", strategy->partition);
        }
    }
}

/* The labels of claim templates stay for ever: the template cannot be changed. */
void emit_claim_templates(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service)
{
    SEQ(y, "volumeClaimTemplates")
        for (size_t i = 0; i < service->pod.n_volumes; i++) {
            const struct hd_volume *volume = &service->pod.volumes[i];

            if (volume->claim_template.size)
                ITEM(y) {
                    const struct hd_pair *label = backup_label(model, service, volume);

                    MAP(y, "metadata") {
                        y_str(y, "name", volume->name);
                        MAP(y, "labels") {
                            emit_selector_labels(y, model, service);
                            y_str(y, label ? label->name : NULL, label ? label->value : NULL);
                        }
                    }
                    emit_claim_spec(y, &volume->claim_template);
                }
        }
}

static void emit_stateful_set(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_service *service = subject->service;

    MAP(y, "spec") {
        if (has_governing_service(service))
            emit_derived(y, "serviceName", service, HEADLESS);
        else
            y_str(y, "serviceName", service->name);
        emit_replicas(y, service);
        y_opt(y, "revisionHistoryLimit", service->revision_history_limit);
        emit_min_ready(y, service);
        y_str(y, "podManagementPolicy", service->pod_management_policy);
        MAP(y, "selector")
            emit_selector(y, "matchLabels", subject->model, service);
        emit_strategy(y, &service->strategy);
        Y_OBJECT(y, "persistentVolumeClaimRetentionPolicy", hd_claim_retention, &service->persistent_volume_claim_retention_policy);
        emit_pod_template(y, subject->model, service);
        emit_claim_templates(y, subject->model, service);
    }
}

const struct plan_row stateful_set_row = {
    .step = 51,
    .info = {"apps", "v1", "StatefulSet", "kubernetes", "for a service of kind StatefulSet"},
    .plan_service = plan_stateful_set,
    .of_collectors = true,
    .emit = emit_stateful_set,
};
