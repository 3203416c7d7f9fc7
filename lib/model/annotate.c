#include "model.h"
#include "resolve.h"

#include <string.h>

void pod_annotate(struct hd_model *model, struct hd_pod *pod, const char *name, const char *value)
{
    struct hd_pair *annotations;

    for (size_t i = 0; i < pod->n_pod_annotations; i++)
        if (pod->pod_annotations[i].name && !strcmp(pod->pod_annotations[i].name, name))
            return;
    annotations = arena_longer(&model->arena, pod->pod_annotations, pod->n_pod_annotations, sizeof *annotations);
    annotations[pod->n_pod_annotations++] = (struct hd_pair){.name = name, .value = value};
    pod->pod_annotations = annotations;
}
