#include "request_source.h"

#include "collectors.h"
#include "core/text/duration.h"
#include "exporter.h"
#include "model/delivery.h"
#include "model/mesh.h"

/* The series and labels that sidecars and waypoints have in common. */
#define MESH_SERIES                                                \
    .code = "response_code", .count = "istio_requests_total",     \
    .error = "response_code=~\"5..\"",                            \
    .grpc_error = "grpc_response_status=~\"" GRPC_SERVER_ERRORS "\"", \
    .time_sum = "istio_request_duration_milliseconds_sum",        \
    .time_count = "istio_request_duration_milliseconds_count",    \
    .time_bucket = "istio_request_duration_milliseconds_bucket"

/* In ambient mode waypoints see all requests; beside a proxy the service's end and the callers' end are told apart. */
static const struct request_series sidecar_series = {
    .served = "reporter=\"destination\",destination_workload_namespace=\"@namespace\",destination_canonical_service@versions",
    .asked = "reporter=\"source\",destination_service_namespace=\"@namespace\",destination_service_name@versions",
    .all = "reporter=\"destination\",destination_workload_namespace=\"@namespace\"",
    .name = "destination_canonical_service",
    .reporter = "source",
    MESH_SERIES,
};
static const struct request_series waypoint_series = {
    .served = "reporter=\"waypoint\",destination_service_namespace=\"@namespace\",destination_service_name@versions",
    .all = "reporter=\"waypoint\",destination_service_namespace=\"@namespace\"",
    .name = "destination_service_name",
    .reporter = "waypoint",
    MESH_SERIES,
};
static const struct request_series span_series = {
    .served = "service_namespace=\"@application\",service_name=\"@service\",span_kind=\"SPAN_KIND_SERVER\"",
    .all = "service_namespace=\"@application\",span_kind=\"SPAN_KIND_SERVER\"",
    .name = "service_name",
    .code = "status_code",
    .count = "traces_span_metrics_calls_total",
    .error = "status_code=\"STATUS_CODE_ERROR\"",
    .time_sum = "traces_span_metrics_duration_milliseconds_sum",
    .time_count = "traces_span_metrics_duration_milliseconds_count",
    .time_bucket = "traces_span_metrics_duration_milliseconds_bucket",
};
static const struct request_series sdk_series = {
    .served = "service_namespace=\"@application\",service_name=\"@service\"",
    .all = "service_namespace=\"@application\"",
    .name = "service_name",
    .code = "http_response_status_code",
    .count = "http_server_request_duration_seconds_count",
    .error = "http_response_status_code=~\"5..\"",
    .time_sum = "http_server_request_duration_seconds_sum",
    .time_count = "http_server_request_duration_seconds_count",
    .time_bucket = "http_server_request_duration_seconds_bucket",
};

/* Bounds of Istio's proxies, and of http.server.request.duration in OpenTelemetry's semantic conventions. */
static const int64_t istio_ms[] = {1,    5,    10,    25,    50,    100,    250,    500,     1000,
                                   2500, 5000, 10000, 30000, 60000, 300000, 600000, 1800000, 3600000};
static const int64_t sdk_ms[] = {5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000};

static bool has_sdk_metrics(const struct hd_app *app)
{
    return !app->telemetry.collector.external && collector_signals(app) & SIGNAL_METRICS;
}

const struct request_source request_sources[N_REQUEST_SOURCES] = {
    [HD_REQUESTS_UNSET] = {.counted_by = "the collector", .series = &span_series},
    [HD_REQUESTS_ISTIO] = {.counted_by = "the mesh's proxies",
                           .is_there = mesh_is_on,
                           .series = &sidecar_series,
                           .ambient = &waypoint_series,
                           .bounds_ms = istio_ms,
                           .n_bounds = sizeof istio_ms / sizeof *istio_ms,
                           .by_proxies = true},
    [HD_REQUESTS_SPAN_METRICS] = {.counted_by = "the collector", .is_there = has_span_metrics, .series = &span_series},
    [HD_REQUESTS_SDK] = {.counted_by = "the SDK",
                         .is_there = has_sdk_metrics,
                         .series = &sdk_series,
                         .bounds_ms = sdk_ms,
                         .n_bounds = sizeof sdk_ms / sizeof *sdk_ms,
                         .in_seconds = true},
};

bool has_request_source(const struct hd_app *app, enum hd_request_source source)
{
    return source && request_sources[source].is_there(app);
}

struct buckets request_buckets(const struct hd_app *app, enum hd_request_source source)
{
    const struct request_source *row = &request_sources[source];
    const struct hd_span_metrics *spans = &app->telemetry.collector.span_metrics;

    if (row->bounds_ms)
        return (struct buckets){row, row->bounds_ms, NULL, row->n_bounds};
    return (struct buckets){row, NULL, spans->buckets, spans->n_buckets};
}

int64_t bucket_ms(const struct buckets *buckets, size_t index)
{
    int64_t us;

    if (buckets->ms)
        return buckets->ms[index];
    us = duration_us(buckets->texts[index]);
    return us >= 0 && us % 1000 == 0 ? us / 1000 : -1;
}
