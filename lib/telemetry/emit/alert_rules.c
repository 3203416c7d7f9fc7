/* Alerts of the table, with the model's figures. */
#include "alert_rules.h"

#include "core/text/among.h"
#include "core/text/joined.h"
#include "core/text/monitoring_units.h"
#include "promql.h"
#include "telemetry/model/request_source.h"

#include <string.h>

enum { MILLISECONDS = 0, SECONDS = 3 };

static bool is_percent(const struct alert_kind *kind)
{
    return kind->bound == BOUND_MOST_PERCENT || kind->bound == BOUND_LEAST_PERCENT;
}

void alert_threshold(char text[DECIMAL_LONGEST], const struct alert_kind *kind, const struct alert_case *one, const char *bound,
                           enum hd_request_source source)
{
    bool of_requests = one->needs & NEEDS_REQUESTS;

    *text = '\0';
    if (is_percent(kind))
        decimal_text(text, percent_millionths(bound) < 0 ? 0 : percent_millionths(bound), 8);
    else if (kind->bound == BOUND_DURATION)
        decimal_text(text, prometheus_duration_ms(bound) < 0 ? 0 : prometheus_duration_ms(bound),
                     of_requests && !request_sources[source].in_seconds ? MILLISECONDS : SECONDS);
}

/* A percentage with its sign, however it was written. */
static void bound_text(char text[DECIMAL_LONGEST], const struct alert_kind *kind, const char *bound)
{
    size_t length = bound ? strlen(bound) : 0;

    length = length < DECIMAL_LONGEST - 2 ? length : DECIMAL_LONGEST - 2;
    memcpy(text, text_or(bound, ""), length);
    if (bound && is_percent(kind) && !memchr(bound, '%', length))
        text[length++] = '%';
    text[length] = '\0';
}

static void emit_own_labels(struct yaml_out *y, const struct hd_pair *labels, size_t n, const struct hd_pair *later, size_t n_later)
{
    for (size_t i = 0; i < n; i++) {
        bool again = false;

        for (size_t k = 0; k < n_later; k++)
            again |= !strcmp(labels[i].name, later[k].name);
        if (!again)
            y_str(y, labels[i].name, labels[i].value);
    }
}

void emit_alert_labels(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service, const char *severity)
{
    const struct hd_alerts *alerts = &model->app->telemetry.alerts;
    const struct hd_service_alerts *own = service ? &service->telemetry.alerts : NULL;

    y_str(y, "severity", severity);
    y_str(y, "namespace", model->app->namespace_name);
    y_str(y, "application", model->app->name);
    y_str(y, "service", service ? service->name : NULL);
    emit_own_labels(y, alerts->labels, alerts->n_labels, own ? own->labels : NULL, own ? own->n_labels : 0);
    if (own)
        emit_own_labels(y, own->labels, own->n_labels, NULL, 0);
}

void emit_alert_annotations(struct yaml_out *y, const struct hd_model *model, const char *summary, const char *description,
                            const char *anchor)
{
    const char *runbook = model->app->telemetry.alerts.runbook_url;
    char url[2048 + 1 + ALERT_ANCHOR_LONGEST];

    MAP(y, "annotations") {
        y_str(y, "summary", summary);
        y_str(y, "description", description);
        if (runbook)
            y_str(y, "runbook_url", JOINED(url, runbook, "#", anchor));
    }
}

static bool is_zero(const char *duration)
{
    return prometheus_duration_ms(duration) <= 0;
}

static void emit_rule(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service, const struct alert_kind *kind,
                      const struct alert_case *one)
{
    const struct hd_alert alert = alert_effective(model->app, service, kind);
    struct promql query = {.model = model,
                           .service = service,
                           .source = service ? request_source(model, service) : HD_REQUESTS_UNSET,
                           .window = alert.window};
    char threshold[DECIMAL_LONGEST], bound[DECIMAL_LONGEST], anchor[ALERT_ANCHOR_LONGEST];
    struct promql_text text, summary;

    alert_threshold(threshold, kind, one, alert.threshold, query.source);
    bound_text(bound, kind, alert.threshold);
    alert_anchor(anchor, kind);
    query.threshold = threshold;
    query.bound = bound;
    query.label = one->label;
    ITEM(y) {
        y_str(y, "alert", kind->name);
        y_str(y, "expr", promql(&text, &query, one->expression));
        if (!is_zero(alert.hold))
            y_str(y, "for", alert.hold);
        MAP(y, "labels") {
            emit_alert_labels(y, model, service, alert.severity);
            if (kind->label)
                y_str(y, kind->label, one->label);
        }
        emit_alert_annotations(y, model, promql(&summary, &query, kind->summary), promql(&text, &query, kind->description), anchor);
    }
}

bool has_alert_group(const struct hd_model *model, const struct hd_service *service)
{
    for (size_t i = 0; i < n_alert_kinds; i++)
        for (size_t k = 0; k < MOST_ALERT_CASES; k++)
            if (alert_is_raised(model, service, &alert_kinds[i], &alert_kinds[i].cases[k]))
                return true;
    return false;
}

void emit_alert_group(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service)
{
    char name[128];

    /* A service may have the name of the application. */
    JOINED(name, service ? service->name : model->app->name, service ? ".alerts" : ".application.alerts");
    if (has_alert_group(model, service))
        ITEM(y) {
            y_str(y, "name", name);
            y_str(y, "interval", model->app->telemetry.alerts.interval);
            SEQ(y, "rules")
                for (size_t i = 0; i < n_alert_kinds; i++)
                    for (size_t k = 0; k < MOST_ALERT_CASES; k++)
                        if (alert_is_raised(model, service, &alert_kinds[i], &alert_kinds[i].cases[k]))
                            emit_rule(y, model, service, &alert_kinds[i], &alert_kinds[i].cases[k]);
        }
}
