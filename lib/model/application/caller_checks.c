/* Rules for callers: policies can say who each is, and it calls a port that the service has. */
#include "model/caller.h"
#include "model/checks.h"
#include "model/mesh.h"
#include "model/port.h"
#include "model/resolve.h"

#include <string.h>

static void check_place(struct checker *checker, const struct hd_caller *caller)
{
    struct finding *finding;

    if (caller->from && caller->n_cidrs) {
        finding = found(checker, HD_CALLER_NOWHERE, AT(caller, cidrs), "a service of another application has no addresses of its own");
        also_at(finding, AT(caller, from), "the service");
        hint(finding, "remove cidrs, or write an entry of its own for the addresses");
    } else if (caller->namespace_name || caller->n_cidrs) {
        bool has_identity = mesh_is_on(checker->app) && (caller->service_account || caller->mesh == HD_TRUE);

        if (!caller->namespace_name && (caller->n_pod_labels || has_identity))
            hint(found(checker, HD_CALLER_NOWHERE,
                       caller->n_pod_labels      ? AT(caller, pod_labels)
                       : caller->service_account ? AT(caller, service_account)
                                                 : AT(caller, mesh),
                       "addresses have neither labels nor an account of the mesh"),
                 "remove it, or write namespace: NAME in place of cidrs for pods of the cluster");
    } else if (!caller->from) {
        hint(found(checker, HD_CALLER_NOWHERE, AT_STRUCT(caller), "the caller has neither from, namespace nor cidrs, so no policy can let it in"),
             "write from: APPLICATION/SERVICE, namespace: NAME for pods of this cluster, or cidrs: [203.0.113.0/24] for addresses outside");
    }
}

static void check_port(struct checker *checker, const struct hd_service *service, const struct hd_caller *caller)
{
    const char *ports = service_ports_in_words(checker, service);
    struct finding *finding;

    if (caller->port && service_port(service, caller->port))
        return;
    if (!service_n_ports(service)) {
        hint(found(checker, HD_CALLER_PORT, AT_STRUCT(caller), "%s has callers, but declares no port", service_called(service)),
             "give %s the port it listens on: port: 8000", service_called(service));
    } else if (!caller->port) {
        hint(found(checker, HD_CALLER_PORT, AT_STRUCT(caller), "%s has several ports, and the caller names none", service_called(service)),
             "add port to the entry; the ports are %s", ports);
    } else {
        finding = found(checker, HD_CALLER_PORT, AT(caller, port), "%s has no port %.20s", service_called(service), caller->port);
        also_at(finding, AT(&service->container, ports), "its ports: %s", ports);
        hint(finding, "use one of %s, or declare the port", ports);
    }
}

/* A service of the application itself is called from within. */
static void check_inside(struct checker *checker, const struct hd_service *service, const struct hd_caller *caller)
{
    const char *slash = caller->from ? strchr(caller->from, '/') : NULL, *own = checker->app->name;
    const struct hd_service *inside;
    struct finding *finding;

    if (!slash || !own || strncmp(caller->from, own, (size_t)(slash - caller->from)) || own[slash - caller->from])
        return;
    inside = graph_callee(checker->model, slash + 1).service;
    finding = found(checker, HD_CALLER_INSIDE, AT(caller, from), "%s is this application itself", own);
    if (inside)
        also_at(finding, AT(inside, name), "the service %s", inside->name);
    hint(finding, "write calls: [%s] in %s, and remove the caller here", service_called(service), inside ? inside->name : "the service that calls");
}

static void check_twice(struct checker *checker, const struct hd_service *service)
{
    struct names names;

    names_init(&checker->scratch, &names, service->n_callers);
    for (size_t i = 0; i < service->n_callers; i++) {
        const struct hd_caller *caller = &service->callers[i];
        const struct hd_caller *first = names_add(&names, caller_key(&checker->scratch, caller, true), caller);
        struct finding *finding;

        if (!first)
            continue;
        finding = found(checker, HD_CALLER_TWICE, AT_STRUCT(caller), "the same caller is named twice");
        also_at(finding, AT_STRUCT(first), "the first entry");
        hint(finding, "remove one of the two, or give it another port, methods or paths");
    }
}

void check_callers_of(struct checker *checker, const struct hd_service *service)
{
    if (!service->n_callers)
        return;
    for (size_t i = 0; i < service->n_callers; i++) {
        check_place(checker, &service->callers[i]);
        check_port(checker, service, &service->callers[i]);
        check_inside(checker, service, &service->callers[i]);
    }
    check_twice(checker, service);
}
