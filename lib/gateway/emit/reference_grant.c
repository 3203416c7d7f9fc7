/* ReferenceGrant: gateways of another namespace may read a secret of the application. */
#include "kinds.h"
#include "model/route.h"
#include "model/routing/gateway.h"

static void plan_reference_grant(struct hd_model *model, const struct plan_row *row)
{
    const struct hd_app *app = model->app;

    if (!app_routes_by(app, HD_ROUTING_GATEWAY))
        return;
    for (size_t i = 0; i < model->n_gateways; i++)
        if (model->gateways[i].n_hosts && gateway_reads_secret(app, &model->gateways[i]))
            plan_add(model, row, model->gateways[i].name, NULL, &model->gateways[i]);
}

static void emit_reference_grant(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_gateway *gateway = subject->object;

    MAP(y, "spec") {
        SEQ(y, "from")
            ITEM(y) {
                y_str(y, "group", GATEWAY_GROUP);
                y_str(y, "kind", "Gateway");
                y_str(y, "namespace", gateway_namespace(subject->model->app));
            }
        SEQ(y, "to")
            ITEM(y) {
                y_str(y, "group", "");
                y_str(y, "kind", "Secret");
                y_str(y, "name", gateway->tls.credential_name);
            }
    }
}

const struct plan_row reference_grant_row = {
    .step = 69,
    .order = 72,
    .info = {GATEWAY_GROUP, "v1beta1", "ReferenceGrant", "gateway", "where a gateway's certificate is a secret of the application"},
    .plan_app = plan_reference_grant,
    .emit = emit_reference_grant,
};
