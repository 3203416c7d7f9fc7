/* TriggerAuthentication (KEDA): the secrets by which the operator asks. */
#include "core/text/among.h"
#include "kinds.h"
#include "model/model.h"
#include "model/resolve.h"

#include <stdio.h>
#include <string.h>

void trigger_authentication_name(char name[TRIGGER_NAME_SIZE], const struct hd_service *service, const struct hd_trigger *trigger)
{
    snprintf(name, TRIGGER_NAME_SIZE, "%.100s-%.100s", text_or(service->name, ""), text_or(trigger->name, ""));
}

static void plan_trigger_authentication(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    const struct hd_autoscaling *autoscaling = &service->autoscaling;
    char name[TRIGGER_NAME_SIZE];

    if (service_scaler(service) != HD_SCALER_SCALED_OBJECT)
        return;
    for (size_t i = 0; i < autoscaling->n_triggers; i++) {
        if (!autoscaling->triggers[i].n_secrets)
            continue;
        trigger_authentication_name(name, service, &autoscaling->triggers[i]);
        plan_add(model, row, arena_strndup(&model->arena, name, strlen(name)), service, &autoscaling->triggers[i]);
    }
}

static void emit_trigger_authentication(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_trigger *trigger = subject->object;

    MAP(y, "spec")
        SEQ(y, "secretTargetRef")
            for (size_t i = 0; i < trigger->n_secrets; i++)
                ITEM(y) {
                    y_str(y, "parameter", trigger->secrets[i].parameter);
                    y_str(y, "name", trigger->secrets[i].secret);
                    y_str(y, "key", trigger->secrets[i].key);
                }
}

const struct plan_row trigger_authentication_row = {
    .step = 49,
    .info = {"keda.sh", "v1alpha1", "TriggerAuthentication", "kubernetes", "for a trigger of KEDA that needs secrets"},
    .plan_service = plan_trigger_authentication,
    .emit = emit_trigger_authentication,
};
