/* Progressive delivery. */
#include "delivery.h"

#include "core/tables/field.h"
#include "core/text/duration.h"
#include "mesh/model/mesh.h"
#include "model/port.h"
#include "model/resolve.h"
#include "model/tables.h"

#include <string.h>

WORDS(hd_executor, {"argoRollouts", HD_EXECUTOR_ARGO_ROLLOUTS}, {"flagger", HD_EXECUTOR_FLAGGER}, {"plain", HD_EXECUTOR_PLAIN});

#define T hd_canary_step
static const struct hd_field canary_step_fields[] = {
    OPT("setWeight", set_weight, .max = 100),
    STR("pause", pause, .format = &format_pause),
};
const struct hd_struct hd_canary_step_struct = STRUCT(canary_step_fields, .scalar = "setWeight");
#undef T

#define T hd_delivery_metric
static const struct hd_field delivery_metric_fields[] = {
    STR("name", name, .required = true, .format = &format_dns_label),
    STR("query", query, .required = true, .format = &format_text),
    STR("min", min, .format = &format_decimal),
    STR("max", max, .format = &format_decimal),
};
const struct hd_struct hd_delivery_metric_struct = STRUCT(delivery_metric_fields, .keyed_by = "name");
#undef T

#define T hd_analysis
static const struct hd_field analysis_fields[] = {
    STR("interval", interval, .def = "1m", .format = &format_whole_seconds),
    OPT("failureLimit", failure_limit, .max = 1000, .def_int = 1),
    STR("successRate", success_rate, .format = &format_percentage),
    STR("latency", latency, .format = &format_mesh_duration),
    LIST("metrics", metrics, hd_delivery_metric),
    STR("prometheus", prometheus, .format = &format_http_address),
};
const struct hd_struct hd_analysis_struct = STRUCT(analysis_fields);
#undef T

#define T hd_canary
static const struct hd_field canary_fields[] = {
    LIST("steps", steps, hd_canary_step),
    OBJ("analysis", analysis, hd_analysis),
    OPT("weight", weight, .max = 100),
    STR("imageTag", image_tag, .format = &format_tag),
    INT("replicas", replicas, .min = 1, .max = 2147483647),
};
const struct hd_struct hd_canary_struct = STRUCT(canary_fields);
#undef T

#define T hd_blue_green
static const struct hd_field blue_green_fields[] = {
    STR("previewHost", preview_host, .format = &format_subdomain),
    BOOL("autoPromotionEnabled", auto_promotion_enabled, .def_int = HD_TRUE),
    INT("autoPromotionSeconds", auto_promotion_seconds, .min = 1, .max = 2147483647),
    INT("previewReplicaCount", preview_replica_count, .min = 1, .max = 2147483647),
    OPT("scaleDownDelaySeconds", scale_down_delay_seconds, .max = 2147483647, .def_int = 30),
    OBJ("analysis", analysis, hd_analysis),
};
const struct hd_struct hd_blue_green_struct = STRUCT(blue_green_fields, .may_be_empty = true);
#undef T

#define T hd_delivery
static const struct hd_field delivery_fields[] = {
    ENUM("executor", executor, hd_executor, .required = true),
    OBJ("canary", canary, hd_canary, .choice = 1),
    OBJ("blueGreen", blue_green, hd_blue_green, .choice = 1),
};
const struct hd_struct hd_delivery_struct = STRUCT(delivery_fields);
#undef T

enum delivery_way delivery_way(const struct hd_service *service)
{
    const struct hd_delivery *delivery = &service->delivery;

    if (!delivery->executor)
        return NO_DELIVERY;
    if (struct_is_set(&hd_canary_struct, &delivery->canary))
        return CANARY_WAY;
    return struct_is_set(&hd_blue_green_struct, &delivery->blue_green) && delivery->executor == HD_EXECUTOR_ARGO_ROLLOUTS ? BLUE_GREEN_WAY
                                                                                                                         : NO_DELIVERY;
}

const struct hd_analysis *delivery_analysis(const struct hd_service *service)
{
    return delivery_way(service) == BLUE_GREEN_WAY ? &service->delivery.blue_green.analysis : &service->delivery.canary.analysis;
}

bool has_analysis(const struct hd_service *service)
{
    const struct hd_analysis *analysis = delivery_analysis(service);

    return delivery_way(service) != NO_DELIVERY && (analysis->success_rate || analysis->latency || analysis->n_metrics);
}

