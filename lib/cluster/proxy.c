/* Which pods have a proxy of Istio. */
#include "kinds.h"

#include <string.h>
#include <strings.h>

void read_pod_mesh(const struct field *metadata, const struct field *spec, struct pod_mesh *mesh)
{
    static const char *const lists[] = {"containers", "initContainers"};
    struct field annotations = member(metadata, "annotations");
    struct field inject = member(&annotations, "sidecar.istio.io/inject");
    struct field excluded = member(&annotations, "traffic.sidecar.istio.io/excludeInboundPorts");
    struct field included = member(&annotations, "traffic.sidecar.istio.io/includeInboundPorts");

    mesh->inject = text_of(&inject);
    mesh->exclude_ports = text_of(&excluded);
    mesh->include_ports = text_of(&included);
    for (size_t i = 0; i < 2; i++) {
        struct field containers = member(spec, lists[i]);
        size_t n = item_count(&containers);

        for (size_t j = 0; j < n; j++) {
            struct field container = item(&containers, j), name = member(&container, "name");
            const char *text = text_of(&name);

            mesh->has_container = mesh->has_container || (text && !strcmp(text, "istio-proxy"));
        }
    }
}

static const char *pod_label(const struct workload *workload, const char *key)
{
    return label_value(workload->public.labels, workload->public.n_labels, key);
}

static const char *namespace_label(const struct workload *workload, const char *key)
{
    return label_value(workload->namespace->labels, workload->namespace->n_labels, key);
}

static bool is(const char *value, const char *wanted)
{
    return value && !strcmp(value, wanted);
}

/* As istiod reads the value of the annotation and the label. */
static bool is_yes(const char *value)
{
    return !strcasecmp(value, "true") || !strcasecmp(value, "y") || !strcasecmp(value, "yes") || !strcasecmp(value, "on");
}

/* Whether istiod's webhook is asked, by its selectors of namespaces and pods, and then injects a proxy. */
static bool is_injected(const struct workload *workload)
{
    const char *of_namespace = namespace_label(workload, "istio-injection"), *revision = namespace_label(workload, "istio.io/rev");
    const char *of_pods = pod_label(workload, "sidecar.istio.io/inject");

    if (is(of_pods, "false") || (of_namespace && strcmp(of_namespace, "enabled") != 0))
        return false;
    if (!of_namespace && !revision && !is(of_pods, "true") && !pod_label(workload, "istio.io/rev"))
        return false;
    if (!of_pods)
        of_pods = workload->mesh.inject;
    return !of_pods || !*of_pods || is_yes(of_pods);
}

static bool is_ambient(const struct workload *workload)
{
    const char *mode = pod_label(workload, "istio.io/dataplane-mode");

    return is(mode ? mode : namespace_label(workload, "istio.io/dataplane-mode"), "ambient");
}

enum proxy proxy_of(const struct workload *workload)
{
    const char *namespace = workload->public.namespace_name;

    if (workload->mesh.is_waypoint)
        return PROXY_WAYPOINT;
    if (workload->mesh.has_container)
        return PROXY_SIDECAR;
    if (workload->public.host_network || !strcmp(namespace, "kube-system") || !strcmp(namespace, "kube-public"))
        return PROXY_NONE;
    if (is_injected(workload))
        return PROXY_SIDECAR;
    return is_ambient(workload) ? PROXY_AMBIENT : PROXY_NONE;
}

/* The labels that Istio writes on the pods of a waypoint, beside those that its Gateway gives. */
static struct hd_cluster_label *waypoint_labels(const struct field *root, size_t *ret_count)
{
    struct field spec = member(root, "spec"), infrastructure = member(&spec, "infrastructure"), given = member(&infrastructure, "labels");
    struct manifest *manifest = root->manifest;
    size_t n;
    struct hd_cluster_label *labels = read_labels(&given, &n), *all = arena_array(manifest->arena, n + 2, sizeof *all);
    const struct hd_cluster_label own[] = {
        {keep(manifest, "gateway.networking.k8s.io/gateway-class-name"), keep(manifest, "istio-waypoint")},
        {keep(manifest, "gateway.networking.k8s.io/gateway-name"), manifest->object->name},
    };
    size_t n_own = 0, n_all = 0;

    for (size_t i = 0; i <= n; i++) {
        while (n_own < 2 && (i == n || strcmp(own[n_own].key, labels[i].key) < 0))
            all[n_all++] = own[n_own++];
        if (i < n && !(n_all && all[n_all - 1].key == labels[i].key))
            all[n_all++] = labels[i];
    }
    *ret_count = n_all;
    return all;
}

void read_gateway(struct hd_cluster *cluster, const struct field *root)
{
    struct field spec = member(root, "spec"), class = member(&spec, "gatewayClassName");
    const struct hd_cluster_object *object = root->manifest->object;
    struct workload *workload;

    if (!is(text_of(&class), "istio-waypoint"))
        return;
    workload = arena_new(&cluster->arena, struct workload);
    workload->public = (struct hd_cluster_workload){.object = object,
                                                    .kind = object->kind,
                                                    .name = object->name,
                                                    .namespace_name = object->namespace_name,
                                                    .service_account = object->name};
    workload->public.labels = waypoint_labels(root, &workload->public.n_labels);
    workload->mesh.is_waypoint = true;
    if (root->manifest->is_refused)
        return;
    arena_grow(&cluster->arena, cluster->workloads, cluster->n_workloads);
    cluster->workloads[cluster->n_workloads++] = workload;
}
