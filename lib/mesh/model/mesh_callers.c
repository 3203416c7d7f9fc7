/* Rules of the mesh: which callers it cannot distinguish, and which it refuses. */
#include "core/text/among.h"
#include "core/memory/hash.h"
#include "core/tables/field.h"
#include "model/checks.h"
#include "model/derived.h"
#include "model/mesh.h"
#include "model/neighbour.h"
#include "model/port.h"
#include "model/resolve.h"
#include "model/tables.h"
#include "parts.h"

#include <string.h>

static uint64_t hash_number(uint64_t hash, int64_t number)
{
    char bytes[sizeof number];

    memcpy(bytes, &number, sizeof number);
    return hash_bytes(hash, bytes, sizeof bytes);
}

/* What identity must tell apart: the services that an account may call. Order does not count. */
static uint64_t rights_of(const struct hd_model *model, const struct hd_service *service)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < graph_n_out(model, service); i++) {
        const struct edge *edge = graph_out(model, service, i);

        for (size_t k = 0; edge->to->service && edge->to->in_mesh && edge->layer & LAYER_MESH && k < edge->n_ports; k++)
            sum += hash_number(hash_number(HASH_START, edge->to->index), edge->ports[k].number);
    }
    return sum;
}

void check_mesh_accounts(struct checker *checker)
{
    const struct hd_app *app = checker->app;
    struct names accounts;

    names_init(&checker->report->arena, &accounts, app->n_services);
    for (size_t i = 0; i < app->n_services; i++) {
        const struct hd_service *service = &app->services[i], *first;
        const char *name = account_name(service);
        struct finding *finding;

        if (!service->name || !service_in_mesh(app, service))
            continue;
        first = names_add(&accounts, name, service);
        if (!first || rights_of(checker->model, first) == rights_of(checker->model, service))
            continue;
        finding = found(checker, HD_ACCOUNT_SHARED,
                        service->pod.service_account.name ? AT(&service->pod.service_account, name) : AT(service, name),
                        "the mesh cannot distinguish %s and %s, because both have the account %s", service->name, first->name, name);
        also_at(finding, first->pod.service_account.name ? AT(&first->pod.service_account, name) : AT(first, name), "the account of %s",
                first->name);
        hint(finding, "remove serviceAccount, so that each has its own account and only its own rights");
    }
}

static void refuse_caller(struct checker *checker, const struct hd_service *callee, const struct hd_port *port, struct finding *finding)
{
    const struct hd_mesh *mesh = &checker->app->mesh;
    const struct hd_mesh *given = &checker->model->given->mesh;
    const struct hd_service_mesh *own = &given_of(checker, callee)->mesh;

    if (port && port->mtls)
        also_at(finding, AT(port, mtls), "the port accepts only callers of the mesh");
    else if (own->mtls)
        also_at(finding, AT(&callee->mesh, mtls), "%s accepts only callers of the mesh", callee->name);
    else if (given->mtls)
        also_at(finding, AT(mesh, mtls), "the mesh accepts only its own callers");
}

static void refuse_gateway(struct checker *checker, const struct hd_service *service, const struct hd_port *port)
{
    const struct hd_app *app = checker->app;
    bool by_ingress = app->ingress.enabled == HD_TRUE && !struct_is_set(&hd_platform_peer_struct, &checker->model->given->platform.gateway);
    struct finding *finding;

    if (checker->gateway_refused)
        return;
    finding = found(checker, HD_CALLER_OUTSIDE_MESH, by_ingress ? AT(app, ingress) : AT_STRUCT(&app->platform.gateway),
                    "%s accepts only callers of the mesh (mtls STRICT), and the model does not say that the gateway is one", service->name);
    refuse_caller(checker, service, port, finding);
    hint(finding,
         "name the gateway: platform: {gateway: {namespace: ..., serviceAccount: ...}} with the account of its pods; if it is not in the "
         "mesh, write its namespace there, and mesh: {mtls: PERMISSIVE} at each service that is exposed");
    checker->gateway_refused = true;
}

