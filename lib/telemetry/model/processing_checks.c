/* Rules for what collectors do with signals: conditions and statements of OTTL, sampling twice, and traces that break between services. */
#include "core/text/among.h"
#include "core/text/duration.h"
#include "core/text/format.h"
#include "core/text/monitoring_units.h"
#include "core/text/ottl_read.h"
#include "model/checks.h"
#include "model/graph.h"
#include "telemetry_checks.h"

#include <string.h>

enum { LONGEST_QUOTE = 40 };

typedef bool (*ottl_reader)(const char *text, struct ottl_fault *ret_fault);

static void check_ottl(struct checker *checker, const char *text, struct where where, ottl_reader reader)
{
    struct ottl_fault fault;

    /* Open quotes and brackets are reported by the form. */
    if (text && format_is_valid(&format_ottl, text) && !reader(text, &fault))
        hint(found(checker, HD_BAD_OTTL, where, "the collector refuses \"%.*s\": %s", LONGEST_QUOTE, text, fault.words),
             "correct it: with one that it refuses the collector does not start");
}

static void check_ottl_of(struct checker *checker, const struct hd_ottl *ottl, ottl_reader reader)
{
    for (size_t i = 0; i < ottl->n_traces; i++)
        check_ottl(checker, ottl->traces[i], AT_ITEM(ottl, traces, i), reader);
    for (size_t i = 0; i < ottl->n_metrics; i++)
        check_ottl(checker, ottl->metrics[i], AT_ITEM(ottl, metrics, i), reader);
    for (size_t i = 0; i < ottl->n_logs; i++)
        check_ottl(checker, ottl->logs[i], AT_ITEM(ottl, logs, i), reader);
}

static bool samples(const char *sampling)
{
    return sampling && format_is_valid(&format_ratio, sampling) && *sampling == '0';
}

static void sampled_before(struct checker *checker, const struct hd_collector *collector, const struct hd_signals *signals, const char *who)
{
    struct finding *finding;

    if (!samples(signals->sampling))
        return;
    finding = found(checker, HD_SAMPLED_BEFORE, AT(signals, sampling),
                    "%s keeps %.20s of the traces, so tail sampling sees only these, and cannot keep the errors among the others", who,
                    signals->sampling);
    also_at(finding, AT(&collector->tail_sampling, policies), "the collector chooses here");
    hint(finding,
         "remove sampling, and let the collector choose; if it is meant to bound the load of the collector, accept this with silence");
}

static void check_tail_shares(struct checker *checker, const struct hd_tail_sampling *sampling)
{
    for (size_t i = 0; i < sampling->n_policies; i++) {
        const struct hd_tail_policy *policy = &sampling->policies[i];
        int64_t share = policy->sampling_percentage ? percent_millionths(policy->sampling_percentage) : -1;

        if (share > 0 && share < PERCENT)
            hint(found(checker, HD_PERCENT_AS_FRACTION, AT(policy, sampling_percentage),
                       "samplingPercentage is in percent, so %.20s keeps less than one trace in a hundred", policy->sampling_percentage),
                 "write percent, such as 5; if so few are meant, accept this with silence");
    }
}

/* Istio takes percent here, where the SDKs take a share from 0 to 1. */
void check_mesh_sampling(struct checker *checker)
{
    const struct hd_mesh_telemetry *mesh = &checker->app->telemetry.mesh;
    const char *given = checker->model->given->telemetry.mesh.random_sampling_percentage;
    int64_t share = given ? percent_millionths(given) : -1;

    if (share > 0 && share < PERCENT)
        hint(found(checker, HD_PERCENT_AS_FRACTION, AT(mesh, random_sampling_percentage),
                   "randomSamplingPercentage is in percent, so %.20s keeps less than one trace in a hundred", given),
             "write percent, such as 10; if so few are meant, accept this with silence");
}

static void check_buckets(struct checker *checker, const struct hd_span_metrics *metrics)
{
    for (size_t i = 1; i < metrics->n_buckets; i++) {
        int64_t before = duration_us(metrics->buckets[i - 1]), here = duration_us(metrics->buckets[i]);
        struct finding *finding;

        if (before < 0 || here < 0 || before < here)
            continue;
        finding = found(checker, HD_BUCKETS_UNORDERED, AT_ITEM(metrics, buckets, i), "the bucket %.30s is not above %.30s before it",
                        metrics->buckets[i], metrics->buckets[i - 1]);
        also_at(finding, AT_ITEM(metrics, buckets, i - 1), "the bucket before it");
        hint(finding, "write each bound once, from the shortest to the longest");
        return;
    }
}

