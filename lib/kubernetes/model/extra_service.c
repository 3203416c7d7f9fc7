/* Further Services for the pods of a service. */
#include "core/memory/names.h"
#include "core/tables/field.h"
#include "core/text/among.h"
#include "model/checks.h"
#include "model/port.h"
#include "model/resolve.h"
#include "model/tables.h"
#include "parts.h"

#define T hd_extra_service_port
static const struct hd_field extra_service_port_fields[] = {
    IOS("targetPort", target_port, .required = true, .format = &format_port_ref),
    STR("name", name, .format = &format_port_name),
    INT("port", port, .min = 1, .max = 65535),
    INT("nodePort", node_port, .min = 1, .max = 65535),
};
const struct hd_struct hd_extra_service_port_struct = STRUCT(extra_service_port_fields, .scalar = "targetPort");
#undef T

#define T hd_extra_service
static const struct hd_field extra_service_fields[] = {
    STR("name", name, .required = true, .format = &format_service_name),
    LIST("ports", ports, hd_extra_service_port),
    EMBED(service, hd_service_object),
};
const struct hd_struct hd_extra_service_struct = STRUCT(extra_service_fields, .keyed_by = "name");
#undef T

static void resolve_extra_ports(struct hd_model *model, const struct hd_service *service, struct hd_extra_service *extra)
{
    bool has_all = !extra->n_ports;
    size_t n_ports = has_all ? service_n_ports(service) : extra->n_ports;
    struct hd_extra_service_port *ports = arena_array(&model->arena, n_ports, sizeof *ports);

    for (size_t i = 0; i < n_ports; i++) {
        const struct hd_port *target;

        if (has_all)
            ports[i].target_port = service_port_at(service, i)->name;
        else
            ports[i] = extra->ports[i];
        target = extra_service_target(service, &ports[i]);
        if (target && !ports[i].name)
            ports[i].name = target->name;
        if (target && !ports[i].port)
            ports[i].port = target->service_port;
    }
    extra->ports = ports;
    extra->n_ports = n_ports;
}

void resolve_extra_services(struct hd_model *model, struct hd_service *service)
{
    struct hd_extra_service *extras;

    if (!service->n_extra_services)
        return;
    extras = arena_copy(&model->arena, service->extra_services, service->n_extra_services * sizeof *extras);
    for (size_t i = 0; i < service->n_extra_services; i++)
        resolve_extra_ports(model, service, &extras[i]);
    service->extra_services = extras;
}

static const struct hd_port *check_target(struct checker *checker, const struct hd_service *service, const struct hd_extra_service_port *port)
{
    const struct hd_port *target = extra_service_target(service, port);
    struct finding *finding;

    if (target || !port->target_port)
        return target;
    finding = found(checker, HD_EXTRA_SERVICE_PORT, AT(port, target_port), "the service has no port %.20s", port->target_port);
    also_at(finding, AT(&service->container, ports), "its ports: %s", service_ports_in_words(checker, service));
    hint(finding, "name a port of the service, or declare this one under its ports");
    return NULL;
}

static void stands_twice(struct checker *checker, const struct hd_extra_service_port *port, const struct hd_extra_service_port *first,
                         bool is_name)
{
    struct finding *finding =
        is_name ? found(checker, HD_PORT_TWICE, AT(port, name), "two ports of the Service are called %.20s", port->name)
                : found(checker, HD_SERVICE_PORT_TWICE, AT(port, port), "the Service would offer port %lld twice", (long long)port->port);

    also_at(finding, is_name ? AT(first, name) : AT(first, port), "the first one");
    hint(finding, is_name ? "give each its own name" : "choose another port for one of the two, or remove it");
}

/* (Kubernetes: core/v1 validation, ValidateService) */
static void check_extra_ports(struct checker *checker, const struct hd_service *service, const struct hd_extra_service *extra)
{
    struct names names, numbers;

    names_init(&checker->scratch, &names, extra->n_ports);
    names_init(&checker->scratch, &numbers, extra->n_ports);
    for (size_t i = 0; i < extra->n_ports; i++) {
        const struct hd_extra_service_port *port = &extra->ports[i], *first;
        const struct hd_port *target = check_target(checker, service, port);
        bool is_udp = target && target->protocol == HD_PROTOCOL_UDP;

        check_node_port(checker, &extra->service, port->node_port, AT(port, node_port));
        if (!target)
            continue;
        first = names_add(&numbers, arena_printf(&checker->scratch, "%lld%s", (long long)port->port, is_udp ? "/udp" : ""), port);
        if (first)
            stands_twice(checker, port, first, false);
        first = names_add(&names, port->name, port);
        if (first)
            stands_twice(checker, port, first, true);
    }
}

/* Its selector takes the pods of all versions, so it goes past whoever divides the requests between them. */
static void check_beside_delivery(struct checker *checker, const struct hd_service *service, const struct hd_extra_service *extra)
{
    struct finding *finding;

    if (!struct_is_set(&hd_delivery_struct, &service->delivery))
        return;
    finding = found(checker, HD_EXTRA_SERVICE_BESIDE_DELIVERY, AT(extra, name),
                    "the further Service %.63s would send requests to the new version whatever the delivery says",
                    text_or(extra->name, ""));
    also_at(finding, AT(service, delivery), "the delivery divides the requests of the service's own Service");
    hint(finding, "remove one of the two, or put what the further Service is for into the service's own: ports, service");
}

void check_extra_services(struct checker *checker, const struct hd_service *service)
{
    for (size_t i = 0; i < service->n_extra_services; i++) {
        const struct hd_extra_service *extra = &service->extra_services[i];

        if (!extra->n_ports)
            hint(found(checker, HD_SERVICE_WITHOUT_PORTS, AT(extra, name), "a further Service needs a port"),
                 "declare the port that the container listens on: ports: [{name: http, port: 8000}]");
        check_object_of_service(checker, &extra->service);
        check_extra_ports(checker, service, extra);
        check_beside_delivery(checker, service, extra);
    }
}
