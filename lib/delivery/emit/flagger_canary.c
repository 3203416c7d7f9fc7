/* Canary (Flagger): it makes a second Deployment for the old version, the Services and the routes, and moves the weights. */
#include "core/tables/field.h"
#include "core/text/duration.h"
#include "emit/app_protocol.h"
#include "emit/traffic_policy.h"
#include "kinds.h"
#include "model/delivery.h"
#include "model/mesh.h"
#include "model/port.h"
#include "model/resolve.h"
#include "plan/labels.h"

#include <inttypes.h>
#include <stdio.h>

static void plan_flagger_canary(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    if (is_delivered_by(service, HD_EXECUTOR_FLAGGER))
        plan_add(model, row, service->name, service, NULL);
}

/* Minutes or seconds, because Flagger accepts only these units. */
static void emit_interval(struct yaml_out *y, const char *key, const char *duration)
{
    int64_t seconds = duration_us(duration) / 1000000;
    char text[32];

    snprintf(text, sizeof text, "%" PRId64 "%c", seconds % 60 ? seconds : seconds / 60, seconds % 60 ? 's' : 'm');
    y_str(y, key, text);
}

/* Monitors find the Services of both versions by these; the third, for all, would be scraped twice. */
static void emit_labels(struct yaml_out *y, const struct subject *subject, const char *which)
{
    MAP(y, which)
        emit_selector(y, "labels", subject->model, subject->service);
}

static void emit_service(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_service *service = subject->service;
    const struct hd_port *port = service_port(service, NULL);

    MAP(y, "service") {
        if (port) {
            y_int(y, "port", port->service_port);
            y_str(y, "portName", port->name);
            y_str(y, "targetPort", port->name);
            y_str(y, "appProtocol", app_protocol(port->protocol));
        }
        if (service_n_ports(service) > 1)
            y_bool(y, "portDiscovery", true);
        /* Routes of ours lead to this one, for it has neither hosts nor gateways. */
        y_bool(y, "delegation", true);
        MAP(y, "trafficPolicy")
            emit_settings(y, subject->model, SETTINGS(&service->traffic_policy));
        MAP(y, "apex")
            y_pairs(y, "annotations", service->service.annotations, service->service.n_annotations);
        emit_labels(y, subject, "primary");
        emit_labels(y, subject, "canary");
    }
}

static void emit_range(struct yaml_out *y, const char *min, const char *max)
{
    MAP(y, "thresholdRange") {
        y_as_is(y, "min", min);
        y_as_is(y, "max", max);
    }
}

static void emit_metrics(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_analysis *analysis = delivery_analysis(subject->service);
    char text[160];

    SEQ(y, "metrics") {
        if (analysis->success_rate)
            ITEM(y) {
                y_str(y, "name", "request-success-rate");
                emit_range(y, analysis->success_rate, NULL);
                emit_interval(y, "interval", analysis->interval);
            }
        if (analysis->latency)
            ITEM(y) {
                snprintf(text, sizeof text, "%" PRId64, duration_us(analysis->latency) / 1000);
                y_str(y, "name", "request-duration");
                emit_range(y, NULL, text);
                emit_interval(y, "interval", analysis->interval);
            }
        for (size_t i = 0; i < analysis->n_metrics; i++)
            ITEM(y) {
                snprintf(text, sizeof text, "%.63s-%.63s", subject->service->name, analysis->metrics[i].name);
                y_str(y, "name", analysis->metrics[i].name);
                MAP(y, "templateRef")
                    y_str(y, "name", text);
                emit_range(y, analysis->metrics[i].min, analysis->metrics[i].max);
                emit_interval(y, "interval", analysis->interval);
            }
    }
}

/* One look each interval; one more failure than is tolerated ends it. */
static void emit_analysis(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_canary *canary = &subject->service->delivery.canary;

    MAP(y, "analysis") {
        emit_interval(y, "interval", canary->analysis.interval);
        y_int(y, "threshold", canary->analysis.failure_limit.value + 1);
        SEQ(y, "stepWeights")
            for (size_t i = 0; i < canary->n_steps; i++)
                if (canary->steps[i].set_weight.value > 0)
                    y_int(y, NULL, canary->steps[i].set_weight.value);
        emit_metrics(y, subject);
    }
}

static void emit_flagger_canary(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_service *service = subject->service;
    enum hd_scaler scaler = service_scaler(service);

    MAP(y, "spec") {
        y_str(y, "provider", "istio");
        y_str(y, "metricsServer", delivery_analysis(service)->prometheus);
        MAP(y, "targetRef") {
            y_str(y, "apiVersion", "apps/v1");
            y_str(y, "kind", "Deployment");
            y_str(y, "name", service->name);
        }
        if (scaler == HD_SCALER_HORIZONTAL_POD_AUTOSCALER || scaler == HD_SCALER_SCALED_OBJECT)
            MAP(y, "autoscalerRef") {
                y_str(y, "apiVersion", scaler == HD_SCALER_SCALED_OBJECT ? "keda.sh/v1alpha1" : "autoscaling/v2");
                y_str(y, "kind", enum_name(&hd_scaler_enum, (int)scaler));
                y_str(y, "name", service->name);
            }
        if (service->progress_deadline_seconds)
            y_int(y, "progressDeadlineSeconds", service->progress_deadline_seconds);
        emit_service(y, subject);
        emit_analysis(y, subject);
    }
}

const struct plan_row flagger_canary_row = {
    .step = 74,
    .info = {"flagger.app", "v1beta1", "Canary", "delivery", "for a service that Flagger delivers"},
    .plan_service = plan_flagger_canary,
    .emit = emit_flagger_canary,
};
