#include "derived.h"

#include "container.h"

#include <stdio.h>

const char *derived_name(struct hd_model *model, const struct hd_service *service, const char *suffix)
{
    return service->name && suffix ? arena_printf(&model->arena, "%s-%s", service->name, suffix) : NULL;
}

const char *account_name(const struct hd_service *service)
{
    return service->pod.service_account.name ? service->pod.service_account.name : service->name;
}

bool has_governing_service(const struct hd_service *service)
{
    return service->workload == HD_WORKLOAD_STATEFUL_SET && service->service.headless != HD_TRUE;
}

bool has_config_files(const struct hd_service *service)
{
    size_t n_files = 0;

    for (size_t i = 0; i < service_n_containers(service); i++)
        n_files += service_container_at(service, i).container->n_config_files;
    return n_files > 0;
}
