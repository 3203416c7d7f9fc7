/* Histograms of the duration of requests: the bounds of each source. */
#ifndef HD_TELEMETRY_MODEL_METRIC_BUCKETS_H
#define HD_TELEMETRY_MODEL_METRIC_BUCKETS_H

#include <hybriddeploy/model.h>

struct buckets {
    /* The source, in words. */
    const char *words;
    /* Upper bounds in milliseconds, or as the model writes them. */
    const int64_t *ms;
    const char *const *texts;
    size_t n;
};

struct buckets request_buckets(const struct hd_app *app, enum hd_request_source source);
/* A bound in milliseconds; -1 when it is not a whole number of milliseconds. */
int64_t bucket_ms(const struct buckets *buckets, size_t index);

#endif
