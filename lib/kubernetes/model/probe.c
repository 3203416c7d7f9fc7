/* Actions on a container, and the probes and hooks that use them. */
#include "core/tables/bounded.h"
#include "core/tables/field.h"
#include "model/port.h"
#include "model/runtime.h"
#include "model/tables.h"
#include "parts.h"
#include "pod_checks.h"

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
    STR("path", path, .format = &format_url_path, .def = "/"),
    IOS("port", port, .format = &format_port_ref),
    ENUM("scheme", scheme, hd_scheme, .def_int = HD_SCHEME_HTTP),
    LIST("httpHeaders", http_headers, hd_pair, .ours = true, .key_format = &format_header_name, .format = &format_line),
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
    STR("service", service, .format = &format_line),
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
    OBJ("grpc", grpc, hd_grpc_action, .choice = 1, .ours = true),
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
    const struct hd_port *port = container_port(container, name);

    return port ? arena_printf(&model->arena, "%lld", (long long)port->port) : name;
}

static void resolve_http_get(struct hd_http_get_action *action, const struct hd_container *container)
{
    if (action->path && !action->port && container->n_ports)
        action->port = main_port(container)->name;
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

static bool has_action(const struct hd_probe *probe)
{
    return struct_is_set(&hd_http_get_action_struct, &probe->http_get) || struct_is_set(&hd_tcp_socket_action_struct, &probe->tcp_socket) ||
           struct_is_set(&hd_grpc_action_struct, &probe->grpc) || struct_is_set(&hd_exec_action_struct, &probe->exec);
}

/*
 * Chooses the question that a program on this port can answer. Only for HTTP does it leave the path of the service's runtime. The
 * kubelet asks by HTTP/1.1, which a server of HTTP/2 alone does not answer.
 */
static void ask_by_protocol(struct hd_probe *probe, const struct hd_port *port, bool is_container)
{
    if (probe->enabled == HD_FALSE || has_action(probe))
        return;
    if (!port || port->protocol == HD_PROTOCOL_UDP) {
        /* A probe that the user begins is not dropped: that it has no port is reported. */
        if (!struct_is_set(&hd_probe_struct, probe))
            probe->enabled = HD_FALSE;
    } else if (is_container)
        probe->tcp_socket.port = port->name;
    else if (port->protocol == HD_PROTOCOL_HTTPS)
        probe->http_get.scheme = HD_SCHEME_HTTPS;
    else if (port->protocol == HD_PROTOCOL_GRPC)
        probe->grpc.port = port->name;
    else if (port->protocol != HD_PROTOCOL_HTTP && port->protocol != HD_PROTOCOL_WEBSOCKET)
        probe->tcp_socket.port = port->name;
}

void resolve_probes_of_ports(struct hd_service *service)
{
    struct hd_container *container = &service->container;
    bool is_container = runs_container(service);

    /* Left out, they are the library's, which its probes fit. */
    if (!container->ports && !is_container)
        return;
    ask_by_protocol(&container->readiness_probe, main_port(container), is_container);
    if (!is_container || struct_is_set(&hd_probe_struct, &container->liveness_probe))
        ask_by_protocol(&container->liveness_probe, main_port(container), is_container);
}

void resolve_probes(struct hd_model *model, struct hd_container *container)
{
    resolve_probe(model, &container->startup_probe, container);
    resolve_probe(model, &container->readiness_probe, container);
    resolve_probe(model, &container->liveness_probe, container);
    resolve_http_get(&container->lifecycle.pre_stop.http_get, container);
    resolve_http_get(&container->lifecycle.post_start.http_get, container);
}

/* Reports a port of an action that the container does not declare. */
static void check_action_port(struct checker *checker, const struct container_in *in, struct where where, const char *port)
{
    const struct hd_port *declared;
    struct finding *finding;

    if (!port) {
        hint(found(checker, HD_PROBE_PORT, where, "the probe names no port, and %s declares none", in->name),
             "give the port, and declare it under ports");
        return;
    }
    declared = container_port(in->container, port);
    if (declared && declared->protocol == HD_PROTOCOL_UDP) {
        finding = found(checker, HD_PROBE_UDP, where, "port %s is a UDP port, but the kubelet probes by TCP", port);
        also_at(finding, AT(declared, protocol), "it is declared here");
        hint(finding, "name a TCP port, or use exec");
    }
    if (declared || !format_is_valid(&format_port_ref, port))
        return;
    finding = found(checker, HD_PROBE_PORT, where, "%s declares no port %s", in->name, port);
    also_at(finding, AT(in->container, ports), "its ports are: %s", container_ports_in_words(checker, in->container));
    hint(finding, "name one of its ports, or declare %s under ports", port);
}

void check_http_get(struct checker *checker, const struct container_in *in, const struct hd_http_get_action *action)
{
    if (!action->path)
        return;
    check_action_port(checker, in, AT(action, port), action->port);
}

enum probe_kind { STARTUP, READINESS, LIVENESS };

static void check_thresholds(struct checker *checker, const struct hd_probe *probe, enum probe_kind kind)
{
    if (kind != READINESS && probe->success_threshold > 1)
        hint(found(checker, HD_SUCCESS_THRESHOLD, AT(probe, success_threshold),
                   "successThreshold of a %s probe must be 1, because it succeeds at the first success",
                   kind == STARTUP ? "startup" : "liveness"),
             "remove successThreshold; only readinessProbe takes it");
    if (kind == READINESS && probe->termination_grace_period_seconds)
        hint(found(checker, HD_READINESS_GRACE, AT(probe, termination_grace_period_seconds),
                   "a readiness probe takes no terminationGracePeriodSeconds, because it stops no container"),
             "remove terminationGracePeriodSeconds here");
    if (probe->timeout_seconds > probe->period_seconds && probe->period_seconds > 0) {
        struct finding *finding = found(checker, HD_TIMEOUT_ABOVE_PERIOD, AT(probe, timeout_seconds),
                                        "the probe waits %lld s for an answer, but runs every %lld s", (long long)probe->timeout_seconds,
                                        (long long)probe->period_seconds);

        also_at(finding, AT(probe, period_seconds), "periodSeconds is %lld", (long long)probe->period_seconds);
        hint(finding, "raise periodSeconds, or lower timeoutSeconds");
    }
}

static void check_probe(struct checker *checker, const struct container_in *in, const struct hd_probe *probe, enum probe_kind kind)
{
    if (probe->enabled != HD_TRUE)
        return;
    if (in->role == CONTAINER_INIT) {
        hint(found(checker, HD_INIT_PROBE, AT_STRUCT(probe), "the init container %s runs to its end, so it cannot have probes", in->name),
             "remove the probe; put a container that keeps running under sidecars");
        return;
    }
    check_http_get(checker, in, &probe->http_get);
    if (probe->tcp_socket.port)
        check_action_port(checker, in, AT(&probe->tcp_socket, port), probe->tcp_socket.port);
    if (probe->grpc.port)
        check_action_port(checker, in, AT(&probe->grpc, port), probe->grpc.port);
    if (probe->exec.n_command)
        check_program(checker, AT_ITEM(&probe->exec, command, 0), probe->exec.command[0]);
    if (!struct_is_set(&hd_http_get_action_struct, &probe->http_get) && !struct_is_set(&hd_tcp_socket_action_struct, &probe->tcp_socket) &&
        !struct_is_set(&hd_grpc_action_struct, &probe->grpc) && !struct_is_set(&hd_exec_action_struct, &probe->exec))
        hint(found(checker, HD_PROBE_ASKS_NOTHING, AT_STRUCT(probe), "the probe does not say what to ask"),
             "give httpGet, tcpSocket, grpc or exec");
    check_probe_protocol(checker, in, probe);
    check_thresholds(checker, probe, kind);
}

static bool same(const char *a, const char *b)
{
    return a && b && !strcmp(a, b);
}

/* Seconds of failures until a probe acts. */
static int64_t patience(const struct hd_probe *probe)
{
    return bounded(probe->period_seconds) * bounded(probe->failure_threshold);
}

/* A service that is busy would be restarted at the moment it asks for no more traffic. */
static void check_alike(struct checker *checker, const struct hd_container *container)
{
    const struct hd_probe *ready = &container->readiness_probe, *live = &container->liveness_probe;
    struct finding *finding;

    if (ready->enabled != HD_TRUE || live->enabled != HD_TRUE || patience(live) > patience(ready))
        return;
    if (!(same(ready->http_get.path, live->http_get.path) && same(ready->http_get.port, live->http_get.port)) &&
        !same(ready->tcp_socket.port, live->tcp_socket.port) &&
        !(same(ready->grpc.port, live->grpc.port) && (same(ready->grpc.service, live->grpc.service) ||
                                                      ready->grpc.service == live->grpc.service)))
        return;
    finding = found(checker, HD_PROBES_ALIKE, AT_STRUCT(live),
                    "livenessProbe asks the same as readinessProbe and fails no later, so a busy pod is restarted");
    also_at(finding, AT_STRUCT(ready), "readiness gives up after %lld s, liveness after %lld s", (long long)patience(ready),
            (long long)patience(live));
    hint(finding, "let livenessProbe ask for something that fails only when a restart helps, or raise its failureThreshold");
}

/* The update counts as failed while the pod is still allowed to start. */
static void check_start_in_time(struct checker *checker, const struct hd_service *service)
{
    const struct hd_probe *startup = &service->container.startup_probe, *ready = &service->container.readiness_probe;
    const struct hd_probe *slower = ready;
    int64_t deadline = progress_deadline(service), least = 0, most;
    struct finding *finding;

    if (service->workload != HD_WORKLOAD_DEPLOYMENT)
        return;
    if (ready->enabled == HD_TRUE)
        least = bounded(ready->initial_delay_seconds.value) + bounded(ready->period_seconds) * (bounded(ready->success_threshold) - 1);
    if (startup->enabled == HD_TRUE && bounded(startup->initial_delay_seconds.value) + patience(startup) > least) {
        slower = startup;
        least = bounded(startup->initial_delay_seconds.value) + patience(startup);
    }
    most = (deadline < 0 ? 0 : deadline) - bounded(service->min_ready_seconds.value);
    if (least <= most || most <= 0)
        return;
    finding = found(checker, HD_START_BEYOND_DEADLINE, AT_STRUCT(slower),
                    "a pod may need %lld s to start, but the update counts as failed after %lld s", (long long)least, (long long)deadline);
    also_at(finding, AT(service, progress_deadline_seconds), "progressDeadlineSeconds is %lld%s", (long long)deadline,
            service->progress_deadline_seconds ? "" : " by default");
    hint(finding, "raise progressDeadlineSeconds above %lld", (long long)(least + bounded(service->min_ready_seconds.value)));
}

void check_probes(struct checker *checker, const struct container_in *in)
{
    const struct hd_container *container = in->container;

    if (in->role == CONTAINER_MAIN && runs_to_end(in->service))
        return;
    check_probe(checker, in, &container->startup_probe, STARTUP);
    check_probe(checker, in, &container->readiness_probe, READINESS);
    check_probe(checker, in, &container->liveness_probe, LIVENESS);
    if (in->role != CONTAINER_INIT)
        check_alike(checker, container);
    if (in->role != CONTAINER_MAIN)
        return;
    if (container->n_ports && container->readiness_probe.enabled != HD_TRUE)
        hint(found(checker, HD_NO_READINESS, AT_STRUCT(&container->readiness_probe),
                   "%s has no readiness probe, so it gets traffic before it can answer", in->name),
             "give readinessProbe: {httpGet: /ready}");
    check_start_in_time(checker, in->service);
}
