/* Telemetry. */
#include "../core/field.h"
#include "resolve.h"
#include "tables.h"

WORDS(hd_scraping_form, {"serviceMonitor", HD_SCRAPING_SERVICE_MONITOR}, {"podMonitor", HD_SCRAPING_POD_MONITOR},
      {"annotations", HD_SCRAPING_ANNOTATIONS}, {"collector", HD_SCRAPING_COLLECTOR});

#define T hd_scraping
static const struct hd_field scraping_fields[] = {
    ENUM("form", form, hd_scraping_form),
    LIST("labels", labels, hd_pair, .key_format = &format_label_key, .format = &format_label_value),
    STR("interval", interval, .format = &format_scrape_time),
    STR("scrapeTimeout", scrape_timeout, .format = &format_scrape_time),
};
const struct hd_struct hd_scraping_struct = STRUCT(scraping_fields, .scalar = "form");
#undef T

#define T hd_mesh_telemetry
static const struct hd_field mesh_telemetry_fields[] = {
    BOOL("enabled", enabled),
    STR("provider", provider, .format = &format_dns_label),
    STR("randomSamplingPercentage", random_sampling_percentage, .format = &format_percentage),
    BOOL("accessLogs", access_logs),
};
const struct hd_struct hd_mesh_telemetry_struct = STRUCT(mesh_telemetry_fields, .scalar = "enabled");
#undef T

#define T hd_telemetry
static const struct hd_field telemetry_fields[] = {
    BOOL("enabled", enabled),
    EMBED(signals, hd_signals),
    OBJ("collector", collector, hd_collector),
    OBJ("scraping", scraping, hd_scraping),
    OBJ("mesh", mesh, hd_mesh_telemetry),
    OBJ("sources", sources, hd_metric_sources),
    OBJ("alerts", alerts, hd_alerts),
    LIST("slos", slos, hd_slo),
    OBJ("dashboards", dashboards, hd_dashboards),
};
const struct hd_struct hd_telemetry_struct = STRUCT(telemetry_fields, .scalar = "enabled");
#undef T

void resolve_telemetry(struct hd_model *model)
{
    struct hd_telemetry *telemetry = &model->app->telemetry;

    if (telemetry->enabled == HD_BOOL_UNSET)
        telemetry->enabled = struct_is_set(&hd_telemetry_struct, telemetry) ? HD_TRUE : HD_FALSE;
}
