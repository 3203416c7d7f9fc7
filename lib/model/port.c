/* Ports that containers listen on. */
#include "../core/field.h"
#include "resolve.h"
#include "tables.h"

WORDS(hd_protocol, {"http", HD_PROTOCOL_HTTP}, {"http2", HD_PROTOCOL_HTTP2}, {"https", HD_PROTOCOL_HTTPS}, {"grpc", HD_PROTOCOL_GRPC},
      {"grpc-web", HD_PROTOCOL_GRPC_WEB}, {"websocket", HD_PROTOCOL_WEBSOCKET}, {"ws", HD_PROTOCOL_WEBSOCKET}, {"tcp", HD_PROTOCOL_TCP},
      {"tls", HD_PROTOCOL_TLS}, {"mongo", HD_PROTOCOL_MONGO}, {"mysql", HD_PROTOCOL_MYSQL}, {"redis", HD_PROTOCOL_REDIS},
      {"udp", HD_PROTOCOL_UDP});

#define T hd_port
static const struct hd_field port_fields[] = {
    STR("name", name, .format = &format_port_name),
    INT("port", port, .required = true, .min = 1, .max = 65535),
    INT("servicePort", service_port, .ours = true, .min = 1, .max = 65535),
    ENUM("protocol", protocol, hd_protocol, .ours = true, .def_int = HD_PROTOCOL_HTTP),
    INT("nodePort", node_port, .ours = true, .min = 1, .max = 65535),
    INT("hostPort", host_port, .min = 1, .max = 65535),
};
const struct hd_struct hd_port_struct = STRUCT(port_fields, .scalar = "port");
#undef T

/* The list is the model's own copy: its elements have defaults. */
void resolve_ports(struct hd_container *container)
{
    struct hd_port *ports = (struct hd_port *)(uintptr_t)container->ports;

    for (size_t i = 0; i < container->n_ports; i++) {
        if (!ports[i].name)
            ports[i].name = enum_name(&hd_protocol_enum, ports[i].protocol);
        if (!ports[i].service_port)
            ports[i].service_port = ports[i].port;
    }
}
