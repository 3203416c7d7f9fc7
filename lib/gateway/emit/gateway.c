/* Gateway, of the Gateway API, with a listener for each host. */
#include "model/routing/gateway.h"
#include "kinds.h"
#include "listener.h"
#include "model/route.h"

#include <string.h>

static void plan_gateway(struct hd_model *model, const struct plan_row *row)
{
    const struct hd_app *app = model->app;

    if (!app_routes_by(app, HD_ROUTING_GATEWAY))
        return;
    for (size_t i = 0; i < model->n_gateways; i++)
        if (model->gateways[i].n_hosts)
            plan_add_in(model, row, gateway_namespace(app), model->gateways[i].name, &model->gateways[i]);
}

/* Routes stand with the application; without a namespace in the model, where the gateway stands. */
static void emit_allowed(struct yaml_out *y, const struct hd_app *app)
{
    MAP(y, "allowedRoutes")
        MAP(y, "namespaces") {
            bool is_here = !app->namespace_name || app_routes_without_mesh(app);

            y_str(y, "from", is_here ? "Same" : "Selector");
            MAP(y, "selector")
                MAP(y, "matchLabels")
                    y_str(y, "kubernetes.io/metadata.name", is_here ? NULL : app->namespace_name);
        }
}

/* A secret of the application stands in its namespace, and is read from there by a grant. */
static void emit_tls(struct yaml_out *y, const struct hd_app *app, const struct hd_gateway *gateway)
{
    bool passes = gateway_passes_through(gateway);
    char credential[CREDENTIAL_LONGEST];

    gateway_credential(credential, app, gateway);
    MAP(y, "tls") {
        y_str(y, "mode", passes ? "Passthrough" : "Terminate");
        if (!passes)
            SEQ(y, "certificateRefs")
                ITEM(y) {
                    y_str(y, "group", "");
                    y_str(y, "kind", "Secret");
                    y_str(y, "name", credential);
                    y_str(y, "namespace", gateway_reads_secret(app, gateway) ? app->namespace_name : NULL);
                }
        if (gateway_is_mutual(gateway))
            MAP(y, "options")
                y_str(y, "gateway.istio.io/tls-terminate-mode", gateway->tls.mode);
    }
}

static void emit_listener(struct yaml_out *y, const struct hd_app *app, const struct hd_gateway *gateway, const char *host, bool is_redirect)
{
    bool is_plain = is_redirect || !gateway_has_tls(gateway);
    const char *protocol = is_plain ? "http" : gateway_passes_through(gateway) ? "tls" : "https";
    char name[LISTENER_LONGEST];

    listener_name(name, protocol, host);
    ITEM(y) {
        y_str(y, "name", name);
        y_str(y, "hostname", strcmp(host, "*") ? host : NULL);
        y_int(y, "port", is_redirect ? HTTP_PORT : gateway->port);
        y_str(y, "protocol", is_plain ? "HTTP" : gateway_passes_through(gateway) ? "TLS" : "HTTPS");
        if (!is_plain)
            emit_tls(y, app, gateway);
        emit_allowed(y, app);
    }
}

static void emit_gateway(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_gateway *gateway = subject->object;
    const struct hd_app *app = subject->model->app;

    MAP(y, "spec") {
        y_str(y, "gatewayClassName", gateway->gateway_class_name);
        SEQ(y, "listeners")
            for (size_t i = 0; i < gateway->n_hosts; i++) {
                if (gateway_redirects(gateway))
                    emit_listener(y, app, gateway, gateway->hosts[i], true);
                emit_listener(y, app, gateway, gateway->hosts[i], false);
            }
    }
}

const struct plan_row gateway_api_row = {
    .step = 70,
    .order = 72,
    .info = {GATEWAY_GROUP, "v1", "Gateway", "gateway", "with gateway.className or mesh.routing gateway, when anything is exposed"},
    .plan_app = plan_gateway,
    .emit = emit_gateway,
};
