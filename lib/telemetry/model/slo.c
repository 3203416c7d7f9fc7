/* Service level objectives. */
#include "slo.h"

#include "core/tables/field.h"
#include "core/text/monitoring_units.h"
#include "model/tables.h"

#define T hd_slo
static const struct hd_field slo_fields[] = {
    STR("name", name, .required = true, .format = &format_dns_label),
    STR("service", service, .required = true),
    STR("objective", objective, .required = true, .format = &format_share),
    STR("latency", latency, .format = &format_scrape_time),
    STR("window", window, .def = "30d", .format = &format_scrape_time),
};
const struct hd_struct hd_slo_struct = STRUCT(slo_fields, .keyed_by = "name");
#undef T

enum { HOUR = 3600 * 1000 };

const struct burn_rate burn_rates[N_BURN_RATES] = {
    {"1h", "5m", HOUR, 2, "2m", "critical"},
    {"6h", "30m", 6 * HOUR, 5, "15m", "critical"},
    {"1d", "2h", 24 * HOUR, 10, "1h", "warning"},
    {"3d", "6h", 72 * HOUR, 10, "3h", "warning"},
};
const char *const slo_windows[N_SLO_WINDOWS] = {"5m", "30m", "1h", "2h", "6h", "1d", "3d"};

void slo_index(struct hd_model *model)
{
    const struct hd_app *app = model->app;
    const struct hd_telemetry *telemetry = &app->telemetry;

    if (telemetry->enabled != HD_TRUE || !telemetry->n_slos)
        return;
    model->first_slo = arena_array(&model->arena, app->n_services, sizeof *model->first_slo);
    model->next_slo = arena_array(&model->arena, telemetry->n_slos, sizeof *model->next_slo);
    for (size_t i = telemetry->n_slos; i-- > 0;) {
        const char *name = telemetry->slos[i].service;
        const struct hd_service *service = name ? graph_callee(model, name).service : NULL;

        if (!service)
            continue;
        model->next_slo[i] = model->first_slo[service - app->services];
        model->first_slo[service - app->services] = &telemetry->slos[i];
    }
}

const struct hd_slo *slo_first(const struct hd_model *model, const struct hd_service *service)
{
    return model->first_slo && service ? model->first_slo[service - model->app->services] : NULL;
}

const struct hd_slo *slo_next(const struct hd_model *model, const struct hd_slo *slo)
{
    return model->next_slo[slo - model->app->telemetry.slos];
}

int64_t slo_budget(const struct hd_slo *slo)
{
    int64_t objective = percent_millionths(slo->objective);

    return objective > 0 && objective < PERCENT_ALL ? PERCENT_ALL - objective : 0;
}

int64_t slo_factor(const struct hd_slo *slo, const struct burn_rate *rate)
{
    int64_t window = prometheus_duration_ms(slo->window), factor = window * rate->percent_of_budget * 10 / rate->long_ms;

    /* A burn rate above 100 % errors can never be reached. */
    return window > 0 && factor * slo_budget(slo) < (int64_t)PERCENT_ALL * 1000 ? factor : 0;
}
