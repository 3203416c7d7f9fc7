/* ScaledJob (KEDA): in place of the Job, one Job after the other while work waits somewhere. */
#include "job.h"
#include "kinds.h"
#include "model/resolve.h"

static void plan_scaled_job(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    if (is_scaled_job(service))
        plan_add(model, row, service->name, service, NULL);
}

static void emit_scaled_job(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_autoscaling *autoscaling = &subject->service->autoscaling;

    MAP(y, "spec") {
        emit_job_spec(y, "jobTargetRef", subject);
        if (autoscaling->polling_interval)
            y_int(y, "pollingInterval", autoscaling->polling_interval);
        if (autoscaling->min_replicas)
            y_int(y, "minReplicaCount", autoscaling->min_replicas);
        y_int(y, "maxReplicaCount", autoscaling->max_replicas);
        /* Without it KEDA deletes the Jobs that run whenever the ScaledJob changes. (KEDA: ScaledJob, rollout) */
        MAP(y, "rollout")
            y_str(y, "strategy", "gradual");
        SEQ(y, "triggers")
            emit_triggers(y, subject->service);
    }
}

const struct plan_row scaled_job_row = {
    .step = 53,
    .info = {"keda.sh", "v1alpha1", "ScaledJob", "kubernetes", "for a service of kind Job that KEDA runs by triggers"},
    .plan_service = plan_scaled_job,
    .runs_image = true,
    .emit = emit_scaled_job,
};
