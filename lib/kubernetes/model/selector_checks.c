/* Selectors of workloads that run already. */
#include "core/memory/names.h"
#include "core/text/among.h"
#include "model/checks.h"
#include "model/delivery.h"
#include "model/labels.h"
#include "parts.h"

#include <string.h>

/* The value of a label of the pods, as it would be without the selector; NULL when they lack it. */
static const char *label_without_selector(const struct hd_model *model, const struct hd_service *service, const char *name)
{
    struct hd_service without = *service;

    without.n_selector = 0;
    return pod_label(model, &without, name);
}

static void check_label(struct checker *checker, const struct hd_service *service, const struct hd_pair *label)
{
    const char *other = label->name && label->value ? label_without_selector(checker->model, service, label->name) : NULL;

    if (!other || !service->name || !strcmp(other, label->value))
        return;
    hint(found(checker, HD_SELECTOR_CONFLICT, AT(label, value), "the selector wants pods with %s: %s, but the pods of %s have %s", label->name,
               label->value, service->name, other),
         !strcmp(label->name, LABEL_NAME)       ? "this label is the service's name: rename the service to %s"
         : !strcmp(label->name, LABEL_INSTANCE) ? "this label is the application's name: rename the application to %s"
                                                : "give the pods the label with the value %s, or remove it from labels and podLabels",
         label->value);
}

void check_workload_selector(struct checker *checker, const struct hd_service *service)
{
    struct finding *finding;

    for (size_t i = 0; i < service->n_selector; i++)
        check_label(checker, service, &service->selector[i]);
    if (!service->name || !service->n_selector || !(delivery_label(service).name || service->n_versions))
        return;
    if (service->n_versions) {
        finding = found(checker, HD_SELECTOR_OF_DELIVERY, AT(service, selector),
                        "the versions of %s are told apart by a label in the selectors, which a given selector does not have", service->name);
        also_at(finding, AT(service, versions), "the versions");
        hint(finding, "remove selector: each version has a Deployment of its own, and the old one goes when they are ready");
        return;
    }
    finding = found(checker, HD_SELECTOR_OF_DELIVERY, AT(service, selector),
                    "the delivery of %s tells versions apart by a label in the selectors, which a given selector does not have", service->name);
    also_at(finding, AT(service, delivery), "the delivery");
    hint(finding, "let Argo Rollouts deliver it, or remove selector and let the workload be made anew");
}

/* Whether the pods of a service have all labels of the selector of another one. */
static bool are_selected(const struct hd_model *model, const struct hd_service *pods, const struct hd_service *by)
{
    for (size_t i = 0; i < by->n_selector; i++) {
        const char *value = by->selector[i].name ? pod_label(model, pods, by->selector[i].name) : NULL;

        if (!value || !by->selector[i].value || strcmp(value, by->selector[i].value) != 0)
            return false;
    }
    return true;
}

static const char *key_of(struct checker *checker, const struct hd_pair *label)
{
    return arena_printf(&checker->report->arena, "%s=%s", text_or(label->name, ""), text_or(label->value, ""));
}

/* The selectors of an application, each found by its rarest label. */
struct selectors {
    /* The number of selectors that have a label; then the last service, from 1, whose rarest label it is. */
    struct names counts, last;
    /* The service before it with the same rarest label, from 1. */
    size_t *before;
};

static size_t number_in(const struct names *names, const char *key)
{
    return (size_t)(uintptr_t)names_find(names, key);
}

static void count_labels(struct checker *checker, struct selectors *selectors, const struct hd_service *service)
{
    for (size_t i = 0; i < service->n_selector; i++) {
        const char *key = key_of(checker, &service->selector[i]);

        names_set(&selectors->counts, key, (const void *)(uintptr_t)(number_in(&selectors->counts, key) + 1));
    }
}

static void add_selector(struct checker *checker, struct selectors *selectors, size_t index)
{
    const struct hd_service *service = &checker->app->services[index];
    const char *rarest = NULL;

    for (size_t i = 0; i < service->n_selector; i++) {
        const char *key = key_of(checker, &service->selector[i]);

        if (!rarest || number_in(&selectors->counts, key) < number_in(&selectors->counts, rarest))
            rarest = key;
    }
    if (!rarest)
        return;
    selectors->before[index] = number_in(&selectors->last, rarest);
    names_set(&selectors->last, rarest, (const void *)(uintptr_t)(index + 1));
}

/* Reports a workload whose selector means these pods too: it would count them as its own. */
static bool report_selector_with(struct checker *checker, const struct selectors *selectors, const struct hd_service *pods, const char *label)
{
    for (size_t i = number_in(&selectors->last, label); i; i = selectors->before[i - 1]) {
        const struct hd_service *by = &checker->app->services[i - 1];
        struct finding *finding;

        if (by == pods || !by->name || !pods->name || !are_selected(checker->model, pods, by))
            continue;
        finding = found(checker, HD_SELECTOR_SHARED, AT(by, selector), "the selector of %s means the pods of %s too", by->name, pods->name);
        also_at(finding, AT(pods, name), "the other service");
        hint(finding, "give the selector of the running workload whole, or change the labels of %s", pods->name);
        return true;
    }
    return false;
}

static void check_pods_of(struct checker *checker, const struct selectors *selectors, const struct hd_service *pods)
{
    struct pod_labels labels;

    find_pod_labels(&labels, checker->model, pods);
    for (size_t l = 0; l < N_LABEL_LAYERS; l++)
        for (size_t i = 0; i < labels.layers[l].n; i++)
            if (report_selector_with(checker, selectors, pods, key_of(checker, &labels.layers[l].pairs[i])))
                return;
}

void check_workload_selectors(struct checker *checker)
{
    const struct hd_app *app = checker->app;
    struct arena *arena = &checker->report->arena;
    struct selectors selectors;
    size_t n = 0;

    for (size_t i = 0; i < app->n_services; i++)
        n += app->services[i].n_selector;
    if (!n)
        return;
    names_init(arena, &selectors.counts, n);
    names_init(arena, &selectors.last, n);
    selectors.before = arena_array(arena, app->n_services, sizeof *selectors.before);
    for (size_t i = 0; i < app->n_services; i++)
        count_labels(checker, &selectors, &app->services[i]);
    for (size_t i = 0; i < app->n_services; i++)
        add_selector(checker, &selectors, i);
    for (size_t i = 0; i < app->n_services; i++)
        check_pods_of(checker, &selectors, &app->services[i]);
}
