/* The pods and claims of the application that quotas count in a namespace: at rest, and in the largest step of an update. */
#ifndef HD_KUBERNETES_MODEL_ADMISSION_H
#define HD_KUBERNETES_MODEL_ADMISSION_H

#include "core/text/quantity.h"
#include "model/checks.h"

/* The amount that one line of a quota limits. */
struct counted {
    enum { COUNTED_PODS, COUNTED_REQUESTS, COUNTED_LIMITS, COUNTED_CLAIMS, COUNTED_STORAGE } what;
    /* The resource of requests and limits. */
    const char *resource;
    /* Of claims and storage: the storage class; of any when it is empty. */
    const char *class_name;
    size_t class_length;
};

/* False for a line that counts something else. */
bool counted_by(const char *line, struct counted *counted);

/* A workload: a service, a collector, or the waypoint of an ambient mesh, which is no service. */
struct workload {
    const char *name;
    const struct hd_service *service;
    /* Pods at rest. */
    int64_t fewest, most;
    /* Pods that an update, or a run of a cron job, adds before it takes any away, at the fewest and at the most; and what says so. */
    int64_t extra, most_extra;
    const char *because;
    struct where where;
};
size_t n_workloads(const struct hd_model *model);
struct workload workload_at(const struct hd_model *model, size_t index);

/* Whether a container has an amount of the resource, even 0, and how much: with the defaults of the API server and of limit ranges. */
bool container_has_amount(const struct hd_app *app, const struct hd_container *container, const struct counted *counted);
struct amount amount_of_container(const struct hd_app *app, const struct hd_container *container, const struct counted *counted);
/*
 * The amount of one pod: its running containers together, or more where an init container takes more. (Kubernetes: pod's effective request)
 */
struct amount amount_of_pod(const struct hd_model *model, const struct workload *workload, const struct counted *counted);
/* The amount that a workload needs once, however many pods it has. */
struct amount amount_once(const struct workload *workload, const struct counted *counted);

/* An amount as a quantity, rounded up to what people read: thousandths of CPUs, mebibytes, pieces. */
const char *amount_text(struct arena *arena, const struct counted *counted, struct amount sum);

/* Whether a service is one that the model lists, and not that of a collector; in limit_range_checks.c. */
bool is_of_application(const struct checker *checker, const struct hd_service *service);

/* The order of a limit range's bounds, and whether containers, pods and claims are within them; in limit_range_checks.c. */
void check_limit_range(struct checker *checker, const struct hd_limit_range *range);

/* The resources of the proxy that a mesh puts into the service's pods; NULL when it has none. */
const struct hd_resources *proxy_resources(const struct hd_app *app, const struct hd_service *service);

#endif
