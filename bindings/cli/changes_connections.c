/* Compares what the manifests of two sides allow, by the engine of hybridgen graph. */
#include "app.h"
#include "call.h"
#include "changes_allowed.h"
#include "generated.h"

#include <stdlib.h>
#include <string.h>

/* The workloads of both sides, and those that the comparison lists as new or gone: what others made, and only a dump has, is neither. */
struct workloads {
    char **names;
    size_t n;
};

static void add_workloads(struct workloads *workloads, const struct hd_cluster *cluster, const struct allowed_list *list)
{
    for (size_t i = 0; i < hd_cluster_workload_count(cluster); i++) {
        struct hd_cluster_end end = {.workload = hd_cluster_workload_at(cluster, i)};

        workloads->names = grow(workloads->names, (workloads->n + 1) * sizeof *workloads->names);
        workloads->names[workloads->n++] = allowed_end_name(list, &end, true);
    }
}

static void add_listed(struct workloads *workloads, const struct hd_diff *diff, const struct allowed_list *list)
{
    const struct hd_object_change *object;

    for (size_t i = 0; (object = hd_diff_object(diff, i)); i++) {
        struct hd_cluster_workload workload = {.kind = object->kind, .name = object->name,
                                               .namespace_name = object->namespace_name ? object->namespace_name : "default"};
        struct hd_cluster_end end = {.workload = &workload};

        if (object->effect != HD_EFFECT_CREATE && object->effect < HD_EFFECT_DELETE)
            continue;
        /* Twice, as one that both sides have. */
        workloads->names = grow(workloads->names, (workloads->n + 2) * sizeof *workloads->names);
        workloads->names[workloads->n++] = allowed_end_name(list, &end, true);
        workloads->names[workloads->n++] = allowed_end_name(list, &end, true);
    }
}

/* Keeps one of each name that stands twice. */
static void keep_common(struct workloads *workloads)
{
    size_t n = 0;

    if (workloads->n)
        qsort(workloads->names, workloads->n, sizeof *workloads->names, compare_texts);
    for (size_t i = 0; i < workloads->n; i++) {
        bool is_again = n && !strcmp(workloads->names[n - 1], workloads->names[i]);

        if (!is_again && i + 1 < workloads->n && !strcmp(workloads->names[i], workloads->names[i + 1]))
            workloads->names[n++] = workloads->names[i];
        else
            free(workloads->names[i]);
    }
    workloads->n = n;
}

/* Whether a cluster has a workload in another namespace than this one, or than that of its first workload. */
static bool has_another_namespace(const struct hd_cluster *cluster, const char *known)
{
    for (size_t i = 0; i < hd_cluster_workload_count(cluster); i++) {
        const char *name = hd_cluster_workload_at(cluster, i)->namespace_name;

        if (strcmp(name, known ? known : hd_cluster_workload_at(cluster, 0)->namespace_name) != 0)
            return true;
    }
    return false;
}

static bool has_several_namespaces(const struct hd_cluster *old, const struct hd_cluster *new)
{
    const struct hd_cluster_workload *first = hd_cluster_workload_at(old, 0);

    return has_another_namespace(old, NULL) || has_another_namespace(new, first ? first->namespace_name : NULL);
}

/* Why connections would be compared wrongly; NULL when nothing is in the way. */
static const char *obstacle(const struct changes *changes, const struct side *before, const struct side *after, const char *home)
{
    static const char *const kinds[] = {"Pod", "Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob", "Rollout", "ScaledJob",
                                        "NetworkPolicy", "Service", "Ingress", "Route", "HTTPRoute", "GRPCRoute", "TLSRoute",
                                        "VirtualService", "AuthorizationPolicy", "PeerAuthentication", "Sidecar", "ServiceEntry", "Gateway"};
    const struct hd_cluster *clusters[] = {before->cluster, after->cluster};
    const char *missing;

    for (size_t i = 0; (missing = hd_diff_missing_kind(changes->diff, i)); i++)
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
            if (!strcmp(missing, kinds[k]))
                return "objects of kinds that decide about them are missing";
    for (size_t i = 0; strcmp(home, "default") != 0 && i < 2; i++)
        for (size_t k = 0; k < hd_cluster_workload_count(clusters[i]); k++)
            if (!strcmp(hd_cluster_workload_at(clusters[i], k)->namespace_name, "default"))
                return "the manifests name no namespace, and policies depend on it";
    return NULL;
}

static const char *take(struct allowed_list *list, const struct hd_cluster *cluster, const struct hd_connectivity_options *options,
                        struct hd_diagnostics *diagnostics)
{
    enum hd_status status = allowed_take(list, cluster, options, diagnostics);

    return status == HD_OK ? NULL : status == HD_UNWRITABLE ? "there are more than 200,000" : "they cannot be decided";
}

/* Compares two clusters; returns why not, or NULL. */
static const char *compare(struct changes *changes, const struct side *before, const struct side *after, const struct hd_cluster *old,
                           const struct hd_cluster *new)
{
    const struct hd_model *model = before->input.model ? before->input.model : after->input.model;
    const char *home = model ? app_of(model)->namespace_name : "default", *why = obstacle(changes, before, after, home);
    struct hd_connectivity_options options = {.size = sizeof options, .trust_domain = model ? app_of(model)->mesh.trust_domain : NULL};
    struct allowed_list of_old = {.home = home, .has_several_namespaces = has_several_namespaces(old, new)};
    struct allowed_list of_new = of_old;
    struct workloads workloads = {0};

    add_workloads(&workloads, old, &of_old);
    add_workloads(&workloads, new, &of_old);
    add_listed(&workloads, changes->diff, &of_old);
    keep_common(&workloads);
    of_old.compared = of_new.compared = workloads.names;
    of_old.n_compared = of_new.n_compared = workloads.n;
    if (!why)
        why = take(&of_old, old, &options, before->input.diagnostics);
    if (!why)
        why = take(&of_new, new, &options, after->input.diagnostics);
    if (!why)
        allowed_compare(changes, &of_old, &of_new);
    allowed_free(&of_old);
    allowed_free(&of_new);
    while (workloads.n)
        free(workloads.names[--workloads.n]);
    free(workloads.names);
    return why;
}

int changes_find_connections(struct changes *changes, struct side *before, struct side *after)
{
    struct hd_cluster *generated = NULL;
    int status = EXIT_FINE;

    if (!before->cluster && !after->cluster)
        return status;
    changes->are_of_manifests = true;
    if (!before->cluster || !after->cluster)
        status = generated_read(before->cluster ? &after->input : &before->input, &generated);
    if (status)
        return status;
    changes->why_not =
        compare(changes, before, after, before->cluster ? before->cluster : generated, after->cluster ? after->cluster : generated);
    if (changes->why_not)
        changes->note = printed("not compared: connections, because %s", changes->why_not);
    hd_cluster_free(generated);
    return status;
}
