/* Gateway: the ports and hosts at the edge of the mesh. */
#include "model/routing/gateway.h"
#include "kinds.h"
#include "model/route.h"

#include <stdio.h>

static void plan_gateway(struct hd_model *model, const struct plan_row *row)
{
    const struct hd_mesh *mesh = &model->app->mesh;

    if (!app_routes_by(model->app, HD_ROUTING_ISTIO))
        return;
    for (size_t i = 0; i < mesh->n_gateways; i++)
        if (mesh->gateways[i].n_hosts)
            plan_add(model, row, mesh->gateways[i].name, NULL, &mesh->gateways[i]);
}

/* Routes of this namespace alone: other namespaces must not attach routes to the host. */
static void emit_hosts(struct yaml_out *y, const struct hd_app *app, const struct hd_gateway *gateway)
{
    char host[324];

    SEQ(y, "hosts")
        for (size_t i = 0; i < gateway->n_hosts; i++) {
            snprintf(host, sizeof host, "%.63s/%.253s", app->namespace_name, gateway->hosts[i]);
            y_str(y, NULL, host);
        }
}

static void emit_port(struct yaml_out *y, int64_t number, const char *name, const char *protocol)
{
    MAP(y, "port") {
        y_int(y, "number", number);
        y_str(y, "name", name);
        y_str(y, "protocol", protocol);
    }
}

static void emit_plain(struct yaml_out *y, const struct hd_app *app, const struct hd_gateway *gateway)
{
    bool redirects = gateway_redirects(gateway);

    if (gateway_has_tls(gateway) && !redirects)
        return;
    ITEM(y) {
        emit_port(y, redirects ? HTTP_PORT : gateway->port, "http", "HTTP");
        emit_hosts(y, app, gateway);
        if (redirects)
            MAP(y, "tls")
                y_bool(y, "httpsRedirect", true);
    }
}

static void emit_tls(struct yaml_out *y, const struct hd_app *app, const struct hd_gateway *gateway)
{
    bool passes = gateway_passes_through(gateway);
    char credential[CREDENTIAL_LONGEST];

    gateway_credential(credential, app, gateway);
    ITEM(y) {
        emit_port(y, gateway->port, passes ? "tls" : "https", passes ? "TLS" : "HTTPS");
        emit_hosts(y, app, gateway);
        MAP(y, "tls") {
            y_str(y, "mode", gateway->tls.mode);
            y_str(y, "credentialName", passes ? NULL : credential);
            y_str(y, "minProtocolVersion", passes ? NULL : gateway->tls.min_protocol_version);
        }
    }
}

static void emit_gateway(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_gateway *gateway = subject->object;

    MAP(y, "spec") {
        y_pairs(y, "selector", gateway->selector, gateway->n_selector);
        SEQ(y, "servers") {
            emit_plain(y, subject->model->app, gateway);
            if (gateway_has_tls(gateway))
                emit_tls(y, subject->model->app, gateway);
        }
    }
}

const struct plan_row gateway_row = {
    .step = 70,
    .info = {"networking.istio.io", "v1", "Gateway", "istio", "with a mesh, when anything is exposed"},
    .version = istio_api_version,
    .plan_app = plan_gateway,
    .emit = emit_gateway,
};
