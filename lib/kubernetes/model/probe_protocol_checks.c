/* Rules for probes that ask a port in another protocol than the one that it speaks. */
#include "core/tables/field.h"
#include "core/text/address.h"
#include "core/text/among.h"
#include "model/port.h"
#include "model/tables.h"
#include "pod_checks.h"

static void report(struct checker *checker, struct where where, const struct hd_port *port, const char *how, const char *right)
{
    struct finding *finding = found(checker, HD_PROBE_PROTOCOL, where, "the probe asks by %s, but port %lld speaks %s", how,
                                    (long long)port->port, enum_name(&hd_protocol_enum, port->protocol));

    also_at(finding, AT(port, protocol), "the port");
    hint(finding, "%s", right);
}

static bool is_tls(const struct hd_port *port)
{
    return port->protocol == HD_PROTOCOL_HTTPS || port->protocol == HD_PROTOCOL_TLS;
}

/* A protocol of a database: its server answers no HTTP. */
static bool is_database(const struct hd_port *port)
{
    return port->protocol == HD_PROTOCOL_MYSQL || port->protocol == HD_PROTOCOL_REDIS || port->protocol == HD_PROTOCOL_MONGO;
}

static void check_http(struct checker *checker, const struct hd_http_get_action *action, const struct hd_port *port)
{
    bool by_tls = action->scheme == HD_SCHEME_HTTPS;
    struct where where = action->scheme ? AT(action, scheme) : AT(action, port);

    if (is_tls(port) && !by_tls)
        report(checker, where, port, "plain HTTP", "write scheme: HTTPS, with which the kubelet takes any certificate");
    else if (by_tls && (port->protocol == HD_PROTOCOL_HTTP || port->protocol == HD_PROTOCOL_WEBSOCKET))
        report(checker, where, port, "HTTPS", "remove scheme: HTTPS, or write protocol: https at the port");
    else if (port->protocol == HD_PROTOCOL_GRPC)
        report(checker, AT(action, port), port, "HTTP/1.1", "write grpc in place of httpGet, or ask another port");
    else if (is_database(port))
        report(checker, AT(action, port), port, "HTTP", "write tcpSocket in place of httpGet, or exec with the server's own client");
}

/* Databases, queues and PHP-FPM do not speak HTTP, whatever the port is called. */
static bool is_port_of_image(struct checker *checker, const struct hd_container *container, const struct hd_port *port)
{
    size_t length;
    const char *name = official_image(text_or(container->image.reference, "/"), &length);
    int64_t number = !name ? 0 : strstr(name, "-fpm") ? 9000 : scheme_port(arena_strndup(&checker->scratch, name, length));

    return port->protocol == HD_PROTOCOL_HTTP && number && port->port == number;
}

static void check_of_image(struct checker *checker, const struct hd_container *container, const struct hd_http_get_action *action, const struct hd_port *port)
{
    if (is_port_of_image(checker, container, port))
        hint(found(checker, HD_PROBE_PROTOCOL, AT(action, path), "the probe asks by HTTP, which %.80s does not speak", container->image.reference),
             "write tcpSocket in place of httpGet");
}

void check_probe_protocol(struct checker *checker, const struct container_in *in, const struct hd_probe *probe)
{
    const struct hd_port *http = probe->http_get.port ? container_port(in->container, probe->http_get.port) : NULL;
    const struct hd_port *grpc = probe->grpc.port ? container_port(in->container, probe->grpc.port) : NULL;

    if (http && probe->http_get.path) {
        check_http(checker, &probe->http_get, http);
        check_of_image(checker, in->container, &probe->http_get, http);
    }
    if (grpc && grpc->protocol != HD_PROTOCOL_GRPC && grpc->protocol != HD_PROTOCOL_TCP && grpc->protocol != HD_PROTOCOL_HTTP2 &&
        grpc->protocol != HD_PROTOCOL_UDP)
        report(checker, AT(&probe->grpc, port), grpc, "gRPC", "write httpGet, or protocol: grpc at the port");
}
