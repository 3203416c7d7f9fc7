/* AlertmanagerConfig: who is told of the alerts of the application's namespace. */
#include "core/text/among.h"
#include "kinds.h"

static void plan_alertmanager_config(struct hd_model *model, const struct plan_row *row)
{
    const struct hd_alerts *alerts = &model->app->telemetry.alerts;

    if (model->app->telemetry.enabled == HD_TRUE && alerts->enabled == HD_TRUE && alerts->routing.n_receivers)
        plan_add(model, row, model->app->name, NULL, NULL);
}

static struct pairs labels(const struct subject *subject)
{
    const struct hd_alert_routing *routing = &subject->model->app->telemetry.alerts.routing;

    return (struct pairs){routing->labels, routing->n_labels};
}

static void emit_matcher(struct yaml_out *y, const char *name, const char *value)
{
    ITEM(y) {
        y_str(y, "name", name);
        y_str(y, "matchType", "=");
        y_str(y, "value", value);
    }
}

static void emit_severity(struct yaml_out *y, const char *severity, const char *receiver)
{
    if (receiver)
        ITEM(y) {
            y_str(y, "receiver", receiver);
            SEQ(y, "matchers")
                emit_matcher(y, "severity", severity);
        }
}

/* The watchdog is told again and again, or to nobody; it never counts as an alert of its severity. */
static void emit_watchdog(struct yaml_out *y, const struct hd_alert_routing *routing)
{
    ITEM(y) {
        y_str(y, "receiver", text_or(routing->watchdog, "nobody"));
        SEQ(y, "matchers")
            emit_matcher(y, "alertname", "Watchdog");
        if (routing->watchdog) {
            y_str(y, "groupWait", "0s");
            y_str(y, "groupInterval", "1m");
            y_str(y, "repeatInterval", "1m");
        }
    }
}

static void emit_route(struct yaml_out *y, const struct hd_alert_routing *routing)
{
    MAP(y, "route") {
        y_str(y, "receiver", routing->receiver);
        y_strs(y, "groupBy", routing->group_by, routing->n_group_by);
        y_str(y, "groupWait", routing->group_wait);
        y_str(y, "groupInterval", routing->group_interval);
        y_str(y, "repeatInterval", routing->repeat_interval);
        SEQ(y, "routes") {
            emit_watchdog(y, routing);
            emit_severity(y, "critical", routing->critical);
            emit_severity(y, "warning", routing->warning);
            emit_severity(y, "info", routing->info);
        }
    }
}

static void emit_secret(struct yaml_out *y, const char *key, const struct hd_receiver *receiver)
{
    MAP(y, key) {
        y_str(y, "name", receiver->secret);
        y_str(y, "key", receiver->key);
    }
}

static void emit_email(struct yaml_out *y, const struct hd_receiver *receiver)
{
    y_str(y, "to", receiver->to);
    y_str(y, "from", receiver->from);
    y_str(y, "smarthost", receiver->smarthost);
    y_str(y, "authUsername", receiver->username);
    if (receiver->secret)
        emit_secret(y, "authPassword", receiver);
    y_bool(y, "sendResolved", true);
}

static void emit_webhook(struct yaml_out *y, const struct hd_receiver *receiver)
{
    y_str(y, "url", receiver->url);
    if (receiver->secret)
        emit_secret(y, "urlSecret", receiver);
    y_bool(y, "sendResolved", true);
}

static void emit_pagerduty(struct yaml_out *y, const struct hd_receiver *receiver)
{
    emit_secret(y, "routingKey", receiver);
    y_bool(y, "sendResolved", true);
}

static void emit_slack(struct yaml_out *y, const struct hd_receiver *receiver)
{
    emit_secret(y, "apiURL", receiver);
    y_str(y, "channel", receiver->channel);
    y_bool(y, "sendResolved", true);
}

struct receiver_form {
    enum hd_receiver_type type;
    const char *key;
    void (*emit)(struct yaml_out *y, const struct hd_receiver *receiver);
};

static const struct receiver_form receiver_forms[] = {
    {HD_RECEIVER_PAGERDUTY, "pagerdutyConfigs", emit_pagerduty},
    {HD_RECEIVER_SLACK, "slackConfigs", emit_slack},
    {HD_RECEIVER_EMAIL, "emailConfigs", emit_email},
    {HD_RECEIVER_WEBHOOK, "webhookConfigs", emit_webhook},
};

static void emit_receiver(struct yaml_out *y, const struct hd_receiver *receiver)
{
    ITEM(y) {
        y_str(y, "name", receiver->name);
        for (size_t i = 0; i < sizeof receiver_forms / sizeof *receiver_forms; i++)
            if (receiver_forms[i].type == receiver->type)
                SEQ(y, receiver_forms[i].key)
                    ITEM(y)
                        receiver_forms[i].emit(y, receiver);
    }
}

/* A critical alert silences the warning of the same service and objective. */
static void emit_inhibition(struct yaml_out *y)
{
    static const char *const same[] = {"namespace", "service", "slo"};

    SEQ(y, "inhibitRules")
        ITEM(y) {
            SEQ(y, "sourceMatch")
                emit_matcher(y, "severity", "critical");
            SEQ(y, "targetMatch")
                emit_matcher(y, "severity", "warning");
            y_strs(y, "equal", same, sizeof same / sizeof *same);
        }
}

static void emit_alertmanager_config(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_alert_routing *routing = &subject->model->app->telemetry.alerts.routing;

    MAP(y, "spec") {
        emit_route(y, routing);
        SEQ(y, "receivers") {
            for (size_t i = 0; i < routing->n_receivers; i++)
                emit_receiver(y, &routing->receivers[i]);
            if (!routing->watchdog)
                ITEM(y)
                    y_str(y, "name", "nobody");
        }
        emit_inhibition(y);
    }
}

const struct plan_row alertmanager_config_row = {
    .step = 71,
    .order = 79,
    .info = {"monitoring.coreos.com", "v1alpha1", "AlertmanagerConfig", "telemetry", "for telemetry.alerts.routing"},
    .plan_app = plan_alertmanager_config,
    .labels = labels,
    .emit = emit_alertmanager_config,
};
