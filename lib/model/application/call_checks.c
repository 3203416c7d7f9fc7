/* Rules for calls: each leads to a port that somebody listens on. */
#include "model/checks.h"
#include "core/tables/field.h"
#include "core/text/among.h"
#include "model/container.h"
#include "model/neighbour.h"
#include "model/port.h"
#include "model/resolve.h"
#include "model/tables.h"

#include <string.h>

/* Short lists are compared call by call, long ones through a table. */
enum { FEW = 32 };

static const char *list_ports(struct checker *checker, const struct callee *callee)
{
    return callee->service ? service_ports_in_words(checker, callee->service) : external_ports_in_words(checker, callee->external);
}

static struct where ports_of(const struct callee *callee)
{
    return callee->service ? AT(&callee->service->container, ports) : AT(callee->external, ports);
}

/* Whether the call is written as a word, and not by its keys: then each member stands where the call does. */
static bool is_word(const struct hd_call *call)
{
    for (size_t i = 0; call->at && i < call->at->n_marks; i++)
        if (call->at->marks[i].line != call->at->line || call->at->marks[i].column != call->at->column)
            return false;
    return true;
}

/* Name and port in one word, as other tools take them. */
static void to_name_and_port(struct checker *checker, const struct hd_call *call, struct finding *finding, const char *colon)
{
    const char *name = arena_strndup(&checker->report->arena, call->to, (size_t)(colon - call->to));
    const char *right = arena_printf(&checker->report->arena, "{to: %.63s, port: %.20s}", name, colon + 1);
    struct callee callee = graph_callee(checker->model, name);

    hint(finding, "write %s: the name and the port are two keys", right);
    if (is_word(call) && (callee.service || callee.external) && !colon[1 + strspn(colon + 1, "0123456789")])
        meant_yaml(finding, call->to, right);
}

static bool calls(const struct hd_service *service, const char *name)
{
    for (size_t i = 0; i < service->n_calls; i++)
        if (service->calls[i].to && !strcmp(service->calls[i].to, name))
            return true;
    return false;
}

/* A service of another application, of which nobody said anything. */
static void to_stranger(struct checker *checker, const struct hd_call *call)
{
    const struct neighbours *neighbours = checker->model->neighbours;
    int length = (int)strcspn(call->to, "/");
    const char *application = arena_strndup(&checker->report->arena, call->to, (size_t)length), *own = checker->app->name;

    if (own && !strcmp(application, own))
        hint(found(checker, HD_NEIGHBOUR_UNKNOWN, AT(call, to), "%s is this application itself", own), "write calls: [%s]",
             call->to + length + 1);
    else if (neighbours && names_find(&neighbours->applications, application))
        hint(found(checker, HD_NEIGHBOUR_UNKNOWN, AT(call, to), "the application %s has no service %s", application, call->to + length + 1),
             "name one of its services; hybridgen contract lists them");
    else
        hint(found(checker, HD_NEIGHBOUR_UNKNOWN, AT(call, to), "the application %s is not known here", application),
             "list its model or its contract beside this model in hybriddeploy.workspace.yaml: applications: [hybriddeploy.yaml, "
             "contracts/%s.json], and name that file with -f; or describe the service in externals", application);
}

static void to_nobody(struct checker *checker, const struct hd_service *service, const struct hd_call *call)
{
    struct finding *finding = found(checker, HD_CALL_TO_NOBODY, AT(call, to), "there is no service or external \"%.63s\"", call->to);
    const char *nearest = nearest_callee(checker, call->to), *colon = strchr(call->to, ':');
    const struct hd_service *owner = names_find(&checker->model->extra_services, call->to);

    if (owner && owner->name) {
        hint(finding, "%.63s is a further Service of %.63s: write %.63s here, because calls lead to pods; the program may use either name", call->to,
             owner->name, owner->name);
        return;
    }

    if (colon && colon > call->to && colon[1]) {
        to_name_and_port(checker, call, finding, colon);
        return;
    }
    hint_nearest(finding, nearest,
                 "name a service of this application, or add an entry to externals for something outside of it: "
                 "externals: {%.63s: {namespace: ..., port: ...}}",
                 call->to);
    /* Where the nearest is called as well, or is the caller, another one may be meant. */
    if (nearest && (calls(service, nearest) || (service->name && !strcmp(nearest, service->name))))
        finding->nearest = NULL;
}

