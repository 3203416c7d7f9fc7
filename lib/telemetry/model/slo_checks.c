/* Rules for objectives: they can be missed, and be measured. */
#include "alert.h"
#include "core/text/duration.h"
#include "core/text/monitoring_units.h"
#include "core/text/suggest.h"
#include "model/checks.h"
#include "model/graph.h"
#include "parts.h"
#include "request_source.h"
#include "slo.h"

#include <string.h>

static void unknown_service(struct checker *checker, const struct hd_slo *slo)
{
    const struct hd_app *app = checker->app;
    struct suggestion suggestion = suggest_for(slo->service);
    struct finding *finding = found(checker, HD_SLO_OF_NOBODY, AT(slo, service), "there is no service \"%.63s\"", slo->service);

    for (size_t i = 0; i < app->n_services && checker->n_suggestions < MOST_SUGGESTIONS; i++)
        if (app->services[i].name)
            suggest_try(&suggestion, app->services[i].name);
    checker->n_suggestions++;
    hint_nearest(finding, suggestion.nearest, "an objective is for one of the application's services");
}

static void check_objective(struct checker *checker, const struct hd_slo *slo)
{
    int64_t percent = percent_millionths(slo->objective);

    if (percent > 0 && percent <= PERCENT)
        hint(found(checker, HD_PERCENT_AS_FRACTION, AT(slo, objective), "objective is in percent, so %.30s lets 99 of 100 requests fail",
                   slo->objective),
             "write percent, such as 99.9%%");
    if (!slo->objective || percent < 0 || slo_budget(slo))
        return;
    hint(found(checker, HD_OBJECTIVE_IMPOSSIBLE, AT(slo, objective), "objective is %.30s, but must lie between 0%% and 100%%",
               slo->objective),
         "at 100%% the first error breaks it, and at 0%% nothing does: write a value between them, such as 99.9%%");
}

static void check_slo_window(struct checker *checker, const struct hd_slo *slo)
{
    const int64_t day = 24 * 3600 * 1000;
    int64_t window = prometheus_duration_ms(slo->window);

    if (window < 0 || (window >= 7 * day && window <= 366 * day))
        return;
    hint(found(checker, HD_SLO_WINDOW, AT(slo, window), "window is %.30s, but must be 7d to 366d", slo->window),
         "the alerts of an objective look back up to three days: write window: 30d, or another time from 7d to 366d");
}

/* A histogram counts requests only at its bounds, so a latency between two bounds cannot be measured. */
static void check_buckets(struct checker *checker, const struct hd_slo *slo, const struct hd_service *service)
{
    const struct buckets buckets = request_buckets(checker->app, request_source(checker->model, service));
    const char *by = buckets.source->counted_by;
    int64_t latency = prometheus_duration_ms(slo->latency), below = 0, above = 0;
    struct finding *finding;

    if (latency < 0)
        return;
    for (size_t i = 0; i < buckets.n; i++) {
        int64_t bound = bucket_ms(&buckets, i);

        if (bound == latency)
            return;
        if (bound < latency && bound > below)
            below = bound;
        if (bound > latency && (!above || bound < above))
            above = bound;
    }
    if (!below && !above)
        return;
    finding = found(checker, HD_LATENCY_BETWEEN_BUCKETS, AT(slo, latency),
                    "no bound of the histogram is %.30s, so the responses within it cannot be counted", slo->latency);
    if (!above)
        hint(finding, "the highest bound of the histogram of %s is %lldms: write that or less", by, (long long)below);
    else if (!below)
        hint(finding, "the lowest bound of the histogram of %s is %lldms: write that or more", by, (long long)above);
    else
        hint(finding, "the histogram of %s has bounds at %lldms and %lldms: write one of them%s", by, (long long)below,
             (long long)above, buckets.texts ? ", or add the bound to telemetry.collector.spanMetrics.buckets" : "");
}

