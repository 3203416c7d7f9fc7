/* How gateways speak TLS with services. */
#include "backend_tls.h"

#include "core/tables/field.h"
#include "core/text/among.h"
#include "gateway.h"
#include "model/delivery.h"
#include "model/mesh.h"
#include "model/port.h"
#include "model/route.h"
#include "model/tables.h"
#include "model/traffic.h"

#include <string.h>

#define T hd_backend_tls
static const struct hd_field backend_tls_fields[] = {
    STR("hostname", hostname, .required = true, .format = &format_subdomain),
    STR("caCertificates", ca_certificates, .format = &format_subdomain),
};
const struct hd_struct hd_backend_tls_struct = STRUCT(backend_tls_fields, .scalar = "hostname");
#undef T

const struct hd_backend_tls *port_backend_tls(const struct hd_service *service, const struct hd_port *port)
{
    for (size_t i = 0; i < service->n_expose; i++)
        if (struct_is_set(&hd_backend_tls_struct, &service->expose[i].backend_tls) &&
            service_port(service, service->expose[i].port) == port)
            return &service->expose[i].backend_tls;
    return NULL;
}

static struct finding *unfit(struct checker *checker, const struct hd_exposure *exposure, const char *why)
{
    return found(checker, HD_BACKEND_TLS_UNFIT, AT(exposure, backend_tls), "%s", why);
}

static void check_port(struct checker *checker, const struct hd_service *service, const struct hd_exposure *exposure,
                       const struct hd_port *port)
{
    const struct hd_backend_tls *first = port_backend_tls(service, port), *tls = &exposure->backend_tls;
    struct finding *finding;

    if (port->protocol != HD_PROTOCOL_TLS && port->protocol != HD_PROTOCOL_HTTPS) {
        finding = unfit(checker, exposure, "backendTLS is given, but the port does not speak TLS");
        also_at(finding, AT(port, protocol), "the protocol of the port");
        hint(finding, "remove it, or write protocol: https");
    }
    if (same_text(first->hostname, tls->hostname) && same_text(first->ca_certificates, tls->ca_certificates))
        return;
    finding = unfit(checker, exposure, "two exposures of this port have different backendTLS");
    also_at(finding, AT_STRUCT(first), "the first one");
    hint(finding, "write the same values, or remove backendTLS here");
}

/* Istio makes a rule for all callers of it, beside which no other counts. (Istio: BackendTLSPolicyCollection) */
static void check_alone(struct checker *checker, const struct hd_service *service, const struct hd_exposure *exposure)
{
    bool has_policy = has_settings(&service->traffic_policy);
    struct finding *finding;

    if (!has_policy && !struct_is_set(&hd_delivery_struct, &service->delivery))
        return;
    finding = unfit(checker, exposure, "Istio follows either backendTLS or the service's DestinationRule, but not both");
    also_at(finding, has_policy ? AT(service, traffic_policy) : AT(service, delivery), "this needs a DestinationRule");
    hint(finding, "remove one of the two");
}

static void check_callers(struct checker *checker, const struct hd_service *service, const struct hd_exposure *exposure,
                          const struct hd_port *port)
{
    bool by_waypoint = uses_waypoint(checker->model, service);

    for (size_t i = 0; i < graph_n_in(checker->model, service); i++) {
        const struct edge *edge = graph_in(checker->model, service, i);
        struct finding *finding;
        bool asks = false;

        for (size_t k = 0; k < edge->n_ports; k++)
            asks |= edge->ports[k].number == port->port;
        if ((!edge->call && !edge->caller) || !asks || !(checker->app->mesh.mode == HD_MESH_SIDECAR ? edge->from->in_mesh : by_waypoint))
            continue;
        finding = unfit(checker, exposure, "with backendTLS the proxies of callers would wrap the callers' own TLS in TLS once more");
        if (edge->call)
            also_at(finding, AT_STRUCT(edge->call), "a call of this port");
        else
            also_at(finding, AT_STRUCT(edge->caller), "a caller of this port");
        hint(finding, "give the gateway a port of its own, or let a gateway pass TLS through: tls: {mode: PASSTHROUGH}");
        return;
    }
}

static void check_proxies(struct checker *checker, const struct hd_service *service, const struct hd_exposure *exposure)
{
    struct finding *finding;

    if (checker->model->istio_minor < ISTIO_BACKEND_TLS) {
        finding = found(checker, HD_BACKEND_TLS_UNFIT, AT(exposure, backend_tls),
                        "backendTLS needs Istio 1.%d, the first that reads BackendTLSPolicy", ISTIO_BACKEND_TLS);
        also_at(finding, AT(&checker->app->mesh, istio_version), "mesh.istioVersion is older");
        hint(finding, "upgrade Istio and raise mesh.istioVersion, or let a gateway pass TLS through: tls: {mode: PASSTHROUGH}");
    }
    if (!service_has_proxy(checker->app, service))
        return;
    finding =
        unfit(checker, exposure, "the service's proxy accepts only certificates of the mesh, but with backendTLS the gateway shows none");
    also_at(finding, AT(&service->mesh, enabled), "the service is in the mesh");
    hint(finding,
         "take the service out of the mesh (mesh: off), or remove backendTLS and let it speak plain http, because the mesh encrypts");
}

void check_backend_tls(struct checker *checker, const struct hd_service *service, const struct hd_exposure *exposure)
{
    const struct hd_gateway *gateway = exposure_gateway(checker->model, exposure, exposure_host(exposure, 0));
    const struct hd_port *port = service_port(service, exposure->port);
    struct finding *finding;

    if (!struct_is_set(&hd_backend_tls_struct, &exposure->backend_tls) || !port || (gateway && gateway_passes_through(gateway)))
        return;
    if (!app_routes_by(checker->app, HD_ROUTING_GATEWAY)) {
        finding = found(checker, HD_NOT_FOR_ROUTING, AT(exposure, backend_tls),
                        "backendTLS needs the Gateway API, because Istio's own API cannot express it");
        also_at(finding, AT(&checker->app->mesh, routing), "routes are written for Istio's own API");
        hint(finding, "write routing: gateway, or let a gateway pass TLS through: tls: {mode: PASSTHROUGH}");
        return;
    }
    check_port(checker, service, exposure, port);
    if (!mesh_is_on(checker->app))
        return;
    check_proxies(checker, service, exposure);
    check_alone(checker, service, exposure);
    check_callers(checker, service, exposure, port);
}
