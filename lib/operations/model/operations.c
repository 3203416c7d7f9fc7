/* Operations: recovery objectives, and the backups that they need. */
#include "operations.h"

#include "core/tables/field.h"
#include "core/text/cron.h"
#include "core/text/duration.h"
#include "core/text/format_text.h"
#include "core/text/suggest.h"
#include "model/resolve.h"
#include "model/tables.h"
#include "parts.h"

#include <stdio.h>
#include <string.h>

#define BACKUP_VOLUMES "backup.velero.io/backup-volumes"

WORDS(hd_volume_backup, {"snapshot", HD_VOLUMES_SNAPSHOT}, {"files", HD_VOLUMES_FILES}, {"none", HD_VOLUMES_NONE});

#define T hd_exemption
static const struct hd_field exemption_fields[] = {
    STR("claim", claim, .required = true, .format = &format_subdomain),
    STR("reason", reason, .format = &format_text),
};
const struct hd_struct hd_exemption_struct = STRUCT(exemption_fields, .scalar = "reason", .keyed_by = "claim");
#undef T

#define T hd_secret_entry
static const struct hd_field secret_entry_fields[] = {
    STR("name", name, .required = true, .format = &format_subdomain),
    STR("key", key, .required = true, .format = &format_config_key),
};
const struct hd_struct hd_secret_entry_struct = STRUCT(secret_entry_fields);
#undef T

#define T hd_velero
static const struct hd_field velero_fields[] = {
    BOOL("enabled", enabled),
    STR("namespace", namespace_name, .def = "velero", .format = &format_dns_label),
    STR("storageLocation", storage_location, .format = &format_subdomain),
    STR("provider", provider, .format = &format_label_key),
    STR("bucket", bucket, .format = &format_path_segment),
    STR("prefix", prefix, .format = &format_relative_path),
    LIST("config", config, hd_pair, .key_format = &format_config_key, .format = &format_line),
    OBJ("credential", credential, hd_secret_entry),
    STRS("snapshotLocations", snapshot_locations, .format = &format_subdomain),
    BOOL("snapshotMoveData", snapshot_move_data),
};
const struct hd_struct hd_velero_struct = STRUCT(velero_fields, .scalar = "enabled");
#undef T

#define T hd_backup
static const struct hd_field backup_fields[] = {
    STR("schedule", schedule, .def = "0 3 * * *", .format = &format_schedule),
    STR("retention", retention, .def = "720h", .format = &format_duration),
    ENUM("volumes", volumes, hd_volume_backup),
    LIST("exempt", exempt, hd_exemption),
    BOOL("secrets", secrets),
    OBJ("velero", velero, hd_velero),
};
const struct hd_struct hd_backup_struct = STRUCT(backup_fields, .scalar = "schedule");
#undef T

#define T hd_operations
static const struct hd_field operations_fields[] = {
    BOOL("enabled", enabled),
    STR("recoveryPoint", recovery_point, .format = &format_duration),
    STR("recoveryTime", recovery_time, .format = &format_duration),
    STR("source", source, .format = &format_web_url),
    OBJ("backup", backup, hd_backup),
};
const struct hd_struct hd_operations_struct = STRUCT(operations_fields, .scalar = "enabled");
#undef T

static void index_exempt(struct hd_model *model)
{
    const struct hd_backup *backup = &model->app->operations.backup;

    names_init(&model->arena, &model->exempt, backup->n_exempt);
    for (size_t i = 0; i < backup->n_exempt; i++)
        if (backup->exempt[i].claim)
            names_add(&model->exempt, backup->exempt[i].claim, &backup->exempt[i]);
}

