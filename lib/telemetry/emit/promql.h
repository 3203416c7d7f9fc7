/*
 * PromQL from templates. A word behind an @ stands for something:
 *
 *     @application @namespace @service   names, as they stand in labels
 *     @container @autoscaler @collector  label matchers that select its series
 *     @versions                          operator and value of a matcher for a name, which may have the suffix of a version
 *     @job                               expression that matches the names of its jobs
 *     @wanted @available                 numbers of pods, by kind of workload
 *     @requests @errors                  requests a second, and those answered with a server error, as the service sees them
 *     @asked @failed                     the same as its callers see them, where a mesh tells
 *     @time @answers                     sum of the times of responses, and their number, a second
 *     @within                            answers a second within the latency of an objective
 *     @series                            matchers of the series of requests, for what is grouped by another label
 *     @all @error                        matchers of the series of all services, and of server errors
 *     @count @bucket                     metrics: of the number of requests, and of the histogram of their times
 *     @name @code @reporter              labels: of the service, of how a request was answered; and who reports calls
 *     @unit                              of times: ms or s
 *     @generation                        changes with each new version of the workload
 *     @window @threshold @bound          of the alert: the bound as a number, and as people wrote it
 *     @case                              which of the alert's rules it is
 *     @value                             the alert's value for people, where it is a time of a response
 */
#ifndef HD_TELEMETRY_EMIT_PROMQL_H
#define HD_TELEMETRY_EMIT_PROMQL_H

#include "telemetry/model/alert.h"

#include <hybriddeploy/model.h>

struct promql {
    const struct hd_model *model;
    const struct hd_service *service; /* NULL for the application */
    enum hd_request_source source;
    const char *window, *threshold, *bound, *label;
    /* Of an objective, in milliseconds; 0 for none. */
    int64_t latency_ms;
};

enum { PROMQL_LONGEST = 6144 };
struct promql_text {
    size_t length;
    char text[PROMQL_LONGEST];
};

/* Writes the template with what its words stand for; what does not fit is cut. Returns the text. */
const char *promql(struct promql_text *out, const struct promql *query, const char *template);

/* Whether each new version of a service's workload can be seen: that of a Rollout is in no metric of the cluster. */
bool promql_sees_versions(const struct hd_service *service);

#endif
