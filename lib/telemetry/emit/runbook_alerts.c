/* The runbook's entries for alerts, from the table that the alerts themselves come from. */
#include "runbook_alerts.h"
#include "core/writing/quote.h"
#include "telemetry/model/alert.h"

#include <string.h>

/* The text of the table is ours, but for @application and @namespace, which stand for names. */
static void put_text(struct text_out *t, const struct hd_app *app, const char *text)
{
    for (; *text; text++) {
        if (!strncmp(text, "@application", 12)) {
            text_put(t, app->name);
            text += 11;
        } else if (!strncmp(text, "@namespace", 10)) {
            text_put(t, app->namespace_name);
            text += 9;
        } else {
            text_putn(t, text, 1);
        }
    }
}

static bool is_raised(const struct hd_model *model, const struct hd_service *service, const struct alert_kind *kind)
{
    for (size_t i = 0; i < MOST_ALERT_CASES && kind->cases[i].expression; i++)
        if (alert_is_raised(model, service, kind, &kind->cases[i]))
            return true;
    return false;
}

static void put_figures(struct text_out *t, const struct hd_alert *alert)
{
    if (alert->threshold) {
        text_put(t, " bound ");
        text_markdown(t, alert->threshold);
        text_put(t, alert->window ? " over " : "", alert->window, ",");
    }
    if (alert->hold)
        text_put(t, " for ", alert->hold, ",");
    text_put(t, " ", alert->severity, "\n");
}

static void write_who(struct text_out *t, const struct hd_model *model, const struct alert_kind *kind)
{
    const struct hd_app *app = model->app;
    struct hd_alert alert;

    text_put(t, "\n");
    if (!kind->of_service) {
        alert = alert_effective(app, NULL, kind);
        text_put(t, "- ", app->name, ":");
        put_figures(t, &alert);
        return;
    }
    for (size_t i = 0; i < app->n_services; i++)
        if (is_raised(model, &app->services[i], kind)) {
            alert = alert_effective(app, &app->services[i], kind);
            text_put(t, "- ", app->services[i].name, ":");
            put_figures(t, &alert);
        }
}

static void write_entry(struct text_out *t, const struct hd_model *model, const struct alert_kind *kind)
{
    const struct hd_app *app = model->app;

    text_put(t, "\n### ", kind->name, "\n\n");
    put_text(t, app, kind->meaning);
    text_put(t, " ");
    put_text(t, app, kind->missing);
    text_put(t, "\n");
    if (kind != &slo_alert_kind)
        write_who(t, model, kind);
    text_put(t, "\n");
    for (size_t i = 0; i < sizeof kind->action / sizeof *kind->action && kind->action[i]; i++) {
        text_int(t, (int64_t)i + 1);
        text_put(t, ". ");
        put_text(t, app, kind->action[i]);
        text_put(t, "\n");
    }
}

void write_alert_entries(struct text_out *t, const struct file_subject *subject)
{
    const struct hd_app *app = subject->model->app;
    bool has_any = false;

    if (!has_alerts(app, NULL))
        return;
    for (size_t i = 0; i < n_alert_kinds; i++)
        if (alert_is_used(subject->model, &alert_kinds[i])) {
            text_put(t, has_any ? "" : "\n## Alerts\n");
            write_entry(t, subject->model, &alert_kinds[i]);
            has_any = true;
        }
    if (app->telemetry.n_slos) {
        text_put(t, has_any ? "" : "\n## Alerts\n");
        write_entry(t, subject->model, &slo_alert_kind);
    }
}
