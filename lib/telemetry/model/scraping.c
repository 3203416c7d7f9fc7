#include "scraping.h"

#include "core/text/format.h"
#include "model/mesh.h"
#include "model/port.h"
#include "model/resolve.h"
#include "signals.h"

#include <stdlib.h>
#include <string.h>

bool monitors_scrapes(const struct hd_app *app)
{
    return app->telemetry.enabled == HD_TRUE &&
           (app->telemetry.scraping.form == HD_SCRAPING_SERVICE_MONITOR || app->telemetry.scraping.form == HD_SCRAPING_POD_MONITOR);
}

void resolve_scrape_times(const struct hd_app *app, struct hd_metrics *metrics)
{
    const struct hd_scraping *scraping = &app->telemetry.scraping;

    if (app->telemetry.enabled != HD_TRUE || scraping->form == HD_SCRAPING_ANNOTATIONS)
        return;
    if (!metrics->interval)
        metrics->interval = scraping->interval;
    if (!metrics->scrape_timeout)
        metrics->scrape_timeout = scraping->scrape_timeout;
}

void resolve_scrape(const struct hd_app *app, struct hd_metrics *metrics)
{
    if (app->telemetry.enabled == HD_TRUE && !metrics->path)
        metrics->path = "/metrics";
    resolve_scrape_times(app, metrics);
}

void annotate_for_scrapes(struct hd_model *model, struct hd_pod *pod, int64_t port, const char *path)
{
    pod_annotate(model, pod, "prometheus.io/scrape", "true");
    pod_annotate(model, pod, "prometheus.io/port", arena_printf(&model->arena, "%lld", (long long)port));
    pod_annotate(model, pod, "prometheus.io/path", path);
}

/* With a proxy, the mesh sets these annotations. */
void resolve_scrape_annotations(struct hd_model *model, struct hd_service *service)
{
    const struct hd_app *app = model->app;
    const struct hd_port *port = is_scraped(app, service) ? service_port(service, service->metrics.port) : NULL;

    if (port && app->telemetry.scraping.form == HD_SCRAPING_ANNOTATIONS && !service_has_proxy(app, service))
        annotate_for_scrapes(model, &service->pod, port->port, service->metrics.path);
}

static int64_t unit_ms(const char *unit)
{
    static const struct {
        const char *name;
        int64_t ms;
    } units[] = {{"ms", 1},          {"s", 1000},         {"m", 60000},          {"h", 3600000},
                 {"d", 86400000},    {"w", 604800000},    {"y", 31536000000}};
    size_t i = 0;

    /* The form allows no other unit. */
    while (strncmp(unit, units[i].name, strlen(units[i].name)))
        i++;
    return units[i].ms;
}

int64_t scrape_time_ms(const char *text)
{
    int64_t sum = 0;

    if (!text || strlen(text) > 18 || !format_is_valid(&format_scrape_time, text))
        return -1;
    while (*text) {
        char *unit;
        int64_t number = strtoll(text, &unit, 10);

        if (number > 1000000)
            return -1;
        sum += number * unit_ms(unit);
        text = unit + strspn(unit, "abcdefghijklmnopqrstuvwxyz");
    }
    return sum;
}
