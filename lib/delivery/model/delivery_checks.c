/* Rules for progressive delivery. */
#include "delivery_checks.h"
#include "core/tables/field.h"
#include "core/text/among.h"
#include "core/text/duration.h"
#include "core/text/quantity.h"
#include "model/claim.h"
#include "model/delivery.h"
#include "model/mesh.h"
#include "model/port.h"
#include "model/resolve.h"
#include "model/route.h"
#include "model/runtime.h"
#include "model/tables.h"
#include "formats.h"
#include "parts.h"

#include <string.h>

const char *executor_name(const struct hd_service *service)
{
    return enum_name(&hd_executor_enum, (int)service->delivery.executor);
}

void not_for(struct checker *checker, const struct hd_service *service, struct where where, const char *what, const char *right)
{
    struct finding *finding = found(checker, HD_NOT_FOR_EXECUTOR, where, "%s does not support %s", executor_name(service), what);

    also_at(finding, AT(&service->delivery, executor), "the executor is %s", executor_name(service));
    hint(finding, "%s", right);
}

static void check_members(struct checker *checker, const struct hd_service *service)
{
    const struct hd_canary *canary = &service->delivery.canary;
    bool plain = service->delivery.executor == HD_EXECUTOR_PLAIN;

    if (struct_is_set(&hd_blue_green_struct, &service->delivery.blue_green) && service->delivery.executor != HD_EXECUTOR_ARGO_ROLLOUTS)
        not_for(checker, service, AT(&service->delivery, blue_green), "blueGreen", "write executor: argoRollouts, or use canary");
    if (plain && canary->n_steps)
        not_for(checker, service, AT(canary, steps), "steps",
                "remove steps, and change the weight yourself: --set services.NAME.delivery.canary.weight=20");
    if (plain && struct_is_set(&hd_analysis_struct, &canary->analysis))
        not_for(checker, service, AT(canary, analysis), "analysis",
                "write executor: argoRollouts or flagger; or remove analysis, and judge the new version yourself");
    if (!plain && canary->weight.set)
        not_for(checker, service, AT(canary, weight), "canary.weight", "write steps: [10, 50], or executor: plain");
    if (!plain && canary->image_tag)
        not_for(checker, service, AT(canary, image_tag), "canary.imageTag",
                "remove it and change the service's own image: the executor delivers that in steps");
    if (!plain && canary->replicas)
        not_for(checker, service, AT(canary, replicas), "canary.replicas", "remove it: the number of new pods follows from the weights");
}

/* Reports an executor that splits requests, when no route or waypoint can do it. */
static void check_routes_exist(struct checker *checker, const struct hd_service *service)
{
    const struct hd_app *app = checker->app;
    enum hd_executor executor = service->delivery.executor;
    struct where where = AT(&service->delivery, executor);
    struct finding *finding = NULL;

    if (executor == HD_EXECUTOR_ARGO_ROLLOUTS && (!service_in_mesh(app, service) || !can_be_weighed(service)))
        return;
    if (!service_in_mesh(app, service)) {
        finding = found(checker, HD_DELIVERY_NEEDS_MESH, where, "%s splits requests by weight, which needs a mesh", executor_name(service));
        hint(finding, "write mesh: sidecar; or executor: argoRollouts, which can split by the number of pods");
    } else if (app->mesh.routing == HD_ROUTING_GATEWAY && delivery_way(service) == CANARY_WAY) {
        finding = found(checker, HD_DELIVERY_NEEDS_MESH, where, "%s needs Istio's routes to split requests", executor_name(service));
        also_at(finding, AT(&app->mesh, routing), "routes are written in the Gateway API because of this");
        hint(finding, "write routing: istio");
    } else if (executor == HD_EXECUTOR_FLAGGER && app->mesh.mode == HD_MESH_AMBIENT) {
        finding = found(checker, HD_DELIVERY_NEEDS_MESH, where, "flagger needs the metrics of sidecars");
        also_at(finding, AT(&app->mesh, mode), "the mesh is ambient");
        hint(finding, "write mesh: sidecar, or executor: argoRollouts");
    } else if (app->mesh.mode == HD_MESH_AMBIENT && is_weighed(checker->model, service) && !uses_waypoint(checker->model, service)) {
        finding = found(checker, HD_DELIVERY_NEEDS_MESH, where, "%s needs a waypoint to split requests", executor_name(service));
        also_at(finding, AT(&service->service, headless), "calls to a headless service do not pass a waypoint");
        hint(finding, "remove headless or delivery");
    }
}

