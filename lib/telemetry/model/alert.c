/* Alerts: their fields and defaults. */
#include "alert.h"

#include "core/tables/field.h"
#include "model/resolve.h"
#include "model/tables.h"
#include "parts.h"
#include "request_source.h"

#include <string.h>

WORDS(hd_request_source, {"istio", HD_REQUESTS_ISTIO}, {"spanMetrics", HD_REQUESTS_SPAN_METRICS}, {"sdk", HD_REQUESTS_SDK});
CHOICES(severity, WORD("critical"), WORD("warning"), WORD("info"), WORD("none"));

#define T hd_metric_sources
static const struct hd_field metric_sources_fields[] = {
    ENUM("requests", requests, hd_request_source),
    BOOL("kubeStateMetrics", kube_state_metrics),
    BOOL("cadvisor", cadvisor),
    BOOL("certManager", cert_manager),
};
const struct hd_struct hd_metric_sources_struct = STRUCT(metric_sources_fields, .scalar = "requests");
#undef T

#define T hd_alert
static const struct hd_field alert_fields[] = {
    BOOL("enabled", enabled),
    STR("threshold", threshold, .format = &format_bound),
    STR("window", window, .format = &format_scrape_time),
    STR("for", hold, .format = &format_scrape_time),
    STR("severity", severity, .words = &severity),
};
const struct hd_struct hd_alert_struct = STRUCT(alert_fields, .scalar = "enabled");
#undef T

#define T hd_alert_set
static const struct hd_field alert_set_fields[] = {
    OBJ("availability", availability, hd_alert, .workloads = SERVING),
    OBJ("responseTime", response_time, hd_alert, .workloads = SERVING),
    OBJ("errorRate", error_rate, hd_alert, .workloads = SERVING),
    OBJ("resourceUse", resource_use, hd_alert),
    OBJ("crashLoop", crash_loop, hd_alert, .workloads = SERVING),
    OBJ("unavailableReplicas", unavailable_replicas, hd_alert, .workloads = SERVING),
    OBJ("autoscalerAtMax", autoscaler_at_max, hd_alert, .workloads = REPLICATED),
    OBJ("cpuThrottling", cpu_throttling, hd_alert),
    OBJ("jobFailed", job_failed, hd_alert, .workloads = RUNNING_TO_END),
};
const struct hd_struct hd_alert_set_struct = STRUCT(alert_set_fields);
#undef T

#define T hd_service_alerts
static const struct hd_field service_alerts_fields[] = {
    BOOL("enabled", enabled),
    LIST("labels", labels, hd_pair, .key_format = &format_label_name, .format = &format_line),
    EMBED(set, hd_alert_set),
};
const struct hd_struct hd_service_alerts_struct = STRUCT(service_alerts_fields, .scalar = "enabled");
#undef T

#define T hd_alerts
static const struct hd_field alerts_fields[] = {
    BOOL("enabled", enabled),
    STR("interval", interval, .format = &format_scrape_time),
    STR("runbookUrl", runbook_url, .format = &format_web_url),
    LIST("labels", labels, hd_pair, .key_format = &format_label_name, .format = &format_line),
    EMBED(set, hd_alert_set),
    OBJ("certificateExpiry", certificate_expiry, hd_alert),
    OBJ("collectorDroppingData", collector_dropping_data, hd_alert),
    OBJ("watchdog", watchdog, hd_alert),
    OBJ("routing", routing, hd_alert_routing),
};
const struct hd_struct hd_alerts_struct = STRUCT(alerts_fields, .scalar = "enabled");
#undef T

/* The first source that the model has. Waypoints see some requests and not others, so in ambient mode they come last. */
static enum hd_request_source first_source(const struct hd_app *app)
{
    if (app->mesh.mode == HD_MESH_AMBIENT && has_request_source(app, HD_REQUESTS_SPAN_METRICS))
        return HD_REQUESTS_SPAN_METRICS;
    for (int source = HD_REQUESTS_ISTIO; source < N_REQUEST_SOURCES; source++)
        if (has_request_source(app, (enum hd_request_source)source))
            return (enum hd_request_source)source;
    return HD_REQUESTS_UNSET;
}