/* The longest timeout of those who call a service; the one given when nobody does, and NULL when some call has none. */
static const char *longest_of_calls(const struct hd_model *model, const struct hd_service *service, const char *longest, struct where *ret_where)
{
    for (size_t i = 0; i < graph_n_in(model, service); i++) {
        const struct hd_call *call = graph_in(model, service, i)->call;

        if (graph_in(model, service, i)->caller || (call && duration_us(call->timeout) <= 0))
            return NULL;
        if (call && duration_us(call->timeout) > duration_us(longest)) {
            longest = call->timeout;
            *ret_where = AT(call, timeout);
        }
    }
    return longest;
}

/* The timeout at which the mesh ends every request to a service, and where it is given; NULL when some request has none. */
static const char *cut_off(struct checker *checker, const struct hd_service *service, struct where *ret_where)
{
    const char *longest = NULL;

    if (service->traffic_policy.timeout) {
        *ret_where = AT(&service->traffic_policy, timeout);
        return service->traffic_policy.timeout;
    }
    for (size_t i = 0; i < service->n_expose; i++) {
        if (duration_us(service->expose[i].timeout) <= 0)
            return NULL;
        if (duration_us(service->expose[i].timeout) > duration_us(longest)) {
            longest = service->expose[i].timeout;
            *ret_where = AT(&service->expose[i], timeout);
        }
    }
    return longest_of_calls(checker->model, service, longest, ret_where);
}

void check_latency_below_timeout(struct checker *checker, const struct hd_service *service, const char *latency, struct where where)
{
    struct where timeout_where = where;
    const char *timeout = cut_off(checker, service, &timeout_where);
    struct finding *finding;

    if (duration_us(timeout) <= 0 || prometheus_duration_ms(latency) * 1000 <= duration_us(timeout))
        return;
    finding = found(checker, HD_LATENCY_ABOVE_TIMEOUT, where,
                    "the latency of %.30s is above the timeout, so no response can take that long", latency);
    also_at(finding, timeout_where, "the timeout is %.30s", timeout);
    hint(finding, "write a latency below the timeout, or raise the timeout");
}

static void check_measured(struct checker *checker, const struct hd_slo *slo, const struct hd_service *service)
{
    static const struct alert_case requests = {.needs = NEEDS_REQUESTS};
    const struct hd_app *app = checker->app;
    struct finding *finding;

    if (!has_alerts(app, service)) {
        finding = found(checker, HD_SLO_UNWATCHED, AT_STRUCT(slo), "the objective has no effect, because alerts are off");
        also_at(finding, has_alerts(app, NULL) ? AT_STRUCT(&service->telemetry.alerts) : AT_STRUCT(&app->telemetry.alerts),
                "alerts are turned off here");
        hint(finding, "turn alerts on, or remove the objective");
    } else if (alert_lacks(checker->model, service, &requests)) {
        hint(found(checker, HD_SLO_WITHOUT_SOURCE, AT(slo, service), "no known source counts the requests to %s", service->name), "%s",
             app->telemetry.sources.requests
                 ? "an objective needs a service with an HTTP or gRPC port and telemetry"
                 : "turn on telemetry.collector.spanMetrics or the mesh, or write the source in telemetry.sources.requests");
    } else if (slo->latency) {
        check_buckets(checker, slo, service);
        check_latency_below_timeout(checker, service, slo->latency, AT(slo, latency));
    }
}

void check_slos(struct checker *checker)
{
    const struct hd_telemetry *telemetry = &checker->app->telemetry;

    if (telemetry->enabled != HD_TRUE)
        return;
    for (size_t i = 0; i < telemetry->n_slos; i++) {
        const struct hd_slo *slo = &telemetry->slos[i];
        const struct hd_service *service = slo->service ? graph_callee(checker->model, slo->service).service : NULL;

        check_objective(checker, slo);
        check_slo_window(checker, slo);
        if (service)
            check_measured(checker, slo, service);
        else if (slo->service)
            unknown_service(checker, slo);
    }
    for (size_t i = 0; telemetry->n_slos > 1 && i < checker->app->n_services; i++)
        check_objectives_of_callees(checker, &checker->app->services[i]);
}
