#include "container.h"

const char unnamed_container[] = "a container without name";

size_t service_n_containers(const struct hd_service *service)
{
    return 1 + service->pod.n_init_containers + service->pod.n_sidecars;
}

struct container_in service_container_at(const struct hd_service *service, size_t number)
{
    const struct hd_pod *pod = &service->pod;
    const struct hd_named_container *named;
    enum container_role role = number <= pod->n_init_containers ? CONTAINER_INIT : CONTAINER_SIDECAR;

    if (!number)
        return (struct container_in){service, service->name ? service->name : unnamed_container, &service->container, CONTAINER_MAIN, 0};
    named = role == CONTAINER_INIT ? &pod->init_containers[number - 1] : &pod->sidecars[number - 1 - pod->n_init_containers];
    return (struct container_in){service, named->name ? named->name : unnamed_container, &named->container, role, number};
}
