/* Rules of the mesh: whom it takes for whom, and whom it refuses. */
#include "../core/field.h"
#include "../core/hash.h"
#include "../emit/kubernetes/derived.h"
#include "mesh.h"
#include "port.h"
#include "resolve.h"
#include "rules.h"

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
        finding = finding_at(checker->report, HD_ACCOUNT_SHARED,
                             service->pod.service_account.name ? AT(&service->pod.service_account, name) : AT(service, name),
                             "to the mesh, %s and %s are one: both have the account %s", service->name, first->name, name);
        also_at(checker->report, finding,
                first->pod.service_account.name ? AT(&first->pod.service_account, name) : AT(first, name), "the account of %s",
                first->name);
        hint(checker->report, finding, "each may call what the other calls; leave serviceAccount out, and each has one of its own");
    }
}

static bool is_strict(const struct hd_service *service)
{
    return service->mesh.mtls == HD_MTLS_STRICT;
}

static void refuse_caller(struct checker *checker, const struct hd_service *callee, struct finding *finding)
{
    const struct hd_mesh *mesh = &checker->app->mesh;
    const struct hd_mesh *given = &checker->model->given->mesh;
    const struct hd_service_mesh *own = &checker->model->given->services[callee - checker->app->services].mesh;

    if (own->mtls)
        also_at(checker->report, finding, AT(&callee->mesh, mtls), "%s takes callers of the mesh alone", callee->name);
    else if (given->mtls)
        also_at(checker->report, finding, AT(mesh, mtls), "the mesh takes callers of its own alone");
}

static void refuse_gateway(struct checker *checker, const struct hd_service *service)
{
    const struct hd_app *app = checker->app;
    bool by_ingress = app->ingress.enabled == HD_TRUE && !struct_is_set(&hd_platform_peer_struct, &checker->model->given->platform.gateway);
    struct finding *finding;

    if (checker->gateway_refused)
        return;
    finding = finding_at(checker->report, HD_CALLER_OUTSIDE_MESH, by_ingress ? AT(app, ingress) : AT_STRUCT(&app->platform.gateway),
                         "the gateway is not known to be in the mesh, and %s refuses whoever is not", service->name);
    refuse_caller(checker, service, finding);
    hint(checker->report, finding,
         "if it is an ingress of the mesh, write serviceAccount: the account of its pods; else write mesh: {mtls: PERMISSIVE} at what is "
         "exposed");
    checker->gateway_refused = true;
}

static void refuse_prometheus(struct checker *checker, const struct hd_service *service)
{
    const struct hd_platform_peer *prometheus = &checker->app->platform.prometheus;
    const struct hd_platform_peer *given = &checker->model->given->platform.prometheus;
    struct finding *finding;

    if (checker->prometheus_refused)
        return;
    finding = finding_at(checker->report, HD_CALLER_OUTSIDE_MESH,
                         struct_is_set(&hd_platform_peer_struct, given) ? AT_STRUCT(prometheus) : AT(&checker->app->mesh, mode),
                         "Prometheus is not known to be in the mesh, and %s refuses whoever is not", service->name);
    refuse_caller(checker, service, finding);
    hint(checker->report, finding,
         "label its namespace istio.io/dataplane-mode: ambient, and write platform: {prometheus: {serviceAccount: ...}} with the account "
         "of its pods; or write mesh: {mtls: PERMISSIVE} at what is scraped");
    checker->prometheus_refused = true;
}

static void refuse_collector(struct checker *checker, const struct hd_service *service)
{
    struct finding *finding;

    if (checker->collector_refused)
        return;
    finding = finding_at(checker->report, HD_CALLER_OUTSIDE_MESH, AT(&checker->app->telemetry.scraping, form),
                         "the collector is outside the mesh, and %s refuses whoever is not in it", service->name);
    refuse_caller(checker, service, finding);
    hint(checker->report, finding, "let Prometheus scrape (scraping: podMonitor), or write mesh: {mtls: PERMISSIVE} at what is scraped");
    checker->collector_refused = true;
}

static void refuse_outside(struct checker *checker, const struct hd_service *service)
{
    struct finding *finding = finding_at(checker->report, HD_CALLER_OUTSIDE_MESH, AT(&service->service, type),
                                         "a %s is reached from outside the mesh, and %s refuses whoever is not in it",
                                         service->service.type, service->name);

    refuse_caller(checker, service, finding);
    hint(checker->report, finding, "expose it through the gateway, or write mesh: {mtls: PERMISSIVE} for this service");
}