/* The ports of a service of another application stand in another file. */
static void also_ports(struct checker *checker, struct finding *finding, const struct callee *callee, const char *words)
{
    const struct neighbour *neighbour =
        callee->external && is_neighbour(checker->model, callee->external) ? find_neighbour(checker->model, callee->external->name) : NULL;
    const char *text = arena_printf(&checker->report->arena, "%s %s", words, list_ports(checker, callee));

    if (!neighbour)
        also_at(finding, ports_of(callee), "%s", text);
    else if (neighbour->at)
        also_in(finding, neighbour->at->file, neighbour->at->line, neighbour->at->column, "%s", text);
}

static void check_port(struct checker *checker, const struct hd_call *call, const struct callee *callee)
{
    const struct hd_service *service = callee->service;
    size_t n_ports = service ? service_n_ports(service) : callee->external->n_ports;
    struct finding *finding;

    if (service && runs_to_end(service)) {
        finding = found(checker, HD_CALLEE_WITHOUT_PORT, AT(call, to), "%s is a %s, which nobody can call", call->to,
                        enum_name(&hd_workload_enum, service->workload));
        also_at(finding, AT(service, workload), "its kind is given here");
        hint(finding, "make it a Deployment, or give it work through a queue or database, because a job runs and ends");
    } else if (service && !n_ports) {
        finding = found(checker, HD_CALLEE_WITHOUT_PORT, AT(call, to), "%s declares no port", call->to);
        also_at(finding, ports_of(callee), "the service that is called");
        hint(finding, "give %s the port it listens on: port: 8000", call->to);
    } else if (!call->port && n_ports > 1) {
        finding = found(checker, HD_CALL_WITHOUT_PORT, AT(call, to), "%s has several ports, and the call names none", call->to);
        also_ports(checker, finding, callee, "they are");
        hint(finding, "name one: {to: %s, port: %s}", call->to,
             service ? service_port_at(service, 0)->name : callee->external->ports[0].name);
    } else if (call->port && n_ports &&
               !(service ? (const void *)service_port(service, call->port) : external_port(callee->external, call->port))) {
        finding = found(checker, HD_CALL_UNKNOWN_PORT, AT(call, port), "%s has no port %.20s", call->to, call->port);
        also_ports(checker, finding, callee, "its ports:");
        hint(finding, "use one of %s, or declare the port in the service or external that is called", list_ports(checker, callee));
    }
}

static bool same_call(const struct hd_call *a, const struct hd_call *b)
{
    return a->to && b->to && !strcmp(a->to, b->to) && (a->port ? b->port && !strcmp(a->port, b->port) : !b->port);
}

static void check_twice(struct checker *checker, const struct hd_service *service)
{
    struct names names = {NULL, 0};

    if (service->n_calls > FEW)
        names_init(&checker->scratch, &names, service->n_calls);
    for (size_t i = 0; i < service->n_calls; i++) {
        const struct hd_call *call = &service->calls[i], *first = NULL;
        struct finding *finding;

        if (!call->to)
            continue;
        for (size_t k = 0; service->n_calls <= FEW && k < i && !first; k++)
            first = same_call(&service->calls[k], call) ? &service->calls[k] : NULL;
        if (service->n_calls > FEW)
            first = names_add(&names, arena_printf(&checker->scratch, "%s:%s", call->to, text_or(call->port, "")), call);
        if (!first)
            continue;
        finding = found(checker, HD_CALLED_TWICE, AT(call, to), "%s is called twice", call->to);
        also_at(finding, AT(first, to), "the first call");
        hint(finding, "remove one of the two, or name another port: {to: %s, port: ...}", call->to);
    }
}

