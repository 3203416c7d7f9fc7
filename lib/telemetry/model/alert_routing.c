/* Alert routing: which receiver gets which alerts. */
#include "core/tables/field.h"
#include "model/resolve.h"
#include "model/tables.h"
#include "parts.h"

WORDS(hd_receiver_type, {"pagerduty", HD_RECEIVER_PAGERDUTY}, {"slack", HD_RECEIVER_SLACK}, {"email", HD_RECEIVER_EMAIL},
      {"webhook", HD_RECEIVER_WEBHOOK});

#define T hd_receiver
static const struct hd_field receiver_fields[] = {
    STR("name", name, .required = true, .format = &format_dns_label),
    ENUM("type", type, hd_receiver_type, .required = true),
    STR("secret", secret, .choice = 1, .format = &format_subdomain),
    STR("key", key, .format = &format_config_key),
    STR("url", url, .choice = 1, .format = &format_web_url),
    STR("channel", channel, .format = &format_line),
    STR("to", to, .format = &format_line),
    STR("from", from, .format = &format_line),
    STR("smarthost", smarthost, .format = &format_line),
    STR("username", username, .format = &format_line),
};
const struct hd_struct hd_receiver_struct = STRUCT(receiver_fields, .keyed_by = "name");
#undef T

#define T hd_alert_routing
static const struct hd_field alert_routing_fields[] = {
    LIST("receivers", receivers, hd_receiver, .required = true),
    STR("receiver", receiver),
    STR("critical", critical),
    STR("warning", warning),
    STR("info", info),
    STR("watchdog", watchdog),
    STRS("groupBy", group_by, .format = &format_label_name),
    STR("groupWait", group_wait, .def = "30s", .format = &format_scrape_time),
    STR("groupInterval", group_interval, .def = "5m", .format = &format_scrape_time),
    STR("repeatInterval", repeat_interval, .def = "4h", .format = &format_scrape_time),
    LIST("labels", labels, hd_pair, .key_format = &format_label_key, .format = &format_label_value),
};
const struct hd_struct hd_alert_routing_struct = STRUCT(alert_routing_fields);
#undef T

void resolve_alert_routing(struct hd_app *app)
{
    static const char *const together[] = {"alertname", "service"};
    struct hd_alert_routing *routing = &app->telemetry.alerts.routing;

    if (!routing->n_receivers)
        return;
    if (!routing->receiver && routing->n_receivers == 1)
        routing->receiver = routing->receivers[0].name;
    if (!routing->n_group_by) {
        routing->group_by = together;
        routing->n_group_by = sizeof together / sizeof *together;
    }
    if (!routing->n_labels) {
        routing->labels = app->telemetry.scraping.labels;
        routing->n_labels = app->telemetry.scraping.n_labels;
    }
}
