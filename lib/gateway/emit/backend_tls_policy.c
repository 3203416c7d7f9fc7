/* BackendTLSPolicy: how gateways speak TLS with a port of a service. */
#include "kinds.h"
#include "model/port.h"
#include "model/route.h"
#include "model/routing/backend_tls.h"

static void plan_backend_tls_policy(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    if (!app_routes_by(model->app, HD_ROUTING_GATEWAY) || !service->name)
        return;
    for (size_t i = 0; i < service_n_ports(service); i++) {
        const struct hd_port *port = service_port_at(service, i);

        if (port_backend_tls(service, port))
            plan_add(model, row, arena_printf(&model->arena, "%s-%s", service->name, port->name), service, port);
    }
}

static void emit_backend_tls_policy(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_port *port = subject->object;
    const struct hd_backend_tls *tls = port_backend_tls(subject->service, port);

    MAP(y, "spec") {
        SEQ(y, "targetRefs")
            ITEM(y) {
                y_str(y, "group", "");
                y_str(y, "kind", "Service");
                y_str(y, "name", subject->service->name);
                y_str(y, "sectionName", port->name);
            }
        MAP(y, "validation") {
            y_str(y, "hostname", tls->hostname);
            if (!tls->ca_certificates)
                y_str(y, "wellKnownCACertificates", "System");
            SEQ(y, "caCertificateRefs")
                if (tls->ca_certificates)
                    ITEM(y) {
                        y_str(y, "group", "");
                        y_str(y, "kind", "ConfigMap");
                        y_str(y, "name", tls->ca_certificates);
                    }
        }
    }
}

const struct plan_row backend_tls_policy_row = {
    .step = 68,
    .order = 72,
    .info = {GATEWAY_GROUP, "v1", "BackendTLSPolicy", "gateway", "with gateway or mesh.routing gateway, for each port with expose backendTLS"},
    .plan_service = plan_backend_tls_policy,
    .emit = emit_backend_tls_policy,
};
