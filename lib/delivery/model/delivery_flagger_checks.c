/* Rules for deliveries by Flagger: it makes Services and routes itself, and must be able to. */
#include "core/tables/field.h"
#include "core/text/among.h"
#include "core/text/duration.h"
#include "delivery_checks.h"
#include "model/container.h"
#include "model/delivery.h"
#include "model/port.h"
#include "model/tables.h"

#include <string.h>

/* Objects that Flagger makes, and the plan does not know. */
static void check_flagger_names(struct checker *checker, const struct hd_service *service)
{
    static const char *const suffixes[] = {PRIMARY, CANARY};
    struct finding *finding;

    if (!service->name)
        return;
    if (strlen(service->name) + sizeof "-" PRIMARY - 1 > 63)
        hint(found(checker, HD_NAME_TOO_LONG, AT(service, name), "flagger's Service %s-" PRIMARY " has a name of %zu letters",
                   service->name, strlen(service->name) + sizeof "-" PRIMARY - 1),
             "shorten the service's name: the name of a Service has at most 63 letters");
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        const char *name = arena_printf(&checker->report->arena, "%s-%s", service->name, suffixes[i]);
        const struct hd_service *other = graph_callee(checker->model, name).service;

        if (!other)
            continue;
        finding =
            found(checker, HD_OBJECTS_COLLIDE, AT(other, name), "flagger creates a Service %s, but this service has the same name", name);
        also_at(finding, AT(&service->delivery, executor), "flagger delivers %s", service->name);
        hint(finding, "rename one of the two services");
    }
}

/* Flagger distinguishes its versions by the label app, so the model must not set it. */
static void check_flagger_label(struct checker *checker, const struct hd_service *service)
{
    const struct {
        const struct hd_pair *pairs;
        size_t n;
    } layers[] = {{checker->app->labels, checker->app->n_labels},
                  {service->labels, service->n_labels},
                  {service->pod.pod_labels, service->pod.n_pod_labels}};

    for (size_t i = 0; i < sizeof layers / sizeof *layers; i++)
        for (size_t k = 0; k < layers[i].n; k++)
            if (layers[i].pairs[k].name && !strcmp(layers[i].pairs[k].name, "app"))
                not_for(checker, service, AT(&layers[i].pairs[k], value), "a label app of your own",
                        "use another key: flagger distinguishes the versions by app");
}

/* Flagger makes the pods that serve of types of Kubernetes 1.27, and what is newer is left out. (Flagger 1.36: go.mod) */
static void check_flagger_copies(struct checker *checker, const struct hd_service *service)
{
    for (size_t i = 0; i < service_n_containers(service); i++) {
        const struct hd_lifecycle *hooks = &service_container_at(service, i).container->lifecycle;

        if (hooks->pre_stop.sleep.seconds)
            not_for(checker, service, AT(&hooks->pre_stop, sleep), "preStop.sleep, which its copy of the pods lacks",
                    "write exec: [sleep, \"5\"] where the image has this program, or executor: argoRollouts");
        if (hooks->post_start.sleep.seconds)
            not_for(checker, service, AT(&hooks->post_start, sleep), "postStart.sleep, which its copy of the pods lacks",
                    "write exec: [sleep, \"5\"] where the image has this program, or executor: argoRollouts");
    }
    if (service->pod.n_sidecars)
        not_for(checker, service, AT(&service->pod, sidecars),
                "native sidecars: its copy of the pods has plain init containers in their place, which never end",
                "write them under extraContainers, or write executor: argoRollouts");
}

/*
 * Whether proxies wait for ever on a port of Flagger's Services: those have the names that ports have in the containers and no protocols, so a
 * proxy looks at the first bytes of the client, and servers of these protocols speak first. (Istio: protocol selection)
 */
static bool is_never_recognised(const struct hd_port *port)
{
    const char *protocol = enum_name(&hd_protocol_enum, (int)port->protocol);
    bool speaks_first = port->protocol == HD_PROTOCOL_TCP || port->protocol == HD_PROTOCOL_MYSQL;
    size_t length = strlen(text_or(protocol, ""));

    return speaks_first && port->name && (strncmp(port->name, protocol, length) || (port->name[length] && port->name[length] != '-'));
}

static void check_further_ports(struct checker *checker, const struct hd_service *service)
{
    for (size_t i = 1; i < service_n_ports(service); i++) {
        const struct hd_port *port = service_port_at(service, i);

        if (port->service_port != port->port)
            not_for(checker, service, AT(port, service_port), "a servicePort that differs from port at other than the first port",
                    "remove servicePort, or write executor: argoRollouts");
        if (is_never_recognised(port))
            not_for(checker, service, AT(port, name), "a further port of tcp or mysql whose name does not begin with the protocol",
                    "name it tcp-... or mysql-...: proxies know the protocol of flagger's Services by the name alone; or write executor: argoRollouts");
    }
}

/* Refuse settings that Flagger would have to generate and cannot. */
void check_flagger(struct checker *checker, const struct hd_service *service)
{
    const struct hd_canary *canary = &service->delivery.canary;
    const struct hd_traffic_policy *policy = &service->traffic_policy;
    const struct hd_port *port = service_port(service, NULL);

    check_flagger_names(checker, service);
    check_flagger_label(checker, service);
    check_flagger_copies(checker, service);
    if (port && port->protocol && !protocol_has_requests(port->protocol))
        not_for(checker, service, AT(port, protocol), "a port that is not HTTP", "write an http port first, or executor: argoRollouts");
    check_further_ports(checker, service);
    for (size_t i = 0; i < canary->n_steps; i++) {
        const char *pause = canary->steps[i].pause;

        if (pause && !strcmp(pause, "manual"))
            not_for(checker, service, AT(&canary->steps[i], pause), "pause: manual",
                    "write analysis.interval instead, or executor: argoRollouts");
        else if (pause && duration_us(pause) >= 0 && duration_us(pause) != duration_us(canary->analysis.interval))
            not_for(checker, service, AT(&canary->steps[i], pause), "a pause that differs from analysis.interval",
                    "remove pause: flagger takes one step in each analysis.interval");
    }
    if (struct_is_set(&hd_tcp_pool_struct, &policy->connection_pool.tcp))
        not_for(checker, service, AT(&policy->connection_pool, tcp), "connectionPool.tcp", "remove it, or write executor: argoRollouts");
    if (policy->n_port_level_settings)
        not_for(checker, service, AT(policy, port_level_settings), "portLevelSettings",
                "write the settings for all ports, or executor: argoRollouts");
    if (policy->load_balancer.warmup.duration)
        not_for(checker, service, AT(&policy->load_balancer, warmup), "warmup", "remove it, or write executor: argoRollouts");
    if (policy->load_balancer.locality_lb_setting.n_failover_priority)
        not_for(checker, service, AT(&policy->load_balancer.locality_lb_setting, failover_priority), "failoverPriority",
                "write failover instead, or executor: argoRollouts");
    if (service->service.type && strcmp(service->service.type, "ClusterIP"))
        not_for(checker, service, AT(&service->service, type), "a Service of another type than ClusterIP",
                "remove type, or write executor: argoRollouts");
    if (service->replicas.set && service->autoscaling.enabled != HD_TRUE) {
        struct finding *finding = found(checker, HD_REPLICAS_DELIVERED, AT(service, replicas),
                                        "flagger changes the number of pods itself, and each apply would set it to %lld again",
                                        (long long)service->replicas.value);

        also_at(finding, AT(&service->delivery, executor), "flagger delivers the service");
        hint(finding, "write autoscaling instead of replicas: flagger works with an autoscaler");
    }
}
