/* The kinds of objects that take part, and who reads them. */
#ifndef HD_CLUSTER_KINDS_H
#define HD_CLUSTER_KINDS_H

#include "cluster.h"
#include "manifest.h"

struct kind {
    const char *group, *name;
    /* Whether its objects stand in no namespace. */
    bool is_global;
    /* Reads an object, whose root is a mapping; one that is refused is left out by the caller. */
    void (*read)(struct hd_cluster *cluster, const struct field *root);
};

/* NULL when there is no such kind among them. Versions of a kind are alike. */
const struct kind *kind_named(const char *group, const char *name);

void read_namespace(struct hd_cluster *cluster, const struct field *root);
void read_network_policy(struct hd_cluster *cluster, const struct field *root);
/* Pod; what has a template of pods in its spec; CronJob, which has it deeper. */
void read_pod(struct hd_cluster *cluster, const struct field *root);
void read_controller(struct hd_cluster *cluster, const struct field *root);
void read_cron_job(struct hd_cluster *cluster, const struct field *root);
/* What leads requests in: Ingress, OpenShift's Route, the routes of the Gateway API, VirtualService; and Service, to which they lead. */
void read_service(struct hd_cluster *cluster, const struct field *root);
void read_ingress(struct hd_cluster *cluster, const struct field *root);
void read_route(struct hd_cluster *cluster, const struct field *root);
void read_gateway_route(struct hd_cluster *cluster, const struct field *root);
void read_virtual_service(struct hd_cluster *cluster, const struct field *root);

#endif
