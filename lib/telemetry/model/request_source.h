/* Where metrics of requests come from, and what they are called there. */
#ifndef HD_TELEMETRY_MODEL_REQUEST_SOURCE_H
#define HD_TELEMETRY_MODEL_REQUEST_SOURCE_H

#include "model/model.h"

enum { N_REQUEST_SOURCES = HD_REQUESTS_SDK + 1 };

/* The series in which a source counts requests; each is a template: see telemetry/emit/promql.h. */
struct request_series {
    /* Matchers: of a service's own series, of its callers', of all services' of the application. */
    const char *served, *asked, *all;
    /* Labels: of the service, and of how a request was answered; who reports. */
    const char *name, *code, *reporter;
    const char *count, *error, *grpc_error;
    const char *time_sum, *time_count, *time_bucket;
};

struct request_source {
    /* Who counts, for messages. */
    const char *counted_by;
    /* Whether the application has it. */
    bool (*is_there)(const struct hd_app *app);
    const struct request_series *series;
    /* Its series in ambient mode, where waypoints count; NULL when they are the same. */
    const struct request_series *ambient;
    /* Upper bounds of its histogram of times; NULL when telemetry.collector.spanMetrics.buckets has them. */
    const int64_t *bounds_ms;
    size_t n_bounds;
    /* Whether its times are in seconds; else they are in milliseconds. */
    bool in_seconds;
    /* Whether proxies count, which see only what the service does not encrypt itself. */
    bool by_proxies;
};

/* Indexed by enum hd_request_source. That of the unset one is for queries about something else, which name no requests. */
extern const struct request_source request_sources[N_REQUEST_SOURCES];

bool has_request_source(const struct hd_app *app, enum hd_request_source source);

/* The histogram of the times of requests. */
struct buckets {
    const struct request_source *source;
    /* Upper bounds in milliseconds, or as the model writes them. */
    const int64_t *ms;
    const char *const *texts;
    size_t n;
};

struct buckets request_buckets(const struct hd_app *app, enum hd_request_source source);
/* A bound in milliseconds; -1 when it is not a whole number of milliseconds. */
int64_t bucket_ms(const struct buckets *buckets, size_t index);

#endif
