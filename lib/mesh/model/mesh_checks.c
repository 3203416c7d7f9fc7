/* Rules of the mesh: its version, how pods are taken in, and whether their proxies can do their work. */
#include "core/tables/field.h"
#include "core/text/among.h"
#include "core/text/duration.h"
#include "core/text/quantity.h"
#include "model/container.h"
#include "model/mesh.h"
#include "model/port.h"
#include "model/resolve.h"
#include "model/resources.h"
#include "model/tables.h"
#include "parts.h"

#include <string.h>

static void check_version(struct checker *checker, const struct hd_mesh *mesh)
{
    int minor = checker->model->istio_minor;
    struct finding *finding;

    if (minor < ISTIO_OLDEST)
        hint(found(checker, HD_ISTIO_TOO_OLD, AT(mesh, istio_version), "Istio %s is older than the oldest version that is supported",
                   mesh->istio_version),
             "manifests are written for 1.%d to 1.%d; upgrade the mesh, or write the version that it really has", ISTIO_OLDEST,
             ISTIO_NEWEST);
    if (minor > ISTIO_NEWEST)
        hint(found(checker, HD_ISTIO_UNKNOWN, AT(mesh, istio_version), "Istio %s is newer than the newest version that is known",
                   mesh->istio_version),
             "the manifests are written for 1.%d; later versions usually accept them", ISTIO_NEWEST);
    if (minor < ISTIO_OLDEST || minor >= ISTIO_AMBIENT || mesh->mode != HD_MESH_AMBIENT)
        return;
    finding = found(checker, HD_ISTIO_LACKS, AT(mesh, mode), "Istio %s has no ambient mode for production", mesh->istio_version);
    also_at(finding, AT(mesh, istio_version), "istioVersion is given here");
    hint(finding, "write mesh: sidecar, or upgrade to Istio 1.%d", ISTIO_AMBIENT);
}

/* Without the plugin, each pod begins with a container that changes the network, which only privileged namespaces allow. */
static void check_cni(struct checker *checker, const struct hd_mesh *mesh)
{
    const struct hd_app *app = checker->app;
    struct finding *finding;

    if (mesh->mode != HD_MESH_SIDECAR || mesh->cni != HD_FALSE || app->pod_security == HD_POD_SECURITY_PRIVILEGED)
        return;
    finding = found(checker, HD_INIT_WITH_PRIVILEGE, AT(mesh, cni), "istio-init needs NET_ADMIN, and the namespace enforces podSecurity %s",
                    enum_name(&hd_pod_security_enum, (int)app->pod_security));
    if (checker->model->given->pod_security)
        also_at(finding, AT(app, pod_security), "podSecurity is given here");
    hint(finding, "install Istio's CNI plugin and write cni: true; or write podSecurity: privileged");
}

/* Labels that take pods into the mesh are the library's: two of them contradict each other, and the rest must agree with it. */
static bool decides_injection(const char *key)
{
    static const char *const keys[] = {"istio-injection", "istio.io/rev", "istio.io/dataplane-mode", "sidecar.istio.io/inject",
                                       "istio.io/use-waypoint"};

    return IS_AMONG(key, keys);
}

static void check_by_hand(struct checker *checker, const struct hd_pair *pairs, size_t n_pairs)
{
    for (size_t i = 0; i < n_pairs; i++)
        if (pairs[i].name && decides_injection(pairs[i].name))
            hint(found(checker, HD_INJECTION_BY_HAND, AT_STRUCT(&pairs[i]), "%s is set by hand, although the model has a mesh",
                       pairs[i].name),
                 "remove it: mesh.mode and mesh.revision set how pods join the mesh, mesh: off at a service keeps its pods out");
}

/* The waypoint's pods lack a seccomp profile, unless options bring it. */
static void check_waypoint(struct checker *checker, const struct hd_mesh *mesh)
{
    if (!checker->model->mesh.waypoint || checker->model->istio_minor >= ISTIO_GATEWAY_OPTIONS || !level_refuses_root(checker))
        return;
    hint(found(checker, HD_WAYPOINT_REFUSED, AT(mesh, istio_version),
               "Istio %s makes waypoints without a seccomp profile, which podSecurity restricted refuses", mesh->istio_version),
         "install it with gateways.seccompProfile.type=RuntimeDefault, upgrade to 1.%d, or write podSecurity: baseline",
         ISTIO_GATEWAY_OPTIONS);
}

