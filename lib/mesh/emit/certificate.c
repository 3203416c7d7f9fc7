/* Certificate: cert-manager stores it in the secret of a gateway, in the namespace of the gateway. */
#include "kinds.h"
#include "model/route.h"
#include "model/routing/gateway.h"
#include "model/tables.h"

static void plan_certificate(struct hd_model *model, const struct plan_row *row)
{
    const struct hd_app *app = model->app;

    if (!app_routes(app))
        return;
    for (size_t i = 0; i < model->n_gateways; i++) {
        const struct hd_gateway *gateway = &model->gateways[i];
        char *name;

        if (!gateway->tls.issuer.name || !gateway->n_hosts)
            continue;
        name = arena_array(&model->arena, CREDENTIAL_LONGEST, 1);
        gateway_credential(name, app, gateway);
        plan_add_in(model, row, gateway_namespace(app), name, gateway);
    }
}

static void emit_certificate(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_gateway *gateway = subject->object;

    MAP(y, "spec") {
        y_str(y, "secretName", subject->manifest->name);
        y_strs(y, "dnsNames", gateway->hosts, gateway->n_hosts);
        MAP(y, "issuerRef")
            Y_FIELDS(y, hd_certificate_issuer, &gateway->tls.issuer);
    }
}

const struct plan_row certificate_row = {
    .step = 68,
    .order = 70,
    .info = {"cert-manager.io", "v1", "Certificate", "istio", "for a gateway whose certificate comes from an issuer"},
    .plan_app = plan_certificate,
    .emit = emit_certificate,
};