static void resolve_sources(struct hd_app *app)
{
    struct hd_metric_sources *sources = &app->telemetry.sources;

    if (!sources->requests)
        sources->requests = first_source(app);
    if (!sources->kube_state_metrics)
        sources->kube_state_metrics = HD_TRUE;
    if (!sources->cadvisor)
        sources->cadvisor = HD_TRUE;
    if (!sources->cert_manager)
        sources->cert_manager = HD_FALSE;
}

/* Whether the application has the metrics of any of the alert's rules; what a service must have for them is another matter. */
static bool has_metrics(const struct hd_app *app, const struct alert_kind *kind)
{
    for (size_t i = 0; i < MOST_ALERT_CASES && kind->cases[i].expression; i++)
        if (!alert_lacks_metrics(app, &kind->cases[i]))
            return true;
    return false;
}

static void set_default(const char **member, const char *text)
{
    if (!*member)
        *member = text;
}

void resolve_alerts(struct hd_model *model)
{
    struct hd_app *app = model->app;
    struct hd_alerts *alerts = &app->telemetry.alerts;

    if (app->telemetry.enabled != HD_TRUE)
        return;
    resolve_sources(app);
    if (!alerts->enabled)
        alerts->enabled = app->platform.prometheus.enabled != HD_FALSE || struct_is_set(&hd_alerts_struct, alerts) ? HD_TRUE : HD_FALSE;
    if (alerts->enabled == HD_TRUE)
        set_default(&alerts->interval, "30s");
    for (size_t i = 0; alerts->enabled == HD_TRUE && i < n_alert_kinds; i++) {
        const struct alert_kind *kind = &alert_kinds[i];
        struct hd_alert *alert = (struct hd_alert *)(void *)((char *)alerts + kind->offset);

        if (!alert->enabled)
            alert->enabled = has_metrics(app, kind) ? HD_TRUE : HD_FALSE;
        if (alert->enabled != HD_TRUE)
            continue;
        set_default(&alert->threshold, kind->threshold);
        set_default(&alert->window, kind->window);
        set_default(&alert->hold, kind->hold);
        set_default(&alert->severity, kind->severity);
    }
    resolve_alert_routing(app);
}

static const struct hd_alert *alert_in(const void *alerts, size_t offset)
{
    return (const struct hd_alert *)(const void *)((const char *)alerts + offset);
}

const struct hd_alert *alert_of_app(const struct hd_app *app, const struct alert_kind *kind)
{
    return alert_in(&app->telemetry.alerts, kind->offset);
}

const struct hd_alert *alert_of_service(const struct hd_service *service, const struct alert_kind *kind)
{
    return kind->of_service ? alert_in(&service->telemetry.alerts.set, kind->offset - offsetof(struct hd_alerts, set)) : NULL;
}

bool has_alerts(const struct hd_app *app, const struct hd_service *service)
{
    if (app->telemetry.enabled != HD_TRUE || app->telemetry.alerts.enabled != HD_TRUE)
        return false;
    return !service || (service->telemetry.enabled != HD_FALSE && service->telemetry.alerts.enabled != HD_FALSE);
}

struct hd_alert alert_effective(const struct hd_app *app, const struct hd_service *service, const struct alert_kind *kind)
{
    const struct hd_alert *common = alert_of_app(app, kind), *own = service ? alert_of_service(service, kind) : NULL;
    struct hd_alert alert = *common;

    if (!has_alerts(app, service))
        return (struct hd_alert){.enabled = HD_FALSE};
    if (!own)
        return alert;
    if (own->enabled)
        alert.enabled = own->enabled;
    /* A service may have metrics that the application as a whole does not have. */
    set_default(&alert.threshold, kind->threshold);
    set_default(&alert.window, kind->window);
    set_default(&alert.hold, kind->hold);
    set_default(&alert.severity, kind->severity);
    alert.threshold = own->threshold ? own->threshold : alert.threshold;
    alert.window = own->window ? own->window : alert.window;
    alert.hold = own->hold ? own->hold : alert.hold;
    alert.severity = own->severity ? own->severity : alert.severity;
    return alert;
}