static void check_plain(struct checker *checker, const struct hd_service *service)
{
    const struct hd_canary *canary = &service->delivery.canary;
    const char *tag = service->container.image.tag;
    struct finding *finding;

    if (canary->weight.value > 0 && !canary->image_tag) {
        finding = found(checker, HD_VERSION_WITHOUT_PODS, AT(canary, weight), "weight is %lld, but the new version has no pods",
                        (long long)canary->weight.value);
        also_at(finding, AT_STRUCT(canary), "no imageTag stands here");
        hint(finding, "write imageTag, the tag of the new version; or weight: 0");
    }
    if (canary->image_tag && !canary->weight.set)
        hint(found(checker, HD_VERSION_UNROUTED, AT(canary, image_tag), "pods of %s run, but get no requests without a weight",
                   canary->image_tag),
             "write weight; weight: 0 if this is intended");
    if (canary->image_tag && tag && !strcmp(canary->image_tag, tag)) {
        finding = found(checker, HD_VERSIONS_ALIKE, AT(canary, image_tag), "imageTag of the new version is that of the old one, %s", tag);
        also_at(finding, AT(&service->container.image, tag), "this is the service's own tag");
        hint(finding, "write the tag of the new version");
    }
}

static void check_weights_rise(struct checker *checker, const struct hd_canary *canary)
{
    const struct hd_canary_step *last = NULL;

    for (size_t i = 0; i < canary->n_steps; i++) {
        const struct hd_canary_step *step = &canary->steps[i];
        struct finding *finding;

        if (!step->set_weight.set && !step->pause)
            hint(found(checker, HD_STEP_OF_NOTHING, AT_STRUCT(step), "the step has neither setWeight nor pause"),
                 "write setWeight, pause or both");
        if (!step->set_weight.set)
            continue;
        if (last && step->set_weight.value <= last->set_weight.value) {
            finding = found(checker, HD_WEIGHT_NOT_RISING, AT(step, set_weight), "the weight does not rise: %lld after %lld",
                            (long long)step->set_weight.value, (long long)last->set_weight.value);
            also_at(finding, AT(last, set_weight), "this is the weight before it");
            hint(finding, "write rising weights; after a failed analysis the executor sets the weight to 0 itself");
        }
        last = step;
    }
}

/* Sum of the pauses in seconds, or INT64_MAX with pause: manual, when a person decides. */
static int64_t time_to_judge(const struct hd_canary *canary)
{
    int64_t sum = 0;

    for (size_t i = 0; i < canary->n_steps; i++) {
        const char *pause = canary->steps[i].pause;

        if (pause && !strcmp(pause, "manual"))
            return INT64_MAX;
        if (duration_us(pause) > 0)
            sum += duration_us(pause) / 1000000;
        if (sum > INT32_MAX)
            return INT32_MAX;
    }
    return sum;
}