static void refuse_prometheus(struct checker *checker, const struct hd_service *service, const struct hd_port *port)
{
    const struct hd_platform_peer *prometheus = &checker->app->platform.prometheus;
    const struct hd_platform_peer *given = &checker->model->given->platform.prometheus;
    struct finding *finding;

    if (checker->prometheus_refused)
        return;
    finding = found(checker, HD_CALLER_OUTSIDE_MESH,
                    struct_is_set(&hd_platform_peer_struct, given) ? AT_STRUCT(prometheus) : AT(&checker->app->mesh, mode),
                    "%s accepts only callers of the mesh (mtls STRICT), and the model does not say that Prometheus is one", service->name);
    refuse_caller(checker, service, port, finding);
    hint(finding,
         "label its namespace istio.io/dataplane-mode: ambient, and write platform: {prometheus: {serviceAccount: ...}} with the account "
         "of its pods; or write mesh: {mtls: PERMISSIVE} at each service that is scraped");
    checker->prometheus_refused = true;
}

static void refuse_collector(struct checker *checker, const struct hd_service *service, const struct hd_port *port)
{
    struct finding *finding;

    if (checker->collector_refused)
        return;
    finding = found(checker, HD_CALLER_OUTSIDE_MESH, AT(&checker->app->telemetry.scraping, form),
                    "%s accepts only callers of the mesh (mtls STRICT), and the collector is outside the mesh", service->name);
    refuse_caller(checker, service, port, finding);
    hint(finding, "let Prometheus scrape (scraping: podMonitor), or write mesh: {mtls: PERMISSIVE} at each service that is scraped");
    checker->collector_refused = true;
}

/* The trigger that asks the service. */
static struct where trigger_for(const struct hd_app *app, const struct hd_service *asked)
{
    struct where where = AT_STRUCT(&app->platform.keda);

    for (size_t i = 0; i < app->n_services; i++)
        for (size_t k = 0; k < app->services[i].autoscaling.n_triggers; k++)
            if (same_text(app->services[i].autoscaling.triggers[k].asks, asked->name))
                where = AT(&app->services[i].autoscaling.triggers[k], asks);
    return where;
}

static void refuse_keda(struct checker *checker, const struct hd_service *service, const struct hd_port *port)
{
    struct finding *finding = found(checker, HD_CALLER_OUTSIDE_MESH, trigger_for(checker->app, service),
                                    "the trigger asks %s, which accepts only callers of the mesh (mtls STRICT), and the model does not say that "
                                    "KEDA's operator is one", service->name);

    refuse_caller(checker, service, port, finding);
    hint(finding, "write mtls: PERMISSIVE at the port of %s that is asked; or take KEDA into the mesh, and write platform: {keda: "
         "{serviceAccount: keda-operator}}", service->name);
}

/* A port of the node is no Service of the mesh, so that no caller's proxy encrypts what is sent there. */
static void refuse_host_port(struct checker *checker, const struct hd_service *service, const struct hd_port *port)
{
    hint(found(checker, HD_CALLER_OUTSIDE_MESH, AT(port, host_port),
               "what comes in by hostPort %lld is not encrypted by the mesh, but %s accepts only callers of the mesh (mtls STRICT)",
               (long long)port->host_port, service->name),
         "write mtls: PERMISSIVE at the port, or remove hostPort");
}

/* The Service by which an edge comes in has the type that the edge gives as its reason. */
static const struct hd_service_object *opened_by(const struct hd_service *service, const struct edge *edge)
{
    for (size_t i = 0; i < service->n_extra_services; i++)
        if (service->extra_services[i].service.type == edge->reason)
            return &service->extra_services[i].service;
    return &service->service;
}

static void refuse_outside(struct checker *checker, const struct hd_service *service, const struct hd_port *port, const struct edge *edge)
{
    struct finding *finding;

    if (!strcmp(edge->reason, "hostPort")) {
        refuse_host_port(checker, service, port);
        return;
    }
    finding = found(checker, HD_CALLER_OUTSIDE_MESH, AT(opened_by(service, edge), type),
                    "a Service of type %s is called from outside the mesh, but %s accepts only callers of the mesh (mtls STRICT)",
                    edge->reason, service->name);
    refuse_caller(checker, service, port, finding);
    hint(finding, "expose it through the gateway; or write mtls: PERMISSIVE at its ports, or mesh: {mtls: PERMISSIVE} for all of them");
}

