/* Rules for alerts: their metrics have a source, and thresholds, windows and times are possible. */
#include "alert.h"
#include "core/text/among.h"
#include "core/text/format.h"
#include "core/text/monitoring_units.h"
#include "model/checks.h"
#include "parts.h"
#include "request_source.h"

#include <string.h>

enum { SCRAPES_IN_WINDOW = 4 };

/* For each need that is not met, what to turn on. */
static const struct {
    unsigned need;
    const char *what, *remedy;
} remedies[] = {
    {NEEDS_REQUESTS, "metrics of requests",
     "turn on telemetry.collector.spanMetrics or the mesh; or, if an external collector makes them, write "
     "telemetry.sources.requests: "
     "spanMetrics"},
    {NEEDS_KUBE_STATE, "kube-state-metrics", "run it in the cluster, and remove telemetry.sources.kubeStateMetrics: false"},
    {NEEDS_CADVISOR, "the metrics of containers", "let Prometheus scrape the kubelets, and remove telemetry.sources.cadvisor: false"},
    {NEEDS_CERT_MANAGER, "the metrics of cert-manager",
     "write telemetry.sources.certManager: true where Prometheus scrapes it; or turn on the mesh"},
    {NEEDS_MESH, "the mesh", "turn on the mesh"},
    {NEEDS_COLLECTOR, "a collector of the application", "remove the alert: an external collector is watched by those who run it"},
    {NEEDS_CPU_LIMIT, "a CPU limit of the container", "write resources.limits.cpu, or turn the alert off for this service"},
    {NEEDS_MEMORY_LIMIT, "a memory limit of the container", "write resources.limits.memory, or turn the alert off for this service"},
    {NEEDS_AUTOSCALER, "an autoscaler", "write autoscaling, or turn the alert off for this service"},
};

static const char *const requests_remedy = "remove the alert at this service: it has no port with HTTP or gRPC requests to count";

static int64_t scrape_interval_ms(const struct hd_app *app)
{
    int64_t ms = prometheus_duration_ms(app->telemetry.scraping.interval);

    return ms > 0 ? ms : 30000;
}

/* Reports an alert that the model asks for, but that no rule can raise. */
static void check_needs(struct checker *checker, const struct hd_service *service, const struct alert_kind *kind,
                        const struct hd_alert *alert)
{
    unsigned lacks = ~0u;
    struct finding *finding;

    for (size_t i = 0; i < MOST_ALERT_CASES && kind->cases[i].expression; i++) {
        unsigned of_case =
            service ? alert_lacks(checker->model, service, &kind->cases[i]) : alert_lacks_metrics(checker->app, &kind->cases[i]);

        if (!of_case)
            return;
        lacks = of_case < lacks ? of_case : lacks;
    }
    for (size_t i = 0; i < sizeof remedies / sizeof *remedies; i++) {
        bool portless = service && remedies[i].need == NEEDS_REQUESTS && checker->app->telemetry.sources.requests;

        if (!(lacks & remedies[i].need))
            continue;
        finding = found(checker, HD_ALERT_WITHOUT_SOURCE, AT_STRUCT(alert), "%s cannot be raised without %s", kind->key,
                        portless ? "requests" : remedies[i].what);
        hint(finding, "%s", portless ? requests_remedy : remedies[i].remedy);
        return;
    }
}

static void bad_threshold(struct checker *checker, const struct alert_kind *kind, const struct hd_alert *alert, const char *why,
                          const char *remedy)
{
    hint(found(checker, HD_BAD_THRESHOLD, AT(alert, threshold), "a threshold of %.60s for %s: %s", alert->threshold, kind->key, why), "%s",
         remedy);
}

/* With its sign it is meant. */
static void check_fraction(struct checker *checker, const struct alert_kind *kind, const struct hd_alert *alert)
{
    if (percent_millionths(alert->threshold) < PERCENT && !strchr(alert->threshold, '%'))
        hint(found(checker, HD_PERCENT_AS_FRACTION, AT(alert, threshold),
                   "the threshold of %s is in percent, so %.30s is at most one in a hundred", kind->key, alert->threshold),
             "write it with a percent sign: %.30s%% if that is meant, or %s for a fraction of 0.05", alert->threshold, "5%");
}

