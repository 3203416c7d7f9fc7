/* The spec that Jobs and CronJobs have in common. */
#ifndef HD_KUBERNETES_EMIT_JOB_H
#define HD_KUBERNETES_EMIT_JOB_H

#include "plan/plan.h"

/* Writes the `spec:` of a Job without `suspend`, which a CronJob has itself. */
void emit_job_fields(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service);

#endif
