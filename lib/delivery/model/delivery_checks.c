/* Rules for progressive delivery. */
#include "delivery_checks.h"
#include "core/tables/field.h"
#include "core/text/duration.h"
#include "model/claim.h"
#include "model/delivery.h"
#include "model/mesh.h"
#include "model/port.h"
#include "model/resolve.h"
#include "model/tables.h"
#include "formats.h"
#include "parts.h"

#include <stdlib.h>
#include <string.h>

const char *executor_name(const struct hd_service *service)
{
    return enum_name(&hd_executor_enum, (int)service->delivery.executor);
}

void not_for(struct checker *checker, const struct hd_service *service, struct where where, const char *what, const char *right)
{
    struct finding *finding = found(checker, HD_NOT_FOR_EXECUTOR, where, "%s cannot follow %s", executor_name(service), what);

    also_at(finding, AT(&service->delivery, executor), "the executor is %s", executor_name(service));
    hint(finding, "%s", right);
}

static void check_members(struct checker *checker, const struct hd_service *service)
{
    const struct hd_canary *canary = &service->delivery.canary;
    bool plain = service->delivery.executor == HD_EXECUTOR_PLAIN;

    if (struct_is_set(&hd_blue_green_struct, &service->delivery.blue_green) && service->delivery.executor != HD_EXECUTOR_ARGO_ROLLOUTS)
        not_for(checker, service, AT(&service->delivery, blue_green), "blueGreen", "take argoRollouts, or a canary");
    if (plain && canary->n_steps)
        not_for(checker, service, AT(canary, steps), "steps",
                "you move the weight yourself: --set services.NAME.delivery.canary.weight=20");
    if (plain && struct_is_set(&hd_analysis_struct, &canary->analysis))
        not_for(checker, service, AT(canary, analysis), "an analysis", "take argoRollouts or flagger, or judge the new version yourself");
    if (!plain && canary->weight.set)
        not_for(checker, service, AT(canary, weight), "a weight that you move", "give steps: [10, 50], or executor: plain");
    if (!plain && canary->image_tag)
        not_for(checker, service, AT(canary, image_tag), "a second image",
                "change the service's own image, and the executor brings it in steps");
    if (!plain && canary->replicas)
        not_for(checker, service, AT(canary, replicas), "a number of new pods", "leave replicas out here; it follows from the weights");
}

/* Who weighs requests needs something that does it. */
static void check_routes_exist(struct checker *checker, const struct hd_service *service)
{
    const struct hd_app *app = checker->app;
    enum hd_executor executor = service->delivery.executor;
    struct where where = AT(&service->delivery, executor);
    struct finding *finding = NULL;

    if (executor == HD_EXECUTOR_ARGO_ROLLOUTS && (!service_in_mesh(app, service) || !can_be_weighed(service)))
        return;
    if (!service_in_mesh(app, service)) {
        finding = found(checker, HD_DELIVERY_NEEDS_MESH, where, "%s weighs requests, and without a mesh nothing does that",
                        executor_name(service));
        hint(finding, "write mesh: sidecar; or take argoRollouts, which can go by numbers of pods");
    } else if (app->mesh.routing == HD_ROUTING_GATEWAY && delivery_way(service) == CANARY_WAY) {
        finding = found(checker, HD_DELIVERY_NEEDS_MESH, where, "%s weighs requests by Istio's routes", executor_name(service));
        also_at(finding, AT(&app->mesh, routing), "here routes are those of the Gateway API");
        hint(finding, "write routing: istio");
    } else if (executor == HD_EXECUTOR_FLAGGER && app->mesh.mode == HD_MESH_AMBIENT) {
        finding = found(checker, HD_DELIVERY_NEEDS_MESH, where, "flagger counts requests where sidecars do");
        also_at(finding, AT(&app->mesh, mode), "the mesh is ambient");
        hint(finding, "write mesh: sidecar, or take argoRollouts");
    } else if (app->mesh.mode == HD_MESH_AMBIENT && is_weighed(checker->model, service) && !uses_waypoint(checker->model, service)) {
        finding = found(checker, HD_DELIVERY_NEEDS_MESH, where, "%s weighs requests at a waypoint", executor_name(service));
        also_at(finding, AT(&service->service, headless), "a headless service is asked past every waypoint");
        hint(finding, "leave headless out, or the delivery");
    }
}

