#include "admission.h"

#include "core/tables/bounded.h"
#include "core/text/int_or_percent.h"
#include "model/collectors.h"
#include "model/container.h"
#include "model/delivery.h"
#include "model/mesh.h"
#include "model/resolve.h"
#include "model/resources.h"
#include "model/runtime.h"

#include <string.h>

/* Lines that sum up claims of one storage class: NAME.storageclass.storage.k8s.io/requests.storage. */
static bool counts_class(const char *line, struct counted *counted)
{
    static const char middle[] = ".storageclass.storage.k8s.io/";
    const char *found = strstr(line, middle), *what = found ? found + sizeof middle - 1 : line;

    if (!strcmp(what, "requests.storage"))
        counted->what = COUNTED_STORAGE;
    else if (!strcmp(what, "persistentvolumeclaims"))
        counted->what = COUNTED_CLAIMS;
    else
        return false;
    counted->class_name = line;
    counted->class_length = found ? (size_t)(found - line) : 0;
    return true;
}

bool counted_by(const char *line, struct counted *counted)
{
    *counted = (struct counted){COUNTED_PODS, NULL, NULL, 0};
    if (!strcmp(line, "pods") || counts_class(line, counted))
        return true;
    counted->what = COUNTED_REQUESTS;
    counted->resource = line;
    if (!strncmp(line, "limits.", 7)) {
        counted->what = COUNTED_LIMITS;
        counted->resource = line + 7;
    } else if (!strncmp(line, "requests.", 9)) {
        counted->resource = line + 9;
    } else if (strcmp(line, "cpu") != 0 && strcmp(line, "memory") != 0 && strcmp(line, "ephemeral-storage") != 0) {
        return false;
    }
    return true;
}

static bool has_room_to_stop(const struct hd_service *service, int64_t pods)
{
    struct int_or_percent stop;

    if (!int_or_percent_of(service->strategy.max_unavailable, &stop))
        return false;
    /* Parts of a pod do not count here. */
    return (stop.is_percent ? pods * stop.number / 100 : stop.number) > 0;
}

/* An update that may stop no pod has to start one first; one that may gets along with what there is. */
static int64_t surge(const struct hd_service *service, int64_t pods)
{
    struct int_or_percent start;

    if (service->strategy.type != HD_STRATEGY_ROLLING_UPDATE || !pods || has_room_to_stop(service, pods))
        return 0;
    return int_or_percent_of(service->strategy.max_surge, &start) && start.number ? 1 : 0;
}

/* Both versions of a service are there at once, in the end with all their pods. */
static bool doubles(const struct hd_model *model, const struct hd_service *service)
{
    return delivery_way(service) == BLUE_GREEN_WAY || is_delivered_by(service, HD_EXECUTOR_FLAGGER) ||
           splits_by_services(model, service);
}

static void set_extra(const struct hd_model *model, struct workload *workload)
{
    const struct hd_service *service = workload->service;

    if (doubles(model, service)) {
        bool is_canary = delivery_way(service) == CANARY_WAY;

        workload->extra = workload->fewest;
        workload->most_extra = workload->most;
        workload->because = is_canary ? "the new version ends up with as many pods as the old one" : "both versions run side by side";
        workload->where = AT_STRUCT(&service->delivery);
    } else {
        workload->extra = surge(service, workload->fewest);
        workload->most_extra = surge(service, workload->most);
        workload->because = "an update starts a pod before it stops one";
        workload->where = service->strategy.at ? AT_STRUCT(&service->strategy) : AT_STRUCT(service);
    }
}

static struct workload workload_of(const struct hd_model *model, const struct hd_service *service)
{
    struct workload workload = {.name = service_called(service), .service = service, .fewest = 1, .most = 1};

    if (runs_to_end(service)) {
        int64_t pods = bounded(service->job.parallelism.set ? service->job.parallelism.value : 1);
        bool is_cron = service->workload == HD_WORKLOAD_CRON_JOB;

        workload.fewest = workload.most = is_cron ? 0 : pods;
        if (is_scaled_job(service)) {
            workload.fewest = bounded(pods * bounded(least_replicas(service)));
            workload.most = bounded(pods * bounded(most_replicas(service)));
        }
        workload.extra = workload.most_extra = is_cron ? pods : 0;
        workload.because = "a run of the cron job";
        workload.where = AT_STRUCT(&service->job);
        return workload;
    }
    if (service->workload != HD_WORKLOAD_DAEMON_SET) {
        workload.fewest = bounded(least_replicas(service));
        workload.most = bounded(most_replicas(service));
    }
    set_extra(model, &workload);
    workload.fewest += canary_replicas(service);
    workload.most += canary_replicas(service);
    return workload;
}

