/* Job: pods that run to their end. */
#include "job.h"

#include "emit/pod.h"
#include "kinds.h"
#include "model/resolve.h"

static void plan_job(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    if (service->workload == HD_WORKLOAD_JOB && !is_scaled_job(service))
        plan_add(model, row, service->name, service, NULL);
}

/* No selector: the cluster makes one that is unique to each run. */
void emit_job_fields(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service)
{
    const struct hd_job *job = &service->job;

    if (job->completions)
        y_int(y, "completions", job->completions);
    y_opt(y, "parallelism", job->parallelism);
    y_str(y, "completionMode", job->completion_mode);
    y_opt(y, "backoffLimit", job->backoff_limit);
    if (job->active_deadline_seconds)
        y_int(y, "activeDeadlineSeconds", job->active_deadline_seconds);
    y_opt(y, "ttlSecondsAfterFinished", job->ttl_seconds_after_finished);
    emit_pod_template(y, model, service);
}

void emit_job_spec(struct yaml_out *y, const char *key, const struct subject *subject)
{
    MAP(y, key) {
        y_tri(y, "suspend", subject->service->job.suspend);
        emit_job_fields(y, subject->model, subject->service);
    }
}

static void emit_job(struct yaml_out *y, const struct subject *subject)
{
    emit_job_spec(y, "spec", subject);
}

const struct plan_row job_row = {
    .step = 53,
    .info = {"batch", "v1", "Job", "kubernetes", "for a service of kind Job"},
    .plan_service = plan_job,
    .runs_image = true,
    .emit = emit_job,
};
