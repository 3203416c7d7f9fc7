/* The kinds of objects that are read, each with the function that reads it. */
#ifndef HD_CLUSTER_KINDS_H
#define HD_CLUSTER_KINDS_H

#include "cluster.h"
#include "manifest.h"

struct kind {
    const char *group, *name;
    /* Whether its objects have no namespace. */
    bool is_global;
    /* Reads an object, whose root is a mapping. The caller leaves the object out when the function refused it. */
    void (*read)(struct hd_cluster *cluster, const struct field *root);
};

/* NULL when objects of this kind are not read. The version does not matter. */
const struct kind *kind_named(const char *group, const char *name);

void read_namespace(struct hd_cluster *cluster, const struct field *root);
void read_network_policy(struct hd_cluster *cluster, const struct field *root);
/*
 * Pod; controllers such as Deployment, which have a template of pods in `spec`; CronJob, which has it in `spec.jobTemplate.spec`; KEDA's
 * ScaledJob, which has it in `spec.jobTargetRef`.
 */
void read_pod(struct hd_cluster *cluster, const struct field *root);
void read_controller(struct hd_cluster *cluster, const struct field *root);
void read_cron_job(struct hd_cluster *cluster, const struct field *root);
void read_scaled_job(struct hd_cluster *cluster, const struct field *root);
/* Service, and the kinds that lead requests from outside to it: Ingress, OpenShift's Route, routes of the Gateway API, VirtualService. */
void read_service(struct hd_cluster *cluster, const struct field *root);
void read_ingress(struct hd_cluster *cluster, const struct field *root);
void read_route(struct hd_cluster *cluster, const struct field *root);
void read_gateway_route(struct hd_cluster *cluster, const struct field *root);
void read_virtual_service(struct hd_cluster *cluster, const struct field *root);
/* What Istio's layer decides by; a Gateway of the Gateway API is read when it is a waypoint, whose pods Istio makes. */
void read_authorization_policy(struct hd_cluster *cluster, const struct field *root);
void read_peer_authentication(struct hd_cluster *cluster, const struct field *root);
void read_sidecar(struct hd_cluster *cluster, const struct field *root);
void read_service_entry(struct hd_cluster *cluster, const struct field *root);
void read_gateway(struct hd_cluster *cluster, const struct field *root);

#endif
