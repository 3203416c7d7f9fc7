/* Progressive delivery. */
#include "model/delivery.h"

#include "core/tables/bounded.h"
#include "core/tables/field.h"
#include "core/text/duration.h"
#include "model/mesh.h"
#include "model/port.h"
#include "model/resolve.h"
#include "model/tables.h"
#include "formats.h"
#include "parts.h"

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

static void resolve_analysis(struct hd_model *model, struct hd_analysis *analysis)
{
    const struct hd_platform_peer *prometheus = &model->app->platform.prometheus;

    if (struct_is_set(&hd_analysis_struct, analysis) && !analysis->prometheus && prometheus->enabled == HD_TRUE &&
        prometheus->namespace_name)
        analysis->prometheus = arena_printf(&model->arena, "http://prometheus-operated.%s.svc:9090", prometheus->namespace_name);
}

/* The new version gets the same share of pods as of requests. */
static int64_t part_of_pods(const struct hd_service *service)
{
    int64_t part = (bounded(least_replicas(service)) * bounded(service->delivery.canary.weight.value) + 99) / 100;

    return part < 1 ? 1 : part;
}

void resolve_delivery(const struct resolving *resolving)
{
    struct hd_model *model = resolving->model;
    struct hd_service *service = resolving->service;
    struct hd_delivery *delivery = &service->delivery;

    /* `blueGreen: {}` says enough. */
    if (delivery->at && at_has(delivery->at, "blueGreen") && !struct_is_set(&hd_blue_green_struct, &delivery->blue_green))
        delivery->blue_green = (struct hd_blue_green){.auto_promotion_enabled = HD_TRUE, .scale_down_delay_seconds = HD_INT(30)};
    resolve_analysis(model, &delivery->canary.analysis);
    resolve_analysis(model, &delivery->blue_green.analysis);
    if (is_delivered_by(service, HD_EXECUTOR_PLAIN) && delivery->canary.image_tag && !delivery->canary.replicas)
        delivery->canary.replicas = part_of_pods(service);
}
