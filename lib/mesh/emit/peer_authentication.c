/* PeerAuthentication: whether callers must be of the mesh. */
#include "kinds.h"
#include "model/port.h"
#include "model/tables.h"
#include "plan/labels.h"

#include <inttypes.h>
#include <stdio.h>

static void plan_peer_authentication_of_app(struct hd_model *model, const struct plan_row *row)
{
    if (mesh_is_on(model->app))
        plan_add(model, row, "default", NULL, NULL);
}

/* Whether the port is opened or closed otherwise than the service. */
static bool differs(const struct hd_service *service, const struct hd_port *port)
{
    return port->mtls && port->mtls != service->mesh.mtls && port->protocol != HD_PROTOCOL_UDP;
}

static bool any_differs(const struct hd_service *service)
{
    for (size_t i = 0; i < service_n_ports(service); i++)
        if (differs(service, service_port_at(service, i)))
            return true;
    return false;
}

static void plan_peer_authentication_of_service(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    if (service_in_mesh(model->app, service) && (service->mesh.mtls != model->app->mesh.mtls || any_differs(service)))
        plan_add(model, row, service->name, service, NULL);
}

static void emit_mode(struct yaml_out *y, const char *key, enum hd_mtls_mode mode)
{
    MAP(y, key)
        y_str(y, "mode", enum_name(&hd_mtls_mode_enum, (int)mode));
}

static void emit_ports(struct yaml_out *y, const struct hd_service *service)
{
    char number[24];

    MAP(y, "portLevelMtls")
        for (size_t i = 0; i < service_n_ports(service); i++) {
            const struct hd_port *port = service_port_at(service, i);

            snprintf(number, sizeof number, "%" PRId64, port->port);
            if (differs(service, port))
                emit_mode(y, number, port->mtls);
        }
}

static void emit_peer_authentication(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_service *service = subject->service;
    enum hd_mtls_mode mode = service ? service->mesh.mtls : subject->model->app->mesh.mtls;

    MAP(y, "spec") {
        if (service)
            MAP(y, "selector")
                emit_selector(y, "matchLabels", subject->model, service);
        emit_mode(y, "mtls", mode);
        if (service)
            emit_ports(y, service);
    }
}

const struct plan_row peer_authentication_row = {
    .step = 42,
    .info = {"security.istio.io", "v1", "PeerAuthentication", "istio",
             "with a mesh; one more for a service whose mtls, or that of a port, differs"},
    .version = istio_api_version,
    .plan_app = plan_peer_authentication_of_app,
    .plan_service = plan_peer_authentication_of_service,
    .emit = emit_peer_authentication,
};
