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

/* The longest value of a cookie, and the most terms of a match. (Gateway API: HTTPRouteMatch) */
enum { MOST_COOKIE = 256, MOST_TERMS = 16 };

/* Whether a mesh tells the versions apart; whether they have weights; and whether weights or matches choose for all callers. */
bool has_subsets(const struct hd_service *service);
bool has_weights(const struct hd_service *service);
bool chooses_version(const struct hd_service *service);
/* Whether routes lead to Services of the versions, because the Gateway API knows no subsets. */
bool has_version_services(const struct hd_model *model, const struct hd_service *service);
const struct hd_version *version_named(const struct hd_service *service, const char *name);

/*
 * Goes over what requests are told apart by, from the most terms down: the matches with their versions, and at last the rest (both NULL), so
 * that every service has one choice; NULL as service has the rest alone. All zero before the first.
 */
struct choice {
    const struct hd_version *version;
    const struct hd_version_match *match;
    size_t fewer, next_version, next_match;
    int is_rest;
};
bool next_choice(const struct hd_service *service, struct choice *choice);
/* The same for a way in; one that leads to one version, to other services or nowhere has the rest alone. */
bool next_route_choice(const struct route *route, struct choice *choice);
/* How many these are. */
size_t n_route_choices(const struct route *route);

/* Length of a reference of an image without its tag and digest. */
int image_stem(const char *reference);

#endif
