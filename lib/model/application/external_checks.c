/* Rules for what lies outside: a policy must be able to say where it is. */
#include "core/text/among.h"
#include "core/text/suggest.h"
#include "model/port.h"
#include "model/resolve.h"

#include <string.h>

/* Cilium knows a host by the answers of the resolver, and a proxy of the mesh by what the protocol says of it. */
static void check_host_alone(struct checker *checker, const struct hd_external *external)
{
    const struct hd_platform *platform = &checker->app->platform;
    struct finding *finding;

    if (platform->dns.enabled == HD_FALSE) {
        finding = found(checker, HD_HOST_UNSEEN, AT(external, host), "Cilium learns the addresses of a host from lookups, but there is no resolver");
        also_at(finding, AT_STRUCT(&platform->dns), "turned off");
        hint(finding, "remove dns: off, or write cidrs: [203.0.113.0/24]");
    }
    for (size_t i = 0; i < external->n_ports && checker->app->mesh.mode == HD_MESH_SIDECAR; i++) {
        const struct hd_external_port *port = &external->ports[i];

        if (port->protocol != HD_PROTOCOL_UDP && !protocol_names_host(port->protocol))
            hint(found(checker, HD_EXTERNAL_HOST_ONLY, AT(external, host), "at port %lld a proxy of the mesh sees no host name, only addresses",
                       (long long)port->port),
                 "add the addresses that it may have: cidrs: [203.0.113.0/24]; or write protocol: tls where connections begin with TLS");
    }
}

static void check_place(struct checker *checker, const struct hd_external *external)
{
    bool is_cilium = checker->app->platform.network_policy == HD_NETWORK_POLICY_CILIUM;
    struct finding *finding;
    size_t length;

    if (external->n_pod_labels && !external->namespace_name)
        hint(found(checker, HD_POD_LABELS_ALONE, AT(external, pod_labels), "podLabels is given without namespace"),
             "add namespace, the namespace of these pods; for addresses outside the cluster remove podLabels");
    if (external->namespace_name || external->cidrs)
        return;
    if (external_by_host(checker->app, external)) {
        check_host_alone(checker, external);
    } else if (external->host) {
        finding =
            found(checker, HD_EXTERNAL_HOST_ONLY, AT(external, host), "a network policy cannot allow a host name, only pods and addresses");
        if (namespace_of_host(external->host, &length))
            hint(finding, "the host is a Service of this cluster: write namespace: %.*s in place of host", (int)length,
                 namespace_of_host(external->host, &length));
        else
            hint(finding, "add the addresses that it may have: cidrs: [203.0.113.0/24]%s",
                 is_cilium ? "" : "; or write platform: {networkPolicy: cilium} where the network is Cilium's");
    } else {
        finding = found(checker, HD_EXTERNAL_NOWHERE, AT_STRUCT(external),
                        "%s has neither namespace nor cidrs, so no network policy can allow it",
                        text_or(external->name, "this external"));
        hint(finding, "write namespace: NAME for pods of this cluster, or cidrs: [203.0.113.0/24] for addresses outside");
    }
}

void check_neighbour(struct checker *checker, const char *namespace_name, struct where where, const char *name)
{
    if (namespace_name && checker->app->namespace_name && !strcmp(namespace_name, checker->app->namespace_name))
        hint(found(checker, HD_CLOSED_NEIGHBOUR, where, CLOSED_NEIGHBOUR, name), CLOSED_NEIGHBOUR_HINT);
}

/* Externals are looked at with the objects of `manifests`, which may have a policy for them. */
static void check_neighbours(struct checker *checker)
{
    const struct hd_platform *platform = &checker->app->platform;

    if (platform->gateway.enabled == HD_TRUE && !checker->model->graph.gateway.is_own)
        check_neighbour(checker, platform->gateway.namespace_name, AT(&platform->gateway, namespace_name), "the gateway");
    if (platform->prometheus.enabled == HD_TRUE && !checker->model->graph.prometheus->service)
        check_neighbour(checker, platform->prometheus.namespace_name, AT(&platform->prometheus, namespace_name), "Prometheus");
}

/* Names of Services begin with a letter, and one leads to one host. (Kubernetes: core/v1 validation) */
static void check_service(struct checker *checker, const struct hd_external *external)
{
    const char *host = external->host;
    struct finding *finding;

    if (!external->service)
        return;
    if (!host || *host == '*') {
        finding = found(checker, HD_EXTERNAL_NAME, AT(external, service), "an ExternalName Service leads to one host, and %s",
                        host ? "a wildcard is none" : "no host is given");
        if (host)
            also_at(finding, AT(external, host), "the host");
        hint(finding, "write host: db.example.com, or remove service");
    }
    if (external->name && external->name[0] >= '0' && external->name[0] <= '9')
        hint(found(checker, HD_EXTERNAL_NAME, AT(external, name), "%s begins with a digit, which the name of a Service cannot",
                   external->name),
             "give the external another name, or remove service");
}

static void check_external_ports(struct checker *checker, const struct hd_external *external)
{
    struct port_names ports;

    if (external->n_ports < 2)
        return;
    port_names_init(checker, &ports, external->n_ports);
    for (size_t i = 0; i < external->n_ports; i++) {
        const struct hd_external_port *port = &external->ports[i];

        check_port_once(checker, &ports, port->name, port->port, port->protocol, AT(port, name), AT(port, port));
    }
}

/* Warns of externals that nobody calls. */
static void check_used(struct checker *checker)
{
    const struct hd_model *model = checker->model;
    const struct hd_app *app = checker->app;
    bool *called = arena_array(&checker->report->arena, app->n_externals, sizeof *called);

    for (size_t i = 0; i < app->n_services; i++)
        for (size_t k = 0; k < app->services[i].n_calls; k++) {
            const char *to = app->services[i].calls[k].to;
            const struct hd_external *external = to ? graph_callee(model, to).external : NULL;

            if (external)
                called[external - app->externals] = true;
        }
    for (size_t f = 0; f < N_FAMILIES; f++)
        if (families[f]->mark_externals)
            families[f]->mark_externals(model, called);
    for (size_t i = 0; i < app->n_externals; i++)
        if (!called[i] && app->externals[i].name && graph_callee(model, app->externals[i].name).external == &app->externals[i])
            hint(found(checker, HD_EXTERNAL_UNUSED, AT(&app->externals[i], name), "no service calls %s", app->externals[i].name),
                 "write calls: [%s] in each service that calls it, because without it the network policy stays closed; or remove the "
                 "external",
                 app->externals[i].name);
}

void check_externals(struct checker *checker)
{
    for (size_t i = 0; i < checker->app->n_externals; i++) {
        check_place(checker, &checker->app->externals[i]);
        check_service(checker, &checker->app->externals[i]);
        check_external_ports(checker, &checker->app->externals[i]);
    }
    check_used(checker);
    check_neighbours(checker);
}

const char *nearest_callee(struct checker *checker, const char *name)
{
    const struct hd_app *app = checker->app;
    struct suggestion suggestion = suggest_for(name);

    if (checker->n_suggestions++ >= MOST_SUGGESTIONS)
        return NULL;
    for (size_t i = 0; i < app->n_services; i++)
        if (app->services[i].name)
            suggest_try(&suggestion, app->services[i].name);
    for (size_t i = 0; i < app->n_externals; i++)
        if (app->externals[i].name)
            suggest_try(&suggestion, app->externals[i].name);
    return suggestion.nearest;
}
