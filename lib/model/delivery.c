#include "delivery.h"

#include "core/tables/field.h"
#include "mesh.h"
#include "port.h"
#include "tables.h"
#include "version.h"

enum delivery_way delivery_way(const struct hd_service *service)
{
    const struct hd_delivery *delivery = &service->delivery;

    if (!delivery->executor)
        return NO_DELIVERY;
    if (struct_is_set(&hd_canary_struct, &delivery->canary))
        return CANARY_WAY;
    return struct_is_set(&hd_blue_green_struct, &delivery->blue_green) && delivery->executor == HD_EXECUTOR_ARGO_ROLLOUTS ? BLUE_GREEN_WAY
                                                                                                                         : NO_DELIVERY;
}

const struct hd_analysis *delivery_analysis(const struct hd_service *service)
{
    return delivery_way(service) == BLUE_GREEN_WAY ? &service->delivery.blue_green.analysis : &service->delivery.canary.analysis;
}

bool has_analysis(const struct hd_service *service)
{
    const struct hd_analysis *analysis = delivery_analysis(service);

    return delivery_way(service) != NO_DELIVERY && (analysis->success_rate || analysis->latency || analysis->n_metrics);
}

bool port_can_be_weighed(const struct hd_port *port)
{
    return port->protocol != HD_PROTOCOL_UDP && port->protocol != HD_PROTOCOL_TLS && port->protocol != HD_PROTOCOL_HTTPS;
}

bool can_be_weighed(const struct hd_service *service)
{
    for (size_t i = 0; i < service_n_ports(service); i++)
        if (port_can_be_weighed(service_port_at(service, i)))
            return true;
    return false;
}

bool splits_by_services(const struct hd_model *model, const struct hd_service *service)
{
    return service->delivery.executor == HD_EXECUTOR_ARGO_ROLLOUTS && delivery_way(service) == CANARY_WAY &&
           service_in_mesh(model->app, service) && can_be_weighed(service);
}

int64_t canary_replicas(const struct hd_service *service)
{
    return is_delivered_by(service, HD_EXECUTOR_PLAIN) && service->delivery.canary.image_tag ? service->delivery.canary.replicas : 0;
}

bool is_weighed(const struct hd_model *model, const struct hd_service *service)
{
    return splits_by_services(model, service) || (chooses_version(service) && can_be_weighed(service)) ||
           is_delivered_by(service, HD_EXECUTOR_FLAGGER);
}

struct hd_pair delivery_label(const struct hd_service *service)
{
    if (is_delivered_by(service, HD_EXECUTOR_PLAIN))
        return (struct hd_pair){.name = LABEL_TRACK, .value = STABLE};
    /* The label that Flagger changes in the pods of the old version, and the only one. (Flagger: selector labels) */
    if (is_delivered_by(service, HD_EXECUTOR_FLAGGER))
        return (struct hd_pair){.name = "app", .value = service->name};
    return (struct hd_pair){0};
}