static void check_plain(struct checker *checker, const struct hd_service *service)
{
    const struct hd_canary *canary = &service->delivery.canary;
    const char *tag = service->container.image.tag;
    struct finding *finding;

    if (canary->weight.value > 0 && !canary->image_tag)
        hint(found(checker, HD_VERSION_WITHOUT_PODS, AT(canary, weight), "%lld %% of the requests go to a version without pods",
                   (long long)canary->weight.value),
             "give imageTag, the tag of the new version; or weight: 0");
    if (canary->image_tag && !canary->weight.set)
        hint(found(checker, HD_VERSION_UNROUTED, AT(canary, image_tag), "pods of %s run, and nobody asks them", canary->image_tag),
             "give the weight; weight: 0 says that this is meant");
    if (canary->image_tag && tag && !strcmp(canary->image_tag, tag)) {
        finding = found(checker, HD_VERSIONS_ALIKE, AT(canary, image_tag), "the new version is the old one, %s", tag);
        also_at(finding, AT(&service->container.image, tag), "the service's own tag");
        hint(finding, "give the tag of the new version");
    }
}

static void check_weights_rise(struct checker *checker, const struct hd_canary *canary)
{
    const struct hd_canary_step *last = NULL;

    for (size_t i = 0; i < canary->n_steps; i++) {
        const struct hd_canary_step *step = &canary->steps[i];
        struct finding *finding;

        if (!step->set_weight.set && !step->pause)
            hint(found(checker, HD_STEP_OF_NOTHING, AT_STRUCT(step), "a step that does nothing"), "give setWeight, pause or both");
        if (!step->set_weight.set)
            continue;
        if (last && step->set_weight.value <= last->set_weight.value) {
            finding = found(checker, HD_WEIGHT_NOT_RISING, AT(step, set_weight), "the weight does not rise: %lld after %lld",
                            (long long)step->set_weight.value, (long long)last->set_weight.value);
            also_at(finding, AT(last, set_weight), "the weight before");
            hint(finding, "let each weight be above the last; when the analysis fails, it goes back to 0 by itself");
        }
        last = step;
    }
}

/* Seconds of pauses, or INT64_MAX when somebody looks at it. */
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
                       "the new version gets all requests, however badly it does: there is no metric"),
                 "give analysis: {successRate: 99}, or let a step wait with pause: manual");
        return;
    }
    /* Flagger looks at each weight for one interval at least. */
    if (service->delivery.executor != HD_EXECUTOR_ARGO_ROLLOUTS || interval < 1 || limit < 0 || limit > 1000)
        return;
    needed = interval * (limit + 2);
    if (time_to_judge(canary) >= needed)
        return;
    finding = found(checker, HD_ANALYSIS_TOO_SHORT, AT(canary, steps), "the steps take %lld s, and the analysis needs %lld s to fail",
                    (long long)time_to_judge(canary), (long long)needed);
    also_at(finding, AT_STRUCT(analysis), "%lld failures, each after %lld s", (long long)limit + 1, (long long)interval);
    hint(finding, "give the steps pauses, or shorten analysis.interval");
}

