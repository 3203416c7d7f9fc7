/* Warns of objects that have no effect on the other objects that were read, because most often a label or a name is misspelled. */
#include "classes.h"
#include "reading.h"

#include <string.h>

/* Kinds from which an operator makes pods. The labels of these pods are not in the manifests. */
static const char *const makers[] = {"Gateway", "OpenTelemetryCollector"};

/* The indexes that the rules use. */
struct checking {
    const struct hd_cluster *cluster;
    struct hd_diagnostics *report;
    struct classes classes;
    /* Services by "namespace/name"; namespaces in which operators make pods. */
    struct names services, made_by_operators;
};

static struct finding *found(const struct checking *checking, enum hd_code code, struct hd_cluster_place place, const char *message)
{
    return finding_in(checking->report, code, place.file, place.line, place.column, NULL, "%s", message);
}

/* Pods of one namespace that an object selects. */
static void check_selector(struct checking *checking, const struct hd_cluster_object *object, const struct selector *pods)
{
    struct arena *arena = &checking->report->arena;

    if (classes_select(&checking->classes, object->namespace_name, NULL, pods).n ||
        names_find(&checking->made_by_operators, object->namespace_name))
        return;
    hint(found(checking, HD_SELECTS_NOTHING, pods->place,
               arena_printf(arena, "%s %s selects none of the pods that were read in namespace %s", object->kind, object->name,
                            object->namespace_name)),
         "compare the selector with the labels of the pods, or read the manifests of its pods as well");
}

static void check_backend(struct checking *checking, const struct way *way, const struct backend *backend)
{
    struct arena *arena = &checking->report->arena;
    const struct service *service =
        names_find(&checking->services, arena_printf(checking->classes.arena, "%s/%s", backend->namespace, backend->service));
    bool has_port = false;

    for (size_t i = 0; service && i < service->n_ports; i++)
        has_port = has_port || backend_means(backend, &service->ports[i]);
    if (!service)
        hint(found(checking, HD_BACKEND_MISSING, backend->place,
                   arena_printf(arena, "%s %s leads to Service %s, which is not among the manifests of namespace %s", way->object->kind,
                                way->object->name, backend->service, backend->namespace)),
             "correct the name, or read the manifest of the Service as well");
    else if (!has_port)
        also_in(found(checking, HD_BACKEND_MISSING, backend->place,
                      arena_printf(arena, "%s %s leads to a port that Service %s does not have", way->object->kind, way->object->name,
                                   backend->service)),
                service->object->place.file, service->object->place.line, service->object->place.column, "the Service");
}

static void check_all(struct checking *checking)
{
    const struct hd_cluster *cluster = checking->cluster;

    for (size_t i = 0; i < cluster->n_policies; i++)
        check_selector(checking, cluster->policies[i]->object, &cluster->policies[i]->pods);
    for (size_t i = 0; i < cluster->n_services; i++)
        if (cluster->services[i]->has_selector)
            check_selector(checking, cluster->services[i]->object, &cluster->services[i]->pods);
    for (size_t i = 0; i < cluster->n_ways && cluster->n_services; i++)
        for (size_t j = 0; j < cluster->ways[i]->n_backends; j++)
            check_backend(checking, cluster->ways[i], &cluster->ways[i]->backends[j]);
}

static bool is_maker(const struct hd_cluster_object *object)
{
    for (size_t i = 0; i < sizeof makers / sizeof *makers; i++)
        if (!strcmp(object->kind, makers[i]))
            return true;
    return false;
}

void cluster_check(struct hd_cluster *cluster, struct hd_diagnostics *report, struct arena *arena)
{
    struct checking checking = {.cluster = cluster, .report = report};

    /* When only policies were read, the pods are elsewhere, so that no policy is wrong. */
    if (!cluster->n_workloads)
        return;
    classes_make(&checking.classes, arena, cluster, true);
    names_init(arena, &checking.services, cluster->n_services);
    names_init(arena, &checking.made_by_operators, 0);
    for (size_t i = 0; i < cluster->n_services; i++)
        names_add(&checking.services,
                  arena_printf(arena, "%s/%s", cluster->services[i]->object->namespace_name, cluster->services[i]->object->name),
                  cluster->services[i]);
    for (size_t i = 0; i < cluster->n_objects; i++)
        if (is_maker(cluster->objects[i]) && cluster->objects[i]->namespace_name)
            names_add(&checking.made_by_operators, cluster->objects[i]->namespace_name, cluster->objects[i]);
    check_all(&checking);
}
