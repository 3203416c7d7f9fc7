/* Rules for ports: each name and number stands once; and ports in words. */
#include "core/text/among.h"
#include "model/checks.h"
#include "model/container.h"
#include "model/port.h"

void port_names_init(struct checker *checker, struct port_names *ports, size_t count)
{
    names_init(&checker->scratch, &ports->names, count);
    names_init(&checker->scratch, &ports->numbers, count);
}

static const struct where *seen_before(struct checker *checker, struct names *names, const char *key, struct where where)
{
    const struct where *first = names_find(names, key);

    if (!first)
        names_add(names, key, arena_copy(&checker->scratch, &where, sizeof where));
    return first;
}

static const char *number_key(struct checker *checker, int64_t number, enum hd_protocol protocol)
{
    return arena_printf(&checker->scratch, "%lld%s", (long long)number, protocol == HD_PROTOCOL_UDP ? "/udp" : "");
}

void check_port_once(struct checker *checker, struct port_names *ports, const char *name, int64_t number, enum hd_protocol protocol,
                     struct where name_where, struct where number_where)
{
    const struct where *same_number =
        number ? seen_before(checker, &ports->numbers, number_key(checker, number, protocol), number_where) : NULL;
    const struct where *same_name = name ? seen_before(checker, &ports->names, name, name_where) : NULL;
    struct finding *finding;

    if (same_number) {
        finding = found(checker, HD_PORT_TWICE, number_where, "port %lld is declared twice", (long long)number);
        also_at(finding, *same_number, "the first declaration");
        hint(finding, "remove one of the two, or give it another number, because only one process can listen on a port");
    } else if (same_name) {
        finding = found(checker, HD_PORT_TWICE, name_where, "two ports are called %s", name);
        also_at(finding, *same_name, "the first port");
        hint(finding, "give each its own name (a port without name gets the name of its protocol)");
    }
}

/* Numbers that two containers share are a matter of the pod; names of ports are the Service's too. */
static void check_container_ports(struct checker *checker, struct port_names *ports, const struct hd_container *container)
{
    names_init(&checker->scratch, &ports->numbers, container->n_ports);
    for (size_t i = 0; i < container->n_ports; i++) {
        const struct hd_port *port = &container->ports[i];

        check_port_once(checker, ports, port->name, port->port, port->protocol, AT(port, name), AT(port, port));
    }
}

static void check_service_ports(struct checker *checker, const struct hd_service *service)
{
    struct names numbers;

    names_init(&checker->scratch, &numbers, service_n_ports(service));
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
        finding = found(checker, HD_SERVICE_PORT_TWICE, AT(port, service_port), "the Service would offer port %lld twice",
                        (long long)port->service_port);
        also_at(finding, *first, "the first port with this servicePort");
        hint(finding, "choose another servicePort for one of the two, because a port of a Service leads to one port of the container");
    }
}

void check_ports(struct checker *checker, const struct hd_service *service)
{
    struct port_names ports;

    if (service_n_ports(service) < 2)
        return;
    port_names_init(checker, &ports, service_n_ports(service));
    for (size_t i = 0; i < service_n_running(service); i++)
        check_container_ports(checker, &ports, service_running_at(service, i));
    check_service_ports(checker, service);
}

static void check_node_port_once(struct checker *checker, struct names *numbers, int64_t number, enum hd_protocol protocol,
                                 struct where where)
{
    const struct where *first = number ? seen_before(checker, numbers, number_key(checker, number, protocol), where) : NULL;
    struct finding *finding;

    if (!first)
        return;
    finding = found(checker, HD_NODE_PORT_TWICE, where, "node port %lld is given twice", (long long)number);
    also_at(finding, *first, "the first port with this nodePort");
    hint(finding, "remove nodePort, and the cluster chooses a free one: a node port leads to one Service");
}

static void check_node_ports_of_extra(struct checker *checker, struct names *numbers, const struct hd_service *service)
{
    for (size_t i = 0; i < service->n_extra_services; i++)
        for (size_t k = 0; k < service->extra_services[i].n_ports; k++) {
            const struct hd_extra_service_port *port = &service->extra_services[i].ports[k];
            const struct hd_port *target = extra_service_target(service, port);

            if (target)
                check_node_port_once(checker, numbers, port->node_port, target->protocol, AT(port, node_port));
        }
}

/* One node port leads to one Service. */
void check_node_ports_apart(struct checker *checker)
{
    const struct hd_app *app = checker->app;
    struct names numbers;

    names_init(&checker->scratch, &numbers, 0);
    for (size_t i = 0; i < app->n_services; i++) {
        const struct hd_container *container = &app->services[i].container;

        for (size_t k = 0; k < container->n_ports; k++)
            check_node_port_once(checker, &numbers, container->ports[k].node_port, container->ports[k].protocol,
                                 AT(&container->ports[k], node_port));
        check_node_ports_of_extra(checker, &numbers, &app->services[i]);
    }
}

/* "http (8000), metrics (9000)", cut after a dozen. */
static const char *list_port(struct checker *checker, const char *list, size_t index, const char *name, int64_t number)
{
    enum { MOST = 12 };
    struct arena *arena = &checker->report->arena;

    return index < MOST ? arena_listed(arena, list, arena_printf(arena, "%s (%lld)", text_or(name, ""), (long long)number)) : list;
}

const char *container_ports_in_words(struct checker *checker, const struct hd_container *container)
{
    const char *list = NULL;

    for (size_t i = 0; i < container->n_ports; i++)
        list = list_port(checker, list, i, container->ports[i].name, container->ports[i].port);
    return text_or(list, "none");
}

const char *service_ports_in_words(struct checker *checker, const struct hd_service *service)
{
    const char *list = NULL;

    for (size_t i = 0; i < service_n_ports(service); i++)
        list = list_port(checker, list, i, service_port_at(service, i)->name, service_port_at(service, i)->port);
    return text_or(list, "none");
}

const char *external_ports_in_words(struct checker *checker, const struct hd_external *external)
{
    const char *list = NULL;

    for (size_t i = 0; i < external->n_ports; i++)
        list = list_port(checker, list, i, external->ports[i].name, external->ports[i].port);
    return text_or(list, "none");
}