static void check_threshold(struct checker *checker, const struct alert_kind *kind, const struct hd_alert *alert)
{
    int64_t percent = percent_millionths(alert->threshold), ms = prometheus_duration_ms(alert->threshold);

    if (!alert->threshold || !format_is_valid(&format_bound, alert->threshold))
        return;
    switch (kind->bound) {
    case BOUND_NONE:
        hint(found(checker, HD_ALERT_FIGURE_UNUSED, AT(alert, threshold), "%s has no threshold", kind->key),
             "remove threshold: the alert compares nothing with a bound");
        break;
    case BOUND_MOST_PERCENT:
        if (percent < 0)
            bad_threshold(checker, kind, alert, "it must be a percentage", "write it with a percent sign, such as 80%");
        else if (percent >= PERCENT_ALL)
            bad_threshold(checker, kind, alert, "nothing can be above 100%", "write less than 100%");
        else
            check_fraction(checker, kind, alert);
        break;
    case BOUND_LEAST_PERCENT:
        if (percent < 0)
            bad_threshold(checker, kind, alert, "it must be a percentage", "write it with a percent sign, such as 99.9%");
        else if (!percent || percent > PERCENT_ALL)
            bad_threshold(checker, kind, alert, percent ? "the alert would always be raised" : "nothing can fall below 0%",
                          "write more than 0% and at most 100%");
        else
            check_fraction(checker, kind, alert);
        break;
    case BOUND_DURATION:
        if (ms <= 0 || percent >= 0)
            bad_threshold(checker, kind, alert, "it must be a time", "write it with its unit, such as 100ms or 14d");
        break;
    }
}

static void check_window(struct checker *checker, const struct alert_kind *kind, const struct hd_alert *alert)
{
    const struct hd_scraping *scraping = &checker->app->telemetry.scraping;
    int64_t window = prometheus_duration_ms(alert->window), least = SCRAPES_IN_WINDOW * scrape_interval_ms(checker->app);
    struct finding *finding;

    if (window < 0)
        return;
    if (!kind->window) {
        hint(found(checker, HD_ALERT_FIGURE_UNUSED, AT(alert, window), "window has no effect on %s, because this alert uses no rate",
                   kind->key),
             "remove window");
    } else if (window < least) {
        finding = found(checker, HD_WINDOW_TOO_SHORT, AT(alert, window), "%s takes its rate over %s, which is too short", kind->key,
                        alert->window);
        also_at(finding, AT(scraping, interval), "metrics are scraped every %.60s", text_or(scraping->interval, "30s"));
        hint(finding, "after one failed scrape there would be too few values for a rate; write at least four intervals: %llds",
             (long long)(least + 999) / 1000);
    }
}

static void check_hold(struct checker *checker, const struct alert_kind *kind, const struct hd_alert *alert)
{
    const struct hd_alerts *alerts = &checker->app->telemetry.alerts;
    int64_t hold = prometheus_duration_ms(alert->hold), interval = prometheus_duration_ms(alerts->interval);
    struct finding *finding;

    if (hold <= 0 || hold >= interval)
        return;
    finding = found(checker, HD_FOR_BELOW_INTERVAL, AT(alert, hold), "for of %s is %.60s, below the interval of the rules", kind->key,
                    alert->hold);
    also_at(finding, AT(alerts, interval), "rules are evaluated every %.60s", alerts->interval);
    hint(finding, "write for: 0s, or at least the interval");
}

static void check_alert(struct checker *checker, const struct alert_kind *kind, const struct hd_alert *alert, bool own_window)
{
    if (alert->enabled == HD_FALSE)
        return;
    check_threshold(checker, kind, alert);
    if (own_window)
        check_window(checker, kind, alert);
    check_hold(checker, kind, alert);
}

/* Labels that alerts have already; another value would break their routing. */
static void check_labels(struct checker *checker, const struct hd_pair *labels, size_t n_labels)
{
    static const char *const own[] = {"alertname", "application", "issuer", "job_name", "name", "namespace", "pod", "resource", "service",
                                      "severity", "signal", "slo", "window"};

    for (size_t i = 0; i < n_labels; i++)
        for (size_t k = 0; labels[i].name && k < sizeof own / sizeof *own; k++)
            if (!strcmp(labels[i].name, own[k]))
                hint(found(checker, HD_RESERVED_ALERT_LABEL, AT(&labels[i], name), "alerts have a label %s already", own[k]),
                     "Alertmanager routes and groups alerts by it; choose another name, such as team");
}

/* The default windows, and those of objectives, need enough scrapes. */
static void check_scrapes(struct checker *checker)
{
    const struct hd_telemetry *telemetry = &checker->app->telemetry;
    int64_t interval = scrape_interval_ms(checker->app);

    if (interval * SCRAPES_IN_WINDOW > 5 * 60 * 1000)
        hint(found(checker, HD_SCRAPES_TOO_RARE, AT(&telemetry->scraping, interval),
                   "metrics are scraped every %.60s, and alerts and objectives take rates over 5m", telemetry->scraping.interval),
             "after one failed scrape there would be too few values for a rate: write an interval of at most 75s");
}

