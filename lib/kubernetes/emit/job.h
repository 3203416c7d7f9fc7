/* What Jobs and CronJobs say alike. */
#ifndef HD_KUBERNETES_EMIT_JOB_H
#define HD_KUBERNETES_EMIT_JOB_H

#include "plan/plan.h"

/* What stands in the `spec:` of a Job, but for `suspend`, which a CronJob has for itself. */
void emit_job_fields(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service);

#endif