static void check_analysis(struct checker *checker, const struct hd_service *service)
{
    const struct hd_analysis *analysis = delivery_analysis(service);
    struct finding *finding = NULL;

    if (!struct_is_set(&hd_analysis_struct, analysis))
        return;
    if (!has_analysis(service)) {
        hint(found(checker, HD_ANALYSIS_OF_NOTHING, AT_STRUCT(analysis), "an analysis without a metric"),
             "give successRate, latency or metrics");
        return;
    }
    if ((analysis->success_rate || analysis->latency) && !service_in_mesh(checker->app, service))
        hint(found(checker, HD_ANALYSIS_WITHOUT_SOURCE, analysis->success_rate ? AT(analysis, success_rate) : AT(analysis, latency),
                   "the mesh counts requests, and %s is in none", service->name ? service->name : "this service"),
             "give a metric of your own: metrics: {errors: {query: ..., max: 1}}; or write mesh: sidecar");
    if (!analysis->prometheus)
        hint(found(checker, HD_ANALYSIS_WITHOUT_SOURCE, AT_STRUCT(analysis), "nobody can be asked for the metrics"),
             "give prometheus: http://prometheus.monitoring.svc:9090");
    for (size_t i = 0; i < analysis->n_metrics; i++) {
        const struct hd_delivery_metric *metric = &analysis->metrics[i];

        if (!metric->min && !metric->max) {
            hint(found(checker, HD_METRIC_WITHOUT_BOUND, AT_STRUCT(metric), "any value of this metric is good"), "give min, max or both");
        } else if (metric->min && metric->max && format_is_valid(&format_decimal, metric->min) &&
                   format_is_valid(&format_decimal, metric->max) && strtod(metric->min, NULL) > strtod(metric->max, NULL)) {
            finding = found(checker, HD_METRIC_WITHOUT_BOUND, AT(metric, min), "no value is at least %s and at most %s", metric->min,
                            metric->max);
            also_at(finding, AT(metric, max), "max is %s", metric->max);
            hint(finding, "exchange the two");
        }
    }
}

static void check_preview(struct checker *checker, const struct hd_service *service)
{
    const struct hd_blue_green *way = &service->delivery.blue_green;
    struct finding *finding;

    if (!way->preview_host)
        return;
    if (!service->n_expose)
        hint(found(checker, HD_PREVIEW_UNREACHED, AT(way, preview_host), "no way in leads to %s",
                   service->name ? service->name : "this service"),
             "the preview has the ways in of the service: give expose: /, or leave previewHost out and ask %s-" PREVIEW
             " within the cluster",
             service->name ? service->name : "NAME");
    for (size_t i = 0; i < service->n_expose; i++)
        if (service->expose[i].host && !strcmp(service->expose[i].host, way->preview_host)) {
            finding = found(checker, HD_PREVIEW_HOST_TAKEN, AT(way, preview_host), "%s already leads to the version that is in use",
                            way->preview_host);
            also_at(finding, AT(&service->expose[i], host), "it is exposed under this host");
            hint(finding, "give the preview a host of its own, such as preview.%s", way->preview_host);
            return;
        }
}

static bool is_exclusive(const struct hd_service *service, const struct hd_volume **volume)
{
    for (size_t i = 0; i < service->pod.n_volumes; i++)
        if (service->pod.volumes[i].claim.size && claim_is_exclusive(&service->pod.volumes[i].claim)) {
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
        /* That several pods share it was said already. */
        if (most_replicas(service) > 1)
            return;
        finding = found(checker, HD_VERSIONS_APART, AT(&volume->claim, size),
                        "two versions run at the same time, and only one node can have this storage");
        hint(finding, "take storage that several nodes can have (ReadWriteMany), or leave the delivery out");
    } else if (service->strategy.type == HD_STRATEGY_RECREATE) {
        finding = found(checker, HD_VERSIONS_APART, AT(&service->strategy, type),
                        "with Recreate the old version ends before the new one begins, and a delivery runs both");
        hint(finding, "leave the strategy out, or the delivery");
    } else {
        return;
    }
    also_at(finding, AT_STRUCT(&service->delivery), "the delivery");
}

