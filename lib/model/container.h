/* The containers of a service's pods, in one row: its own, then init containers, sidecars, and those beside its own. */
#ifndef HD_MODEL_CONTAINER_H
#define HD_MODEL_CONTAINER_H

#include <hybriddeploy/model.h>

struct container_in {
    const struct hd_service *service;
    /* Words for it when it has none, which is reported elsewhere. */
    const char *name;
    const struct hd_container *container;
    enum container_role { CONTAINER_MAIN, CONTAINER_INIT, CONTAINER_SIDECAR, CONTAINER_EXTRA } role;
    size_t number; /* in the row; 0 is the service's own */
};

/* The name of those that have none. */
extern const char unnamed_container[];

size_t service_n_containers(const struct hd_service *service);
struct container_in service_container_at(const struct hd_service *service, size_t number);

/* Those that keep running: the service's own, then sidecars and those beside its own. Their ports are the service's. */
size_t service_n_running(const struct hd_service *service);
const struct hd_container *service_running_at(const struct hd_service *service, size_t index);

#endif