void resolve_operations(struct hd_model *model, struct hd_diagnostics *report)
{
    struct hd_app *app = model->app;
    const struct hd_app *given = model->given;
    struct hd_operations *operations = &app->operations;
    struct hd_backup *backup = &operations->backup;

    (void)report;
    index_exempt(model);
    if (operations->enabled == HD_BOOL_UNSET)
        operations->enabled = struct_is_set(&hd_operations_struct, &given->operations) ? HD_TRUE : HD_FALSE;
    /* Without recoveryPoint and backup there are no backups. */
    if (operations->enabled != HD_TRUE || (!operations->recovery_point && !struct_is_set(&hd_backup_struct, &given->operations.backup)))
        return;
    if (backup->velero.enabled == HD_BOOL_UNSET)
        backup->velero.enabled = struct_is_set(&hd_velero_struct, &given->operations.backup.velero) ? HD_TRUE : HD_FALSE;
    if (!backup->schedule)
        backup->schedule = "0 3 * * *";
    if (!backup->retention)
        backup->retention = "720h";
    if (!backup->volumes)
        backup->volumes = backup->velero.enabled == HD_TRUE ? HD_VOLUMES_SNAPSHOT : HD_VOLUMES_NONE;
    if (!backup->velero.namespace_name)
        backup->velero.namespace_name = "velero";
    if (!backup->velero.storage_location)
        backup->velero.storage_location = backup->velero.bucket ? app->name : "default";
}

bool has_operations(const struct hd_app *app)
{
    return app->operations.enabled == HD_TRUE;
}

/* A node agent backs up the volumes that the pod names; those with no data of their own are not among them. */
void resolve_volume_backup(const struct resolving *resolving)
{
    struct hd_model *model = resolving->model;
    struct hd_service *service = resolving->service;
    const struct hd_app *app = model->app;
    const char *list = NULL;

    if (!uses_velero(app) || app->operations.backup.volumes != HD_VOLUMES_FILES || !service->name)
        return;
    for (size_t i = 0; i < service->pod.n_volumes; i++) {
        const struct hd_volume *volume = &service->pod.volumes[i];

        if (volume->name && (volume->claim.size || volume->claim_template.size || volume->existing_claim) &&
            !is_volume_exempt(model, service, volume))
            list = list ? arena_printf(&model->arena, "%s,%s", list, volume->name) : volume->name;
    }
    if (list)
        pod_annotate(model, &service->pod, BACKUP_VOLUMES, list);
}

/* The claims of the application by name. */
static void index_claims(struct checker *checker, struct names *claims)
{
    const struct hd_app *app = checker->app;
    size_t n_volumes = 0;

    for (size_t i = 0; i < app->n_services; i++)
        n_volumes += app->services[i].pod.n_volumes;
    names_init(&checker->report->arena, claims, n_volumes);
    for (size_t i = 0; i < app->n_services; i++)
        for (size_t k = 0; k < app->services[i].pod.n_volumes; k++) {
            const struct hd_volume *volume = &app->services[i].pod.volumes[k];
            const char *name = claim_name(&checker->report->arena, &app->services[i], volume);

            if (name)
                names_add(claims, name, volume);
        }
}

static void check_covered(struct checker *checker)
{
    const struct hd_app *app = checker->app;
    const struct hd_backup *backup = &app->operations.backup;

    if (backup->volumes != HD_VOLUMES_NONE)
        return;
    for (size_t i = 0; i < app->n_services; i++)
        for (size_t k = 0; k < app->services[i].pod.n_volumes; k++) {
            const struct hd_volume *volume = &app->services[i].pod.volumes[k];
            const char *name = claim_name(&checker->report->arena, &app->services[i], volume);
            struct finding *finding;

            if (!name || names_find(&checker->model->exempt, name))
                continue;
            finding = found(checker, HD_CLAIM_NOT_COVERED,
                            volume->existing_claim ? AT(volume, existing_claim)
                                                   : AT_STRUCT(volume->claim.size ? &volume->claim : &volume->claim_template),
                            "no backup contains the data of %s", name);
            also_at(finding, AT_STRUCT(&app->operations), "operations has backups, but they contain no volumes");
            hint(finding,
                 "write operations.backup.velero: on when the cluster has Velero, or exempt the claim: operations.backup.exempt: {%s: the "
                 "reason}",
                 name);
        }
}

