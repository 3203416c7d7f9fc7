/* Labels of objects and pods. */
#ifndef HD_MODEL_LABELS_H
#define HD_MODEL_LABELS_H

#include "family.h"

#define LABEL_NAME "app.kubernetes.io/name"
#define LABEL_INSTANCE "app.kubernetes.io/instance"
#define LABEL_PART_OF "app.kubernetes.io/part-of"
#define LABEL_MANAGED_BY "app.kubernetes.io/managed-by"
/* The value of LABEL_MANAGED_BY on all objects that are generated. */
#define MANAGER "hybriddeploy"

/*
 * The recommended labels. (Kubernetes: app.kubernetes.io) `own` is room for them. The version is a label of what runs the image alone, so that a
 * release changes no other object.
 */
enum { MOST_OWN_LABELS = 6 };
struct pairs own_labels(struct hd_pair own[MOST_OWN_LABELS], const struct hd_model *model, const struct hd_service *service, bool runs_image);

/* The labels of a service's pods, but for those that tell versions apart; those of later layers win. There is room for one more. */
enum { N_LABEL_LAYERS = 5 + N_FAMILIES };
struct pod_labels {
    struct hd_pair own[MOST_OWN_LABELS];
    struct pair_room rooms[N_FAMILIES];
    struct pairs layers[N_LABEL_LAYERS + 1];
};
void find_pod_labels(struct pod_labels *labels, const struct hd_model *model, const struct hd_service *service);
/* The value of one of them; NULL when the pods lack it. */
const char *pod_label(const struct hd_model *model, const struct hd_service *service, const char *name);

#endif