bool port_can_be_weighed(const struct hd_port *port)
{
    return port->protocol != HD_PROTOCOL_UDP && port->protocol != HD_PROTOCOL_TLS && port->protocol != HD_PROTOCOL_HTTPS;
}

bool can_be_weighed(const struct hd_service *service)
{
    for (size_t i = 0; i < service_n_ports(service); i++)
        if (port_can_be_weighed(service_port_at(service, i)))
            return true;
    return false;
}

bool splits_by_services(const struct hd_model *model, const struct hd_service *service)
{
    return service->delivery.executor == HD_EXECUTOR_ARGO_ROLLOUTS && delivery_way(service) == CANARY_WAY &&
           service_in_mesh(model->app, service) && can_be_weighed(service);
}

int64_t canary_replicas(const struct hd_service *service)
{
    return is_delivered_by(service, HD_EXECUTOR_PLAIN) && service->delivery.canary.image_tag ? service->delivery.canary.replicas : 0;
}

bool is_weighed(const struct hd_model *model, const struct hd_service *service)
{
    return splits_by_services(model, service) || (canary_replicas(service) && can_be_weighed(service)) ||
           is_delivered_by(service, HD_EXECUTOR_FLAGGER);
}

static void resolve_analysis(struct hd_model *model, struct hd_analysis *analysis)
{
    const struct hd_platform_peer *prometheus = &model->app->platform.prometheus;

    if (struct_is_set(&hd_analysis_struct, analysis) && !analysis->prometheus && prometheus->enabled == HD_TRUE &&
        prometheus->namespace_name)
        analysis->prometheus = arena_printf(&model->arena, "http://prometheus-operated.%s.svc:9090", prometheus->namespace_name);
}

/* As large a part of the pods as of the requests. */
static int64_t part_of_pods(const struct hd_service *service)
{
    int64_t pods = least_replicas(service), weight = service->delivery.canary.weight.value, part;

    if (pods < 1 || pods > 1000000 || weight < 0 || weight > 100)
        return 1;
    part = (pods * weight + 99) / 100;
    return part < 1 ? 1 : part;
}

void resolve_delivery(struct hd_model *model, struct hd_service *service)
{
    struct hd_delivery *delivery = &service->delivery;

    /* `blueGreen: {}` says enough. */
    if (delivery->at && at_has(delivery->at, "blueGreen") && !struct_is_set(&hd_blue_green_struct, &delivery->blue_green))
        delivery->blue_green = (struct hd_blue_green){.auto_promotion_enabled = HD_TRUE, .scale_down_delay_seconds = HD_INT(30)};
    resolve_analysis(model, &delivery->canary.analysis);
    resolve_analysis(model, &delivery->blue_green.analysis);
    if (is_delivered_by(service, HD_EXECUTOR_PLAIN) && delivery->canary.image_tag && !delivery->canary.replicas)
        delivery->canary.replicas = part_of_pods(service);
}

/* The reference without tag and digest. */
static int stem_length(const char *reference)
{
    const char *slash = strrchr(reference, '/'), *name = slash ? slash : reference;

    return (int)(name - reference) + (int)strcspn(name, ":@");
}

const struct version *canary_version(struct hd_model *model, const struct hd_service *service)
{
    const char *tag = service->delivery.canary.image_tag, *reference = service->container.image.reference;
    struct version *version;

    if (!canary_replicas(service) || !reference)
        return NULL;
    version = arena_new(&model->arena, struct version);
    version->image = arena_printf(&model->arena, "%.*s:%s", stem_length(reference), reference, tag);
    version->labels[version->n_labels++] = (struct hd_pair){.name = LABEL_TRACK, .value = CANARY};
    if (format_is_valid(&format_label_value, tag))
        version->labels[version->n_labels++] = (struct hd_pair){.name = "app.kubernetes.io/version", .value = tag};
    return version;
}

struct hd_pair delivery_label(const struct hd_service *service)
{
    if (is_delivered_by(service, HD_EXECUTOR_PLAIN))
        return (struct hd_pair){.name = LABEL_TRACK, .value = STABLE};
    /* The label that Flagger changes in the pods of the old version, and the only one. (Flagger: selector labels) */
    if (is_delivered_by(service, HD_EXECUTOR_FLAGGER))
        return (struct hd_pair){.name = "app", .value = service->name};
    return (struct hd_pair){0};
}
