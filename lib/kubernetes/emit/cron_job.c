/* CronJob: a Job by the clock. */
#include "job.h"
#include "kinds.h"
#include "plan/labels.h"

static void plan_cron_job(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    if (service->workload == HD_WORKLOAD_CRON_JOB)
        plan_add(model, row, service->name, service, NULL);
}

static void emit_cron_job(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_service *service = subject->service;
    const struct hd_job *job = &service->job;

    MAP(y, "spec") {
        y_str(y, "schedule", job->schedule);
        y_str(y, "timeZone", job->time_zone);
        y_str(y, "concurrencyPolicy", job->concurrency_policy);
        y_tri(y, "suspend", job->suspend);
        if (job->starting_deadline_seconds)
            y_int(y, "startingDeadlineSeconds", job->starting_deadline_seconds);
        y_opt(y, "successfulJobsHistoryLimit", job->successful_jobs_history_limit);
        y_opt(y, "failedJobsHistoryLimit", job->failed_jobs_history_limit);
        MAP(y, "jobTemplate") {
            MAP(y, "metadata")
                emit_selector(y, "labels", subject->model, service);
            MAP(y, "spec")
                emit_job_fields(y, subject->model, service);
        }
    }
}

const struct plan_row cron_job_row = {
    .step = 54,
    .info = {"batch", "v1", "CronJob", "kubernetes", "for a service of kind CronJob"},
    .plan_service = plan_cron_job,
    .runs_image = true,
    .emit = emit_cron_job,
};
