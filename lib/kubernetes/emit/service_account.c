/* ServiceAccount: an identity for each service, so that rights and policies can tell them apart. */
#include "kinds.h"

static void plan_service_account(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    if (!service->pod.service_account.name)
        plan_add(model, row, service->name, service, NULL);
}

static struct pairs annotations(const struct subject *subject)
{
    const struct hd_service_account *account = &subject->service->pod.service_account;

    return (struct pairs){account->annotations, account->n_annotations};
}

static void emit_service_account(struct yaml_out *y, const struct subject *subject)
{
    y_tri(y, "automountServiceAccountToken", subject->service->pod.service_account.automount_service_account_token);
}

const struct plan_row service_account_row = {
    .step = 15,
    .info = {"", "v1", "ServiceAccount", "kubernetes", "for a service that does not name an account that exists"},
    .plan_service = plan_service_account,
    .of_collectors = true,
    .annotations = annotations,
    .emit = emit_service_account,
};
