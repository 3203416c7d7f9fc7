/* Rules for objectives: they can be missed, and be measured. */
#include "alert.h"
#include "core/text/duration.h"
#include "core/text/monitoring_units.h"
#include "core/text/suggest.h"
#include "metric_buckets.h"
#include "model/checks.h"
#include "model/graph.h"
#include "parts.h"
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
    if (!slo->objective || percent_millionths(slo->objective) < 0 || slo_budget(slo))
        return;
    hint(found(checker, HD_OBJECTIVE_IMPOSSIBLE, AT(slo, objective), "an objective of %.30s", slo->objective),
         "at 100%% the first error breaks it for good, and at 0%% nothing can: give something between, such as 99.9%%");
}

static void check_slo_window(struct checker *checker, const struct hd_slo *slo)
{
    const int64_t day = 24 * 3600 * 1000;
    int64_t window = prometheus_duration_ms(slo->window);

    if (window < 0 || (window >= 7 * day && window <= 366 * day))
        return;
    hint(found(checker, HD_SLO_WINDOW, AT(slo, window), "an objective over %.30s", slo->window),
         "its alerts look back up to three days: give 7d to 366d, such as 30d");
}

/* How long the source's histogram can tell: its bounds, and nothing between. */
static void check_buckets(struct checker *checker, const struct hd_slo *slo, const struct hd_service *service)
{
    const struct buckets buckets = request_buckets(checker->app, request_source(checker->model, service));
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
    finding = found(checker, HD_LATENCY_BETWEEN_BUCKETS, AT(slo, latency), "nothing counts the answers within %.30s", slo->latency);
    if (!above)
        hint(finding, "the histogram of %s ends at %lldms", buckets.words, (long long)below);
    else if (!below)
        hint(finding, "the histogram of %s begins at %lldms", buckets.words, (long long)above);
    else
        hint(finding, "the histogram of %s has bounds at %lldms and %lldms: take one of them%s", buckets.words, (long long)below,
             (long long)above, buckets.texts ? ", or add the bound to telemetry.collector.spanMetrics.buckets" : "");
}

static bool is_called(const struct hd_model *model, const struct hd_service *service)
{
    for (size_t i = 0; i < graph_n_in(model, service); i++)
        if (graph_in(model, service, i)->call)
            return true;
    return false;
}

/* Where the mesh lets go of every request of a service; NULL where it does not. */
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
    return longest && !is_called(checker->model, service) ? longest : NULL;
}

void check_latency_below_timeout(struct checker *checker, const struct hd_service *service, const char *latency, struct where where)
{
    struct where timeout_where = where;
    const char *timeout = cut_off(checker, service, &timeout_where);
    struct finding *finding;

    if (duration_us(timeout) <= 0 || prometheus_duration_ms(latency) * 1000 <= duration_us(timeout))
        return;
    finding = found(checker, HD_LATENCY_ABOVE_TIMEOUT, where, "no answer takes %.30s", latency);
    also_at(finding, timeout_where, "requests end after %.30s", timeout);
    hint(finding, "give less than the timeout, or raise it");
}

static void check_measured(struct checker *checker, const struct hd_slo *slo, const struct hd_service *service)
{
    static const struct alert_case requests = {.needs = NEEDS_REQUESTS};
    const struct hd_app *app = checker->app;
    struct finding *finding;

    if (!has_alerts(app, service)) {
        finding = found(checker, HD_SLO_UNWATCHED, AT_STRUCT(slo), "nobody watches the objective: there are no alerts");
        also_at(finding, has_alerts(app, NULL) ? AT_STRUCT(&service->telemetry.alerts) : AT_STRUCT(&app->telemetry.alerts),
                "they are off here");
        hint(finding, "turn alerts on, or remove the objective");
    } else if (alert_lacks(checker->model, service, &requests)) {
        hint(found(checker, HD_SLO_WITHOUT_SOURCE, AT(slo, service), "nothing that is known counts the requests to %s", service->name),
             "%s",
             app->telemetry.sources.requests
                 ? "an objective needs a service with an HTTP or gRPC port and telemetry"
                 : "turn on telemetry.collector.spanMetrics or the mesh, or name the source in telemetry.sources.requests");
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
}