/* A trace is judged when decisionWait is over: what is slower than that is not there yet. */
static void check_slow_policies(struct checker *checker, const struct hd_tail_sampling *sampling)
{
    int64_t wait_us = duration_us(sampling->decision_wait);
    enum { FEW_MS = 10 };

    for (size_t i = 0; i < sampling->n_policies; i++) {
        const struct hd_tail_policy *policy = &sampling->policies[i];
        struct finding *finding;

        if (policy->threshold_ms >= 1 && policy->threshold_ms < FEW_MS)
            hint(found(checker, HD_THRESHOLD_IN_SECONDS, AT(policy, threshold_ms), "thresholdMs is in milliseconds, so nearly every trace is slower than %lld",
                       (long long)policy->threshold_ms),
                 "write %lld000 if seconds were meant; else accept this with silence", (long long)policy->threshold_ms);
        if (wait_us <= 0 || policy->threshold_ms < 1 || policy->threshold_ms > INT32_MAX || policy->threshold_ms * 1000 < wait_us)
            continue;
        finding = found(checker, HD_DECIDED_EARLY, AT(policy, threshold_ms), "a trace is judged after %.30s, before it can be as slow as %lld ms",
                        sampling->decision_wait, (long long)policy->threshold_ms);
        also_at(finding, AT(sampling, decision_wait), "decisionWait is %.30s", sampling->decision_wait);
        hint(finding, "write a decisionWait well above the slowest traces");
    }
}

static void check_batch_time(struct checker *checker, const struct hd_batch *batch)
{
    const int64_t minute_us = INT64_C(60) * 1000 * 1000;

    if (duration_us(batch->timeout) > minute_us)
        hint(found(checker, HD_BATCH_LATE, AT(batch, timeout), "data waits up to %.30s in memory before it is sent, and is lost when the collector stops", batch->timeout),
             "write seconds, such as 5s or 200ms");
}

void check_processing(struct checker *checker, const struct hd_collector *collector)
{
    const struct hd_app *app = checker->app;

    check_ottl_of(checker, &collector->filter, ottl_condition_is_valid);
    check_ottl_of(checker, &collector->transform, ottl_statement_is_valid);
    check_tail_shares(checker, &collector->tail_sampling);
    check_buckets(checker, &collector->span_metrics);
    check_slow_policies(checker, &collector->tail_sampling);
    check_batch_time(checker, &collector->batch);
    if (!collector->tail_sampling.n_policies)
        return;
    sampled_before(checker, collector, &app->telemetry.signals, "the application");
    for (size_t i = 0; i < app->n_services; i++) {
        const struct hd_signals *signals = &app->services[i].telemetry.signals;

        if (app->services[i].telemetry.enabled == HD_TRUE && !same_text(signals->sampling, app->telemetry.signals.sampling))
            sampled_before(checker, collector, signals, app->services[i].name);
    }
}

static bool propagates(const struct hd_service *service)
{
    return service->telemetry.enabled == HD_TRUE && service->telemetry.signals.n_propagators;
}

/* Whether a trace goes on from the caller to the callee: both know one of the headers. Baggage has no trace. */
static bool shares_header(const struct hd_signals *a, const struct hd_signals *b)
{
    for (size_t i = 0; i < a->n_propagators; i++)
        if (strcmp(a->propagators[i], "baggage") && is_among(a->propagators[i], b->propagators, b->n_propagators))
            return true;
    return false;
}

void check_propagation(struct checker *checker, const struct hd_service *service)
{
    const struct hd_signals *own = &service->telemetry.signals;

    if (!service->name || !propagates(service))
        return;
    for (size_t i = 0; i < service->n_calls; i++) {
        const struct hd_service *callee = graph_callee(checker->model, text_or(service->calls[i].to, "")).service;
        const struct hd_signals *theirs = callee ? &callee->telemetry.signals : NULL;
        bool own_differs = own->propagators != checker->app->telemetry.signals.propagators;
        struct finding *finding;

        if (!callee || !propagates(callee) || own->propagators == theirs->propagators || shares_header(own, theirs))
            continue;
        finding = found(checker, HD_TRACE_BREAKS, own_differs ? AT(own, propagators) : AT(theirs, propagators),
                        "traces end between %s and %s, because they have no propagator in common", service->name, callee->name);
        also_at(finding, own_differs ? AT(theirs, propagators) : AT(&service->calls[i], to),
                own_differs ? "the propagators of %s" : "%s is called here", callee->name);
        hint(finding, "add a propagator of the other, such as tracecontext, to one of them");
        return;
    }
}