static void check_sources(struct checker *checker)
{
    const struct hd_app *app = checker->app;
    const struct hd_metric_sources *sources = &app->telemetry.sources;
    const struct hd_collector *collector = &app->telemetry.collector;
    struct finding *finding;

    if (sources->requests == HD_REQUESTS_ISTIO && !has_request_source(app, HD_REQUESTS_ISTIO)) {
        finding = found(checker, HD_SOURCE_MISSING, AT(sources, requests),
                        "requests is istio, but the application has no mesh that counts requests");
        if (checker->model->given->mesh.mode)
            also_at(finding, AT(&app->mesh, mode), "the mesh is off");
        hint(finding, "write mesh: sidecar, or requests: spanMetrics");
    }
    /* The model does not know whether an external collector makes metrics from spans. */
    if (sources->requests == HD_REQUESTS_SPAN_METRICS && !collector->external && !has_request_source(app, HD_REQUESTS_SPAN_METRICS)) {
        finding = found(checker, HD_SOURCE_MISSING, AT(sources, requests),
                        "requests is spanMetrics, but the collector makes no metrics from spans");
        if (checker->model->given->telemetry.collector.span_metrics.enabled)
            also_at(finding, AT_STRUCT(&collector->span_metrics), "spanMetrics is turned off here");
        hint(finding, "write spanMetrics: on and an exporter for metrics; or choose another source");
    }
}

static bool any_answers_requests(const struct hd_model *model)
{
    for (size_t i = 0; i < model->app->n_services; i++)
        if (answers_requests(model, &model->app->services[i]))
            return true;
    return false;
}

/* An application with telemetry expects alerts on requests, so their absence is reported. */
static void check_any_source(struct checker *checker)
{
    const struct hd_app *app = checker->app;
    const struct hd_alert_set *given = &checker->model->given->telemetry.alerts.set;

    if (app->telemetry.sources.requests || !any_answers_requests(checker->model))
        return;
    if (given->availability.enabled || given->response_time.enabled || given->error_rate.enabled)
        return;
    hint(found(checker, HD_NO_REQUEST_METRICS, AT_STRUCT(&app->telemetry), "no known source counts requests"),
         "so there are no alerts on availability, response times and errors; %s",
         app->telemetry.collector.external
             ? "turn on the mesh; or, if that collector makes metrics from spans, write telemetry.sources.requests: spanMetrics"
             : remedies[0].remedy);
}

void check_alerts(struct checker *checker)
{
    const struct hd_app *app = checker->app;
    const struct hd_alerts *alerts = &app->telemetry.alerts;

    if (app->telemetry.enabled != HD_TRUE)
        return;
    check_sources(checker);
    if (!has_alerts(app, NULL))
        return;
    check_any_source(checker);
    check_scrapes(checker);
    check_labels(checker, alerts->labels, alerts->n_labels);
    for (size_t i = 0; i < n_alert_kinds; i++) {
        const struct hd_alert *alert = alert_of_app(app, &alert_kinds[i]);

        if (alert->enabled == HD_TRUE)
            check_needs(checker, NULL, &alert_kinds[i], alert);
        check_alert(checker, &alert_kinds[i], alert, alert_of_app(checker->model->given, &alert_kinds[i])->window != NULL);
    }
    check_alert_routing(checker);
}

/* The alert when the service itself gives it, else NULL: values of a runtime are for services of several kinds, so they are not checked
 * here. */
static const struct hd_alert *given_alert(struct checker *checker, const struct hd_service *service, const struct alert_kind *kind)
{
    const struct hd_service *given = given_of(checker, service);

    return alert_of_service(given, kind)->enabled ? alert_of_service(service, kind) : NULL;
}

/* When the mesh counts requests, nothing counts the requests to a service outside of it. */
static void check_counted(struct checker *checker, const struct hd_service *service)
{
    const struct hd_app *app = checker->app;
    const struct hd_alert_set *set = &service->telemetry.alerts.set;

    if (!app->telemetry.sources.requests || request_source(checker->model, service) || !answers_requests(checker->model, service))
        return;
    if (set->availability.enabled == HD_FALSE && set->response_time.enabled == HD_FALSE && set->error_rate.enabled == HD_FALSE)
        return;
    hint(found(checker, HD_NO_REQUEST_METRICS, AT_STRUCT(service), "no known source counts the requests to %s",
               text_or(service->name, "it")),
         "%s; turn on telemetry.collector.spanMetrics, or turn the service's alerts availability, responseTime and errorRate off",
         app->mesh.mode == HD_MESH_AMBIENT && service->mesh.enabled == HD_TRUE ? "they do not pass a waypoint"
                                                                               : "the service is not in the mesh");
}

void check_service_alerts(struct checker *checker, const struct hd_service *service)
{
    const struct hd_service_alerts *alerts = &service->telemetry.alerts;

    if (!has_alerts(checker->app, service))
        return;
    check_counted(checker, service);
    check_labels(checker, alerts->labels, alerts->n_labels);
    for (size_t i = 0; i < n_alert_kinds; i++) {
        const struct alert_kind *kind = &alert_kinds[i];
        const struct hd_alert *alert = kind->of_service ? given_alert(checker, service, kind) : NULL;

        if (!alert || alert->enabled != HD_TRUE)
            continue;
        if (!kind->workloads || kind->workloads & 1u << service->workload)
            check_needs(checker, service, kind, alert);
        check_alert(checker, kind, alert, true);
    }
    check_latency_below_timeout(checker, service, alerts->set.response_time.threshold, AT(&alerts->set.response_time, threshold));
}
