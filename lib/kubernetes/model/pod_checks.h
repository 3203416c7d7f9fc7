/* Rules for the pods of one service; each stands in the file of its concept. */
#ifndef HD_KUBERNETES_MODEL_POD_CHECKS_H
#define HD_KUBERNETES_MODEL_POD_CHECKS_H

#include "model/claim.h"
#include "model/container.h"
#include "model/resolve.h"
#include "model/resources.h"

/* Whether a container requests it; a limit without a request is one. Amounts that are not valid count: they are reported. */
bool resource_is_requested(const struct hd_container *container, const char *name);

void check_containers(struct checker *checker, const struct hd_service *service);
void check_image(struct checker *checker, const struct container_in *in);
/* Whether an image has a tag that means one image. */
void check_image_reference(struct checker *checker, const struct hd_image *image);
void tell_latest(struct checker *checker, struct where where);
void check_resources(struct checker *checker, const struct container_in *in);
/* Whether an amount is negative, which is told. */
bool tell_negative(struct checker *checker, const struct hd_quantity *quantity);
/* Each amount by itself, and requests against limits. */
void check_amounts(struct checker *checker, const struct hd_container *container);
void check_container_env(struct checker *checker, const struct hd_service *service, const struct hd_container *container);
void check_versions(struct checker *checker, const struct hd_service *service);
/* Variables that values, commands and arguments use: `$(NAME)`. */
void check_references(struct checker *checker, const struct hd_service *service, const struct hd_container *container);
void check_probes(struct checker *checker, const struct container_in *in);
/* Whether a probe asks in the protocol of its port. */
void check_probe_protocol(struct checker *checker, const struct container_in *in, const struct hd_probe *probe);
void check_lifecycle(struct checker *checker, const struct container_in *in);
/* The first word of a command, at `where`; NULL when there is none. */
void check_program(struct checker *checker, struct where where, const char *program);
/* Rules for an HTTP request to the container. */
void check_http_get(struct checker *checker, const struct container_in *in, const struct hd_http_get_action *action);

void check_security_context(struct checker *checker, const struct container_in *in);

void check_pod_security_context(struct checker *checker, const struct hd_service *service);
/* Reports the settings that the Pod Security Standard of the namespace forbids. */
void check_pod_security(struct checker *checker, const struct hd_service *service);
void check_pod_network(struct checker *checker, const struct hd_service *service);

void check_volumes(struct checker *checker, const struct hd_service *service);
void check_claims(struct checker *checker, const struct hd_service *service, const struct hd_volume *volume);
/* Whether a volume that is mounted so cannot be written to; it may be NULL when nobody knows it. */
bool volume_is_read_only(const struct hd_volume *volume, enum hd_bool read_only);
/* Mounts of volumes into containers. */
void check_mounted_volumes(struct checker *checker, const struct hd_service *service);

/* Keys of the pods' own labels, by which a rule compares pods. */
void check_label_keys_of_term(struct checker *checker, const struct hd_service *service, const struct hd_pod_affinity_term *term);
void check_label_keys_of_spread(struct checker *checker, const struct hd_service *service, const struct hd_topology_spread *spread);
void check_scheduling(struct checker *checker, const struct hd_service *service);

/* Whether the autoscaler compares the container's cpu or memory with its request; without one it is reported there. */
bool autoscaling_measures(const struct container_in *in, const char *resource);
/* Reports more than all pods. */
void check_percent(struct checker *checker, struct where where, const char *text);
void check_disruption_budget(struct checker *checker, const struct hd_service *service);
/* Seconds until an update counts as failed. */
int64_t progress_deadline(const struct hd_service *service);
void check_strategy(struct checker *checker, const struct hd_service *service);
void check_job(struct checker *checker, const struct hd_service *service);
void check_triggers(struct checker *checker, const struct hd_service *service);
/* The parameters of a trigger. */
void check_trigger_metadata(struct checker *checker, const struct hd_trigger *trigger);
void check_autoscaling(struct checker *checker, const struct hd_service *service);

/* Folders that are mounted: files, rights and data in them. */
void check_folders(struct checker *checker, const struct hd_service *service);
/* Nodes that no node can be. */
void check_nodes(struct checker *checker, const struct hd_pod *pod);
/* The name of an official image, without registry, tag and digest, which end at *ret_length; NULL for any other image. */
const char *official_image(const char *reference, size_t *ret_length);
/* Probes that end pods that are well. */
void check_probes_sense(struct checker *checker, const struct hd_service *service);

#endif
