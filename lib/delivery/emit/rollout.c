/* Rollout (Argo Rollouts): a Deployment that goes from one version to the next in steps. */
#include "core/tables/field.h"
#include "emit/pod.h"
#include "kinds.h"
#include "model/delivery.h"
#include "model/derived.h"
#include "plan/labels.h"

#include <string.h>

static void plan_rollout(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    if (is_delivered_by(service, HD_EXECUTOR_ARGO_ROLLOUTS))
        plan_add(model, row, service->name, service, NULL);
}

static void emit_analysis(struct yaml_out *y, const char *key, const struct hd_service *service)
{
    if (has_analysis(service))
        MAP(y, key)
            SEQ(y, "templates")
                ITEM(y)
                    y_str(y, "templateName", service->name);
}

static void emit_step(struct yaml_out *y, const struct hd_canary_step *step)
{
    if (step->set_weight.set)
        ITEM(y)
            y_opt(y, "setWeight", step->set_weight);
    if (step->pause)
        ITEM(y) {
            if (!strcmp(step->pause, "manual"))
                y_empty_map(y, "pause");
            else
                MAP(y, "pause")
                    y_str(y, "duration", step->pause);
        }
}

/* The mesh's routes are weighed by the controller; without them the numbers of pods are. */
static void emit_routing(struct yaml_out *y, const struct subject *subject)
{
    emit_derived(y, "canaryService", subject->service, CANARY);
    emit_derived(y, "stableService", subject->service, STABLE);
    MAP(y, "trafficRouting")
        MAP(y, "istio")
            for (size_t f = 0; f < N_FAMILIES; f++)
                if (families[f]->emit_split_routes)
                    families[f]->emit_split_routes(y, subject->model, subject->service);
}

static void emit_canary(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_canary *canary = &subject->service->delivery.canary;

    MAP(y, "canary") {
        y_int_or_str(y, "maxSurge", subject->service->strategy.max_surge);
        y_int_or_str(y, "maxUnavailable", subject->service->strategy.max_unavailable);
        if (splits_by_services(subject->model, subject->service))
            emit_routing(y, subject);
        emit_analysis(y, "analysis", subject->service);
        SEQ(y, "steps")
            for (size_t i = 0; i < canary->n_steps; i++)
                emit_step(y, &canary->steps[i]);
    }
}

static void emit_blue_green(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_blue_green *way = &subject->service->delivery.blue_green;

    MAP(y, "blueGreen") {
        y_str(y, "activeService", subject->service->name);
        emit_derived(y, "previewService", subject->service, PREVIEW);
        y_tri(y, "autoPromotionEnabled", way->auto_promotion_enabled);
        if (way->auto_promotion_seconds)
            y_int(y, "autoPromotionSeconds", way->auto_promotion_seconds);
        if (way->preview_replica_count)
            y_int(y, "previewReplicaCount", way->preview_replica_count);
        y_opt(y, "scaleDownDelaySeconds", way->scale_down_delay_seconds);
        emit_analysis(y, "postPromotionAnalysis", subject->service);
    }
}

static void emit_rollout(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_service *service = subject->service;

    MAP(y, "spec") {
        emit_replicas(y, service);
        y_opt(y, "revisionHistoryLimit", service->revision_history_limit);
        emit_min_ready(y, service);
        if (service->progress_deadline_seconds)
            y_int(y, "progressDeadlineSeconds", service->progress_deadline_seconds);
        /* A version that does not come up goes back as well. */
        y_bool(y, "progressDeadlineAbort", true);
        MAP(y, "selector")
            emit_workload_selector(y, "matchLabels", subject->model, service);
        MAP(y, "strategy") {
            if (delivery_way(service) == CANARY_WAY)
                emit_canary(y, subject);
            else
                emit_blue_green(y, subject);
        }
        emit_pod_template(y, subject->model, service);
    }
}

const struct plan_row rollout_row = {
    .step = 50,
    .info = {"argoproj.io", "v1alpha1", "Rollout", "delivery", "for a service that Argo Rollouts delivers, in place of the Deployment"},
    .plan_service = plan_rollout,
    .runs_image = true,
    .emit = emit_rollout,
};
