/* Deployment; and a second one for the new version of a service whose canary nobody else moves. */
#include "emit/pod.h"
#include "kinds.h"
#include "model/derived.h"
#include "model/tables.h"
#include "plan/labels.h"

static void plan_deployment(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    const struct version *canary = canary_version(model, service);

    if (service->workload != HD_WORKLOAD_DEPLOYMENT || is_delivered_by(service, HD_EXECUTOR_ARGO_ROLLOUTS))
        return;
    plan_add(model, row, service->name, service, NULL);
    if (canary)
        plan_add(model, row, derived_name(model, service, CANARY), service, canary);
}

static struct pairs labels(const struct subject *subject)
{
    const struct version *canary = subject->object;

    return canary ? (struct pairs){canary->labels, canary->n_labels} : (struct pairs){NULL, 0};
}

static void emit_deployment(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_service *service = subject->service;
    const struct hd_strategy *strategy = &service->strategy;
    const struct version *canary = subject->object;

    MAP(y, "spec") {
        if (canary)
            y_int(y, "replicas", canary_replicas(service));
        else
            emit_replicas(y, service);
        y_opt(y, "revisionHistoryLimit", service->revision_history_limit);
        emit_min_ready(y, service);
        if (service->progress_deadline_seconds)
            y_int(y, "progressDeadlineSeconds", service->progress_deadline_seconds);
        MAP(y, "selector")
            emit_version_selector(y, "matchLabels", subject->model, service, canary);
        MAP(y, "strategy") {
            y_str(y, "type", enum_name(&hd_strategy_type_enum, (int)strategy->type));
            MAP(y, "rollingUpdate") {
                y_int_or_str(y, "maxSurge", strategy->max_surge);
                y_int_or_str(y, "maxUnavailable", strategy->max_unavailable);
            }
        }
        emit_version_template(y, subject->model, service, canary);
    }
}

const struct plan_row deployment_row = {
    .step = 50,
    .info = {"apps", "v1", "Deployment", "kubernetes", "for a service of kind Deployment; one more for its new version in a plain canary"},
    .plan_service = plan_deployment,
    .runs_image = true,
    .of_collectors = true,
    .labels = labels,
    .emit = emit_deployment,
};
