/* Work that needs all objects: which pods belong to one workload, which objects were replaced, the order. */
#include "cluster.h"

#include <stdlib.h>
#include <string.h>

static const char *key_of(struct hd_cluster *cluster, const char *namespace, const char *kind, const char *name)
{
    return arena_printf(&cluster->arena, "%s/%s/%s", namespace, kind, name);
}

/* Removes the elements whose object a later object of the same name replaced. */
#define DROP_REPLACED(items, n_items, object)                                                                                              \
    do {                                                                                                                                   \
        size_t n_ = 0;                                                                                                                     \
        for (size_t i_ = 0; i_ < (n_items); i_++)                                                                                          \
            if ((items)[i_]->object->takes_part)                                                                                           \
                (items)[n_++] = (items)[i_];                                                                                               \
        (n_items) = n_;                                                                                                                    \
    } while (0)

/* Names pods after the object that makes them, and removes those whose maker was read, because the maker stands for them. */
static void follow_owners(struct hd_cluster *cluster)
{
    struct names makers;
    size_t n = 0;

    names_init(&cluster->arena, &makers, cluster->n_workloads);
    for (size_t i = 0; i < cluster->n_workloads; i++) {
        const struct hd_cluster_workload *maker = &cluster->workloads[i]->public;

        names_add(&makers, key_of(cluster, maker->namespace_name, maker->kind, maker->name), maker);
    }
    for (size_t i = 0; i < cluster->n_workloads; i++) {
        struct workload *made = cluster->workloads[i];
        const char *kind = made->owner_kind ? made->owner_kind : made->public.kind;

        if (made->owner_name && names_find(&makers, key_of(cluster, made->public.namespace_name, kind, made->owner_name)))
            continue;
        if (made->owner_name) {
            made->public.kind = kind;
            made->public.name = made->owner_name;
        }
        cluster->workloads[n++] = made;
    }
    cluster->n_workloads = n;
}

static int by_name(const void *left, const void *right)
{
    const struct hd_cluster_workload *a = &(*(struct workload *const *)left)->public, *b = &(*(struct workload *const *)right)->public;
    int order = strcmp(a->namespace_name, b->namespace_name);

    if (!order)
        order = strcmp(a->name, b->name);
    if (!order)
        order = strcmp(a->kind, b->kind);
    if (!order && a->object != b->object)
        order = strcmp(a->object->name, b->object->name);
    return order;
}

/* Keeps one pod of each group of pods that have the same owner and the same signature. */
static void join_alike_pods(struct hd_cluster *cluster)
{
    struct names seen;
    size_t n = 0;

    names_init(&cluster->arena, &seen, cluster->n_workloads);
    for (size_t i = 0; i < cluster->n_workloads; i++) {
        const struct hd_cluster_workload *workload = &cluster->workloads[i]->public;
        const char *key =
            arena_printf(&cluster->arena, "%s\n%s\n%s", workload->kind, workload->name, workload_signature(&cluster->arena, cluster->workloads[i]));

        if (!names_add(&seen, key, workload))
            cluster->workloads[n++] = cluster->workloads[i];
    }
    cluster->n_workloads = n;
}

static void find_proxies(struct hd_cluster *cluster)
{
    for (size_t i = 0; i < cluster->n_workloads; i++) {
        struct workload *workload = cluster->workloads[i];

        workload->namespace = cluster_namespace(cluster, workload->public.namespace_name);
        workload->proxy = proxy_of(workload);
        cluster->has_mesh = cluster->has_mesh || workload->proxy;
    }
}

void cluster_settle(struct hd_cluster *cluster)
{
    DROP_REPLACED(cluster->workloads, cluster->n_workloads, public.object);
    DROP_REPLACED(cluster->policies, cluster->n_policies, object);
    DROP_REPLACED(cluster->services, cluster->n_services, object);
    DROP_REPLACED(cluster->ways, cluster->n_ways, object);
    DROP_REPLACED(cluster->authorizations, cluster->n_authorizations, object);
    DROP_REPLACED(cluster->peer_authentications, cluster->n_peer_authentications, object);
    DROP_REPLACED(cluster->sidecars, cluster->n_sidecars, object);
    DROP_REPLACED(cluster->service_entries, cluster->n_service_entries, object);
    follow_owners(cluster);
    find_proxies(cluster);
    if (cluster->n_workloads > 1)
        qsort(cluster->workloads, cluster->n_workloads, sizeof *cluster->workloads, by_name);
    join_alike_pods(cluster);
    for (size_t i = 0; i < cluster->n_workloads; i++) {
        struct workload *workload = cluster->workloads[i];

        workload->end_name =
            arena_printf(&cluster->arena, "%s/%s[%s]", workload->public.namespace_name, workload->public.name, workload->public.kind);
    }
    for (size_t i = 0; i < cluster->n_policies; i++)
        cluster_namespace(cluster, cluster->policies[i]->object->namespace_name);
}
