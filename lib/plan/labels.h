/* Labels, annotations and names of objects and pods. */
#ifndef HD_PLAN_LABELS_H
#define HD_PLAN_LABELS_H

#include "model/delivery.h"
#include "model/labels.h"
#include "model/version.h"
#include "plan.h"

/* metadata.labels and metadata.annotations: the library's, then the application's, the service's, the kind's; later ones win. */
void emit_object_labels(struct yaml_out *y, const struct subject *subject, bool runs_image, struct pairs of_kind);
void emit_object_annotations(struct yaml_out *y, const struct subject *subject, struct pairs of_kind);

/* The labels of a service's pods; of those of one version where `version` is not NULL. */
void emit_pod_labels(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service, const struct version *version);
/* Their annotations; `own` are the library's. */
void emit_pod_annotations(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service, struct pairs own);

/* The two labels that select a service's pods; they never change, since selectors are immutable. */
void emit_selector_labels(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service);
void emit_selector(struct yaml_out *y, const char *key, const struct hd_model *model, const struct hd_service *service);

/* The selector of a service's workload, which the model may give because it runs already. */
void emit_workload_selector(struct yaml_out *y, const char *key, const struct hd_model *model, const struct hd_service *service);

/* The same, and what a delivery adds to tell two versions apart. */
void emit_version_selector(struct yaml_out *y, const char *key, const struct hd_model *model, const struct hd_service *service,
                           const struct version *version);

/* `<service>-<suffix>` as the value of a key. */
void emit_derived(struct yaml_out *y, const char *key, const struct hd_service *service, const char *suffix);

#endif
