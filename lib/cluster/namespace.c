/* Namespaces: those that were read, and those that only other objects name. */
#include "kinds.h"

#include <string.h>

static struct namespace *add(struct hd_cluster *cluster, const char *name)
{
    struct namespace *namespace = arena_new(&cluster->arena, struct namespace);

    namespace->name = name;
    names_add(&cluster->namespace_of, name, namespace);
    arena_grow(&cluster->arena, cluster->namespaces, cluster->n_namespaces);
    cluster->namespaces[cluster->n_namespaces++] = namespace;
    return namespace;
}

struct namespace *cluster_namespace(struct hd_cluster *cluster, const char *name)
{
    struct namespace *namespace = (struct namespace *)(uintptr_t)names_find(&cluster->namespace_of, name);
    struct manifest manifest = {.arena = &cluster->arena, .texts = &cluster->texts};
    struct hd_cluster_label *label;

    if (namespace)
        return namespace;
    namespace = add(cluster, name);
    label = arena_new(&cluster->arena, struct hd_cluster_label);
    *label = (struct hd_cluster_label){keep(&manifest, NAMESPACE_NAME_LABEL), name};
    namespace->labels = label;
    namespace->n_labels = 1;
    return namespace;
}

/* The labels, sorted, with NAMESPACE_NAME_LABEL, which servers add. */
static struct hd_cluster_label *with_name(struct manifest *manifest, const struct hd_cluster_label *labels, size_t *n_labels)
{
    struct hd_cluster_label *all = arena_array(manifest->arena, *n_labels + 1, sizeof *all);
    const char *key = keep(manifest, NAMESPACE_NAME_LABEL);
    size_t n = 0;

    for (size_t i = 0; i < *n_labels && strcmp(labels[i].key, key) < 0; i++)
        all[n++] = labels[i];
    all[n] = (struct hd_cluster_label){key, manifest->object->name};
    for (size_t i = n; i < *n_labels; i++)
        if (labels[i].key != key)
            all[++n] = labels[i];
    *n_labels = n + 1;
    return all;
}

void read_namespace(struct hd_cluster *cluster, const struct field *root)
{
    struct field metadata = member(root, "metadata"), labels = member(&metadata, "labels");
    size_t n_labels;
    const struct hd_cluster_label *given = read_labels(&labels, &n_labels);
    struct namespace *namespace;

    if (root->manifest->is_refused)
        return;
    namespace = (struct namespace *)(uintptr_t)names_find(&cluster->namespace_of, root->manifest->object->name);
    if (!namespace)
        namespace = add(cluster, root->manifest->object->name);
    namespace->labels = with_name(root->manifest, given, &n_labels);
    namespace->n_labels = n_labels;
    namespace->object = root->manifest->object;
}
