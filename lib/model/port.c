/* Ports that containers listen on. */
#include "port.h"

#include "container.h"
#include "core/tables/field.h"
#include "resolve.h"
#include "tables.h"

#include <stdlib.h>
#include <string.h>

WORDS(hd_protocol, {"http", HD_PROTOCOL_HTTP}, {"http2", HD_PROTOCOL_HTTP2}, {"https", HD_PROTOCOL_HTTPS}, {"grpc", HD_PROTOCOL_GRPC},
      {"grpc-web", HD_PROTOCOL_GRPC_WEB}, {"websocket", HD_PROTOCOL_WEBSOCKET}, {"ws", HD_PROTOCOL_WEBSOCKET}, {"tcp", HD_PROTOCOL_TCP},
      {"tls", HD_PROTOCOL_TLS}, {"mongo", HD_PROTOCOL_MONGO}, {"mysql", HD_PROTOCOL_MYSQL}, {"redis", HD_PROTOCOL_REDIS},
      {"udp", HD_PROTOCOL_UDP});

#define T hd_port
static const struct hd_field port_fields[] = {
    STR("name", name, .format = &format_port_name),
    INT("port", port, .required = true, .min = 1, .max = 65535),
    INT("servicePort", service_port, .ours = true, .min = 1, .max = 65535),
    ENUM("protocol", protocol, hd_protocol, .ours = true),
    INT("nodePort", node_port, .ours = true, .min = 1, .max = 65535),
    INT("hostPort", host_port, .min = 1, .max = 65535),
    ENUM("mtls", mtls, hd_mtls_mode, .ours = true, .mesh = IN_MESH),
};
const struct hd_struct hd_port_struct = STRUCT(port_fields, .scalar = "port");
#undef T

enum hd_protocol protocol_of_name(const char *name, enum hd_protocol otherwise)
{
    size_t longest = 0;

    for (size_t i = 0; name && i < hd_protocol_enum.n_words; i++) {
        size_t length = strlen(hd_protocol_words[i].name);

        if (length > longest && !strncmp(name, hd_protocol_words[i].name, length) && (!name[length] || name[length] == '-')) {
            longest = length;
            otherwise = (enum hd_protocol)hd_protocol_words[i].value;
        }
    }
    return otherwise;
}

void resolve_ports(struct hd_model *model, struct hd_container *container)
{
    struct hd_port *ports;

    if (!container->n_ports)
        return;
    container->ports = ports = arena_copy(&model->arena, container->ports, container->n_ports * sizeof *ports);
    for (size_t i = 0; i < container->n_ports; i++) {
        if (!ports[i].protocol)
            ports[i].protocol = protocol_of_name(ports[i].name, HD_PROTOCOL_HTTP);
        if (!ports[i].name)
            ports[i].name = enum_name(&hd_protocol_enum, ports[i].protocol);
        if (!ports[i].service_port)
            ports[i].service_port = ports[i].port;
    }
}

static bool is_ref(const char *ref, const char *name, int64_t number)
{
    char *end;

    if (name && !strcmp(ref, name))
        return true;
    return *ref >= '1' && *ref <= '9' && strtoll(ref, &end, 10) == number && !*end;
}

size_t service_n_ports(const struct hd_service *service)
{
    size_t n_ports = service->container.n_ports, n_running = service_n_running(service);

    for (size_t i = 1; i < n_running; i++)
        n_ports += service_running_at(service, i)->n_ports;
    return n_ports;
}

const struct hd_port *service_port_at(const struct hd_service *service, size_t index)
{
    const struct hd_container *container = &service->container;

    for (size_t i = 1; index >= container->n_ports; i++) {
        index -= container->n_ports;
        container = service_running_at(service, i);
    }
    return &container->ports[index];
}

static bool is_for_metrics(const char *port_name)
{
    static const char word[] = "metrics";
    size_t length = port_name ? strlen(port_name) : 0;

    if (length < sizeof word - 1)
        return false;
    return !strcmp(port_name + length - (sizeof word - 1), word) && (length == sizeof word - 1 || port_name[length - sizeof word] == '-');
}

const struct hd_port *main_port(const struct hd_container *container)
{
    const struct hd_port *main = NULL;

    for (size_t i = 0; i < container->n_ports; i++) {
        const struct hd_port *port = &container->ports[i];

        if (is_for_metrics(port->name))
            continue;
        if (port->protocol != HD_PROTOCOL_UDP)
            return port;
        if (!main)
            main = port;
    }
    return main || !container->n_ports ? main : container->ports;
}

const struct hd_port *container_port(const struct hd_container *container, const char *ref)
{
    if (!ref)
        return main_port(container);
    for (size_t i = 0; i < container->n_ports; i++)
        if (is_ref(ref, container->ports[i].name, container->ports[i].port))
            return &container->ports[i];
    return NULL;
}

const struct hd_port *service_port(const struct hd_service *service, const char *ref)
{
    const struct hd_port *port = container_port(&service->container, ref);
    size_t n_running = service_n_running(service);

    for (size_t i = 1; !port && i < n_running; i++)
        port = container_port(service_running_at(service, i), ref);
    return port;
}

const struct hd_port *extra_service_target(const struct hd_service *service, const struct hd_extra_service_port *port)
{
    return port->target_port ? service_port(service, port->target_port) : NULL;
}

const struct hd_port *only_port(const struct hd_service *service)
{
    const struct hd_port *only = NULL;
    size_t n_ports = service_n_ports(service);

    if (n_ports == 1)
        return service_port_at(service, 0);
    for (size_t i = 0; i < n_ports; i++) {
        const struct hd_port *port = service_port_at(service, i);

        if (is_for_metrics(port->name))
            continue;
        if (only)
            return NULL;
        only = port;
    }
    return only;
}

const struct hd_external_port *external_port(const struct hd_external *external, const char *ref)
{
    for (size_t i = 0; i < external->n_ports; i++)
        if (!ref || is_ref(ref, external->ports[i].name, external->ports[i].port))
            return &external->ports[i];
    return NULL;
}

bool protocol_has_requests(enum hd_protocol protocol)
{
    return protocol == HD_PROTOCOL_HTTP || protocol == HD_PROTOCOL_HTTP2 || protocol == HD_PROTOCOL_GRPC ||
           protocol == HD_PROTOCOL_GRPC_WEB || protocol == HD_PROTOCOL_WEBSOCKET;
}

bool protocol_names_host(enum hd_protocol protocol)
{
    return protocol_has_requests(protocol) || protocol == HD_PROTOCOL_HTTPS || protocol == HD_PROTOCOL_TLS;
}

bool port_has_requests(const struct hd_port *port)
{
    return protocol_has_requests(port->protocol);
}

bool protocol_may_be_http(enum hd_protocol protocol)
{
    return protocol != HD_PROTOCOL_GRPC && protocol != HD_PROTOCOL_UDP && protocol != HD_PROTOCOL_MONGO && protocol != HD_PROTOCOL_MYSQL &&
           protocol != HD_PROTOCOL_REDIS;
}

bool service_opens_nodes(const struct hd_service_object *object)
{
    return object->type && (!strcmp(object->type, "NodePort") || !strcmp(object->type, "LoadBalancer"));
}
