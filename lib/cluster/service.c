/* Reads the members of a Service that say to which pods and ports it leads. */
#include "kinds.h"

#include <string.h>
#include <strings.h>

static const char *const protocols[] = {"TCP", "UDP", "SCTP", NULL};

/* By the part of the name before the first hyphen, or by appProtocol. Istio looks at the bytes of ports whose name tells nothing. */
static enum protocol protocol_of(const char *name)
{
    static const char *const http[] = {"http", "http2", "grpc", "grpc-web", "kubernetes.io/h2c", "kubernetes.io/ws", NULL};
    static const char *const tcp[] = {"tcp", "tls", "https", "mongo", "mysql", "redis", "kubernetes.io/wss", NULL};
    size_t length = !name ? 0 : strchr(name, '/') ? strlen(name) : !strncmp(name, "grpc-web", 8) ? 8 : strcspn(name, "-");

    for (size_t i = 0; length && http[i]; i++)
        if (strlen(http[i]) == length && !strncasecmp(http[i], name, length))
            return PROTOCOL_HTTP;
    for (size_t i = 0; length && tcp[i]; i++)
        if (strlen(tcp[i]) == length && !strncasecmp(tcp[i], name, length))
            return PROTOCOL_TCP;
    return PROTOCOL_ANY;
}

static struct service_port read_port(const struct field *field)
{
    struct field name = member(field, "name"), protocol = member(field, "protocol"), number = member(field, "port");
    struct field target = member(field, "targetPort"), app_protocol = member(field, "appProtocol");
    int word = word_of(&protocol, protocols);
    struct service_port port = {.name = name_at(&name),
                                .transport = word < 0 ? HD_TRANSPORT_TCP : (enum hd_transport)(HD_TRANSPORT_TCP + word)};

    port.number = (uint16_t)number_of(&number, 1, 65535, 0);
    port.protocol = protocol_of(app_protocol.node ? text_of(&app_protocol) : port.name);
    /* 0 and an empty name stand for the number of the port. */
    if (!target.node || is_number(&target))
        port.target = (uint16_t)number_of(&target, 0, 65535, 0);
    else if (text_of(&target) && *text_of(&target))
        port.target_name = name_at(&target);
    if (!port.target && !port.target_name)
        port.target = port.number;
    return port;
}

void read_service(struct hd_cluster *cluster, const struct field *root)
{
    struct field spec = member(root, "spec"), selector = member(&spec, "selector"), ports = member(&spec, "ports");
    struct field metadata = member(root, "metadata"), labels = member(&metadata, "labels");
    struct field waypoint = member(&labels, WAYPOINT_LABEL), waypoint_namespace = member(&labels, WAYPOINT_NAMESPACE_LABEL);
    struct service *service = arena_new(&cluster->arena, struct service);

    service->object = root->manifest->object;
    service->waypoint = name_at(&waypoint);
    service->waypoint_namespace = name_at(&waypoint_namespace);
    service->has_selector = is_mapping(&selector) && selector.node->n_items;
    service->pods = read_labels_as_selector(&selector);
    service->n_ports = item_count(&ports);
    service->ports = arena_array(&cluster->arena, service->n_ports, sizeof *service->ports);
    for (size_t i = 0; i < service->n_ports; i++) {
        struct field port = item(&ports, i);

        service->ports[i] = read_port(&port);
    }
    if (root->manifest->is_refused)
        return;
    arena_grow(&cluster->arena, cluster->services, cluster->n_services);
    cluster->services[cluster->n_services++] = service;
}