static void refuse_named(struct checker *checker, const struct hd_service *service, const struct hd_port *port,
                         const struct hd_caller *caller)
{
    struct finding *finding;

    /* Between applications that are known it is told at the call. */
    if (caller->from && find_neighbour(checker->model, caller->from))
        return;
    finding = found(checker, HD_CALLER_OUTSIDE_MESH, caller->mesh ? AT(caller, mesh) : AT_STRUCT(caller),
                                    "%s accepts only callers of the mesh (mtls STRICT), and the model does not say that this caller is one",
                                    service->name);

    refuse_caller(checker, service, port, finding);
    hint(finding, caller->namespace_name
                      ? "write the serviceAccount of its pods, or mesh: true for any account of the namespace; if it is not in the mesh, write "
                        "mtls: PERMISSIVE at the port that it calls"
                      : "addresses have no identity: write mtls: PERMISSIVE at the port that they call");
}

/* The port at which the mesh refuses this caller, or NULL. The mesh does not see scrapes in sidecar mode, and never sees UDP. */
static const struct hd_port *refused_port(const struct hd_service *service, const struct edge *edge)
{
    for (size_t i = 0; i < edge->n_ports && edge->layer & LAYER_MESH; i++)
        for (size_t k = 0; k < service_n_ports(service) && !edge->ports[i].is_udp; k++) {
            const struct hd_port *port = service_port_at(service, k);

            /* UDP may have the same number. */
            if (port->port == edge->ports[i].number && port->protocol != HD_PROTOCOL_UDP && port_is_strict(service, port))
                return port;
        }
    return NULL;
}

/* Whether a peer is the part of the platform, or further pods of it. */
static bool is_of(const struct peer *peer, const struct peer *part)
{
    for (; part; part = part->also)
        if (peer == part)
            return true;
    return false;
}

/* Checks callers that are not services; services are reported at their calls. */
static void check_callers(struct checker *checker, const struct hd_service *service)
{
    const struct graph *graph = &checker->model->graph;

    for (size_t i = 0; i < graph_n_in(checker->model, service); i++) {
        const struct edge *edge = graph_in(checker->model, service, i);
        const struct hd_port *port = edge->from->service || edge->from->in_mesh ? NULL : refused_port(service, edge);

        if (!port)
            continue;
        if (is_of(edge->from, &graph->gateway))
            refuse_gateway(checker, service, port);
        else if (is_of(edge->from, graph->prometheus))
            refuse_prometheus(checker, service, port);
        else if (is_of(edge->from, &graph->keda))
            refuse_keda(checker, service, port);
        else if (edge->caller)
            refuse_named(checker, service, port, edge->caller);
        else if (edge->from->is_own)
            refuse_collector(checker, service, port);
        else
            refuse_outside(checker, service, port, edge);
    }
}

/* Checks calls of a service that is not in the mesh. */
static void check_calls_into_mesh(struct checker *checker, const struct hd_service *service)
{
    for (size_t i = 0; i < service->n_calls; i++) {
        const struct hd_call *call = &service->calls[i];
        const struct hd_service *callee = call->to ? graph_callee(checker->model, call->to).service : NULL;
        const struct hd_port *port = callee ? service_port(callee, call->port) : NULL;
        struct finding *finding;

        if (!port || port->protocol == HD_PROTOCOL_UDP || !service_in_mesh(checker->app, callee) ||
            !port_is_strict(callee, port))
            continue;
        finding = found(checker, HD_CALLER_OUTSIDE_MESH, AT(call, to),
                        "%s is outside the mesh, but %s accepts only callers of the mesh (mtls STRICT)", service->name, callee->name);
        if (service->pod.host_network == HD_TRUE)
            also_at(finding, AT(&service->pod, host_network), "pods on the node's network cannot be in the mesh");
        else
            also_at(finding, AT(&service->mesh, enabled), "%s is excluded from the mesh here", service->name);
        hint(finding,
             "take the caller into the mesh (remove mesh: off or hostNetwork); or write mesh: {mtls: PERMISSIVE} at %s, or mtls: "
             "PERMISSIVE at its port",
             callee->name);
    }
}

static bool is_http(enum hd_protocol protocol)
{
    return protocol == HD_PROTOCOL_HTTP || protocol == HD_PROTOCOL_HTTP2 || protocol == HD_PROTOCOL_GRPC ||
           protocol == HD_PROTOCOL_GRPC_WEB || protocol == HD_PROTOCOL_WEBSOCKET;
}

