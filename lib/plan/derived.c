#include "derived.h"

#include "pod/pod.h"

#include <stdio.h>

const char *derived_name(struct hd_model *model, const struct hd_service *service, const char *suffix)
{
    return service->name && suffix ? arena_printf(&model->arena, "%s-%s", service->name, suffix) : NULL;
}

/* Both parts have passed their checks, and are DNS labels. */
void emit_derived(struct yaml_out *y, const char *key, const struct hd_service *service, const char *suffix)
{
    char text[128];

    snprintf(text, sizeof text, "%.63s-%.63s", service->name, suffix);
    y_str(y, key, text);
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
