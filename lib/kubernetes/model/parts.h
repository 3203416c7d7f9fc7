/* The functions of the concepts of this family; family.c and service_parts.c call them in their order. */
#ifndef HD_KUBERNETES_MODEL_PARTS_H
#define HD_KUBERNETES_MODEL_PARTS_H

#include "model/family.h"

/* Phases of a service. */
void resolve_before_defaults(const struct resolving *resolving);
void resolve_requests_of_service(const struct resolving *resolving);
void resolve_image_of_service(const struct resolving *resolving);
void resolve_pods(const struct resolving *resolving);

/* Parts of every container. `base` (may be NULL) and the name of the service say what an image leaves out. */
void resolve_image(struct hd_model *model, struct hd_image *image, const struct hd_image *base, const char *service_name);
void resolve_security_context(struct hd_security_context *context);
/* Lowers requests of the library's to limits that the user gave: no pod could have both. */
void resolve_requests(struct hd_model *model, struct hd_resources *resources, const struct hd_resources *library);
/* Variables stand behind those that they use. */
void resolve_env_order(struct hd_model *model, struct hd_container *container);
/* Before the library's defaults: its probes ask by HTTP, which not every port speaks. */
void resolve_probes_of_ports(struct hd_service *service);
void resolve_probes(struct hd_model *model, struct hd_container *container);
/* The largest size of a ConfigMap. (Kubernetes: core/v1 validation) */
enum { LARGEST_CONFIG = 1024 * 1024 };
/* The key of a configuration file in its ConfigMap, where the model gives none: the last part of its path. */
const char *config_file_key(const char *path);
/* Reads the files that configuration comes from. `name` is NULL for a service's own container. */
void resolve_config_files(struct hd_model *model, struct hd_container *container, const char *name, struct hd_diagnostics *report);

/* Some of the node's disk for what a container writes there: logs, and scratch files in /tmp. */
void resolve_scratch(struct hd_model *model, struct hd_container *container);

/* Parts of a service. */
void resolve_disruption_budget(struct hd_model *model, struct hd_service *service);
void resolve_strategy(struct hd_service *service);
/* Before the library's defaults: an update that cannot go on is no default. */
void resolve_strategy_of_claims(struct hd_service *service);
void resolve_job(struct hd_service *service);
void resolve_lifecycle(struct hd_model *model, struct hd_service *service);
void resolve_service_account(struct hd_service *service);
void resolve_volumes(struct hd_service *service);
/* After the container of the service. */
void resolve_versions(struct hd_model *model, struct hd_service *service);
void resolve_extra_services(struct hd_model *model, struct hd_service *service);

/* Checks of the application. */
void check_application_labels(struct checker *checker);
/* Warn of annotations whose values the controller nginx, and Istio's sidecars, do not understand. */
void check_annotations_of_ingress(struct checker *checker);
void check_workload_selectors(struct checker *checker);
void check_bounds_of_namespace(struct checker *checker);
/* Of pods that keep each other from every node. */
void check_exclusion(struct checker *checker);
/* The tag that the application gives to all images. */
void check_image_tag(struct checker *checker);
/* Checks of a service. */
void check_service_labels(struct checker *checker, const struct hd_service *service);
void check_annotations_of_pods(struct checker *checker, const struct hd_service *service);
void check_workload_selector(struct checker *checker, const struct hd_service *service);
void check_service_object(struct checker *checker, const struct hd_service *service);
/* What holds for a Service whatever its ports. */
void check_object_of_service(struct checker *checker, const struct hd_service_object *object);
void check_node_port(struct checker *checker, const struct hd_service_object *object, int64_t number, struct where where);
void check_extra_services(struct checker *checker, const struct hd_service *service);
void check_env(struct checker *checker, const struct hd_service *service);
/* Texts of variables, commands and arguments. */
void check_texts(struct checker *checker, const struct hd_service *service);
/* Data that is lost by scaling; affinity that a mesh passes over. */
void check_data(struct checker *checker, const struct hd_service *service);
/* Files that are written where the file system is read-only. */
void check_writing(struct checker *checker, const struct hd_service *service);
/* Figures in the wrong unit, and targets that no pod reaches. */
void check_units(struct checker *checker, const struct hd_service *service);
/* What the API server takes, and what does something else than people expect of it. */
void check_sense(struct checker *checker, const struct hd_service *service);
void check_config_files(struct checker *checker, const struct hd_service *service);
void check_way_to_api(struct checker *checker, const struct hd_service *service);
void check_service_account(struct checker *checker, const struct hd_service *service);
/* Fill in the parts of the pods, and their number. */
void check_pods(struct checker *checker, const struct hd_service *service);

/* Gives the words to write instead of a key that a manifest has and the struct does not; NULL for any other key. */
const char *kubernetes_key_hint(const struct hd_struct *type, const char *key);

struct peer;
/* Lets KEDA's operator reach what triggers ask; and marks the externals that they ask. */
void add_trigger_edges(struct hd_model *model, const struct peer *self);
void mark_asked_externals(const struct hd_model *model, bool *used);

#endif
