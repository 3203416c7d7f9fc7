/* Which metrics exist, and therefore which alerts can be raised. */
#include "alert.h"
#include "core/tables/field.h"
#include "core/text/letter.h"
#include "core/text/monitoring_units.h"
#include "model/mesh.h"
#include "model/port.h"
#include "model/resolve.h"
#include "model/resources.h"
#include "request_source.h"

#include <string.h>

/* A proxy beside the service counts its requests; in ambient mode a waypoint does, where one is needed. */
static bool counted_by_mesh(const struct hd_model *model, const struct hd_service *service)
{
    return model->app->mesh.mode == HD_MESH_AMBIENT ? uses_waypoint(model, service) : service_has_proxy(model->app, service);
}

/* The collector counts requests that do not pass the mesh. */
enum hd_request_source request_source(const struct hd_model *model, const struct hd_service *service)
{
    const struct hd_app *app = model->app;
    enum hd_request_source source = app->telemetry.sources.requests;

    if (source != HD_REQUESTS_ISTIO || counted_by_mesh(model, service))
        return source;
    return has_request_source(app, HD_REQUESTS_SPAN_METRICS) ? HD_REQUESTS_SPAN_METRICS
           : has_request_source(app, HD_REQUESTS_SDK)        ? HD_REQUESTS_SDK
                                                             : HD_REQUESTS_UNSET;
}

/* A proxy cannot count requests that the service itself encrypts. */
static bool tells_requests_apart(const struct hd_port *port, enum hd_request_source source)
{
    switch (port->protocol) {
    case HD_PROTOCOL_HTTP:
    case HD_PROTOCOL_HTTP2:
    case HD_PROTOCOL_GRPC:
    case HD_PROTOCOL_GRPC_WEB:
    case HD_PROTOCOL_WEBSOCKET:
        return true;
    case HD_PROTOCOL_HTTPS:
        return !request_sources[source].by_proxies;
    default:
        return false;
    }
}

bool answers_requests(const struct hd_model *model, const struct hd_service *service)
{
    enum hd_request_source source = request_source(model, service);

    for (size_t i = 0; i < service_n_ports(service); i++)
        if (tells_requests_apart(service_port_at(service, i), source))
            return true;
    return false;
}

bool answers_grpc(const struct hd_service *service)
{
    for (size_t i = 0; i < service_n_ports(service); i++)
        if (service_port_at(service, i)->protocol == HD_PROTOCOL_GRPC || service_port_at(service, i)->protocol == HD_PROTOCOL_GRPC_WEB)
            return true;
    return false;
}

static bool has_limit(const struct hd_service *service, const char *name)
{
    const struct hd_resources *resources = &service->container.resources;

    return resource_named(resources->limits, resources->n_limits, name) != NULL;
}

static bool has_requests(const struct hd_model *model, const struct hd_service *service)
{
    return answers_requests(model, service) && request_source(model, service) && service->telemetry.enabled != HD_FALSE;
}

/* The need as a bit, when the rule has it and it is not met. */
static unsigned lacks_one(const struct alert_case *one, enum alert_need need, bool is_met)
{
    return one->needs & need && !is_met ? need : 0;
}

unsigned alert_lacks_metrics(const struct hd_app *app, const struct alert_case *one)
{
    const struct hd_metric_sources *sources = &app->telemetry.sources;

    return lacks_one(one, NEEDS_REQUESTS, sources->requests != HD_REQUESTS_UNSET) |
           lacks_one(one, NEEDS_KUBE_STATE, sources->kube_state_metrics != HD_FALSE) |
           lacks_one(one, NEEDS_CADVISOR, sources->cadvisor != HD_FALSE) |
           lacks_one(one, NEEDS_CERT_MANAGER, sources->cert_manager == HD_TRUE) | lacks_one(one, NEEDS_MESH, mesh_is_on(app)) |
           lacks_one(one, NEEDS_COLLECTOR, !app->telemetry.collector.external);
}

/* What the service itself has to have. Asked only for what the rule needs, because the ports of a service are many. */
static bool has_need(const struct hd_model *model, const struct hd_service *service, enum alert_need need)
{
    switch (need) {
    case NEEDS_REQUESTS:
        return has_requests(model, service);
    case NEEDS_CPU_LIMIT:
        return has_limit(service, "cpu");
    case NEEDS_MEMORY_LIMIT:
        return has_limit(service, "memory");
    case NEEDS_AUTOSCALER:
        return service->autoscaling.enabled == HD_TRUE && service_scaler(service) != HD_SCALER_EXTERNAL;
    default:
        return true;
    }
}

unsigned alert_lacks(const struct hd_model *model, const struct hd_service *service, const struct alert_case *one)
{
    unsigned lacks = alert_lacks_metrics(model->app, one);

    for (unsigned need = 1, left = service ? one->needs : 0; left; left &= ~need, need <<= 1)
        if (left & need && !has_need(model, service, (enum alert_need)need))
            lacks |= need;
    return lacks;
}

bool alert_is_raised(const struct hd_model *model, const struct hd_service *service, const struct alert_kind *kind,
                     const struct alert_case *one)
{
    if (!one->expression || kind->of_service != (service != NULL))
        return false;
    if (service && kind->workloads && !(kind->workloads & 1u << service->workload))
        return false;
    return alert_effective(model->app, service, kind).enabled == HD_TRUE && !alert_lacks(model, service, one);
}

static bool is_raised_for(const struct hd_model *model, const struct hd_service *service, const struct alert_kind *kind)
{
    for (size_t i = 0; i < MOST_ALERT_CASES; i++)
        if (alert_is_raised(model, service, kind, &kind->cases[i]))
            return true;
    return false;
}

bool alert_is_used(const struct hd_model *model, const struct alert_kind *kind)
{
    if (!kind->of_service)
        return is_raised_for(model, NULL, kind);
    for (size_t i = 0; i < model->app->n_services; i++)
        if (is_raised_for(model, &model->app->services[i], kind))
            return true;
    return false;
}

void alert_anchor(char anchor[ALERT_ANCHOR_LONGEST], const struct alert_kind *kind)
{
    size_t length = 0;

    for (; kind->name[length] && length + 1 < ALERT_ANCHOR_LONGEST; length++)
        anchor[length] = letter_lower(kind->name[length]);
    anchor[length] = '\0';
}