static void check_judged(struct checker *checker, const struct hd_service *service)
{
    const struct hd_canary *canary = &service->delivery.canary;
    const struct hd_analysis *analysis = &canary->analysis;
    int64_t interval = duration_us(analysis->interval) / 1000000, limit = analysis->failure_limit.value, needed;
    struct finding *finding;

    if (!has_analysis(service)) {
        if (canary->n_steps && time_to_judge(canary) != INT64_MAX)
            hint(found(checker, HD_CANARY_UNJUDGED, AT_STRUCT(canary),
                       "the new version gets all requests even if it fails, because there is no analysis"),
                 "write analysis: {successRate: 99}, or pause: manual in a step");
        return;
    }
    /* Flagger looks at each weight for one interval at least. */
    if (service->delivery.executor != HD_EXECUTOR_ARGO_ROLLOUTS || interval < 1 || limit < 0 || limit > 1000)
        return;
    needed = interval * (limit + 2);
    if (time_to_judge(canary) >= needed)
        return;
    finding = found(checker, HD_ANALYSIS_TOO_SHORT, AT(canary, steps), "the steps take %lld s, but the analysis can fail only after %lld s",
                    (long long)time_to_judge(canary), (long long)needed);
    also_at(finding, AT_STRUCT(analysis), "it needs %lld failures, and measures every %lld s", (long long)limit + 1, (long long)interval);
    hint(finding, "write longer pauses in the steps, or a shorter analysis.interval");
}

static void check_metric_query(struct checker *checker, const struct hd_delivery_metric *metric)
{
    if (metric->query)
        check_query(checker, AT(metric, query), metric->query, HD_BAD_QUERY,
                    "with one that it refuses the analysis ends with an error, and the update is taken back");
}

/* Such numbers are quantities too. strtod() is not used, because its decimal point depends on the locale. */
static bool is_number(const char *text)
{
    return text && format_is_valid(&format_decimal, text);
}

static void check_analysis(struct checker *checker, const struct hd_service *service)
{
    const struct hd_analysis *analysis = delivery_analysis(service);
    struct finding *finding = NULL;

    if (!struct_is_set(&hd_analysis_struct, analysis))
        return;
    if (!has_analysis(service)) {
        hint(found(checker, HD_ANALYSIS_OF_NOTHING, AT_STRUCT(analysis), "the analysis has no metric"),
             "write successRate, latency or metrics");
        return;
    }
    if ((analysis->success_rate || analysis->latency) && !service_in_mesh(checker->app, service))
        hint(found(checker, HD_ANALYSIS_WITHOUT_SOURCE, analysis->success_rate ? AT(analysis, success_rate) : AT(analysis, latency),
                   "successRate and latency need a mesh, which %s is not in", service_called(service)),
             "write a metric of your own: metrics: {errors: {query: ..., max: 1}}; or write mesh: sidecar");
    if (is_number(analysis->success_rate) && quantity_compare(analysis->success_rate, "1") <= 0)
        hint(found(checker, HD_PERCENT_AS_FRACTION, AT(analysis, success_rate),
                   "successRate is in percent, so %.20s passes every version that answers one request in a hundred", analysis->success_rate),
             "write percent, such as 99");
    if (!analysis->prometheus)
        hint(found(checker, HD_ANALYSIS_WITHOUT_SOURCE, AT_STRUCT(analysis), "the analysis has no Prometheus to query"),
             "write prometheus: http://prometheus.monitoring.svc:9090");
    for (size_t i = 0; i < analysis->n_metrics; i++) {
        const struct hd_delivery_metric *metric = &analysis->metrics[i];

        check_metric_query(checker, metric);
        if (!metric->min && !metric->max) {
            hint(found(checker, HD_METRIC_WITHOUT_BOUND, AT_STRUCT(metric), "the metric has neither min nor max"),
                 "write min, max or both");
        } else if (is_number(metric->min) && is_number(metric->max) && quantity_compare(metric->min, metric->max) > 0) {
            finding = found(checker, HD_METRIC_WITHOUT_BOUND, AT(metric, min), "min %s is above max %s, so no value is good", metric->min,
                            metric->max);
            also_at(finding, AT(metric, max), "max is %s", metric->max);
            hint(finding, "swap min and max");
        }
    }
}

static bool has_host(const struct hd_exposure *exposure, const char *host)
{
    for (size_t i = 0; i < exposure_n_hosts(exposure); i++)
        if (same_text(exposure_host(exposure, i), host))
            return true;
    return false;
}

