/* PersistentVolumeClaim: storage that all pods of a service share. */
#include "emit/claim.h"
#include "kinds.h"
#include "model/backup.h"
#include "model/derived.h"

static void plan_persistent_volume_claim(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    for (size_t i = 0; i < service->pod.n_volumes; i++) {
        const struct hd_volume *volume = &service->pod.volumes[i];

        if (volume->claim.size)
            plan_add(model, row, derived_name(model, service, volume->name), service, volume);
    }
}

static struct pairs labels(const struct subject *subject)
{
    const struct hd_pair *label = backup_label(subject->model, subject->service, subject->object);

    return (struct pairs){label, label != NULL};
}

static void emit_persistent_volume_claim(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_volume *volume = subject->object;

    emit_claim_spec(y, &volume->claim);
}

const struct plan_row persistent_volume_claim_row = {
    .step = 35,
    .info = {"", "v1", "PersistentVolumeClaim", "kubernetes", "for a volume with a claim"},
    .plan_service = plan_persistent_volume_claim,
    .labels = labels,
    .emit = emit_persistent_volume_claim,
};
