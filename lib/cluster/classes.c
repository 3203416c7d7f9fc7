#include "classes.h"

#include <string.h>

static void add(struct arena *arena, struct class_set *set, uint32_t class)
{
    if (set->n && set->items[set->n - 1] == class)
        return;
    arena_grow(arena, set->items, set->n);
    set->items[set->n++] = class;
}

void class_set_add(struct arena *arena, struct names *names, const char *name, uint32_t class)
{
    struct class_set *set = (struct class_set *)(uintptr_t)names_find(names, name);

    if (!set) {
        set = arena_new(arena, struct class_set);
        names_add(names, arena_strndup(arena, name, strlen(name)), set);
    }
    add(arena, set, class);
}

static const char *label_key(struct arena *arena, const char *key, const char *value)
{
    return arena_printf(arena, "%s=%s", key, value);
}

static const char *port_key(struct arena *arena, const char *name, enum hd_transport transport)
{
    return arena_printf(arena, "%d/%s", transport, name);
}

/* Adds a class to each index by which it is found. */
static void enter(struct classes *classes, uint32_t number)
{
    const struct hd_cluster_workload *workload = &classes->items[number].workload->public;

    for (size_t i = 0; i < workload->n_ports; i++)
        if (workload->ports[i].name)
            class_set_add(classes->arena, &classes->by_port,
                          port_key(classes->arena, workload->ports[i].name, workload->ports[i].transport), number);
    if (classes->items[number].is_host)
        return;
    add(classes->arena, &classes->pods, number);
    class_set_add(classes->arena, &classes->by_namespace, workload->namespace_name, number);
    for (size_t i = 0; i < workload->n_labels; i++)
        class_set_add(classes->arena, &classes->by_label,
                      label_key(classes->arena, workload->labels[i].key, workload->labels[i].value), number);
}

/* The class of a workload, by its number, which may be a new one. */
static uint32_t class_of(struct classes *classes, struct names *known, const struct workload *workload, bool hosts_are_pods)
{
    const char *signature = workload_signature(classes->arena, workload);
    uintptr_t number = (uintptr_t)names_find(known, signature);

    if (number)
        return (uint32_t)number - 1;
    arena_grow(classes->arena, classes->items, classes->n);
    classes->items[classes->n++] = (struct class){.workload = workload, .is_host = workload->public.host_network && !hosts_are_pods};
    names_add(known, signature, (const void *)classes->n);
    return (uint32_t)classes->n - 1;
}

void classes_make(struct classes *classes, struct arena *arena, const struct hd_cluster *cluster, bool hosts_are_pods)
{
    struct names known;

    *classes = (struct classes){
        .arena = arena, .cluster = cluster, .of_workload = arena_array(arena, cluster->n_workloads, sizeof *classes->of_workload)};
    names_init(arena, &known, cluster->n_workloads);
    names_init(arena, &classes->by_label, cluster->n_workloads);
    names_init(arena, &classes->by_namespace, cluster->n_namespaces);
    names_init(arena, &classes->by_port, 0);
    for (size_t i = 0; i < cluster->n_workloads; i++) {
        uint32_t number = class_of(classes, &known, cluster->workloads[i], hosts_are_pods);
        struct class *class = &classes->items[number];

        classes->of_workload[i] = number;
        arena_grow(arena, class->members, class->n_members);
        class->members[class->n_members++] = (uint32_t)i;
    }
    for (size_t i = 0; i < classes->n; i++)
        enter(classes, (uint32_t)i);
    classes->pods.is_all = true;
}

static const struct class_set none;

static const struct class_set *in_namespace(const struct classes *classes, const char *name)
{
    const struct class_set *set = names_find(&classes->by_namespace, name);

    return set ? set : &none;
}

/* The requirement that lists the values (operator In) of a label; NULL when there is none. */
static const struct requirement *values_of(const struct selector *selector, const char *key)
{
    for (size_t i = 0; i < selector->n_requirements; i++)
        if (selector->requirements[i].operator == OPERATOR_IN && (!key || !strcmp(selector->requirements[i].key, key)))
            return &selector->requirements[i];
    return NULL;
}

