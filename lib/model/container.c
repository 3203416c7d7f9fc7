#include "container.h"

const char unnamed_container[] = "a container without name";

size_t service_n_containers(const struct hd_service *service)
{
    return 1 + service->pod.n_init_containers + service->pod.n_sidecars + service->pod.n_extra_containers;
}

/* One of a list, in which it stands at `index`. */
static struct container_in named_at(const struct hd_service *service, const struct hd_named_container *list, size_t index,
                                    enum container_role role, size_t number)
{
    const char *name = list[index].name ? list[index].name : unnamed_container;

    return (struct container_in){service, name, &list[index].container, role, number};
}

struct container_in service_container_at(const struct hd_service *service, size_t number)
{
    const struct hd_pod *pod = &service->pod;
    size_t index = number - 1;

    if (!number)
        return (struct container_in){service, service->name ? service->name : unnamed_container, &service->container, CONTAINER_MAIN, 0};
    if (index < pod->n_init_containers)
        return named_at(service, pod->init_containers, index, CONTAINER_INIT, number);
    index -= pod->n_init_containers;
    if (index < pod->n_sidecars)
        return named_at(service, pod->sidecars, index, CONTAINER_SIDECAR, number);
    return named_at(service, pod->extra_containers, index - pod->n_sidecars, CONTAINER_EXTRA, number);
}

size_t service_n_running(const struct hd_service *service)
{
    return 1 + service->pod.n_sidecars + service->pod.n_extra_containers;
}

const struct hd_container *service_running_at(const struct hd_service *service, size_t index)
{
    const struct hd_pod *pod = &service->pod;

    if (!index)
        return &service->container;
    return index <= pod->n_sidecars ? &pod->sidecars[index - 1].container : &pod->extra_containers[index - 1 - pod->n_sidecars].container;
}