static void check_preview(struct checker *checker, const struct hd_service *service)
{
    const struct hd_blue_green *way = &service->delivery.blue_green;
    struct finding *finding;

    if (!way->preview_host)
        return;
    if (!service->n_expose)
        hint(found(checker, HD_PREVIEW_UNREACHED, AT(way, preview_host), "previewHost is set, but %s is not exposed",
                   service_called(service)),
             "the preview is exposed as the service is: write expose: /; or remove previewHost, and call %s-" PREVIEW " within the cluster",
             text_or(service->name, "NAME"));
    for (size_t i = 0; i < service->n_expose; i++)
        if (has_host(&service->expose[i], way->preview_host)) {
            finding = found(checker, HD_PREVIEW_HOST_TAKEN, AT(way, preview_host), "%s is already the host of the active version",
                            way->preview_host);
            also_at(finding, service->expose[i].n_hosts ? AT(&service->expose[i], hosts) : AT(&service->expose[i], host),
                    "the service is exposed under this host");
            hint(finding, "write another previewHost, such as preview.%s", way->preview_host);
            return;
        }
}

static bool is_exclusive(const struct hd_service *service, const struct hd_volume **volume)
{
    for (size_t i = 0; i < service->pod.n_volumes; i++)
        if (service->pod.volumes[i].claim.size && volume_is_exclusive(&service->pod.volumes[i])) {
            *volume = &service->pod.volumes[i];
            return true;
        }
    return false;
}

static void check_two_versions(struct checker *checker, const struct hd_service *service)
{
    const struct hd_volume *volume = NULL;
    struct finding *finding;

    if (is_exclusive(service, &volume)) {
        /* Several pods on this storage are reported already (HD7031). */
        if (most_replicas(service) > 1)
            return;
        finding = found(checker, HD_VERSIONS_APART, AT(&volume->claim, size),
                        "a delivery runs two versions at the same time, but only one node can mount this storage");
        hint(finding, "use storage that several nodes can mount (ReadWriteMany), or remove delivery");
    } else if (service->strategy.type == HD_STRATEGY_RECREATE) {
        finding = found(checker, HD_VERSIONS_APART, AT(&service->strategy, type),
                        "a delivery runs two versions at the same time, but Recreate ends the old one first");
        hint(finding, "remove delivery, or write strategy: RollingUpdate if old and new pods may run at the same time");
    } else {
        return;
    }
    also_at(finding, AT_STRUCT(&service->delivery), "delivery is given here");
}

static void check_how(struct checker *checker, const struct hd_service *service)
{
    const struct hd_delivery *delivery = &service->delivery;
    bool plain = delivery->executor == HD_EXECUTOR_PLAIN, argo = delivery->executor == HD_EXECUTOR_ARGO_ROLLOUTS;
    bool says = struct_is_set(&hd_blue_green_struct, &delivery->blue_green) || delivery->canary.n_steps ||
                (plain && struct_is_set(&hd_canary_struct, &delivery->canary));

    if (!says && !delivery->canary.weight.set && !delivery->canary.image_tag && !delivery->canary.replicas)
        hint(found(checker, HD_DELIVERY_OF_NOTHING, AT_STRUCT(delivery), "delivery has neither canary nor blueGreen, so it has no effect"),
             plain  ? "write canary: {imageTag: \"1.5.0\", weight: 20}"
             : argo ? "write canary: {steps: [{setWeight: 20, pause: 5m}, {setWeight: 50, pause: 5m}]}, or blueGreen: {}"
                    : "write canary: {steps: [20, 50]}");
    if (plain && service_n_ports(service) && !can_be_weighed(service))
        hint(found(checker, HD_DELIVERY_WITHOUT_PORT, AT_STRUCT(delivery),
                   "requests cannot be split, because all ports are encrypted or UDP"),
             "write executor: argoRollouts with a canary, which then splits by the number of pods");
    if (service_n_ports(service) || delivery_way(service) == NO_DELIVERY ||
        (argo && delivery_way(service) == CANARY_WAY))
        return;
    hint(found(checker, HD_DELIVERY_WITHOUT_PORT, AT_STRUCT(delivery), "requests cannot be split, because the service has no ports"),
         "remove delivery, or write executor: argoRollouts with a canary, which splits by the number of pods");
}

