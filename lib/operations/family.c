/* Files beside the manifests to operate the application: images, scripts, backups, pipelines, a runbook. */
#include "family.h"

#include "operations/emit/kinds.h"
#include "operations/model/parts.h"

static const struct plan_row *const kinds[] = {
    &backup_storage_location_row,
    &velero_schedule_row,
};
static const struct file_part *const parts[] = {
    &scripts_part,
    &dockerfiles_part,
    &backup_part,
    &ci_part,
    &runbook_part,
};
static const struct file_row *const files[] = {
    &facts_row,
    &scripts_row,
    &dockerfile_row,
    &dockerignore_row,
    &bake_row,
    &backup_row,
    &restore_row,
    &github_row,
    &gitlab_row,
    &runbook_row,
};

const struct family operations_family = {
    .resolve_app = {[APP_PARTS] = resolve_operations},
    .resolve_service = {[SERVICE_LAYERS] = resolve_build, [SERVICE_CALLERS] = resolve_volume_backup},
    .check_app = check_operations,
    .check_service = check_build,
    .kinds = kinds,
    .n_kinds = sizeof kinds / sizeof *kinds,
};

const struct family_files operations_files = {
    .parts = parts,
    .n_parts = sizeof parts / sizeof *parts,
    .rows = files,
    .n_rows = sizeof files / sizeof *files,
};
