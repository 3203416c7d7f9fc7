/* Pods of the application's own namespace that are none of its services: the default deny holds for them too. */
#include "foreign.h"

#include "core/text/among.h"

#include <string.h>

/* The labels by which NetworkPolicies among the objects select pods, and those of pods that were told, as `key=value`. */
struct selected {
    struct checker *checker;
    struct names labels;
    /* Whether one selects all pods, or by expressions, which are not read. */
    bool all;
};

static const char *label_of(struct selected *selected, const char *key, const char *value)
{
    return arena_printf(&selected->checker->scratch, "%s=%s", key, value);
}

static void add_label(struct selected *selected, const char *key, const char *value)
{
    names_add(&selected->labels, label_of(selected, key, value), selected);
}

static bool has_label(struct selected *selected, const char *key, const char *value)
{
    return selected->all || names_find(&selected->labels, label_of(selected, key, value));
}

/* The first label of each is enough, because others are seldom without it. */
static void list_policies(struct selected *selected)
{
    const struct hd_model *model = selected->checker->model;

    names_init(&selected->checker->scratch, &selected->labels, model->foreign.n);
    for (size_t i = 0; i < model->foreign.n; i++) {
        const struct foreign_object *object = &model->foreign.objects[i];
        const struct node *labels = foreign_value(object->root, "spec.podSelector.matchLabels");

        if (strcmp(object->kind, "NetworkPolicy") != 0 || !foreign_is_here(model, object->namespace_name))
            continue;
        if (labels && labels->n_items > 1 && labels->items[1]->kind == NODE_SCALAR)
            add_label(selected, labels->items[0]->text, labels->items[1]->text);
        else
            selected->all = true;
    }
}

static void check_external(struct selected *selected, const struct hd_external *external)
{
    const struct hd_pair *labels = external->pod_labels;
    bool has_policy = selected->all;

    for (size_t i = 0; i < external->n_pod_labels; i++)
        has_policy |= has_label(selected, labels[i].name, labels[i].value);
    if (!has_policy)
        check_neighbour(selected->checker, external->namespace_name, AT(external, namespace_name), text_or(external->name, "this external"));
}

/* The value that stands beside the spec of an object's pods, or in it. */
static const struct node *beside_spec(const struct foreign_object *object, struct arena *arena, const char *path)
{
    const char *spec = foreign_pod_path(object);

    return spec ? foreign_value(object->root, arena_printf(arena, "%.*s%s", (int)(strlen(spec) - strlen("spec")), spec, path)) : NULL;
}

static bool has_known_label(struct selected *selected, const struct node *labels)
{
    for (uint32_t i = 0; labels->kind == NODE_MAPPING && i < labels->n_items; i += 2)
        if (labels->items[i + 1]->kind == NODE_SCALAR &&
            has_label(selected, labels->items[i]->text, labels->items[i + 1]->text))
            return true;
    return false;
}

/* Policies do not hold for pods in the network of their node. */
static void check_workload(struct selected *selected, const struct foreign_object *object)
{
    struct checker *checker = selected->checker;
    const struct node *labels = beside_spec(object, &checker->scratch, "metadata.labels");
    struct finding *finding;

    if (!labels || !foreign_is_here(checker->model, object->namespace_name) || has_known_label(selected, labels) ||
        beside_spec(object, &checker->scratch, "spec.hostNetwork"))
        return;
    finding = foreign_finding(checker->report, HD_CLOSED_NEIGHBOUR, object->path, object->root, CLOSED_NEIGHBOUR,
                              arena_printf(&checker->scratch, "the %s %s", object->kind, object->name));
    finding->where = AT_STRUCT(object->entry);
    finding->service = object->service;
    hint(finding, CLOSED_NEIGHBOUR_HINT);
}

void check_foreign_neighbours(struct checker *checker)
{
    /* Neighbours have policies of their own, which their own models say. */
    size_t n_externals = checker->model->given->n_externals;
    const struct hd_external *externals = checker->app->externals;
    struct selected selected = {.checker = checker};

    if (!checker->app->namespace_name)
        return;
    list_policies(&selected);
    for (size_t i = 0; i < n_externals; i++)
        check_external(&selected, &externals[i]);
    for (size_t i = 0; i < n_externals; i++)
        for (size_t k = 0; foreign_is_here(checker->model, externals[i].namespace_name) && k < externals[i].n_pod_labels; k++)
            add_label(&selected, externals[i].pod_labels[k].name, externals[i].pod_labels[k].value);
    for (size_t i = 0; i < checker->model->foreign.n; i++)
        check_workload(&selected, &checker->model->foreign.objects[i]);
}
