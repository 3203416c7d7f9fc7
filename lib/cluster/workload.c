/* Reads pods and the objects that make pods. */
#include "kinds.h"

#include <string.h>

static const char *const protocols[] = {"TCP", "UDP", "SCTP", NULL};

/* Adds the ports of a container. */
static void read_ports(const struct field *container, struct hd_cluster_workload *workload, struct hd_cluster_port **ports)
{
    struct field list = member(container, "ports");
    size_t n = item_count(&list);

    for (size_t i = 0; i < n; i++) {
        struct field port = item(&list, i), name = member(&port, "name"), protocol = member(&port, "protocol");
        struct field number = member(&port, "containerPort");
        int word = word_of(&protocol, protocols);

        arena_grow(container->manifest->arena, *ports, workload->n_ports);
        (*ports)[workload->n_ports++] =
            (struct hd_cluster_port){text_of(&name), (uint16_t)number_of(&number, 1, 65535, 0),
                                     word < 0 ? HD_TRANSPORT_TCP : (enum hd_transport)(HD_TRANSPORT_TCP + word)};
    }
}

static void read_containers(const struct field *spec, const char *key, bool only_sidecars, struct hd_cluster_workload *workload,
                            struct hd_cluster_port **ports)
{
    struct field list = member(spec, key);
    size_t n = item_count(&list);

    for (size_t i = 0; i < n; i++) {
        struct field container = item(&list, i), restarts = member(&container, "restartPolicy");

        if (!only_sidecars || restarts.node)
            read_ports(&container, workload, ports);
    }
}

/* Reads a pod, or a template of pods. */
static struct workload *read_pods(struct hd_cluster *cluster, const struct field *pod)
{
    const struct hd_cluster_object *object = pod->manifest->object;
    struct field metadata = member(pod, "metadata"), labels = member(&metadata, "labels"), spec = member(pod, "spec");
    struct field account = member(&spec, "serviceAccountName"), host_network = member(&spec, "hostNetwork");
    struct workload *workload = arena_new(&cluster->arena, struct workload);
    struct hd_cluster_port *ports = NULL;

    read_pod_mesh(&metadata, &spec, &workload->mesh);
    workload->public = (struct hd_cluster_workload){.object = object,
                                                    .kind = object->kind,
                                                    .name = object->name,
                                                    .namespace_name = object->namespace_name,
                                                    .service_account = name_at(&account),
                                                    .host_network = is_true(&host_network)};
    if (!workload->public.service_account)
        workload->public.service_account = "default";
    workload->public.labels = read_labels(&labels, &workload->public.n_labels);
    read_containers(&spec, "containers", false, &workload->public, &ports);
    read_containers(&spec, "initContainers", true, &workload->public, &ports);
    workload->public.ports = ports;
    return workload;
}

/* Reads the owner, when another object made this one. */
static void read_owner(const struct field *root, struct workload *workload)
{
    struct field metadata = member(root, "metadata"), owners = member(&metadata, "ownerReferences");
    size_t n = item_count(&owners);

    for (size_t i = 0; i < n; i++) {
        struct field owner = item(&owners, i), kind = member(&owner, "kind"), name = member(&owner, "name"),
                     controls = member(&owner, "controller");

        const char *kind_word = name_at(&kind);

        /* The kubelet is the owner of a static pod; such a pod keeps its own name. */
        if ((is_true(&controls) || n == 1) && !(kind_word && !strcmp(kind_word, "Node"))) {
            workload->owner_kind = kind_word;
            workload->owner_name = name_at(&name);
        }
    }
}

static void add(struct hd_cluster *cluster, const struct field *root, struct workload *workload)
{
    read_owner(root, workload);
    if (root->manifest->is_refused)
        return;
    arena_grow(&cluster->arena, cluster->workloads, cluster->n_workloads);
    cluster->workloads[cluster->n_workloads++] = workload;
}

void read_pod(struct hd_cluster *cluster, const struct field *root)
{
    add(cluster, root, read_pods(cluster, root));
}

void read_controller(struct hd_cluster *cluster, const struct field *root)
{
    struct field spec = member(root, "spec"), template = member(&spec, "template");

    /* A Rollout with workloadRef has no template: it uses the pods of a Deployment. */
    if (!template.node && member(&spec, "workloadRef").node)
        return;
    if (!template.node)
        refuse(&spec, HD_MISSING, "spec needs template, which describes the pods");
    add(cluster, root, read_pods(cluster, &template));
}

void read_scaled_job(struct hd_cluster *cluster, const struct field *root)
{
    struct field spec = member(root, "spec"), job = member(&spec, "jobTargetRef"), template = member(&job, "template");

    if (!template.node)
        refuse(&spec, HD_MISSING, "spec.jobTargetRef needs template, which describes the pods");
    add(cluster, root, read_pods(cluster, &template));
}

void read_cron_job(struct hd_cluster *cluster, const struct field *root)
{
    struct field spec = member(root, "spec"), job = member(&spec, "jobTemplate"), job_spec = member(&job, "spec");
    struct field template = member(&job_spec, "template");

    if (!template.node)
        refuse(&job, HD_MISSING, "jobTemplate.spec needs template, which describes the pods");
    add(cluster, root, read_pods(cluster, &template));
}