/* Methods and paths have an effect only when a proxy in front of the callee reads requests. */
static const char *why_unread(const struct checker *checker, const struct hd_service *callee, const char *ref)
{
    const struct hd_port *port = service_port(callee, ref);

    if (!port)
        return NULL;
    if (!service_in_mesh(checker->app, callee))
        return "it is excluded from the mesh";
    if (!is_http(port->protocol))
        return arena_printf(&checker->report->arena, "port %s speaks %s", text_or(port->name, "?"),
                            enum_name(&hd_protocol_enum, (int)port->protocol));
    if (checker->app->mesh.mode == HD_MESH_AMBIENT && callee->service.headless == HD_TRUE)
        return "calls to a headless service do not pass the waypoint";
    return NULL;
}

static void report_unread(struct checker *checker, struct where where, const char *to, const char *why)
{
    if (why)
        hint(found(checker, HD_REQUESTS_UNREAD, where, "no proxy can read the requests to %s: %s", to, why),
             "remove methods and paths: they work only for calls by HTTP or gRPC to services of the mesh");
}

/* A service of another application lets in what its own model says; what is said here is what is wanted of it. */
static bool decides_itself(const struct checker *checker, const struct callee *callee)
{
    return is_neighbour(checker->model, callee->external) && callee->external->mesh == HD_TRUE;
}

static void check_parts(struct checker *checker, const struct hd_service *service)
{
    for (size_t i = 0; i < service->n_calls; i++) {
        const struct hd_call *call = &service->calls[i];
        struct callee callee = graph_callee(checker->model, text_or(call->to, ""));

        if (!call->n_methods && !call->n_paths)
            continue;
        report_unread(checker, call->n_methods ? AT(call, methods) : AT(call, paths), call->to,
                      callee.service                                       ? why_unread(checker, callee.service, call->port)
                      : callee.external && !decides_itself(checker, &callee) ? "it is outside the mesh"
                                                                           : NULL);
    }
    for (size_t i = 0; i < service->n_callers; i++) {
        const struct hd_caller *caller = &service->callers[i];

        if (mesh_is_on(checker->app) && (caller->n_methods || caller->n_paths))
            report_unread(checker, caller->n_methods ? AT(caller, methods) : AT(caller, paths), service->name,
                          caller->mesh == HD_FALSE && checker->app->mesh.mode == HD_MESH_AMBIENT
                              ? "a caller outside of the mesh does not pass the waypoint"
                              : why_unread(checker, service, caller->port));
    }
}

/* mtls has no effect on ports that the mesh does not see. */
static void check_mtls_of_ports(struct checker *checker, const struct hd_service *service)
{
    bool inside = service_in_mesh(checker->app, service);

    for (size_t i = 0; i < service_n_ports(service); i++) {
        const struct hd_port *port = service_port_at(service, i);

        if (port->mtls && (!inside || port->protocol == HD_PROTOCOL_UDP))
            hint(found(checker, HD_PORT_MTLS_UNUSED, AT(port, mtls), "mtls has no effect on this port: %s",
                       inside ? "the mesh does not carry UDP" : "the service is excluded from the mesh"),
                 "remove mtls");
    }
}

/* The service says one mode, and each of its ports the other. */
static void check_mtls_of_service(struct checker *checker, const struct hd_service *service)
{
    enum hd_mtls_mode given = given_of(checker, service)->mesh.mtls;
    const struct hd_port *port = NULL;
    struct finding *finding;

    for (size_t i = 0; given && i < service_n_ports(service); i++) {
        port = service_port_at(service, i);
        if (!port->mtls || port->mtls == given)
            return;
    }
    if (!port)
        return;
    finding = found(checker, HD_MTLS_CANCELLED, AT(&service->mesh, mtls), "mtls %s holds for no port, because every port says %s",
                    enum_name(&hd_mtls_mode_enum, (int)given), enum_name(&hd_mtls_mode_enum, (int)port->mtls));
    also_at(finding, AT(port, mtls), "mtls of the port");
    hint(finding, "keep one of the two; if it is meant for ports that come later, accept this with silence");
}

void check_mesh_callers(struct checker *checker, const struct hd_service *service)
{
    if (service_in_mesh(checker->app, service))
        check_callers(checker, service);
    else
        check_calls_into_mesh(checker, service);
    check_mtls_of_ports(checker, service);
    check_mtls_of_service(checker, service);
    check_parts(checker, service);
}