static void check_exempt(struct checker *checker, const struct names *claims)
{
    const struct hd_app *app = checker->app;
    const struct hd_backup *backup = &app->operations.backup;

    for (size_t i = 0; i < backup->n_exempt; i++) {
        const char *name = backup->exempt[i].claim;
        struct suggestion suggestion;

        if (!name || names_find(claims, name))
            continue;
        suggestion = suggest_for(name);
        for (size_t s = 0; s < app->n_services && checker->n_suggestions < MOST_SUGGESTIONS; s++)
            for (size_t k = 0; k < app->services[s].pod.n_volumes; k++) {
                const char *claim = claim_name(&checker->report->arena, &app->services[s], &app->services[s].pod.volumes[k]);

                if (claim)
                    suggest_try(&suggestion, claim);
            }
        checker->n_suggestions++;
        hint_nearest(found(checker, HD_EXEMPT_UNKNOWN, AT(&backup->exempt[i], claim), "there is no claim \"%.253s\"", name),
                     suggestion.nearest, "write the name of the service and of the volume, such as web-data for the volume data of web");
    }
}

static bool is_time(const char *text)
{
    return text && format_is_valid(&format_duration, text);
}

/* The rarest schedule with even intervals that recoveryPoint allows; empty when cron cannot express one. */
static const char *schedule_within(char *text, size_t size, int64_t objective)
{
    int64_t minutes = objective / 60000000, step = minutes < 60 ? minutes : minutes / 60, whole = minutes < 60 ? 60 : 24;

    *text = 0;
    if (step < 1)
        return text;
    for (step = step < whole ? step : whole; whole % step;)
        step--;
    if (minutes < 60)
        snprintf(text, size, ", such as \"*/%d * * * *\"", (int)step);
    else if (step == 1)
        snprintf(text, size, ", such as \"0 * * * *\"");
    else
        snprintf(text, size, step < 24 ? ", such as \"0 */%d * * *\"" : ", such as \"0 3 * * *\"", (int)step);
    return text;
}

/* A service is not back before its readiness probe has succeeded. */
static void check_recovery_time(struct checker *checker)
{
    const struct hd_operations *operations = &checker->app->operations;
    const struct hd_probe *slowest = NULL;
    char text[DURATION_LONGEST];
    struct finding *finding;

    for (size_t i = 0; i < checker->app->n_services; i++) {
        const struct hd_service *service = &checker->app->services[i];
        const struct hd_probe *ready = &service->container.readiness_probe;

        if (!runs_to_end(service) && ready->enabled == HD_TRUE && ready->initial_delay_seconds.set &&
            ready->initial_delay_seconds.value <= 86400 &&
            (!slowest || ready->initial_delay_seconds.value > slowest->initial_delay_seconds.value))
            slowest = ready;
    }
    if (!slowest || !is_time(operations->recovery_time) ||
        duration_us(operations->recovery_time) >= slowest->initial_delay_seconds.value * INT64_C(1000000))
        return;
    duration_text(text, slowest->initial_delay_seconds.value * INT64_C(1000000));
    finding = found(checker, HD_RECOVERY_TOO_SLOW, AT(operations, recovery_time), "recoveryTime is %s, but no pod is ready before %s",
                    operations->recovery_time, text);
    also_at(finding, AT(slowest, initial_delay_seconds), "this probe starts after %s", text);
    hint(finding, "raise recoveryTime: restarts, scaling and restores take minutes");
}

static void check_schedule(struct checker *checker)
{
    const struct hd_operations *operations = &checker->app->operations;
    const struct hd_backup *backup = &operations->backup;
    char gap_text[DURATION_LONGEST], schedule[40];
    struct finding *finding;
    int64_t gap;

    if (!backup->schedule || !format_is_valid(&format_schedule, backup->schedule))
        return;
    check_schedule_times(checker, AT(backup, schedule), backup->schedule);
    gap = cron_longest_gap_us(backup->schedule);
    if (gap == INT64_MAX) {
        hint(found(checker, HD_NEVER_RUNS, AT(backup, schedule), "\"%s\" never runs, because no month has such a day", backup->schedule),
             "the fields are minute, hour, day of the month, month, weekday (0 is Sunday)");
        return;
    }
    duration_text(gap_text, gap);
    if (is_time(operations->recovery_point) && gap > duration_us(operations->recovery_point)) {
        finding =
            found(checker, HD_BACKUP_TOO_RARE, AT(backup, schedule),
                  "up to %s pass between two backups, but recoveryPoint allows a loss of at most %s", gap_text, operations->recovery_point);
        also_at(finding, AT(operations, recovery_point), "recoveryPoint is given here");
        hint(finding, "back up more often%s, or raise recoveryPoint",
             schedule_within(schedule, sizeof schedule, duration_us(operations->recovery_point)));
    }
    if (is_time(backup->retention) && duration_us(backup->retention) < gap) {
        finding = found(checker, HD_RETENTION_TOO_SHORT, AT(backup, retention),
                        "retention is %s, so a backup is deleted before the next one is made", backup->retention);
        also_at(finding, AT(backup, schedule), "up to %s pass between two backups", gap_text);
        hint(finding, "write a retention of several intervals, such as 720h");
    }
}

