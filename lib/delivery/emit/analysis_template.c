/* AnalysisTemplate (Argo Rollouts): the metrics by which a new version is judged. */
#include "core/text/duration.h"
#include "kinds.h"
#include "model/delivery.h"
#include "query.h"

#include <inttypes.h>
#include <stdio.h>

static void plan_analysis_template(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    if (is_delivered_by(service, HD_EXECUTOR_ARGO_ROLLOUTS) && has_analysis(service))
        plan_add(model, row, service->name, service, NULL);
}

/* A metric that must stay within bounds, either of which may be NULL. */
struct bounds {
    const char *min, *max;
};

/* Without any request there is no number; that is no failure, but no reason to go on either, and so the rollout pauses. */
static void emit_conditions(struct yaml_out *y, struct bounds bounds)
{
    char good[160], bad[160];
    const char *first = bounds.min ? bounds.min : bounds.max;
    bool both = bounds.min && bounds.max;

    snprintf(good, sizeof good, "len(result) > 0 && !isNaN(result[0]) && result[0] %s %.32s%s%.32s", bounds.min ? ">=" : "<=", first,
             both ? " && result[0] <= " : "", both ? bounds.max : "");
    snprintf(bad, sizeof bad, "len(result) > 0 && !isNaN(result[0]) && %sresult[0] %s %.32s%s%.32s%s", both ? "(" : "",
             bounds.min ? "<" : ">", first, both ? " || result[0] > " : "", both ? bounds.max : "", both ? ")" : "");
    y_str(y, "successCondition", good);
    y_str(y, "failureCondition", bad);
}

static void emit_metric(struct yaml_out *y, const struct hd_service *service, const char *name, const char *query, struct bounds bounds)
{
    const struct hd_analysis *analysis = delivery_analysis(service);

    ITEM(y) {
        y_str(y, "name", name);
        y_str(y, "initialDelay", analysis->interval);
        y_str(y, "interval", analysis->interval);
        /* A background analysis ends with the steps; an analysis after the switch needs a count to end. */
        if (delivery_way(service) == BLUE_GREEN_WAY)
            y_int(y, "count", analysis->failure_limit.value + 3);
        emit_conditions(y, bounds);
        y_opt(y, "failureLimit", analysis->failure_limit);
        y_opt(y, "inconclusiveLimit", analysis->failure_limit);
        MAP(y, "provider")
            MAP(y, "prometheus") {
                y_str(y, "address", analysis->prometheus);
                y_str(y, "query", query);
            }
    }
}

static void emit_analysis_template(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_analysis *analysis = delivery_analysis(subject->service);
    char query[QUERY_LONGEST], ms[32];

    MAP(y, "spec")
        SEQ(y, "metrics") {
            if (analysis->success_rate) {
                success_rate_query(query, subject->model, subject->service);
                emit_metric(y, subject->service, "success-rate", query, (struct bounds){analysis->success_rate, NULL});
            }
            if (analysis->latency) {
                latency_query(query, subject->model, subject->service);
                snprintf(ms, sizeof ms, "%" PRId64, duration_us(analysis->latency) / 1000);
                emit_metric(y, subject->service, "latency", query, (struct bounds){NULL, ms});
            }
            for (size_t i = 0; i < analysis->n_metrics; i++)
                emit_metric(y, subject->service, analysis->metrics[i].name, analysis->metrics[i].query,
                            (struct bounds){analysis->metrics[i].min, analysis->metrics[i].max});
        }
}

const struct plan_row analysis_template_row = {
    .step = 49,
    .info = {"argoproj.io", "v1alpha1", "AnalysisTemplate", "delivery", "for a service that Argo Rollouts delivers, with an analysis"},
    .plan_service = plan_analysis_template,
    .emit = emit_analysis_template,
};
