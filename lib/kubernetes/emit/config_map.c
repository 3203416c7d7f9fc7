/* ConfigMap: the configuration files of all containers of a service. */
#include "emit/pod.h"
#include "kinds.h"
#include "model/derived.h"

static void plan_config_map(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    if (has_config_files(service))
        plan_add(model, row, derived_name(model, service, CONFIG), service, NULL);
}

static void emit_files(struct yaml_out *y, const struct hd_container *container)
{
    for (size_t i = 0; i < container->n_config_files; i++)
        y_str(y, container->config_files[i].key, container->config_files[i].content);
}

static void emit_config_map(struct yaml_out *y, const struct subject *subject)
{
    MAP(y, "data")
        for (size_t i = 0; i < service_n_containers(subject->service); i++)
            emit_files(y, service_container_at(subject->service, i).container);
}

const struct plan_row config_map_row = {
    .step = 30,
    .info = {"", "v1", "ConfigMap", "kubernetes", "for a service with configFiles"},
    .plan_service = plan_config_map,
    .of_collectors = true,
    .emit = emit_config_map,
};