static void check_velero(struct checker *checker)
{
    const struct hd_backup *backup = &checker->app->operations.backup;
    const struct hd_velero *velero = &backup->velero;
    struct finding *finding;

    if (velero->enabled != HD_TRUE) {
        if (backup->volumes && backup->volumes != HD_VOLUMES_NONE)
            hint(found(checker, HD_VOLUMES_WITHOUT_VELERO, AT(backup, volumes), "volumes has no effect without velero"),
                 "write velero: on if the cluster has Velero; without it a backup contains the objects, but not the data of volumes");
        return;
    }
    if (velero->snapshot_move_data == HD_TRUE && backup->volumes != HD_VOLUMES_SNAPSHOT)
        hint(found(checker, HD_MOVE_WITHOUT_SNAPSHOT, AT(velero, snapshot_move_data),
                   "snapshotMoveData has no effect, because no snapshots are made"),
             "write volumes: snapshot, or remove it");
    if (!velero->bucket == !velero->provider) {
        if (!velero->bucket && (velero->prefix || velero->n_config || velero->credential.name))
            hint(found(checker, HD_STORAGE_IN_PART, AT_STRUCT(velero), "the object storage has no bucket"),
                 "write provider and bucket; or only storageLocation, the name of an existing BackupStorageLocation");
        return;
    }
    finding = found(checker, HD_STORAGE_IN_PART, velero->bucket ? AT(velero, bucket) : AT(velero, provider),
                    velero->bucket ? "bucket is given without provider" : "provider is given without bucket");
    hint(finding, "write both, such as provider: aws and bucket: backups");
}

/* (S3: bucket naming rules) */
static void check_bucket(struct checker *checker, const struct hd_velero *velero)
{
    const char *bucket = velero->bucket;
    size_t length = bucket ? strlen(bucket) : 0;

    if (!bucket || !velero->provider || strcmp(velero->provider, "aws") ||
        (length >= 3 && length <= 63 && is_name(bucket, length, LOWER DIGIT "-.") && !strstr(bucket, "..")))
        return;
    hint(found(checker, HD_BAD_BUCKET, AT(velero, bucket), "\"%.80s\" cannot be the name of a bucket", bucket),
         "3 to 63 of a-z, 0-9, - and ., with a letter or digit at both ends");
}

/* Providers by the names of their plug-ins, which other tools call otherwise. */
static void check_provider(struct checker *checker, const struct hd_velero *velero)
{
    static const char *const other_names[][2] = {{"amazon", "aws"}, {"s3", "aws"},     {"minio", "aws"},          {"google", "gcp"},
                                                 {"gcs", "gcp"},    {"gke", "gcp"},    {"microsoft", "azure"},    {"azureblob", "azure"}};

    for (size_t i = 0; velero->provider && i < sizeof other_names / sizeof *other_names; i++)
        if (!strcmp(velero->provider, other_names[i][0]))
            hint_nearest(found(checker, HD_VELERO_PROVIDER, AT(velero, provider), "Velero has no provider \"%s\"", velero->provider),
                         other_names[i][1], "write the name of its plug-in: aws, gcp or azure");
}

void check_operations(struct checker *checker)
{
    struct names claims;

    if (checker->app->operations.enabled != HD_TRUE)
        return;
    index_claims(checker, &claims);
    check_covered(checker);
    check_exempt(checker, &claims);
    check_schedule(checker);
    check_recovery_time(checker);
    check_velero(checker);
    check_provider(checker, &checker->app->operations.backup.velero);
    check_bucket(checker, &checker->app->operations.backup.velero);
}
