/* Which volumes backups take, as those ask who write claims. */
#ifndef HD_MODEL_BACKUP_H
#define HD_MODEL_BACKUP_H

#include "model.h"

bool uses_velero(const struct hd_app *app);

/* The name by which a volume's claim is exempted from backups; NULL when the volume has no claim. */
const char *claim_name(struct arena *arena, const struct hd_service *service, const struct hd_volume *volume);
/* The label of a claim that no backup of whole volumes takes; NULL of all others. */
const struct hd_pair *backup_label(const struct hd_model *model, const struct hd_service *service, const struct hd_volume *volume);

bool is_volume_exempt(const struct hd_model *model, const struct hd_service *service, const struct hd_volume *volume);

#endif
