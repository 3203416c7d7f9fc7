#include "labels.h"

#include "core/text/format.h"
#include "model.h"

#include <string.h>

/* Tags are longer and freer than label values. */
static const char *version_of(const struct hd_service *service)
{
    const char *tag = service ? service->container.image.tag : NULL;

    return tag && *tag && format_is_valid(&format_label_value, tag) ? tag : NULL;
}

struct pairs own_labels(struct hd_pair own[MOST_OWN_LABELS], const struct hd_model *model, const struct hd_service *service, bool runs_image)
{
    const char *app = model->app->name, *environment = model->app->environment, *version = runs_image ? version_of(service) : NULL;
    size_t n = 0;

    own[n++] = (struct hd_pair){.name = LABEL_NAME, .value = service ? service->name : app};
    own[n++] = (struct hd_pair){.name = LABEL_INSTANCE, .value = app};
    own[n++] = (struct hd_pair){.name = LABEL_PART_OF, .value = app};
    if (version)
        own[n++] = (struct hd_pair){.name = "app.kubernetes.io/version", .value = version};
    own[n++] = (struct hd_pair){.name = LABEL_MANAGED_BY, .value = MANAGER};
    if (environment)
        own[n++] = (struct hd_pair){.name = "environment", .value = environment};
    return (struct pairs){own, n};
}

void find_pod_labels(struct pod_labels *labels, const struct hd_model *model, const struct hd_service *service)
{
    struct pairs *layer = labels->layers;

    *layer++ = own_labels(labels->own, model, service, true);
    *layer++ = (struct pairs){model->app->labels, model->app->n_labels};
    *layer++ = (struct pairs){service->labels, service->n_labels};
    for (size_t f = 0; f < N_FAMILIES; f++)
        *layer++ = families[f]->pod_labels ? families[f]->pod_labels(&labels->rooms[f], model, service) : (struct pairs){NULL, 0};
    *layer++ = (struct pairs){service->pod.pod_labels, service->pod.n_pod_labels};
    *layer = (struct pairs){service->selector, service->n_selector};
}

const char *pod_label(const struct hd_model *model, const struct hd_service *service, const char *name)
{
    struct pod_labels labels;

    find_pod_labels(&labels, model, service);
    for (size_t i = N_LABEL_LAYERS; i-- > 0;)
        for (size_t k = 0; k < labels.layers[i].n; k++)
            if (labels.layers[i].pairs[k].name && !strcmp(labels.layers[i].pairs[k].name, name))
                return labels.layers[i].pairs[k].value;
    return NULL;
}
