/* Work that runs to its end. */
#include "core/tables/field.h"
#include "core/text/among.h"
#include "core/text/cron.h"
#include "core/text/letter.h"
#include "model/tables.h"
#include "parts.h"
#include "pod_checks.h"

#include <stdlib.h>
#include <string.h>

CHOICES(concurrency, WORD("Allow"), WORD("Forbid"), WORD("Replace"));
CHOICES(completion, WORD("NonIndexed"), WORD("Indexed"));
CHOICES(restart, WORD("OnFailure"), WORD("Never"));

#define T hd_job
static const struct hd_field job_fields[] = {
    STR("schedule", schedule, .format = &format_schedule, .workloads = FOR(CRON_JOB)),
    STR("timeZone", time_zone, .format = &format_time_zone, .since = 25, .workloads = FOR(CRON_JOB)),
    STR("concurrencyPolicy", concurrency_policy, .words = &concurrency, .workloads = FOR(CRON_JOB)),
    BOOL("suspend", suspend, .workloads = RUNNING_TO_END),
    INT("startingDeadlineSeconds", starting_deadline_seconds, .min = 10, .max = 31536000, .workloads = FOR(CRON_JOB)),
    OPT("successfulJobsHistoryLimit", successful_jobs_history_limit, .max = 2147483647, .workloads = FOR(CRON_JOB)),
    OPT("failedJobsHistoryLimit", failed_jobs_history_limit, .max = 2147483647, .workloads = FOR(CRON_JOB)),
    INT("completions", completions, .min = 1, .max = 2147483647, .workloads = RUNNING_TO_END),
    OPT("parallelism", parallelism, .max = 2147483647, .workloads = RUNNING_TO_END),
    STR("completionMode", completion_mode, .words = &completion, .workloads = RUNNING_TO_END),
    OPT("backoffLimit", backoff_limit, .max = 2147483647, .workloads = RUNNING_TO_END),
    INT("activeDeadlineSeconds", active_deadline_seconds, .min = 1, .max = 2147483647, .workloads = RUNNING_TO_END),
    OPT("ttlSecondsAfterFinished", ttl_seconds_after_finished, .none = true, .max = 2147483647, .workloads = RUNNING_TO_END),
    STR("restartPolicy", restart_policy, .words = &restart, .workloads = RUNNING_TO_END),
};
const struct hd_struct hd_job_struct = STRUCT(job_fields);
#undef T

void resolve_job(struct hd_service *service)
{
    struct hd_job *job = &service->job;

    if (!runs_to_end(service))
        return;
    if (!job->restart_policy)
        job->restart_policy = "Never";
    if (service->workload == HD_WORKLOAD_CRON_JOB && !job->concurrency_policy)
        job->concurrency_policy = "Forbid";
    if (service->workload == HD_WORKLOAD_JOB && !job->ttl_seconds_after_finished.set)
        job->ttl_seconds_after_finished = (struct hd_opt_int)HD_INT(86400);
}

static void check_schedule(struct checker *checker, const struct hd_service *service)
{
    const struct hd_job *job = &service->job;

    if (!job->schedule)
        hint(found(checker, HD_NO_SCHEDULE, AT(service, workload), "the CronJob has no schedule"),
             "give schedule: \"0 3 * * *\" or @daily; or write kind: Job");
    else if (format_is_valid(&format_schedule, job->schedule) && cron_never_runs(job->schedule))
        hint(
            found(checker, HD_NEVER_RUNS, AT(job, schedule), "\"%s\" never runs, because none of its months has such a day", job->schedule),
            "the fields are minute, hour, day of the month, month, weekday");
    check_schedule_times(checker, AT(job, schedule), job->schedule);
    check_time_zone(checker, AT(job, time_zone), job->time_zone, job->schedule, AT(job, schedule));
}

/* Sidecars end with the program; the pod waits for any other container. */
static void check_extra_containers(struct checker *checker, const struct hd_service *service)
{
    for (size_t i = 0; runs_to_end(service) && i < service->pod.n_extra_containers; i++) {
        const struct hd_named_container *extra = &service->pod.extra_containers[i];

        hint(found(checker, HD_JOB_NOT_COMPLETED, AT_STRUCT(extra), "the job is not complete before %.63s ends too", text_or(extra->name, "this container")),
             "write it under sidecars, which end with the program; if it ends by itself, accept this with silence");
    }
}

void check_job(struct checker *checker, const struct hd_service *service)
{
    const struct hd_job *job = &service->job;

    check_extra_containers(checker, service);
    if (service->workload == HD_WORKLOAD_CRON_JOB)
        check_schedule(checker, service);
    if (runs_to_end(service) && job->completion_mode && !strcmp(job->completion_mode, "Indexed") && job->parallelism.set && !job->completions)
        hint(found(checker, HD_INDEXED_WITHOUT_END, AT(job, completion_mode),
                   "completionMode Indexed needs completions, the number of indices"),
             "give completions");
}