/* With the operator the numbers of pods stand in the model alone. */
static struct workload workload_of_collector(const struct hd_model *model, const struct collector *collector)
{
    const struct hd_collector *given = &model->app->telemetry.collector;
    struct workload workload;

    if (given->form != HD_COLLECTOR_OPERATOR)
        return workload_of(model, collector->service);
    workload = (struct workload){.name = collector->service->name, .service = collector->service, .fewest = 1, .most = 1};
    if (collector->role == COLLECTOR_AGENT)
        return workload;
    workload.fewest = given->autoscaling.enabled == HD_TRUE ? given->autoscaling.min_replicas : given->replicas;
    workload.most = given->autoscaling.enabled == HD_TRUE ? given->autoscaling.max_replicas : given->replicas;
    return workload;
}

static bool runs_collectors(const struct hd_model *model)
{
    return model->collectors.n && model->collectors.all[0].role != COLLECTOR_SIDECAR;
}

size_t n_workloads(const struct hd_model *model)
{
    return model->app->n_services + (runs_collectors(model) ? model->collectors.n : 0) + (model->mesh.waypoint != NULL);
}

struct workload workload_at(const struct hd_model *model, size_t index)
{
    size_t n_services = model->app->n_services;
    int64_t waypoints = model->istio_minor >= ISTIO_GATEWAY_OPTIONS ? 2 : 1;

    if (index < n_services)
        return workload_of(model, &model->app->services[index]);
    if (runs_collectors(model) && index - n_services < model->collectors.n)
        return workload_of_collector(model, &model->collectors.all[index - n_services]);
    return (struct workload){.name = WAYPOINT, .fewest = waypoints, .most = waypoints};
}

/* The limit that a limit range gives a container without one: `default`, or `max` where `default` is missing. (Kubernetes: LimitRange) */
static const struct hd_quantity *default_amount(const struct hd_app *app, const struct counted *counted)
{
    const struct hd_quantity *amount = NULL;

    for (size_t i = 0; i < app->n_limit_ranges; i++)
        for (size_t k = 0; k < app->limit_ranges[i].n_limits && !amount; k++) {
            const struct hd_limit_range_item *item = &app->limit_ranges[i].limits[k];

            if (!item->type || strcmp(item->type, "Container") != 0)
                continue;
            if (counted->what == COUNTED_REQUESTS)
                amount = resource_named(item->default_request, item->n_default_request, counted->resource);
            if (!amount)
                amount = resource_named(item->default_limit, item->n_default_limit, counted->resource);
            if (!amount)
                amount = resource_named(item->max, item->n_max, counted->resource);
        }
    return amount;
}

/* The amount that holds, or NULL: the limit where no request is given, as the API server does. */
static const struct hd_quantity *quantity_in(const struct hd_app *app, const struct hd_resources *resources, const struct counted *counted)
{
    const struct hd_quantity *amount = NULL;

    if (counted->what == COUNTED_REQUESTS)
        amount = resource_named(resources->requests, resources->n_requests, counted->resource);
    if (!amount)
        amount = resource_named(resources->limits, resources->n_limits, counted->resource);
    return amount ? amount : default_amount(app, counted);
}

static struct amount amount_in(const struct hd_app *app, const struct hd_resources *resources, const struct counted *counted)
{
    const struct hd_quantity *amount = quantity_in(app, resources, counted);

    return amount && amount_sign(quantity_of(amount->amount).amount) > 0 ? quantity_of(amount->amount).amount : (struct amount){0};
}

bool container_has_amount(const struct hd_app *app, const struct hd_container *container, const struct counted *counted)
{
    return quantity_in(app, &container->resources, counted) != NULL;
}

struct amount amount_of_container(const struct hd_app *app, const struct hd_container *container, const struct counted *counted)
{
    return amount_in(app, &container->resources, counted);
}

const struct hd_resources *proxy_resources(const struct hd_app *app, const struct hd_service *service)
{
    return service_has_proxy(app, service) ? &service->mesh.proxy.resources : NULL;
}