void check_calls(struct checker *checker, const struct hd_service *service)
{
    for (size_t i = 0; i < service->n_calls; i++) {
        const struct hd_call *call = &service->calls[i];
        struct callee callee = graph_callee(checker->model, text_or(call->to, ""));

        if (!call->to || !*call->to)
            continue;
        if (!callee.service && !callee.external) {
            if (format_is_valid(&format_neighbour, call->to))
                to_stranger(checker, call);
            else
                to_nobody(checker, service, call);
            continue;
        }
        /* The pods of a StatefulSet often call each other, by their own names. */
        if (callee.service == service && service->workload != HD_WORKLOAD_STATEFUL_SET)
            hint(found(checker, HD_CALL_TO_SELF, AT(call, to), "%s calls itself", call->to),
                 "remove the call, or correct its name; if the pods of the service do call each other, accept this with silence");
        check_port(checker, call, &callee);
    }
    check_twice(checker, service);
}

/* Whether a probe of the container asks this port. */
static bool is_probed(const struct hd_service *service, const struct hd_port *port)
{
    const struct hd_container *container = &service->container;
    const struct hd_probe *const probes[] = {&container->startup_probe, &container->readiness_probe, &container->liveness_probe};

    for (size_t i = 0; i < sizeof probes / sizeof *probes; i++) {
        const struct hd_probe *probe = probes[i];
        const char *refs[] = {probe->http_get.port, probe->tcp_socket.port, probe->grpc.port};

        for (size_t k = 0; probe->enabled != HD_FALSE && k < sizeof refs / sizeof *refs; k++)
            if (refs[k] && service_port(service, refs[k]) == port)
                return true;
    }
    return false;
}

static bool is_reached(struct checker *checker, const struct hd_service *service, const struct hd_port *port)
{
    for (size_t i = 0; i < graph_n_in(checker->model, service); i++) {
        const struct edge *edge = graph_in(checker->model, service, i);

        for (size_t k = 0; k < edge->n_ports; k++)
            if (edge->ports[k].number == port->port && edge->ports[k].is_udp == (port->protocol == HD_PROTOCOL_UDP))
                return true;
    }
    /* A proxy fetches the metrics in its pod. */
    if (service->metrics.enabled == HD_TRUE && service_port(service, service->metrics.port) == port &&
        checker->app->platform.prometheus.enabled == HD_TRUE)
        return true;
    return is_probed(service, port);
}

static bool gives_ports(struct checker *checker, const struct hd_service *service)
{
    return given_of(checker, service)->container.ports || service_n_running(service) > 1;
}

/* Network policies open only the connections that the model declares, so a port that no connection names is closed. */
void check_reached(struct checker *checker, const struct hd_service *service)
{
    if (runs_to_end(service) || service->pod.host_network == HD_TRUE || service_opens_nodes(&service->service))
        return;
    /* A worker: the port is the runtime's, and the kubelet's probes alone ask it. */
    if (!graph_n_in(checker->model, service) && service->n_calls && !gives_ports(checker, service))
        return;
    if (service_n_ports(service) && !graph_n_in(checker->model, service)) {
        hint(found(checker, HD_SERVICE_UNREACHED, AT_STRUCT(service), "nothing can reach %s: no service calls it, and it is not exposed",
                   service_called(service)),
             "write calls: [%s] in a service that calls it, or expose: / to open it to the outside; if nothing needs to reach it, accept "
             "this with silence (ports: [] would remove its probes too)",
             text_or(service->name, "NAME"));
        return;
    }
    for (size_t i = 0; i < service->container.n_ports; i++) {
        const struct hd_port *port = &service->container.ports[i];

        if (port->port && !is_reached(checker, service, port))
            hint(found(checker, HD_PORT_UNREACHED, AT(port, port), "nothing can reach port %lld", (long long)port->port),
                 "call it, or remove it: no call, exposure, probe or Prometheus uses it, so the network policy closes it");
    }
}
