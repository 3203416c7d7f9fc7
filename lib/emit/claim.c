#include "claim.h"

#include "model/backup.h"
#include "model/tables.h"
#include "plan/labels.h"

void emit_claim_spec(struct yaml_out *y, const struct hd_claim *claim)
{
    MAP(y, "spec") {
        Y_FIELDS(y, hd_claim, claim);
        if (!claim->volume_mode)
            y_str(y, "volumeMode", "Filesystem");
        MAP(y, "resources")
            MAP(y, "requests")
                y_quantity(y, "storage", claim->size);
    }
}

/* The labels of claim templates stay for ever: the template cannot be changed. Servers fill in the kind and the status. */
void emit_claim_templates(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service)
{
    SEQ(y, "volumeClaimTemplates")
        for (size_t i = 0; i < service->pod.n_volumes; i++) {
            const struct hd_volume *volume = &service->pod.volumes[i];

            if (volume->claim_template.size)
                ITEM(y) {
                    const struct hd_pair *label = backup_label(model, service, volume);

                    y_str(y, "apiVersion", "v1");
                    y_str(y, "kind", "PersistentVolumeClaim");

                    MAP(y, "metadata") {
                        y_str(y, "name", volume->name);
                        MAP(y, "labels") {
                            emit_selector_labels(y, model, service);
                            y_str(y, label ? label->name : NULL, label ? label->value : NULL);
                        }
                    }
                    emit_claim_spec(y, &volume->claim_template);
                    MAP(y, "status")
                        y_str(y, "phase", "Pending");
                }
        }
}
