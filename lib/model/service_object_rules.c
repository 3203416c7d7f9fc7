/* Rules for ports and the Service that offers them. */
#include "../core/field.h"
#include "resolve.h"
#include "rules.h"

#include <string.h>

/* Where the API server lets node ports be, unless it was set up otherwise. */
enum { FIRST_NODE_PORT = 30000, LAST_NODE_PORT = 32767 };

void port_names_init(struct checker *checker, struct port_names *ports, size_t count)
{
    names_init(&checker->report->arena, &ports->names, count);
    names_init(&checker->report->arena, &ports->numbers, count);
}

static const struct where *seen_before(struct checker *checker, struct names *names, const char *key, struct where where)
{
    const struct where *first = names_find(names, key);

    if (!first)
        names_add(names, key, arena_copy(&checker->report->arena, &where, sizeof where));
    return first;
}

static const char *number_key(struct checker *checker, int64_t number, enum hd_protocol protocol)
{
    return arena_printf(&checker->report->arena, "%lld%s", (long long)number, protocol == HD_PROTOCOL_UDP ? "/udp" : "");
}

void check_port_once(struct checker *checker, struct port_names *ports, const char *name, int64_t number, enum hd_protocol protocol,
                     struct where name_where, struct where number_where)
{
    const struct where *same_number = number ? seen_before(checker, &ports->numbers, number_key(checker, number, protocol), number_where) : NULL;
    const struct where *same_name = name ? seen_before(checker, &ports->names, name, name_where) : NULL;
    struct finding *finding;

    if (same_number) {
        finding = finding_at(checker->report, HD_PORT_TWICE, number_where, "port %lld stands twice", (long long)number);
        also_at(checker->report, finding, *same_number, "it stands here first");
        hint(checker->report, finding, "one process listens on it: keep one, or give the other a number of its own");
    } else if (same_name) {
        finding = finding_at(checker->report, HD_PORT_TWICE, name_where, "two ports are called %s", name);
        also_at(checker->report, finding, *same_name, "the first");
        hint(checker->report, finding, "give each a name of its own (without a name it is called after its protocol)");
    }
}

/* Numbers that two containers share are a matter of the pod; names of ports are the Service's too. */
static void check_container_ports(struct checker *checker, struct port_names *ports, const struct hd_container *container)
{
    names_init(&checker->report->arena, &ports->numbers, container->n_ports);
    for (size_t i = 0; i < container->n_ports; i++) {
        const struct hd_port *port = &container->ports[i];

        check_port_once(checker, ports, port->name, port->port, port->protocol, AT(port, name), AT(port, port));
    }
}

static void check_service_ports(struct checker *checker, const struct hd_service *service)
{
    struct names numbers;

    names_init(&checker->report->arena, &numbers, service_n_ports(service));
    for (size_t i = 0; i < service_n_ports(service); i++) {
        const struct hd_port *port = service_port_at(service, i);
        const struct where *first;
        struct finding *finding;

        if (!port->service_port)
            continue;
        first = seen_before(checker, &numbers, number_key(checker, port->service_port, port->protocol), AT(port, service_port));
        /* Two equal container ports were reported as such. */
        if (!first || ((const struct hd_port *)first->object)->port == port->port)
            continue;
        finding = finding_at(checker->report, HD_SERVICE_PORT_TWICE, AT(port, service_port), "the Service would offer port %lld twice",
                             (long long)port->service_port);
        also_at(checker->report, finding, *first, "it is offered here first");
        hint(checker->report, finding, "a Service's port leads to one container port; choose another servicePort for one of the two");
    }
}

void check_ports(struct checker *checker, const struct hd_service *service)
{
    const struct hd_pod *pod = &service->pod;
    struct port_names ports;

    if (service_n_ports(service) < 2)
        return;
    port_names_init(checker, &ports, service_n_ports(service));
    check_container_ports(checker, &ports, &service->container);
    for (size_t i = 0; i < pod->n_sidecars; i++)
        check_container_ports(checker, &ports, &pod->sidecars[i].container);
    check_service_ports(checker, service);
}

static bool is(const char *text, const char *word)
{
    return text && !strcmp(text, word);
}

static bool is_headless(const struct hd_service *service)
{
    return service->service.headless == HD_TRUE;
}

static void check_node_ports(struct checker *checker, const struct hd_service *service)
{
    const struct hd_service_object *object = &service->service;
    bool has_node_ports = is(object->type, "NodePort") || is(object->type, "LoadBalancer");

    for (size_t i = 0; i < service->container.n_ports; i++) {
        const struct hd_port *port = &service->container.ports[i];
        struct finding *finding;

        if (!port->node_port)
            continue;
        if (!has_node_ports) {
            finding = finding_at(checker->report, HD_NODE_PORT_WITHOUT_TYPE, AT(port, node_port), "a %s Service has no ports on nodes",
                                 object->type ? object->type : "ClusterIP");
            also_at(checker->report, finding, AT(object, type), "its type");
            hint(checker->report, finding, "write service: NodePort, or remove nodePort");
        } else if (port->node_port < FIRST_NODE_PORT || port->node_port > LAST_NODE_PORT) {
            hint(checker->report,
                 finding_at(checker->report, HD_NODE_PORT_RANGE, AT(port, node_port), "%lld lies outside the usual node ports", (long long)port->node_port),
                 "the API server takes %d to %d unless it was set up otherwise", FIRST_NODE_PORT, LAST_NODE_PORT);
        }
    }
}