/* Older versions use a setting of the whole mesh, which the model does not know. */
static void check_native(struct checker *checker, const struct hd_mesh_proxy *proxy)
{
    struct finding *finding;

    if (proxy->native_sidecar != HD_TRUE || checker->model->istio_minor >= ISTIO_NATIVE_SIDECAR)
        return;
    finding = found(checker, HD_ISTIO_LACKS, AT(proxy, native_sidecar), "nativeSidecar has no effect in Istio %s",
                    checker->app->mesh.istio_version);
    also_at(finding, AT(&checker->app->mesh, istio_version), "istioVersion is given here");
    hint(finding, "remove it, or upgrade to Istio 1.%d", ISTIO_NATIVE_SIDECAR);
}

static void check_proxy_resources(struct checker *checker, const struct hd_resources *resources)
{
    static const char *const names[] = {"cpu", "memory"};
    const struct hd_quantity *lists[] = {resources->requests, resources->limits};
    size_t counts[] = {resources->n_requests, resources->n_limits};

    for (size_t l = 0; l < 2; l++)
        for (size_t i = 0; i < counts[l]; i++)
            if (lists[l][i].name && !IS_AMONG(lists[l][i].name, names))
                hint(found(checker, HD_PROXY_RESOURCE, AT_STRUCT(&lists[l][i]), "resources of the proxy cannot include %.60s",
                           lists[l][i].name),
                     "write only cpu and memory: annotations of the pod set them");
    for (size_t i = 0; i < 2; i++) {
        const struct hd_quantity *request = resource_named(resources->requests, resources->n_requests, names[i]);
        const struct hd_quantity *limit = resource_named(resources->limits, resources->n_limits, names[i]);
        struct finding *finding;

        if (!request || !limit || quantity_compare(request->amount, limit->amount) <= 0)
            continue;
        finding = found(checker, HD_LIMIT_BELOW_REQUEST, AT_STRUCT(request), "the proxy requests %s of %s, above its limit",
                        request->amount, names[i]);
        also_at(finding, AT_STRUCT(limit), "the limit is %s", limit->amount);
        hint(finding, "raise the limit to at least %s", request->amount);
    }
}

static void check_proxy(struct checker *checker, const struct hd_mesh_proxy *proxy)
{
    check_native(checker, proxy);
    check_proxy_resources(checker, &proxy->resources);
}

void check_mesh(struct checker *checker)
{
    const struct hd_mesh *mesh = &checker->app->mesh;

    if (!mesh_is_on(checker->app))
        return;
    check_version(checker, mesh);
    check_cni(checker, mesh);
    check_waypoint(checker, mesh);
    check_by_hand(checker, checker->app->labels, checker->app->n_labels);
    check_mesh_accounts(checker);
    if (mesh->mode == HD_MESH_SIDECAR)
        check_proxy(checker, &mesh->proxy);
}

/* Ports that the mesh listens on in every pod. (Istio: ports used by Istio) */
static bool is_of_mesh(const struct hd_app *app, int64_t port)
{
    static const int64_t sidecar[] = {15000, 15001, 15002, 15004, 15006, 15008, 15020, 15021, 15053, 15090};
    static const int64_t ambient[] = {15001, 15006, 15008, 15053};
    bool has_proxy = app->mesh.mode == HD_MESH_SIDECAR;
    const int64_t *ports = has_proxy ? sidecar : ambient;
    size_t n_ports = has_proxy ? sizeof sidecar / sizeof *sidecar : sizeof ambient / sizeof *ambient;

    for (size_t i = 0; i < n_ports; i++)
        if (ports[i] == port)
            return true;
    return false;
}

/* Protocols other than HTTP that live on well-known ports: a proxy that waits for a request would wait for ever, or answer 400. */
static const char *usual_protocol(int64_t port)
{
    static const struct {
        int64_t port;
        const char *name;
    } usual[] = {{25, "SMTP"}, {587, "SMTP"}, {1433, "SQL Server"}, {3306, "MySQL"}, {5432, "PostgreSQL"}, {5672, "AMQP"},
                 {6379, "Redis"}, {9042, "Cassandra"}, {9092, "Kafka"}, {27017, "MongoDB"}};

    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        if (usual[i].port == port)
            return usual[i].name;
    return NULL;
}

