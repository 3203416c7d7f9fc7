/* Names of a collector's components by its version, and texts in which it looks for variables. */
#include "collector_parts.h"
#include "core/text/among.h"

#include <string.h>

const char *file_log_name(const struct hd_app *app)
{
    return collector_since(app, OTHERS_RENAMED) ? "file_log" : "filelog";
}

const char *k8s_attributes_name(const struct hd_app *app)
{
    return collector_since(app, OTHERS_RENAMED) ? "k8s_attributes" : "k8sattributes";
}

const char *span_metrics_name(const struct hd_app *app)
{
    return collector_since(app, OTHERS_RENAMED) ? "span_metrics" : "spanmetrics";
}

const char *load_balancing_name(const struct hd_app *app)
{
    return collector_since(app, BALANCER_RENAMED) ? "load_balancing" : "loadbalancing";
}

const char *exporter_type_name(const struct hd_app *app, enum exporter_type type)
{
    const struct exporter_kind *kind = &exporter_kinds[type];

    return kind->old_name && !collector_since(app, kind->renamed) ? kind->old_name : kind->name;
}

void exporter_id(char id[COMPONENT_LONGEST], const struct hd_app *app, const struct hd_exporter *exporter)
{
    const char *type = exporter_type_name(app, exporter_type(exporter)), *name = text_or(exporter->name, "");

    if (exporter_type_named(name) == exporter_type(exporter))
        snprintf(id, COMPONENT_LONGEST, "%s", type);
    else
        snprintf(id, COMPONENT_LONGEST, "%s/%.63s", type, name);
}

bool reads_container_logs(const struct hd_app *app, enum collector_role role)
{
    return role == COLLECTOR_AGENT && app->telemetry.collector.container_logs == HD_TRUE;
}

bool scrapes_services(const struct hd_app *app, enum collector_role role)
{
    bool any = false;

    if (role != COLLECTOR_GATEWAY || app->telemetry.scraping.form != HD_SCRAPING_COLLECTOR)
        return false;
    for (size_t i = 0; i < app->n_services; i++)
        any |= is_scraped(app, &app->services[i]);
    return any;
}

void y_literal(struct yaml_out *y, const char *key, const char *text)
{
    /* Statements are shorter: see format_statement. */
    char doubled[2 * 4000 + 1];
    size_t length = 0;

    if (!text || !strchr(text, '$') || strlen(text) > sizeof doubled / 2) {
        y_str(y, key, text);
    } else {
        for (const char *p = text; *p; p++) {
            doubled[length++] = *p;
            if (*p == '$')
                doubled[length++] = '$';
        }
        y_strn(y, key, doubled, length);
    }
}
