/* MetricTemplate (Flagger): a metric by its query. */
#include "kinds.h"
#include "model/delivery.h"
#include "model/derived.h"

static void plan_metric_template(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    const struct hd_analysis *analysis = delivery_analysis(service);

    for (size_t i = 0; is_delivered_by(service, HD_EXECUTOR_FLAGGER) && i < analysis->n_metrics; i++)
        plan_add(model, row, derived_name(model, service, analysis->metrics[i].name), service, &analysis->metrics[i]);
}

static void emit_metric_template(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_delivery_metric *metric = subject->object;

    MAP(y, "spec") {
        MAP(y, "provider") {
            y_str(y, "type", "prometheus");
            y_str(y, "address", delivery_analysis(subject->service)->prometheus);
        }
        y_str(y, "query", metric->query);
    }
}

const struct plan_row metric_template_row = {
    .step = 73,
    .info = {"flagger.app", "v1beta1", "MetricTemplate", "delivery", "for each query by which Flagger judges a version"},
    .plan_service = plan_metric_template,
    .emit = emit_metric_template,
};