static void check_how(struct checker *checker, const struct hd_service *service)
{
    const struct hd_delivery *delivery = &service->delivery;
    bool plain = delivery->executor == HD_EXECUTOR_PLAIN, argo = delivery->executor == HD_EXECUTOR_ARGO_ROLLOUTS;
    bool says = struct_is_set(&hd_blue_green_struct, &delivery->blue_green) || delivery->canary.n_steps ||
                (plain && struct_is_set(&hd_canary_struct, &delivery->canary));

    if (!says && !delivery->canary.weight.set && !delivery->canary.image_tag && !delivery->canary.replicas)
        hint(found(checker, HD_DELIVERY_OF_NOTHING, AT_STRUCT(delivery), "nothing says how a new version takes over"),
             plain  ? "give canary: {imageTag: \"1.5.0\", weight: 20}"
             : argo ? "give canary: {steps: [{setWeight: 20, pause: 5m}, {setWeight: 50, pause: 5m}]}, or blueGreen: {}"
                    : "give canary: {steps: [20, 50]}");
    if (plain && service_n_ports(service) && !can_be_weighed(service))
        hint(found(checker, HD_DELIVERY_WITHOUT_PORT, AT_STRUCT(delivery),
                   "nothing can weigh what is encrypted or UDP, and there is no other port"),
             "take argoRollouts with a canary, which then goes by numbers of pods");
    if (service_n_ports(service) || delivery_way(service) == NO_DELIVERY ||
        (argo && delivery_way(service) == CANARY_WAY))
        return;
    hint(found(checker, HD_DELIVERY_WITHOUT_PORT, AT_STRUCT(delivery), "nobody asks a service without ports, so nothing can be weighed"),
         "leave the delivery out, or take argoRollouts with a canary, which goes by numbers of pods");
}

/* Beside ports whose requests are weighed. */
static void check_unweighed_ports(struct checker *checker, const struct hd_service *service)
{
    for (size_t i = 0; i < service_n_ports(service) && is_weighed(checker->model, service) && can_be_weighed(service); i++) {
        const struct hd_port *port = service_port_at(service, i);
        struct finding *finding;

        if (port_can_be_weighed(port))
            continue;
        finding = found(checker, HD_PORT_UNWEIGHED, AT(port, protocol), "what comes in by port %lld is not weighed: it is %s",
                        (long long)port->port, port->protocol == HD_PROTOCOL_UDP ? "UDP" : "encrypted");
        also_at(finding, AT(&service->delivery, executor), "%s weighs the rest", executor_name(service));
        hint(finding, "expect both versions behind it, or %s",
             port->protocol == HD_PROTOCOL_UDP ? "give it to a service of its own"
                                               : "let the mesh or its gateway do TLS in place of the service");
    }
}

/* Requests that a route shares among services are not shared once more among versions. */
static void check_weighed_once(struct checker *checker, const struct hd_service *service)
{
    for (size_t i = 0; i < service->n_expose; i++)
        for (size_t k = 0; k < service->expose[i].n_destinations; k++) {
            const struct hd_destination *destination = &service->expose[i].destinations[k];
            const struct hd_service *to = graph_callee(checker->model, destination->to ? destination->to : "").service;
            struct finding *finding;

            if (!to || delivery_way(to) != CANARY_WAY || !service_in_mesh(checker->app, to))
                continue;
            finding = found(checker, HD_WEIGHTS_TWICE, AT(destination, to), "the requests to %s are weighed by its delivery as well",
                            destination->to);
            also_at(finding, AT(&to->delivery, executor), "%s delivers it", executor_name(to));
            hint(finding, "expose %s under a path of its own, or leave its delivery out", destination->to);
        }
}

void check_delivery(struct checker *checker, const struct hd_service *service)
{
    const struct hd_delivery *delivery = &service->delivery;

    check_weighed_once(checker, service);
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
    check_preview(checker, service);
    if (delivery_way(service) == CANARY_WAY && delivery->executor != HD_EXECUTOR_PLAIN)
        check_judged(checker, service);
    if (delivery->executor == HD_EXECUTOR_FLAGGER)
        check_flagger(checker, service);
    if (delivery->executor == HD_EXECUTOR_PLAIN)
        check_plain(checker, service);
}
