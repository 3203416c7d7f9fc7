#include "labels.h"

#include "core/text/joined.h"

#include <string.h>

static bool has_pair(struct pairs pairs, const char *name)
{
    for (size_t i = 0; i < pairs.n; i++)
        if (!strcmp(pairs.pairs[i].name, name))
            return true;
    return false;
}

/* A pair is written where it is given last, so that no key comes twice. */
static void emit_layers(struct yaml_out *y, const char *key, const struct pairs *layers, size_t n_layers)
{
    while (n_layers && !layers[n_layers - 1].n)
        n_layers--;
    MAP(y, key)
        for (size_t i = 0; i < n_layers; i++)
            for (size_t k = 0; k < layers[i].n; k++) {
                const struct hd_pair *pair = &layers[i].pairs[k];
                bool given_later = false;

                for (size_t later = i + 1; later < n_layers; later++)
                    given_later |= has_pair(layers[later], pair->name);
                if (!given_later)
                    y_str(y, pair->name, pair->value);
            }
}

void emit_object_labels(struct yaml_out *y, const struct subject *subject, bool runs_image, struct pairs of_kind)
{
    const struct hd_app *app = subject->model->app;
    const struct hd_service *service = subject->service;
    struct hd_pair own[MOST_OWN_LABELS];
    struct pairs layers[] = {
        own_labels(own, subject->model, service, runs_image),
        {app->labels, app->n_labels},
        {service ? service->labels : NULL, service ? service->n_labels : 0},
        of_kind,
    };

    emit_layers(y, "labels", layers, sizeof layers / sizeof *layers);
}

void emit_object_annotations(struct yaml_out *y, const struct subject *subject, struct pairs of_kind)
{
    const struct hd_app *app = subject->model->app;
    const struct hd_service *service = subject->service;
    struct pairs layers[] = {
        {app->annotations, app->n_annotations},
        {service ? service->annotations : NULL, service ? service->n_annotations : 0},
        of_kind,
    };

    emit_layers(y, "annotations", layers, sizeof layers / sizeof *layers);
}

void emit_pod_labels(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service, const struct version *version)
{
    struct hd_pair delivery = delivery_label(service);
    struct pod_labels labels;

    find_pod_labels(&labels, model, service);
    labels.layers[N_LABEL_LAYERS] =
        version ? (struct pairs){version->labels, version->n_labels} : (struct pairs){&delivery, delivery.name != NULL};
    emit_layers(y, "labels", labels.layers, N_LABEL_LAYERS + 1);
}

void emit_pod_annotations(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service, struct pairs own)
{
    struct pair_room rooms[N_FAMILIES];
    struct pairs layers[N_FAMILIES + 2] = {own};

    for (size_t f = 0; f < N_FAMILIES; f++)
        layers[f + 1] = families[f]->pod_annotations ? families[f]->pod_annotations(&rooms[f], model, service) : (struct pairs){NULL, 0};
    layers[N_FAMILIES + 1] = (struct pairs){service->pod.pod_annotations, service->pod.n_pod_annotations};
    emit_layers(y, "annotations", layers, sizeof layers / sizeof *layers);
}

void emit_selector_labels(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service)
{
    y_str(y, LABEL_NAME, service->name);
    y_str(y, LABEL_INSTANCE, model->app->name);
}

void emit_selector(struct yaml_out *y, const char *key, const struct hd_model *model, const struct hd_service *service)
{
    MAP(y, key)
        emit_selector_labels(y, model, service);
}

void emit_workload_selector(struct yaml_out *y, const char *key, const struct hd_model *model, const struct hd_service *service)
{
    if (!service->n_selector) {
        emit_selector(y, key, model, service);
        return;
    }
    MAP(y, key)
        for (size_t i = 0; i < service->n_selector; i++)
            y_str(y, service->selector[i].name, service->selector[i].value);
}

void emit_version_selector(struct yaml_out *y, const char *key, const struct hd_model *model, const struct hd_service *service,
                           const struct version *version)
{
    struct hd_pair delivery = version ? version->labels[0] : delivery_label(service);

    if (!delivery.name) {
        emit_workload_selector(y, key, model, service);
        return;
    }
    MAP(y, key) {
        emit_selector_labels(y, model, service);
        y_str(y, delivery.name, delivery.value);
    }
}

/* Both parts have passed their checks, and are DNS labels. */
void emit_derived(struct yaml_out *y, const char *key, const struct hd_service *service, const char *suffix)
{
    char text[128];

    y_str(y, key, JOINED(text, service->name, "-", suffix));
}
