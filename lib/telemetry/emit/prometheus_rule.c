/* PrometheusRule: the alerts of a service, and those of the application. */
#include "alert_rules.h"
#include "kinds.h"
#include "model/derived.h"

#include "telemetry/model/alert.h"
#include "telemetry/model/slo.h"

static bool has_rules(const struct hd_model *model, const struct hd_service *service)
{
    return has_alerts(model->app, service) && (has_alert_group(model, service) || slo_first(model, service));
}

static void plan_prometheus_rule_of_app(struct hd_model *model, const struct plan_row *row)
{
    if (has_rules(model, NULL) && model->app->name)
        plan_add(model, row, arena_printf(&model->arena, "%s-application", model->app->name), NULL, NULL);
}

static void plan_prometheus_rule_of_service(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    if (has_rules(model, service))
        plan_add(model, row, service->name, service, NULL);
}

static struct pairs labels(const struct subject *subject)
{
    const struct hd_scraping *scraping = &subject->model->app->telemetry.scraping;

    return (struct pairs){scraping->labels, scraping->n_labels};
}

static void emit_prometheus_rule(struct yaml_out *y, const struct subject *subject)
{
    MAP(y, "spec")
        SEQ(y, "groups") {
            emit_alert_group(y, subject->model, subject->service);
            emit_slo_groups(y, subject->model, subject->service);
        }
}

const struct plan_row prometheus_rule_row = {
    .step = 70,
    .order = 79,
    .info = {"monitoring.coreos.com", "v1", "PrometheusRule", "telemetry",
             "for the alerts and objectives of a service, and of the application"},
    .plan_app = plan_prometheus_rule_of_app,
    .plan_service = plan_prometheus_rule_of_service,
    .labels = labels,
    .emit = emit_prometheus_rule,
};
