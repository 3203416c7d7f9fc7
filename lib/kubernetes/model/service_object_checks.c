/* Rules for the Service of a service. */
#include "core/text/among.h"
#include "model/checks.h"
#include "model/mesh.h"
#include "model/port.h"
#include "model/resolve.h"
#include "parts.h"

#include <string.h>

/* The range of node ports that the API server has by default. */
enum { FIRST_NODE_PORT = 30000, LAST_NODE_PORT = 32767 };

static bool is(const char *text, const char *word)
{
    return text && !strcmp(text, word);
}

void check_node_port(struct checker *checker, const struct hd_service_object *object, int64_t number, struct where where)
{
    struct finding *finding;

    if (!number)
        return;
    if (!service_opens_nodes(object)) {
        finding = found(checker, HD_NODE_PORT_WITHOUT_TYPE, where, "a %s Service takes no nodePort, because it opens no ports on nodes",
                        text_or(object->type, "ClusterIP"));
        also_at(finding, AT(object, type), "its type");
        hint(finding, "write service: NodePort, or remove nodePort");
    } else if (number < FIRST_NODE_PORT || number > LAST_NODE_PORT) {
        hint(found(checker, HD_NODE_PORT_RANGE, where, "%lld lies outside the usual node ports", (long long)number),
             "use %d to %d, unless the API server is set up with another range", FIRST_NODE_PORT, LAST_NODE_PORT);
    }
}

static void not_for_type(struct checker *checker, const struct hd_service_object *object, struct where where, const char *member,
                         const char *types)
{
    struct finding *finding =
        found(checker, HD_NOT_FOR_TYPE, where, "%s is not allowed in a %s Service", member, text_or(object->type, "ClusterIP"));

    also_at(finding, AT(object, type), "its type");
    hint(finding, "it is for %s; change the type, or remove it", types);
}

static void check_types(struct checker *checker, const struct hd_service_object *object)
{
    if (object->external_traffic_policy && !service_opens_nodes(object))
        not_for_type(checker, object, AT(object, external_traffic_policy), "externalTrafficPolicy", "NodePort and LoadBalancer");
    if (object->load_balancer_class && !is(object->type, "LoadBalancer"))
        not_for_type(checker, object, AT(object, load_balancer_class), "loadBalancerClass", "LoadBalancer");
    if (object->n_load_balancer_source_ranges && !is(object->type, "LoadBalancer"))
        not_for_type(checker, object, AT(object, load_balancer_source_ranges), "loadBalancerSourceRanges", "LoadBalancer");
}

static void check_headless(struct checker *checker, const struct hd_service_object *object)
{
    struct finding *finding;

    if (object->headless != HD_TRUE)
        return;
    if (service_opens_nodes(object)) {
        finding = found(checker, HD_HEADLESS_TYPE, AT(object, headless), "a %s Service cannot be headless", object->type);
        also_at(finding, AT(object, type), "its type");
        hint(finding, "remove one of the two, because a headless Service has no address that can be reached from outside");
    }
    if (is(object->session_affinity, "ClientIP")) {
        finding = found(checker, HD_HEADLESS_AFFINITY, AT(object, session_affinity), "sessionAffinity has no effect on a headless Service");
        also_at(finding, AT(object, headless), "it is headless");
        hint(finding, "remove one of the two, because clients of a headless Service choose a pod's address themselves");
    }
}

/* Whether somebody in between chooses a pod for each request: the caller's proxy, or a waypoint. */
static bool is_balanced(const struct hd_app *app, const struct edge *edge)
{
    return edge->by || service_has_proxy(app, edge->from->service);
}

/* One connection that stays open has one pod behind it. */
static void check_grpc_port(struct checker *checker, const struct hd_service *service, const struct hd_port *port)
{
    for (size_t i = 0; i < graph_n_in(checker->model, service); i++) {
        const struct edge *edge = graph_in(checker->model, service, i);
        struct finding *finding;

        if (!edge->call || !edge->from->service || edge->from->service == service || edge->ports->number != port->port ||
            is_balanced(checker->app, edge))
            continue;
        finding = found(checker, HD_GRPC_STICKS, AT(port, port),
                        "all gRPC requests of a caller go to one pod, because the Service chooses a pod for each connection alone");
        also_at(finding, AT(edge->call, to), "%s calls it", edge->from->name);
        hint(finding, "write service: {headless: true}, and let the callers balance (round_robin); or write mesh: sidecar; or, if they open new "
                      "connections now and then, accept this with silence");
        return;
    }
}

