/* Fills in the members of a service that are Kubernetes' own. */
#include "core/tables/layer.h"
#include "core/text/among.h"
#include "model/port.h"
#include "model/resolve.h"
#include "model/runtime.h"
#include "model/tables.h"
#include "parts.h"

static void resolve_replicas(struct hd_service *service)
{
    if (runs_to_end(service) || service->workload == HD_WORKLOAD_DAEMON_SET)
        return;
    if (service->autoscaling.enabled != HD_TRUE && !service->replicas.set)
        service->replicas = (struct hd_opt_int)HD_INT(runs_container(service) ? 1 : 2);
}

static void fill_security_context(struct hd_model *model, struct hd_security_context *context, const struct hd_service *defaults)
{
    layer_fill(&model->arena, &hd_security_context_struct, context, &defaults->container.security_context, 0);
}

static void resolve_containers(struct hd_model *model, const struct hd_service *service, const struct hd_named_container **list,
                               size_t count, struct hd_diagnostics *report)
{
    struct hd_named_container *containers;

    if (!count)
        return;
    containers = arena_copy(&model->arena, *list, count * sizeof *containers);
    for (size_t i = 0; i < count; i++) {
        struct hd_container *container = &containers[i].container;

        resolve_security_context(&container->security_context);
        fill_security_context(model, &container->security_context, library_runtime(model, service->base));
        fill_security_context(model, &container->security_context, model->service_defaults);
        resolve_image(model, &container->image, &service->container.image, service->name);
        resolve_ports(model, container);
        resolve_probes(model, container);
        resolve_config_files(model, container, text_or(containers[i].name, ""), report);
        resolve_scratch(model, container);
        resolve_env_order(model, container);
    }
    *list = containers;
}

void resolve_before_defaults(const struct resolving *resolving)
{
    struct hd_service *service = resolving->service;

    resolve_security_context(&service->container.security_context);
    resolve_ports(resolving->model, &service->container);
    resolve_probes_of_ports(service);
    resolve_strategy_of_claims(service);
}

void resolve_requests_of_service(const struct resolving *resolving)
{
    struct hd_service *service = resolving->service;

    resolve_requests(resolving->model, &service->container.resources, &library_runtime(resolving->model, service->base)->container.resources);
}

void resolve_image_of_service(const struct resolving *resolving)
{
    resolve_image(resolving->model, &resolving->service->container.image, NULL, resolving->service->name);
}

void resolve_pods(const struct resolving *resolving)
{
    struct hd_model *model = resolving->model;
    struct hd_service *service = resolving->service;
    struct hd_pod *pod = &service->pod;

    resolve_ports(model, &service->container);
    resolve_probes(model, &service->container);
    resolve_config_files(model, &service->container, NULL, resolving->report);
    resolve_scratch(model, &service->container);
    resolve_env_order(model, &service->container);
    resolve_containers(model, service, &pod->init_containers, pod->n_init_containers, resolving->report);
    resolve_containers(model, service, &pod->sidecars, pod->n_sidecars, resolving->report);
    resolve_containers(model, service, &pod->extra_containers, pod->n_extra_containers, resolving->report);
    resolve_versions(model, service);
    resolve_replicas(service);
    resolve_disruption_budget(model, service);
    resolve_strategy(service);
    resolve_job(service);
    resolve_lifecycle(model, service);
    resolve_service_account(service);
    resolve_volumes(service);
    resolve_extra_services(model, service);
}