/* The classes in all namespaces that are selected. Most selectors give the names of namespaces, and then only these are looked at. */
static struct class_set in_namespaces(const struct classes *classes, const struct selector *namespaces)
{
    const struct requirement *named = values_of(namespaces, NAMESPACE_NAME_LABEL);
    size_t n = named ? named->n_values : classes->cluster->n_namespaces;
    struct class_set all = {0};

    for (size_t i = 0; i < n; i++) {
        const struct namespace *namespace =
            named ? names_find(&classes->cluster->namespace_of, named->values[i]) : classes->cluster->namespaces[i];

        if (namespace && selector_matches(namespaces, namespace->labels, namespace->n_labels))
            all = class_set_union(classes->arena, all, *in_namespace(classes, namespace->name));
    }
    return all;
}

/* The shortest list of classes that contains all classes that the selector can select. */
static const struct class_set *with_labels(const struct classes *classes, const struct selector *pods)
{
    const struct class_set *best = &classes->pods;

    for (size_t i = 0; i < pods->n_requirements; i++) {
        const struct requirement *requirement = &pods->requirements[i];
        const struct class_set *set;

        if (requirement->operator != OPERATOR_IN || requirement->n_values != 1)
            continue;
        set = names_find(&classes->by_label, label_key(classes->arena, requirement->key, requirement->values[0]));
        if (!set)
            return &none;
        if (set->n < best->n)
            best = set;
    }
    return best;
}

static bool is_selected(const struct workload *workload, const char *namespace, const struct selector *namespaces,
                        const struct selector *pods)
{
    if (namespaces ? !selector_matches(namespaces, workload->namespace->labels, workload->namespace->n_labels)
                   : workload->public.namespace_name != namespace)
        return false;
    return selector_matches(pods, workload->public.labels, workload->public.n_labels);
}

struct class_set classes_select(const struct classes *classes, const char *namespace, const struct selector *namespaces,
                                const struct selector *pods)
{
    struct class_set from = *with_labels(classes, pods), selected = {0};

    if (from.is_all && namespaces && !namespaces->n_requirements && !pods->n_requirements)
        return from;
    if (from.is_all && namespaces && namespaces->n_requirements)
        from = in_namespaces(classes, namespaces);
    else if (!namespaces && in_namespace(classes, namespace)->n < from.n)
        from = *in_namespace(classes, namespace);
    selected.items = arena_room(classes->arena, from.n, sizeof *selected.items);
    for (size_t i = 0; i < from.n; i++)
        if (is_selected(classes->items[from.items[i]].workload, namespace, namespaces, pods))
            selected.items[selected.n++] = from.items[i];
    selected.is_all = selected.n == classes->pods.n;
    return selected;
}

struct class_set classes_with_port(const struct classes *classes, const char *name, enum hd_transport transport)
{
    const struct class_set *set = names_find(&classes->by_port, port_key(classes->arena, name, transport));

    return set ? *set : (struct class_set){0};
}

struct class_set class_set_union(struct arena *arena, struct class_set left, struct class_set right)
{
    struct class_set all = {0};
    size_t l = 0, r = 0;

    if (!left.n || right.is_all)
        return right;
    if (!right.n || left.is_all)
        return left;
    all.items = arena_room(arena, left.n + right.n, sizeof *all.items);
    while (l < left.n || r < right.n) {
        bool is_left = r == right.n || (l < left.n && left.items[l] <= right.items[r]);

        if (is_left && r < right.n && left.items[l] == right.items[r])
            r++;
        all.items[all.n++] = is_left ? left.items[l++] : right.items[r++];
    }
    return all;
}

bool class_set_has(const struct class_set *set, uint32_t class)
{
    size_t begin = 0, end = set->n;

    while (begin < end) {
        size_t middle = begin + (end - begin) / 2;

        if (set->items[middle] == class)
            return true;
        if (set->items[middle] < class)
            begin = middle + 1;
        else
            end = middle;
    }
    return false;
}
