/* The parts and files of operations; each row stands in the file of its kind. */
#ifndef HD_OPERATIONS_EMIT_KINDS_H
#define HD_OPERATIONS_EMIT_KINDS_H

#include "plan/file_plan.h"
#include "plan/plan.h"

extern const struct file_part backup_part, ci_part, dockerfiles_part, runbook_part, scripts_part;

extern const struct plan_row backup_storage_location_row, velero_schedule_row;

extern const struct file_row backup_row, restore_row, dockerfile_row, dockerignore_row, bake_row, facts_row, github_row, gitlab_row,
    runbook_row, scripts_row;

#endif
