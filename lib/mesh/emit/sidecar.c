/* Sidecar: limits a proxy to the hosts that its service calls. */
#include "core/text/joined.h"
#include "kinds.h"
#include "model/derived.h"
#include "model/tables.h"
#include "plan/labels.h"
#include "service_entry.h"

#include <string.h>

static void plan_sidecar(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    if (service_has_proxy(model->app, service))
        plan_add(model, row, service->name, service, NULL);
}

static void emit_host(struct yaml_out *y, const char *namespace_name, const char *host)
{
    char text[400];

    y_str(y, NULL, JOINED(text, namespace_name, "/", host));
}

static void emit_own(struct yaml_out *y, const struct hd_app *app, const char *service, const char *suffix)
{
    char text[256];

    y_str(y, NULL, JOINED(text, "./", service, suffix, ".", app->namespace_name, ".svc.cluster.local"));
}

static void emit_callee(struct yaml_out *y, const struct hd_app *app, const struct hd_service *callee)
{
    emit_own(y, app, callee->name, "");
    if (has_governing_service(callee))
        emit_own(y, app, callee->name, "-" HEADLESS);
    for (size_t i = 0; i < callee->n_extra_services; i++)
        emit_own(y, app, callee->extra_services[i].name, "");
}

/* The host name of a Service, when that is what an external gives; a proxy knows no others in a namespace. */
static const char *service_host(const struct hd_model *model, const struct peer *peer)
{
    const struct hd_external *external = external_of(model, peer);
    const char *host = external ? external->host : NULL, *suffix = host ? strstr(host, ".svc.") : NULL;

    return suffix ? host : NULL;
}

/* With `is_all` the whole of the own namespace stands there already, and what is in it needs no name. */
static void emit_peer(struct yaml_out *y, const struct hd_model *model, const struct peer *peer, bool is_all)
{
    char host[ENTRY_HOST_SIZE];

    if (peer->service && !is_all)
        emit_callee(y, model->app, peer->service);
    if (peer->is_own && !is_all)
        emit_own(y, model->app, peer->name, "");
    /* Programs ask the API server by its Service, from whose endpoints the proxy knows its addresses. */
    if (peer == &model->graph.api_server)
        emit_host(y, "default", "kubernetes.default.svc.cluster.local");
    else if (peer->namespace_name && !peer->is_own)
        emit_host(y, peer->namespace_name, service_host(model, peer) ? service_host(model, peer) : "*");
    if (peer_has_entry(model, peer) && !is_all)
        emit_host(y, ".", entry_host(host, model, peer));
}

/* Whether all Services of a namespace are meant, for want of a name. */
static bool is_whole(const struct hd_model *model, const struct peer *peer)
{
    return peer->namespace_name && !peer->is_own && !service_host(model, peer);
}

/*
 * Whether another edge says the same, or more: the same end, or its whole namespace. Edges to ends of one kind stand near each
 * other, so that few need to be compared.
 */
static bool is_repeated(const struct subject *subject, size_t index)
{
    enum { MOST_COMPARED = 32 };
    const struct hd_model *model = subject->model;
    const struct peer *peer = graph_out(model, subject->service, index)->to;
    size_t n = graph_n_out(model, subject->service), end = index + MOST_COMPARED < n ? index + MOST_COMPARED : n;

    for (size_t i = index > MOST_COMPARED ? index - MOST_COMPARED : 0; i < end; i++) {
        const struct peer *other = graph_out(model, subject->service, i)->to;
        bool covers = peer->namespace_name && !peer_has_entry(model, peer) && is_whole(model, other) &&
                      !strcmp(peer->namespace_name, other->namespace_name);

        if (i < index && (other == peer || covers))
            return true;
        if (i > index && covers && !is_whole(model, peer))
            return true;
    }
    return false;
}

/* Whether something is called that is in the own namespace, and no service of the model. */
static bool names_own_namespace(const struct subject *subject)
{
    const struct hd_model *model = subject->model;

    for (size_t i = 0; i < graph_n_out(model, subject->service); i++) {
        const struct peer *peer = graph_out(model, subject->service, i)->to;

        if (is_whole(model, peer) && !strcmp(peer->namespace_name, model->app->namespace_name))
            return true;
    }
    return false;
}

static void emit_sidecar(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_model *model = subject->model;
    const struct hd_service *service = subject->service;
    bool is_all = names_own_namespace(subject);

    MAP(y, "spec") {
        MAP(y, "workloadSelector")
            emit_selector(y, "labels", model, service);
        MAP(y, "outboundTrafficPolicy")
            y_str(y, "mode", enum_name(&hd_outbound_mode_enum, (int)model->app->mesh.outbound_traffic_policy));
        SEQ(y, "egress")
            ITEM(y)
                SEQ(y, "hosts") {
                    for (size_t i = 0; i < graph_n_out(model, service); i++)
                        if (!is_repeated(subject, i))
                            emit_peer(y, model, graph_out(model, service, i)->to, is_all);
                }
    }
}

const struct plan_row sidecar_row = {
    .step = 43,
    .info = {"networking.istio.io", "v1", "Sidecar", "istio", "for a service in a mesh of sidecars"},
    .version = istio_api_version,
    .plan_service = plan_sidecar,
    .emit = emit_sidecar,
};
