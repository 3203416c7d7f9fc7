/* The list of manifests. */
#ifndef HD_PLAN_PLAN_H
#define HD_PLAN_PLAN_H

#include "core/writing/writer.h"
#include "model/family.h"

/* The source of a manifest: an object of the model, and the service it belongs to (NULL for the application's own). */
struct subject {
    const struct hd_model *model;
    const struct hd_service *service;
    const void *object;
    const struct hd_manifest *manifest;
};

/* One kind of manifest. */
struct plan_row {
    /* Order of application, 0 to 99: lower first. Kinds of the same step may come in any order. */
    int step;
    /* Its place among all kinds, where that is not the step; 0 where it is. */
    int order;
    struct hd_kind_info info;
    bool cluster_wide;
    /* Whether what runs the library's own collectors is made of this kind too. */
    bool of_collectors;
    /* Whether its pods run the service's image, so that it has the label of the image's version. */
    bool runs_image;
    /* The API version for the model's targets, where it is not always that of `info`; may be NULL. */
    const char *(*version)(const struct hd_model *model);
    /* Adds the manifests of this kind through plan_add(): those of the application, and those of one service. */
    void (*plan_app)(struct hd_model *model, const struct plan_row *row);
    void (*plan_service)(struct hd_model *model, const struct plan_row *row, const struct hd_service *service);
    /* Labels and annotations that only this kind has; may be NULL. */
    struct pairs (*labels)(const struct subject *subject);
    struct pairs (*annotations)(const struct subject *subject);
    /* Writes what stands below apiVersion, kind and metadata; these too where `is_whole` says so. */
    bool is_whole;
    void (*emit)(struct yaml_out *y, const struct subject *subject);
};

struct planned {
    const struct plan_row *row;
    const struct hd_service *service;
    const void *object;
};

/* The place of a kind among all kinds. */
int plan_order(const struct plan_row *row);
void plan_build(struct hd_model *model);
/* Names of generated objects: short enough after their suffixes, and each given once. */
void check_object_names(struct checker *checker);
void plan_add(struct hd_model *model, const struct plan_row *row, const char *name, const struct hd_service *service, const void *object);
/* The same for an object of the application that stands in another namespace. */
void plan_add_in(struct hd_model *model, const struct plan_row *row, const char *namespace_name, const char *name, const void *object);

/* Writes manifest `index` as one document. */
void plan_emit(struct yaml_out *y, const struct hd_model *model, size_t index);

#endif
