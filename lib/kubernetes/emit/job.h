/* The spec that Jobs, CronJobs and ScaledJobs have in common. */
#ifndef HD_KUBERNETES_EMIT_JOB_H
#define HD_KUBERNETES_EMIT_JOB_H

#include "plan/plan.h"

/* Writes the `spec:` of a Job without `suspend`, which a CronJob has itself. */
void emit_job_fields(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service);
/* Writes the whole spec of a Job under `key`. */
void emit_job_spec(struct yaml_out *y, const char *key, const struct subject *subject);

#endif
