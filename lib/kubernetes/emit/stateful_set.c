/* StatefulSet: pods with names and storage of their own. */
#include "emit/claim.h"
#include "emit/pod.h"
#include "kinds.h"
#include "model/backup.h"
#include "model/derived.h"
#include "model/tables.h"
#include "plan/labels.h"

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
            emit_workload_selector(y, "matchLabels", subject->model, service);
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
    .runs_image = true,
    .of_collectors = true,
    .emit = emit_stateful_set,
};
