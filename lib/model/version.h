/* Versions of a service that run at the same time, as plans and emitters look at them: those of the model, or the two of a plain canary. */
#ifndef HD_MODEL_VERSION_H
#define HD_MODEL_VERSION_H

#include "model.h"

/* The label of the pods of a version; its value is the version's name. */
#define LABEL_VERSION "version"

struct version {
    const char *name;
    /* What the name of its Deployment ends with, after that of the service; NULL for the service's name alone. */
    const char *suffix;
    /* As the model gives it; NULL in a plain canary. */
    const struct hd_version *given;
    /* The image of its container; only in the plan. */
    const char *image;
    /* The tag of its image, where it differs from the service's. */
    const char *tag;
    /* Unset where the service's own number counts. */
    struct hd_opt_int replicas;
    struct hd_opt_int weight;
    /* Labels of its objects and pods; pods of the version are selected by the first. */
    struct hd_pair labels[2];
    size_t n_labels;
};

/* 0 for a service with one Deployment that nothing needs to be told apart from. */
size_t n_versions(const struct hd_service *service);
struct version version_at(const struct hd_service *service, size_t index);
/* The same for the plan, with its image. */
const struct version *plan_version(struct hd_model *model, const struct hd_service *service, size_t index);

/* Whether requests choose among the versions, by weight. */
bool chooses_version(const struct hd_service *service);

/* Length of a reference of an image without its tag and digest. */
int image_stem(const char *reference);

#endif
