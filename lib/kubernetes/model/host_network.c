/* The pod and the network of its node. */
#include "pod_checks.h"

#include <string.h>

static void check_dns(struct checker *checker, const struct hd_pod *pod)
{
    struct finding *finding;

    if (pod->host_network != HD_TRUE || (pod->dns_policy && strcmp(pod->dns_policy, "ClusterFirst")))
        return;
    finding = found(checker, HD_HOST_DNS, pod->dns_policy ? AT(pod, dns_policy) : AT(pod, host_network),
                    "with hostNetwork, dnsPolicy ClusterFirst asks the node's resolver, which does not know Services");
    hint(finding, "write dnsPolicy: ClusterFirstWithHostNet");
}

static bool begins_with_one_of(const char *text, const char *const *words, size_t n_words)
{
    for (size_t i = 0; i < n_words; i++)
        if (!strncmp(text, words[i], strlen(words[i])))
            return true;
    return false;
}

/* A pod must not set a sysctl of a namespace that it shares with its node. (Kubernetes: core/v1 validation, sysctls) */
static void check_sysctls(struct checker *checker, const struct hd_pod *pod)
{
    static const char *const network[] = {"net."};
    static const char *const ipc[] = {"kernel.shm", "kernel.msg", "kernel.sem", "fs.mqueue."};
    const struct hd_pod_security_context *context = &pod->pod_security_context;

    for (size_t i = 0; i < context->n_sysctls; i++) {
        const char *name = context->sysctls[i].name;
        bool of_network = name && pod->host_network == HD_TRUE && begins_with_one_of(name, network, 1);
        bool of_ipc = name && pod->host_ipc == HD_TRUE && begins_with_one_of(name, ipc, 4);
        struct finding *finding;

        if (!of_network && !of_ipc)
            continue;
        finding = found(checker, HD_SYSCTL_OF_NODE, AT_STRUCT(&context->sysctls[i]),
                        "the pod cannot set %s, because it is a setting of the node", name);
        also_at(finding, of_network ? AT(pod, host_network) : AT(pod, host_ipc), "the pod shares the node's %s",
                of_network ? "network" : "IPC");
        hint(finding, "remove it, or remove %s", of_network ? "hostNetwork" : "hostIPC");
    }
}

static void check_port(struct checker *checker, const struct hd_pod *pod, const struct hd_port *port)
{
    struct finding *finding;

    if (pod->host_network != HD_TRUE || !port->host_port || port->host_port == port->port)
        return;
    finding = found(checker, HD_HOST_PORT_DIFFERS, AT(port, host_port), "with hostNetwork, hostPort %lld must equal port",
                    (long long)port->host_port);
    also_at(finding, AT(port, port), "port is %lld", (long long)port->port);
    hint(finding, "remove hostPort: it then equals port");
}

/* Containers of a pod share one network: a port can be listened on once, and a port of the node leads to one place. */
static void check_once(struct checker *checker, struct names *taken, const struct container_in *in, const struct hd_port *port,
                       int64_t number,
                       bool on_host)
{
    const char *key = arena_printf(&checker->report->arena, "%s%lld%s", on_host ? "h" : "", (long long)number,
                                   port->protocol == HD_PROTOCOL_UDP ? "u" : "");
    const struct hd_port *first = names_add(taken, key, port);
    bool own = first >= in->container->ports && first < in->container->ports + in->container->n_ports;
    struct finding *finding;

    /* Two ports of one number in one container are reported with the ports. */
    if (!first || (own && !on_host))
        return;
    if (on_host) {
        finding =
            found(checker, HD_HOST_PORT_TWICE, AT(port, host_port), "hostPort %lld is taken by another port of the pod", (long long)number);
        also_at(finding, AT(first, host_port), "it is taken here");
    } else {
        finding =
            found(checker, HD_PORT_OF_ANOTHER, AT(port, port), "another container of the pod listens on port %lld", (long long)number);
        also_at(finding, AT(first, port), "it is declared here");
    }
    hint(finding, "give %s another port, because containers of a pod share one network", in->name);
}

void check_pod_network(struct checker *checker, const struct hd_service *service)
{
    const struct hd_pod *pod = &service->pod;
    size_t n_ports = 0, n_containers = service_n_containers(service);
    struct names taken;

    check_dns(checker, pod);
    check_sysctls(checker, pod);
    if (pod->host_pid == HD_TRUE && pod->share_process_namespace == HD_TRUE) {
        struct finding *finding = found(checker, HD_PROCESSES_SHARED_TWICE, AT(pod, share_process_namespace),
                                        "hostPID and shareProcessNamespace exclude each other");

        also_at(finding, AT(pod, host_pid), "hostPID is given here");
        hint(finding, "remove one of the two; with hostPID the containers see each other's processes already");
    }
    for (size_t i = 0; i < n_containers; i++)
        n_ports += service_container_at(service, i).container->n_ports;
    if (n_ports < 2 && pod->host_network != HD_TRUE)
        return;
    names_init(&checker->report->arena, &taken, n_ports * 2);
    for (size_t i = 0; i < n_containers; i++) {
        struct container_in in = service_container_at(service, i);

        /* Init containers have ended when the others listen. */
        for (size_t k = 0; k < in.container->n_ports && in.role != CONTAINER_INIT; k++) {
            const struct hd_port *port = &in.container->ports[k];

            check_port(checker, pod, port);
            check_once(checker, &taken, &in, port, port->port, false);
            if (port->host_port)
                check_once(checker, &taken, &in, port, port->host_port, true);
        }
    }
}
