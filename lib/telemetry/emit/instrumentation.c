/* Instrumentation: how the operator puts the SDK into Python programs. */
#include "kinds.h"
#include "telemetry/model/signals.h"

/* The first service that it is for, which says where to. */
static const struct hd_service *first_instrumented(const struct hd_app *app)
{
    for (size_t i = 0; i < app->n_services; i++)
        if (is_instrumented_by_operator(app, &app->services[i]))
            return &app->services[i];
    return NULL;
}

static void plan_instrumentation(struct hd_model *model, const struct plan_row *row)
{
    const struct hd_service *service = first_instrumented(model->app);

    if (service)
        plan_add(model, row, model->app->name, NULL, telemetry_endpoint(model, service));
}

/* Variables of a container win over what stands here. */
static void emit_instrumentation(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_signals *signals = &subject->model->app->telemetry.signals;

    MAP(y, "spec") {
        MAP(y, "exporter")
            y_str(y, "endpoint", subject->object);
        y_strs(y, "propagators", signals->propagators, signals->n_propagators);
        MAP(y, "sampler") {
            y_str(y, "type", "parentbased_traceidratio");
            y_str(y, "argument", signals->sampling);
        }
    }
}

const struct plan_row instrumentation_row = {
    .step = 48,
    .info = {"opentelemetry.io", "v1alpha1", "Instrumentation", "telemetry", "for Python services that the operator instruments"},
    .plan_app = plan_instrumentation,
    .emit = emit_instrumentation,
};