static void check_grpc(struct checker *checker, const struct hd_service *service)
{
    if (service->service.headless == HD_TRUE || service->workload == HD_WORKLOAD_DAEMON_SET || most_replicas(service) < 2)
        return;
    for (size_t i = 0; i < service_n_ports(service); i++)
        if (service_port_at(service, i)->protocol == HD_PROTOCOL_GRPC)
            check_grpc_port(checker, service, service_port_at(service, i));
}

/* (Kubernetes: core/v1 validation of ipFamilies) */
/* (Kubernetes: core/v1 Service, changes of ipFamilies) */
static void check_lone_family(struct checker *checker, const struct hd_service_object *object)
{
    struct finding *finding = found(checker, HD_IP_FAMILIES, AT_ITEM(object, ip_families, 0),
                                    "ipFamilies names %s alone, and with %s a server of both families adds the other one, so that it refuses these "
                                    "manifests when they are applied again",
                                    object->ip_families[0], object->ip_family_policy);

    also_at(finding, AT(object, ip_family_policy), "ipFamilyPolicy is %s", object->ip_family_policy);
    hint(finding, "name both families, the preferred one first, or leave ipFamilies out; ipFamilyPolicy: SingleStack is for one");
}

static void check_families(struct checker *checker, const struct hd_service_object *object)
{
    struct finding *finding;

    if (object->n_ip_families == 1 && (is(object->ip_family_policy, "PreferDualStack") || is(object->ip_family_policy, "RequireDualStack")))
        check_lone_family(checker, object);
    if (object->n_ip_families < 2)
        return;
    if (object->n_ip_families > 2 || is(object->ip_families[0], object->ip_families[1])) {
        hint(found(checker, HD_IP_FAMILIES, AT_ITEM(object, ip_families, object->n_ip_families > 2 ? 2 : 1),
                   "ipFamilies may name IPv4 and IPv6 once each"),
             "write ipFamilies: [IPv4, IPv6], the preferred one first");
        return;
    }
    if (object->ip_family_policy && !is(object->ip_family_policy, "SingleStack"))
        return;
    finding = found(checker, HD_IP_FAMILIES, AT_ITEM(object, ip_families, 1), "a Service of SingleStack has only one family of addresses");
    also_at(finding, AT(object, ip_family_policy), "ipFamilyPolicy is SingleStack%s", object->ip_family_policy ? "" : " by default");
    hint(finding, "write ipFamilyPolicy: PreferDualStack, or name one family");
}

void check_object_of_service(struct checker *checker, const struct hd_service_object *object)
{
    check_types(checker, object);
    check_headless(checker, object);
    check_families(checker, object);
    if (object->session_affinity_timeout_seconds && !is(object->session_affinity, "ClientIP"))
        hint(found(checker, HD_AFFINITY_TIMEOUT, AT(object, session_affinity_timeout_seconds),
                   "sessionAffinityTimeoutSeconds needs sessionAffinity: ClientIP"),
             "write sessionAffinity: ClientIP, or remove sessionAffinityTimeoutSeconds");
    if (object->traffic_distribution && strncmp(object->traffic_distribution, "PreferSame", 10) == 0 && checker->kube_minor >= 31 &&
        checker->kube_minor < 34)
        hint(found(checker, HD_TOO_NEW, AT(object, traffic_distribution), "%.40s does not exist in Kubernetes 1.%d",
                   object->traffic_distribution, checker->kube_minor),
             "it needs Kubernetes 1.34; PreferClose exists since 1.31");
}

void check_service_object(struct checker *checker, const struct hd_service *service)
{
    const struct hd_service_object *object = &service->service;

    if (runs_to_end(service))
        return;
    for (size_t i = 0; i < service->container.n_ports; i++)
        check_node_port(checker, object, service->container.ports[i].node_port, AT(&service->container.ports[i], node_port));
    check_grpc(checker, service);
    check_object_of_service(checker, object);
    if (!service_n_ports(service) && service_opens_nodes(object))
        hint(found(checker, HD_SERVICE_WITHOUT_PORTS, AT(object, type), "a %s Service needs a port", object->type),
             "declare the port that the container listens on: ports: [{name: http, port: 8000}]");
}