static void not_for_type(struct checker *checker, const struct hd_service_object *object, struct where where, const char *member, const char *types)
{
    struct finding *finding =
        finding_at(checker->report, HD_NOT_FOR_TYPE, where, "%s has no place in a %s Service", member, object->type ? object->type : "ClusterIP");

    also_at(checker->report, finding, AT(object, type), "its type");
    hint(checker->report, finding, "it belongs to %s; change the type, or remove it", types);
}

static void check_types(struct checker *checker, const struct hd_service_object *object)
{
    bool outside = is(object->type, "NodePort") || is(object->type, "LoadBalancer");

    if (object->external_traffic_policy && !outside)
        not_for_type(checker, object, AT(object, external_traffic_policy), "externalTrafficPolicy", "NodePort and LoadBalancer");
    if (object->load_balancer_class && !is(object->type, "LoadBalancer"))
        not_for_type(checker, object, AT(object, load_balancer_class), "loadBalancerClass", "LoadBalancer");
    if (object->n_load_balancer_source_ranges && !is(object->type, "LoadBalancer"))
        not_for_type(checker, object, AT(object, load_balancer_source_ranges), "loadBalancerSourceRanges", "LoadBalancer");
}

static void check_headless(struct checker *checker, const struct hd_service *service)
{
    const struct hd_service_object *object = &service->service;
    struct finding *finding;

    if (!is_headless(service))
        return;
    if (is(object->type, "NodePort") || is(object->type, "LoadBalancer")) {
        finding = finding_at(checker->report, HD_HEADLESS_TYPE, AT(object, headless), "a %s Service cannot be headless", object->type);
        also_at(checker->report, finding, AT(object, type), "its type");
        hint(checker->report, finding, "headless means that there is no address to reach from outside; remove one of the two");
    }
    if (is(object->session_affinity, "ClientIP")) {
        finding = finding_at(checker->report, HD_HEADLESS_AFFINITY, AT(object, session_affinity), "session affinity has no effect on a headless Service");
        also_at(checker->report, finding, AT(object, headless), "it is headless");
        hint(checker->report, finding, "clients of a headless Service choose among the pods' addresses themselves; remove one of the two");
    }
}

void check_service_object(struct checker *checker, const struct hd_service *service)
{
    const struct hd_service_object *object = &service->service;

    if (runs_to_end(service))
        return;
    check_node_ports(checker, service);
    check_types(checker, object);
    check_headless(checker, service);
    if (object->session_affinity_timeout_seconds && !is(object->session_affinity, "ClientIP"))
        hint(checker->report,
             finding_at(checker->report, HD_AFFINITY_TIMEOUT, AT(object, session_affinity_timeout_seconds), "there is no affinity that could time out"),
             "write sessionAffinity: ClientIP, or remove the timeout");
    if (object->traffic_distribution && strncmp(object->traffic_distribution, "PreferSame", 10) == 0 && checker->kube_minor >= 31 && checker->kube_minor < 34)
        hint(checker->report,
             finding_at(checker->report, HD_TOO_NEW, AT(object, traffic_distribution), "%.40s does not exist in Kubernetes 1.%d", object->traffic_distribution,
                        checker->kube_minor),
             "it needs Kubernetes 1.34; PreferClose exists since 1.31");
    if (!service_n_ports(service) && (is(object->type, "NodePort") || is(object->type, "LoadBalancer")))
        hint(checker->report, finding_at(checker->report, HD_SERVICE_WITHOUT_PORTS, AT(object, type), "a %s Service needs a port", object->type),
             "declare what the container listens on: ports: [{name: http, port: 8000}]");
}

/* One node port leads to one Service. */
void check_node_ports_apart(struct checker *checker)
{
    const struct hd_app *app = checker->app;
    size_t count = 0;
    struct names numbers;

    for (size_t i = 0; i < app->n_services; i++)
        for (size_t k = 0; k < app->services[i].container.n_ports; k++)
            count += app->services[i].container.ports[k].node_port != 0;
    if (count < 2)
        return;
    names_init(&checker->report->arena, &numbers, count);
    for (size_t i = 0; i < app->n_services; i++)
        for (size_t k = 0; k < app->services[i].container.n_ports; k++) {
            const struct hd_port *port = &app->services[i].container.ports[k];
            const struct where *first =
                port->node_port ? seen_before(checker, &numbers, number_key(checker, port->node_port, port->protocol), AT(port, node_port)) : NULL;
            struct finding *finding;

            if (!first)
                continue;
            finding = finding_at(checker->report, HD_NODE_PORT_TWICE, AT(port, node_port), "node port %lld is given twice", (long long)port->node_port);
            also_at(checker->report, finding, *first, "it is given here first");
            hint(checker->report, finding, "a node port leads to one Service; leave nodePort out, and the cluster chooses a free one");
        }
}
