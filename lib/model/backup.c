#include "backup.h"
#include <stdio.h>

bool uses_velero(const struct hd_app *app)
{
    return app->operations.enabled == HD_TRUE && app->operations.backup.velero.enabled == HD_TRUE;
}

const char *claim_name(struct arena *arena, const struct hd_service *service, const struct hd_volume *volume)
{
    if (volume->existing_claim)
        return volume->existing_claim;
    if (!service->name || !volume->name || (!volume->claim.size && !volume->claim_template.size))
        return NULL;
    return arena_printf(arena, "%s-%s", service->name, volume->name);
}

bool is_volume_exempt(const struct hd_model *model, const struct hd_service *service, const struct hd_volume *volume)
{
    char name[256];

    if (volume->existing_claim)
        return names_find(&model->exempt, volume->existing_claim);
    snprintf(name, sizeof name, "%s-%s", service->name, volume->name);
    return names_find(&model->exempt, name);
}

const struct hd_pair *backup_label(const struct hd_model *model, const struct hd_service *service, const struct hd_volume *volume)
{
    static const struct hd_pair left_out = {.name = "velero.io/exclude-from-backup", .value = "true"};
    bool is_taken = !uses_velero(model->app) || model->app->operations.backup.volumes != HD_VOLUMES_SNAPSHOT;

    return is_taken || !is_volume_exempt(model, service, volume) ? NULL : &left_out;
}