/* Warns about ports that a weighted canary leaves out (no HTTP requests to split). */
static void check_unweighed_ports(struct checker *checker, const struct hd_service *service)
{
    for (size_t i = 0; i < service_n_ports(service) && is_weighed(checker->model, service) && can_be_weighed(service); i++) {
        const struct hd_port *port = service_port_at(service, i);
        struct finding *finding;

        if (port_can_be_weighed(port))
            continue;
        finding = found(checker, HD_PORT_UNWEIGHED, AT(port, protocol), "traffic of port %lld is not split, because it is %s",
                        (long long)port->port, port->protocol == HD_PROTOCOL_UDP ? "UDP" : "encrypted");
        also_at(finding, AT(&service->delivery, executor), "%s splits the requests of the other ports", executor_name(service));
        hint(finding, "expect that both versions get its traffic, or %s",
             port->protocol == HD_PROTOCOL_UDP ? "move the port to a service of its own"
                                               : "let the mesh or its gateway do TLS instead of the service");
    }
}

/* Reports requests that a route splits among services and a delivery splits again among versions. */
static void check_weighed_once(struct checker *checker, const struct hd_service *service)
{
    for (size_t i = 0; i < service->n_expose; i++)
        for (size_t k = 0; k < service->expose[i].n_destinations; k++) {
            const struct hd_destination *destination = &service->expose[i].destinations[k];
            const struct hd_service *to = graph_callee(checker->model, text_or(destination->to, "")).service;
            struct finding *finding;

            if (!to || delivery_way(to) != CANARY_WAY || !service_in_mesh(checker->app, to))
                continue;
            finding = found(checker, HD_WEIGHTS_TWICE, AT(destination, to), "the requests to %s are split here and by its delivery",
                            destination->to);
            also_at(finding, AT(&to->delivery, executor), "%s delivers it", executor_name(to));
            hint(finding, "expose %s under a path of its own, or remove its delivery", destination->to);
        }
}

/* The delivery of a service itself must have one; that of a runtime may leave it to its services, but this one does not say it. */
static void check_executor(struct checker *checker, const struct hd_service *service)
{
    struct runtime runtime;

    if (service->delivery.executor || !struct_is_set(&hd_delivery_struct, &service->delivery) ||
        struct_is_set(&hd_delivery_struct, &given_of(checker, service)->delivery))
        return;
    runtime = runtime_of(checker->model, service);
    for (size_t i = 0; i < runtime.n_entries; i++)
        if (struct_is_set(&hd_delivery_struct, &runtime.entries[i]->delivery)) {
            hint(found(checker, HD_DELIVERY_WITHOUT_EXECUTOR, AT(runtime.entries[i], delivery), "executor is missing, so nothing is delivered in steps"),
                 "write executor: argoRollouts, flagger or plain");
            return;
        }
}

void check_delivery(struct checker *checker, const struct hd_service *service)
{
    const struct hd_delivery *delivery = &service->delivery;

    check_executor(checker, service);
    check_weighed_once(checker, service);
    check_versions_chosen(checker, service);
    if (!delivery->executor || service->workload != HD_WORKLOAD_DEPLOYMENT)
        return;
    check_how(checker, service);
    check_members(checker, service);
    if (delivery_way(service) == NO_DELIVERY)
        return;
    check_routes_exist(checker, service);
    check_unweighed_ports(checker, service);
    check_two_versions(checker, service);
    check_weights_rise(checker, &delivery->canary);
    check_analysis(checker, service);
    check_delivery_sense(checker, service);
    check_preview(checker, service);
    if (delivery_way(service) == CANARY_WAY && delivery->executor != HD_EXECUTOR_PLAIN)
        check_judged(checker, service);
    if (delivery->executor == HD_EXECUTOR_FLAGGER)
        check_flagger(checker, service);
    if (delivery->executor == HD_EXECUTOR_PLAIN)
        check_plain(checker, service);
}
