/* Deployment; one for each version of a service. */
#include "emit/pod.h"
#include "kinds.h"
#include "model/derived.h"
#include "model/tables.h"
#include "plan/labels.h"

static void plan_deployment(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    size_t n = n_versions(service);

    if (service->workload != HD_WORKLOAD_DEPLOYMENT || is_delivered_by(service, HD_EXECUTOR_ARGO_ROLLOUTS))
        return;
    if (!n)
        plan_add(model, row, service->name, service, NULL);
    for (size_t i = 0; i < n; i++) {
        const struct version *version = plan_version(model, service, i);

        plan_add(model, row, version->suffix ? derived_name(model, service, version->suffix) : service->name, service, version);
    }
}

static struct pairs labels(const struct subject *subject)
{
    const struct version *version = subject->object;

    return version && version->suffix ? (struct pairs){version->labels, version->n_labels} : (struct pairs){NULL, 0};
}

static void emit_deployment(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_service *service = subject->service;
    const struct hd_strategy *strategy = &service->strategy;
    const struct version *version = subject->object;

    MAP(y, "spec") {
        if (version && version->replicas.set)
            y_opt(y, "replicas", version->replicas);
        else
            emit_replicas(y, service);
        y_opt(y, "revisionHistoryLimit", service->revision_history_limit);
        emit_min_ready(y, service);
        if (service->progress_deadline_seconds)
            y_int(y, "progressDeadlineSeconds", service->progress_deadline_seconds);
        MAP(y, "selector")
            emit_version_selector(y, "matchLabels", subject->model, service, version);
        MAP(y, "strategy") {
            y_str(y, "type", enum_name(&hd_strategy_type_enum, (int)strategy->type));
            MAP(y, "rollingUpdate") {
                y_int_or_str(y, "maxSurge", strategy->max_surge);
                y_int_or_str(y, "maxUnavailable", strategy->max_unavailable);
            }
        }
        emit_version_template(y, subject->model, service, version);
    }
}

const struct plan_row deployment_row = {
    .step = 50,
    .info = {"apps", "v1", "Deployment", "kubernetes", "for a service of kind Deployment; one for each of its versions, and of a plain canary"},
    .plan_service = plan_deployment,
    .runs_image = true,
    .of_collectors = true,
    .labels = labels,
    .emit = emit_deployment,
};
