/* DaemonSet: one pod on every node. */
#include "emit/pod.h"
#include "kinds.h"
#include "model/tables.h"
#include "plan/labels.h"

static void plan_daemon_set(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    if (service->workload == HD_WORKLOAD_DAEMON_SET)
        plan_add(model, row, service->name, service, NULL);
}

static void emit_daemon_set(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_service *service = subject->service;
    const struct hd_strategy *strategy = &service->strategy;

    MAP(y, "spec") {
        y_opt(y, "revisionHistoryLimit", service->revision_history_limit);
        emit_min_ready(y, service);
        MAP(y, "selector")
            emit_workload_selector(y, "matchLabels", subject->model, service);
        MAP(y, "updateStrategy") {
            y_str(y, "type", enum_name(&hd_strategy_type_enum, (int)strategy->type));
            MAP(y, "rollingUpdate") {
                y_int_or_str(y, "maxSurge", strategy->max_surge);
                y_int_or_str(y, "maxUnavailable", strategy->max_unavailable);
            }
        }
        emit_pod_template(y, subject->model, service);
    }
}

const struct plan_row daemon_set_row = {
    .step = 52,
    .info = {"apps", "v1", "DaemonSet", "kubernetes", "for a service of kind DaemonSet"},
    .plan_service = plan_daemon_set,
    .runs_image = true,
    .of_collectors = true,
    .emit = emit_daemon_set,
};
