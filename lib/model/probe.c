/* Actions on a container, and the probes and hooks that use them. */
#include "../core/field.h"
#include "resolve.h"
#include "tables.h"

#include <string.h>

WORDS(hd_scheme, {"HTTP", HD_SCHEME_HTTP}, {"HTTPS", HD_SCHEME_HTTPS});

#define T hd_exec_action
static const struct hd_field exec_action_fields[] = {
    STRS("command", command, .required = true),
};
const struct hd_struct hd_exec_action_struct = STRUCT(exec_action_fields);
#undef T

#define T hd_http_get_action
static const struct hd_field http_get_action_fields[] = {
    STR("path", path, .required = true, .format = &format_url_path),
    IOS("port", port, .format = &format_port_ref),
    ENUM("scheme", scheme, hd_scheme, .def_int = HD_SCHEME_HTTP),
    LIST("httpHeaders", http_headers, hd_pair, .ours = true, .key_format = &format_header_name),
};
const struct hd_struct hd_http_get_action_struct = STRUCT(http_get_action_fields, .scalar = "path");
#undef T

#define T hd_tcp_socket_action
static const struct hd_field tcp_socket_action_fields[] = {
    IOS("port", port, .required = true, .format = &format_port_ref),
};
const struct hd_struct hd_tcp_socket_action_struct = STRUCT(tcp_socket_action_fields, .scalar = "port");
#undef T

#define T hd_grpc_action
static const struct hd_field grpc_action_fields[] = {
    IOS("port", port, .format = &format_port_ref),
    STR("service", service),
};
const struct hd_struct hd_grpc_action_struct = STRUCT(grpc_action_fields, .scalar = "port");
#undef T

#define T hd_sleep_action
static const struct hd_field sleep_action_fields[] = {
    INT("seconds", seconds, .required = true, .min = 1, .max = 86400),
};
const struct hd_struct hd_sleep_action_struct = STRUCT(sleep_action_fields, .scalar = "seconds");
#undef T

#define T hd_probe
static const struct hd_field probe_fields[] = {
    BOOL("enabled", enabled, .ours = true),
    OBJ("httpGet", http_get, hd_http_get_action, .choice = 1, .ours = true),
    OBJ("tcpSocket", tcp_socket, hd_tcp_socket_action, .choice = 1),
    OBJ("grpc", grpc, hd_grpc_action, .choice = 1),
    OBJ("exec", exec, hd_exec_action, .choice = 1),
    OPT("initialDelaySeconds", initial_delay_seconds, .max = 86400, .omit_zero = true),
    INT("periodSeconds", period_seconds, .min = 1, .max = 86400, .def_int = 10),
    INT("timeoutSeconds", timeout_seconds, .min = 1, .max = 86400, .def_int = 1),
    INT("successThreshold", success_threshold, .min = 1, .max = 1000, .def_int = 1),
    INT("failureThreshold", failure_threshold, .min = 1, .max = 1000, .def_int = 3),
    INT("terminationGracePeriodSeconds", termination_grace_period_seconds, .min = 1, .max = 86400, .since = 25),
};
const struct hd_struct hd_probe_struct = STRUCT(probe_fields, .scalar = "enabled");
#undef T

/* The number that a name means, which is all that Kubernetes takes for gRPC. */
static const char *port_number(struct hd_model *model, const struct hd_container *container, const char *name)
{
    for (size_t i = 0; i < container->n_ports; i++)
        if (!name || (container->ports[i].name && !strcmp(container->ports[i].name, name)))
            return arena_printf(&model->arena, "%lld", (long long)container->ports[i].port);
    return name;
}

static void resolve_http_get(struct hd_http_get_action *action, const struct hd_container *container)
{
    if (action->path && !action->port && container->n_ports)
        action->port = container->ports[0].name;
}

static void resolve_probe(struct hd_model *model, struct hd_probe *probe, const struct hd_container *container)
{
    if (probe->enabled == HD_FALSE || !struct_is_set(&hd_probe_struct, probe))
        return;
    probe->enabled = HD_TRUE;
    resolve_http_get(&probe->http_get, container);
    if (struct_is_set(&hd_grpc_action_struct, &probe->grpc))
        probe->grpc.port = port_number(model, container, probe->grpc.port);
}

void resolve_probes(struct hd_model *model, struct hd_container *container)
{
    resolve_probe(model, &container->startup_probe, container);
    resolve_probe(model, &container->readiness_probe, container);
    resolve_probe(model, &container->liveness_probe, container);
    resolve_http_get(&container->lifecycle.pre_stop.http_get, container);
    resolve_http_get(&container->lifecycle.post_start.http_get, container);
}
