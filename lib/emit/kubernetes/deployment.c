/* Deployment */
#include "kinds.h"
#include "labels.h"
#include "pod.h"

static void plan(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    if (service->workload == HD_WORKLOAD_DEPLOYMENT)
        plan_add(model, row, service->name, service, NULL);
}

static void emit(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_service *service = subject->service;
    const struct hd_strategy *strategy = &service->strategy;

    MAP(y, "spec") {
        emit_replicas(y, service);
        y_opt(y, "revisionHistoryLimit", service->revision_history_limit);
        emit_min_ready(y, service);
        if (service->progress_deadline_seconds)
            y_int(y, "progressDeadlineSeconds", service->progress_deadline_seconds);
        MAP(y, "selector")
            emit_selector(y, "matchLabels", subject->model, service);
        MAP(y, "strategy") {
            y_str(y, "type", enum_name(&hd_strategy_type_enum, (int)strategy->type));
            MAP(y, "rollingUpdate") {
                y_int_or_str(y, "maxSurge", strategy->max_surge);
                y_int_or_str(y, "maxUnavailable", strategy->max_unavailable);
            }
        }
        emit_pod_template(y, subject->model, service);
    }
}

const struct plan_row deployment_row = {
    .step = 50,
    .info = {"apps", "v1", "Deployment", "kubernetes", "for a service of kind Deployment"},
    .plan_service = plan,
    .of_collectors = true,
    .emit = emit,
};