/* Whether the mesh would have to let it in. In sidecar mode scrapes are none of its business, and UDP never is. */
static bool is_asked(const struct edge *edge)
{
    for (size_t i = 0; i < edge->n_ports && edge->layer & LAYER_MESH; i++)
        if (!edge->ports[i].is_udp)
            return true;
    return false;
}

/* Callers that are no service; those are told at their calls. */
static void check_callers(struct checker *checker, const struct hd_service *service)
{
    const struct graph *graph = &checker->model->graph;

    for (size_t i = 0; i < graph_n_in(checker->model, service); i++) {
        const struct edge *edge = graph_in(checker->model, service, i);

        if (edge->from->service || edge->from->in_mesh || !is_asked(edge))
            continue;
        if (edge->from == &graph->gateway)
            refuse_gateway(checker, service);
        else if (edge->from == &graph->prometheus)
            refuse_prometheus(checker, service);
        else if (edge->from->is_own)
            refuse_collector(checker, service);
        else
            refuse_outside(checker, service);
    }
}

/* Calls of a service that has no part in the mesh. */
static void check_calls_into_mesh(struct checker *checker, const struct hd_service *service)
{
    for (size_t i = 0; i < service->n_calls; i++) {
        const struct hd_call *call = &service->calls[i];
        const struct hd_service *callee = call->to ? graph_callee(checker->model, call->to).service : NULL;
        const struct hd_port *port = callee ? service_port(callee, call->port) : NULL;
        struct finding *finding;

        if (!port || port->protocol == HD_PROTOCOL_UDP || !service_in_mesh(checker->app, callee) || !is_strict(callee))
            continue;
        finding = finding_at(checker->report, HD_CALLER_OUTSIDE_MESH, AT(call, to),
                             "%s is outside the mesh, and %s refuses whoever is not in it", service->name, callee->name);
        if (service->pod.host_network == HD_TRUE)
            also_at(checker->report, finding, AT(&service->pod, host_network), "pods on the node's network have no part in the mesh");
        else
            also_at(checker->report, finding, AT(&service->mesh, enabled), "%s is kept out here", service->name);
        hint(checker->report, finding, "take it into the mesh, or write mesh: {mtls: PERMISSIVE} at %s", callee->name);
    }
}

static bool is_http(enum hd_protocol protocol)
{
    return protocol == HD_PROTOCOL_HTTP || protocol == HD_PROTOCOL_HTTP2 || protocol == HD_PROTOCOL_GRPC ||
           protocol == HD_PROTOCOL_GRPC_WEB || protocol == HD_PROTOCOL_WEBSOCKET;
}

/* Methods and paths hold where a proxy before the callee reads requests. */
static const char *why_unread(const struct checker *checker, const struct callee *callee, const struct hd_call *call)
{
    const struct hd_port *port = callee->service ? service_port(callee->service, call->port) : NULL;

    if (callee->external)
        return "it lies outside the mesh";
    if (!port)
        return NULL;
    if (!service_in_mesh(checker->app, callee->service))
        return "it is kept out of the mesh";
    if (!is_http(port->protocol))
        return arena_printf(&checker->report->arena, "port %s speaks %s", port->name ? port->name : "?",
                            enum_name(&hd_protocol_enum, (int)port->protocol));
    if (checker->app->mesh.mode == HD_MESH_AMBIENT && callee->service->service.headless == HD_TRUE)
        return "a headless service is called past the waypoint";
    return NULL;
}

static void check_parts(struct checker *checker, const struct hd_service *service)
{
    for (size_t i = 0; i < service->n_calls; i++) {
        const struct hd_call *call = &service->calls[i];
        struct callee callee = graph_callee(checker->model, call->to ? call->to : "");
        const char *why = call->n_methods || call->n_paths ? why_unread(checker, &callee, call) : NULL;

        if (why)
            hint(checker->report,
                 finding_at(checker->report, HD_REQUESTS_UNREAD, call->n_methods ? AT(call, methods) : AT(call, paths),
                            "nobody reads the requests to %s: %s", call->to, why),
                 "methods and paths are for calls by HTTP or gRPC to services of the mesh; leave them out here");
    }
}

void check_mesh_callers(struct checker *checker, const struct hd_service *service)
{
    if (!service_in_mesh(checker->app, service)) {
        check_calls_into_mesh(checker, service);
    } else if (is_strict(service)) {
        check_callers(checker, service);
    }
    check_parts(checker, service);
}