/* The resources of a waypoint's pod, which Istio sets. (Istio: global.waypoint.resources) */
static struct amount amount_of_waypoint(const struct counted *counted)
{
    bool of_limits = counted->what == COUNTED_LIMITS;

    if (!strcmp(counted->resource, "cpu"))
        return quantity_of(of_limits ? "2" : "100m").amount;
    return !strcmp(counted->resource, "memory") ? quantity_of(of_limits ? "1Gi" : "128Mi").amount : (struct amount){0};
}

/* Sidecars stay when the next init container runs. */
static struct amount amount_of_containers(const struct hd_app *app, const struct hd_service *service, const struct counted *counted)
{
    const struct hd_resources *proxy = proxy_resources(app, service);
    struct amount running = {0}, most = {0}, staying = {0};

    if (proxy) {
        running = amount_in(app, proxy, counted);
        staying = service->mesh.proxy.native_sidecar == HD_TRUE ? running : staying;
        most = running; /* its init container has as much */
    }
    for (size_t i = 0; i < service_n_containers(service); i++) {
        struct container_in in = service_container_at(service, i);
        struct amount amount = amount_of_container(app, in.container, counted), now = amount_sum(staying, amount);

        if (in.role != CONTAINER_INIT)
            running = amount_sum(running, amount);
        if (in.role == CONTAINER_SIDECAR)
            staying = now;
        if (in.role == CONTAINER_INIT && amount_compare(now, most) > 0)
            most = now;
    }
    return amount_compare(running, most) > 0 ? running : most;
}

static bool is_of_class(const struct hd_claim *claim, const struct counted *counted)
{
    return !counted->class_length || (claim->storage_class_name && strlen(claim->storage_class_name) == counted->class_length &&
                                      !strncmp(claim->storage_class_name, counted->class_name, counted->class_length));
}

/* The claims of a service: those of each pod, or those that all pods share. */
static struct amount amount_of_claims(const struct hd_service *service, const struct counted *counted, bool of_each_pod)
{
    struct amount sum = {0};

    for (size_t i = 0; service && i < service->pod.n_volumes; i++) {
        const struct hd_volume *volume = &service->pod.volumes[i];
        const struct hd_claim *claim = of_each_pod ? &volume->claim_template : &volume->claim;

        if (!claim->size || !quantity_is_valid(claim->size) || !is_of_class(claim, counted))
            continue;
        sum = amount_sum(sum, counted->what == COUNTED_CLAIMS ? (struct amount){1, 0} : quantity_of(claim->size).amount);
    }
    return sum;
}

static bool counts_claims(const struct counted *counted)
{
    return counted->what == COUNTED_CLAIMS || counted->what == COUNTED_STORAGE;
}

struct amount amount_of_pod(const struct hd_model *model, const struct workload *workload, const struct counted *counted)
{
    if (counted->what == COUNTED_PODS)
        return (struct amount){1, 0};
    if (counts_claims(counted))
        return amount_of_claims(workload->service, counted, true);
    return workload->service ? amount_of_containers(model->app, workload->service, counted) : amount_of_waypoint(counted);
}

struct amount amount_once(const struct workload *workload, const struct counted *counted)
{
    return counts_claims(counted) ? amount_of_claims(workload->service, counted, false) : (struct amount){0};
}

const char *amount_text(struct arena *arena, const struct counted *counted, struct amount sum)
{
    const int64_t mebi = 1024 * 1024;
    bool in_bytes = counted->what == COUNTED_STORAGE || (counted->resource && (!strcmp(counted->resource, "memory") ||
                                                                                !strcmp(counted->resource, "ephemeral-storage")));
    char canonical[QUANTITY_LONGEST];
    int64_t steps = sum.units == INT64_MAX ? sum.units : sum.units + (sum.nano != 0);
    const char *unit = "";

    if (counted->resource && !strcmp(counted->resource, "cpu")) {
        steps = amount_milli(sum);
        unit = "m";
    } else if (in_bytes) {
        steps = steps / mebi + (steps % mebi != 0);
        unit = "Mi";
    }
    quantity_canonical(canonical, arena_printf(arena, "%lld%s", (long long)steps, unit));
    return arena_strndup(arena, canonical, strlen(canonical));
}
