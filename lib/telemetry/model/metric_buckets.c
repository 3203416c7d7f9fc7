#include "metric_buckets.h"

#include "core/text/duration.h"

/* Bounds of Istio's proxies, and of http.server.request.duration in OpenTelemetry's semantic conventions. */
static const int64_t istio_ms[] = {1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000, 30000, 60000, 300000, 600000, 1800000, 3600000};
static const int64_t sdk_ms[] = {5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000};

struct buckets request_buckets(const struct hd_app *app, enum hd_request_source source)
{
    const struct hd_span_metrics *spans = &app->telemetry.collector.span_metrics;

    switch (source) {
    case HD_REQUESTS_ISTIO:
        return (struct buckets){"the mesh's proxies", istio_ms, NULL, sizeof istio_ms / sizeof *istio_ms};
    case HD_REQUESTS_SDK:
        return (struct buckets){"the SDK", sdk_ms, NULL, sizeof sdk_ms / sizeof *sdk_ms};
    default:
        return (struct buckets){"the collector", NULL, spans->buckets, spans->n_buckets};
    }
}

int64_t bucket_ms(const struct buckets *buckets, size_t index)
{
    int64_t us;

    if (buckets->ms)
        return buckets->ms[index];
    us = duration_us(buckets->texts[index]);
    return us >= 0 && us % 1000 == 0 ? us / 1000 : -1;
}