static void check_ports_of_mesh(struct checker *checker, const struct hd_service *service)
{
    for (size_t c = 0; c < service_n_containers(service); c++) {
        const struct hd_container *container = service_container_at(service, c).container;

        for (size_t i = 0; i < container->n_ports; i++) {
            const struct hd_port *port = &container->ports[i];
            const char *usual = port->protocol == HD_PROTOCOL_HTTP ? usual_protocol(port->port) : NULL;

            if (is_of_mesh(checker->app, port->port))
                hint(found(checker, HD_PORT_OF_MESH, AT(port, port), "the mesh itself listens on port %lld in every pod",
                           (long long)port->port),
                     "use a port outside of 15000 to 15090");
            if (usual && c == 0)
                hint(
                    found(checker, HD_PORT_TAKEN_FOR_HTTP, AT(port, port),
                          "port %lld is usually the port of %s, but without protocol it counts as HTTP", (long long)port->port, usual),
                    "write protocol: tcp, because a proxy for HTTP waits for a request and the server may send first; or use another port");
        }
    }
}

static void check_job_in_mesh(struct checker *checker, const struct hd_service *service)
{
    const struct hd_mesh_proxy *proxy = &service->mesh.proxy;
    struct finding *finding;

    if (proxy->native_sidecar == HD_TRUE)
        return;
    if (runs_to_end(service)) {
        finding = found(checker, HD_JOB_NEVER_ENDS, AT_STRUCT(service), "this %s never ends, because the proxy in its pod keeps running",
                        enum_name(&hd_workload_enum, (int)service->workload));
        hint(finding,
             "use native sidecars, which end with their pod (kubernetesVersion 1.29 and istioVersion 1.%d or later); or write mesh: off at "
             "this service",
             ISTIO_NATIVE_SIDECAR);
    }
    if (service->pod.n_init_containers && checker->app->mesh.cni == HD_TRUE) {
        finding = found(checker, HD_INIT_WITHOUT_NETWORK, AT(&service->pod, init_containers),
                        "init containers have no network, because they run before the proxy");
        hint(finding,
             "use native sidecars (kubernetesVersion 1.29 and istioVersion 1.%d or later); if they need no network, silence this warning",
             ISTIO_NATIVE_SIDECAR);
    }
}

static void check_drain(struct checker *checker, const struct hd_service *service)
{
    const struct hd_mesh_proxy *proxy = &service->mesh.proxy;
    int64_t drain = duration_us(proxy->termination_drain_duration), grace = service->pod.termination_grace_period_seconds;
    struct finding *finding;
    bool own = given_of(checker, service)->mesh.proxy.termination_drain_duration != NULL;

    if (drain < 0 || grace <= 0 || grace > INT64_MAX / 1000000 || drain < grace * 1000000 || (!own && checker->drain_refused))
        return;
    checker->drain_refused |= !own;
    finding =
        found(checker, HD_DRAIN_BEYOND_GRACE, AT(proxy, termination_drain_duration),
              "terminationDrainDuration is %s, but the proxy is killed after %lld s", proxy->termination_drain_duration, (long long)grace);
    also_at(finding, AT(&service->pod, termination_grace_period_seconds), "terminationGracePeriodSeconds of the pod is used here");
    hint(finding, "write less than terminationGracePeriodSeconds");
}

static void check_in_mesh(struct checker *checker, const struct hd_service *service)
{
    if (service->pod.host_network == HD_TRUE) {
        struct finding *finding =
            found(checker, HD_MESH_ON_HOST, AT(&service->mesh, enabled), "pods on the node's network cannot be in the mesh");

        also_at(finding, AT(&service->pod, host_network), "hostNetwork is true here");
        hint(finding, "remove mesh or hostNetwork");
        return;
    }
    check_ports_of_mesh(checker, service);
    if (checker->app->mesh.mode == HD_MESH_SIDECAR) {
        check_job_in_mesh(checker, service);
        if (struct_is_set(&hd_mesh_proxy_struct, &given_of(checker, service)->mesh.proxy))
            check_proxy(checker, &service->mesh.proxy);
        check_drain(checker, service);
    }
    check_by_hand(checker, service->labels, service->n_labels);
    check_by_hand(checker, service->pod.pod_labels, service->pod.n_pod_labels);
    check_by_hand(checker, service->pod.pod_annotations, service->pod.n_pod_annotations);
}

void check_service_mesh(struct checker *checker, const struct hd_service *service)
{
    if (!mesh_is_on(checker->app) || !service->name)
        return;
    if (service_in_mesh(checker->app, service))
        check_in_mesh(checker, service);
    if (service->pod.host_network != HD_TRUE || !service_in_mesh(checker->app, service))
        check_mesh_callers(checker, service);
}
