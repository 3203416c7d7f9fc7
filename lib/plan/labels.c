#include "labels.h"

#include "mesh/emit/pod.h"

#include <string.h>

enum { MOST_OWN = 6 };

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

/* Tags are longer and freer than label values. */
static const char *version_of(const struct hd_service *service)
{
    const char *tag = service ? service->container.image.tag : NULL;

    return tag && *tag && format_is_valid(&format_label_value, tag) ? tag : NULL;
}

/* The recommended labels. (Kubernetes: app.kubernetes.io) */
static struct pairs own_labels(struct hd_pair *pairs, const struct hd_model *model, const struct hd_service *service)
{
    const char *app = model->app->name, *environment = model->app->environment, *version = version_of(service);
    size_t n = 0;

    pairs[n++] = (struct hd_pair){.name = LABEL_NAME, .value = service ? service->name : app};
    pairs[n++] = (struct hd_pair){.name = LABEL_INSTANCE, .value = app};
    pairs[n++] = (struct hd_pair){.name = "app.kubernetes.io/part-of", .value = app};
    if (version)
        pairs[n++] = (struct hd_pair){.name = "app.kubernetes.io/version", .value = version};
    pairs[n++] = (struct hd_pair){.name = "app.kubernetes.io/managed-by", .value = "hybriddeploy"};
    if (environment)
        pairs[n++] = (struct hd_pair){.name = "environment", .value = environment};
    return (struct pairs){pairs, n};
}

static void emit_labels(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service, struct pairs own_last,
                        struct pairs given_last, struct pairs last)
{
    struct hd_pair own[MOST_OWN];
    struct pairs layers[] = {
        own_labels(own, model, service),
        {model->app->labels, model->app->n_labels},
        {service ? service->labels : NULL, service ? service->n_labels : 0},
        own_last,
        given_last,
        last,
    };

    emit_layers(y, "labels", layers, sizeof layers / sizeof *layers);
}

const char *pod_label(const struct hd_model *model, const struct hd_service *service, const char *name)
{
    struct hd_pair own[MOST_OWN];
    const struct pairs layers[] = {
        {service->pod.pod_labels, service->pod.n_pod_labels},
        mesh_pod_labels(model, service),
        {service->labels, service->n_labels},
        {model->app->labels, model->app->n_labels},
        own_labels(own, model, service),
    };

    for (size_t i = 0; i < sizeof layers / sizeof *layers; i++)
        for (size_t k = 0; k < layers[i].n; k++)
            if (layers[i].pairs[k].name && !strcmp(layers[i].pairs[k].name, name))
                return layers[i].pairs[k].value;
    return NULL;
}

void emit_object_labels(struct yaml_out *y, const struct subject *subject, struct pairs of_kind)
{
    const struct pairs none = {NULL, 0};

    emit_labels(y, subject->model, subject->service, of_kind, none, none);
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
    struct pairs last = {&delivery, delivery.name != NULL};

    if (version)
        last = (struct pairs){version->labels, version->n_labels};
    emit_labels(y, model, service, mesh_pod_labels(model, service), (struct pairs){service->pod.pod_labels, service->pod.n_pod_labels},
                last);
}

void emit_pod_annotations(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service, struct pairs own)
{
    struct mesh_annotations room;
    struct pairs layers[] = {
        own, mesh_pod_annotations(&room, model, service), {service->pod.pod_annotations, service->pod.n_pod_annotations}};

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

void emit_version_selector(struct yaml_out *y, const char *key, const struct hd_model *model, const struct hd_service *service,
                           const struct version *version)
{
    struct hd_pair delivery = version ? version->labels[0] : delivery_label(service);

    MAP(y, key) {
        emit_selector_labels(y, model, service);
        if (delivery.name)
            y_str(y, delivery.name, delivery.value);
    }
}
