/* Backups by Velero: schedule and storage; and files that are applied only when needed: a backup now, and a restore. */
#include "kinds.h"
#include "operations/model/operations.h"

#include <stdio.h>
#include <string.h>

/* Velero reads these objects only in its own namespace. */
static void plan_in_velero(struct hd_model *model, const struct plan_row *row, const char *name)
{
    plan_add(model, row, name, NULL, NULL);
    model->manifests[model->n_manifests - 1].namespace_name = model->app->operations.backup.velero.namespace_name;
}

static void plan_backup_storage_location(struct hd_model *model, const struct plan_row *row)
{
    const struct hd_app *app = model->app;

    if (uses_velero(app) && app->operations.backup.velero.bucket && app->operations.backup.velero.storage_location)
        plan_in_velero(model, row, app->operations.backup.velero.storage_location);
}

static void emit_backup_storage_location(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_velero *velero = &subject->model->app->operations.backup.velero;

    MAP (y, "spec") {
        y_str(y, "provider", velero->provider);
        MAP (y, "objectStorage") {
            y_str(y, "bucket", velero->bucket);
            y_str(y, "prefix", velero->prefix);
        }
        y_pairs(y, "config", velero->config, velero->n_config);
        MAP (y, "credential") {
            y_str(y, "name", velero->credential.name);
            y_str(y, "key", velero->credential.key);
        }
    }
}

const struct plan_row backup_storage_location_row = {
    .step = 70,
    .order = 80,
    .info = {"velero.io", "v1", "BackupStorageLocation", "operations", "with a bucket for Velero"},
    .plan_app = plan_backup_storage_location,
    .emit = emit_backup_storage_location,
};

static void plan_velero_schedule(struct hd_model *model, const struct plan_row *row)
{
    if (uses_velero(model->app) && model->app->name)
        plan_in_velero(model, row, model->app->name);
}

/* Contents of every backup of the application. Values of secrets are fetched again from their store. */
static void emit_backup_spec(struct yaml_out *y, const struct hd_app *app)
{
    static const char *const secrets[] = {"secrets"};
    const struct hd_backup *backup = &app->operations.backup;

    y_strs(y, "includedNamespaces", &app->namespace_name, 1);
    if (backup->secrets != HD_TRUE)
        y_strs(y, "excludedResources", secrets, 1);
    y_str(y, "storageLocation", backup->velero.storage_location);
    y_strs(y, "volumeSnapshotLocations", backup->velero.snapshot_locations, backup->velero.n_snapshot_locations);
    y_bool(y, "snapshotVolumes", backup->volumes == HD_VOLUMES_SNAPSHOT);
    y_tri(y, "snapshotMoveData", backup->velero.snapshot_move_data);
    /* The pods name their volumes. */
    y_bool(y, "defaultVolumesToFsBackup", false);
    y_str(y, "ttl", backup->retention);
}

static void emit_velero_schedule(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_app *app = subject->model->app;

    MAP (y, "spec") {
        y_str(y, "schedule", app->operations.backup.schedule);
        MAP (y, "template")
            emit_backup_spec(y, app);
    }
}

const struct plan_row velero_schedule_row = {
    .step = 71,
    .order = 80,
    .info = {"velero.io", "v1", "Schedule", "operations", "with Velero"},
    .plan_app = plan_velero_schedule,
    .emit = emit_velero_schedule,
};

static void plan_restore(struct hd_model *model, const struct file_row *row)
{
    if (uses_velero(model->app))
        file_add(model, row, "backup/restore.yaml", NULL, NULL);
}

static void plan_backup(struct hd_model *model, const struct file_row *row)
{
    if (uses_velero(model->app))
        file_add(model, row, "backup/backup.yaml", NULL, NULL);
}

static void emit_head(struct yaml_out *y, const struct hd_app *app, const char *kind)
{
    char prefix[80];

    snprintf(prefix, sizeof prefix, "%s-", app->name);
    y_str(y, "apiVersion", "velero.io/v1");
    y_str(y, "kind", kind);
    MAP (y, "metadata") {
        y_str(y, "generateName", prefix);
        y_str(y, "namespace", app->operations.backup.velero.namespace_name);
        MAP (y, "labels") {
            y_str(y, "app.kubernetes.io/part-of", app->name);
            y_str(y, "app.kubernetes.io/managed-by", "hybriddeploy");
            if (!strcmp(kind, "Backup"))
                y_str(y, "velero.io/schedule-name", app->name);
        }
    }
}

static void write_restore(struct yaml_out *y, const struct file_subject *subject)
{
    const struct hd_app *app = subject->model->app;

    DOC (y) {
        emit_head(y, app, "Restore");
        MAP (y, "spec") {
            /* The latest good backup of the schedule. */
            y_str(y, "scheduleName", app->name);
            y_strs(y, "includedNamespaces", &app->namespace_name, 1);
            y_str(y, "existingResourcePolicy", "update");
            y_bool(y, "restorePVs", app->operations.backup.volumes != HD_VOLUMES_NONE);
        }
    }
}

static void write_backup(struct yaml_out *y, const struct file_subject *subject)
{
    const struct hd_app *app = subject->model->app;

    DOC (y) {
        emit_head(y, app, "Backup");
        MAP (y, "spec")
            emit_backup_spec(y, app);
    }
}

const struct file_part backup_part = {
    .info = {"backup", "ops", "a backup now and a restore, for kubectl create", "the model has operations with Velero"},
    .is_default = uses_velero,
};

const struct file_row restore_row = {.part = &backup_part, .plan_app = plan_restore, .yaml = write_restore};
const struct file_row backup_row = {.part = &backup_part, .plan_app = plan_backup, .yaml = write_backup};
