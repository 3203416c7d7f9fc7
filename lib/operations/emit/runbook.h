/* The parts of the runbook. */
#ifndef HD_OPERATIONS_EMIT_RUNBOOK_H
#define HD_OPERATIONS_EMIT_RUNBOOK_H

#include "plan/file_plan.h"

/* The checks for each trouble. */
void write_troubles(struct text_out *t, const struct file_subject *subject);

/* `kubectl --namespace NAMESPACE`, and a fenced block of commands around it. */
void begin_commands(struct text_out *t);
void put_kubectl(struct text_out *t, const struct hd_app *app);
void end_commands(struct text_out *t);

/* The word for a workload as kubectl takes it: deployment. */
const char *workload_resource(const struct hd_service *service);

#endif
