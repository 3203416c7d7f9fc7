/* Objectives: the share of bad requests over several windows as recording rules, and alerts on how fast it grows. */
#include "telemetry/model/slo.h"

#include "alert_rules.h"
#include "core/text/monitoring_units.h"
#include "promql.h"

#include <stdio.h>
#include <string.h>

static void emit_slo_labels(struct yaml_out *y, const struct hd_model *model, const struct hd_slo *slo)
{
    y_str(y, "namespace", model->app->namespace_name);
    y_str(y, "service", slo->service);
    y_str(y, "slo", slo->name);
}

/* `service:slo_errors:ratio_rate1h`: the share of bad requests in an hour; 0 when there were none bad. */
static void emit_share(struct yaml_out *y, const struct hd_slo *slo, struct promql *query, const char *window)
{
    const char *bad = slo->latency ? "1 - @within / @answers" : "(@failed or 0 * @asked) / @asked";
    struct promql_text expression;
    char name[64];

    snprintf(name, sizeof name, "service:slo_errors:ratio_rate%s", window);
    query->window = window;
    ITEM(y) {
        y_str(y, "record", name);
        y_str(y, "expr", promql(&expression, query, bad));
        MAP(y, "labels")
            emit_slo_labels(y, query->model, slo);
    }
}

static int selector(char *text, size_t size, const struct hd_model *model, const struct hd_slo *slo, const char *window)
{
    return snprintf(text, size, "service:slo_errors:ratio_rate%s{namespace=\"%.63s\",service=\"%.63s\",slo=\"%.63s\"}", window,
                    model->app->namespace_name, slo->service, slo->name);
}

static void emit_burn_alert(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service, const struct hd_slo *slo,
                            const struct burn_rate *rate)
{
    int64_t factor = slo_factor(slo, rate), budget = slo_budget(slo);
    char bound[DECIMAL_LONGEST], times[DECIMAL_LONGEST], in_long[320], in_short[320], expression[800], summary[200], description[400];

    /* Thousandths of a share in units of 1e-8. */
    decimal_text(bound, factor * budget, 11);
    decimal_text(times, factor, 3);
    selector(in_long, sizeof in_long, model, slo, rate->long_window);
    selector(in_short, sizeof in_short, model, slo, rate->short_window);
    snprintf(expression, sizeof expression, "%s > %s and %s > %s", in_long, bound, in_short, bound);
    snprintf(summary, sizeof summary, "%.63s uses up what may fail of %.63s", slo->service, slo->name);
    snprintf(
        description, sizeof description,
        "{{ $value | humanizePercentage }} of the requests to %.63s in the last %s were bad, %s times what the objective of %.24s%s over "
        "%.24s allows.",
        slo->service, rate->long_window, times, slo->objective, strchr(slo->objective, '%') ? "" : "%", slo->window);
    ITEM(y) {
        y_str(y, "alert", "SloBurningFast");
        y_str(y, "expr", expression);
        y_str(y, "for", rate->hold);
        MAP(y, "labels") {
            emit_alert_labels(y, model, service, rate->severity);
            y_str(y, "slo", slo->name);
            y_str(y, "window", rate->long_window);
        }
        emit_alert_annotations(y, model, summary, description, "sloburningfast");
    }
}

static void emit_group(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service, const struct hd_slo *slo)
{
    struct promql query = {.model = model, .service = service, .source = request_source(model, service)};
    char name[160];

    query.latency_ms = slo->latency ? prometheus_duration_ms(slo->latency) : 0;
    snprintf(name, sizeof name, "%.63s.slo.%.63s", service->name, slo->name);
    ITEM(y) {
        y_str(y, "name", name);
        y_str(y, "interval", model->app->telemetry.alerts.interval);
        SEQ(y, "rules") {
            for (size_t i = 0; i < N_SLO_WINDOWS; i++)
                emit_share(y, slo, &query, slo_windows[i]);
            for (size_t i = 0; i < N_BURN_RATES; i++)
                if (slo_factor(slo, &burn_rates[i]))
                    emit_burn_alert(y, model, service, slo, &burn_rates[i]);
        }
    }
}

void emit_slo_groups(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service)
{
    for (const struct hd_slo *slo = slo_first(model, service); slo; slo = slo_next(model, slo))
        emit_group(y, model, service, slo);
}
