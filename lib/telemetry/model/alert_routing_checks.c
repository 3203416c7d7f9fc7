/* Rules for routing: each alert reaches somebody, by a receiver that is complete. */
#include "alert.h"
#include "core/tables/field.h"
#include "core/text/among.h"
#include "core/text/monitoring_units.h"
#include "core/text/suggest.h"
#include "model/checks.h"
#include "model/tables.h"
#include "parts.h"

#include <string.h>

/* The receiver that the library adds without members: alerts that are routed to it are dropped. */
static const char *const nobody = "nobody";

struct use {
    struct names names;
    bool *used;
};

static void no_such_receiver(struct checker *checker, const struct hd_alert_routing *routing, struct where where, const char *name)
{
    struct suggestion suggestion = suggest_for(name);
    struct finding *finding = found(checker, HD_NO_SUCH_RECEIVER, where, "there is no receiver \"%.63s\"", name);
    const char *list = NULL;

    for (size_t i = 0; i < routing->n_receivers; i++)
        if (routing->receivers[i].name) {
            suggest_try(&suggestion, routing->receivers[i].name);
            list = i < 12 ? arena_listed(&checker->report->arena, list, routing->receivers[i].name) : list;
        }
    hint_nearest(finding, suggestion.nearest, "the receivers are: %s", text_or(list, "none"));
}

static void check_reference(struct checker *checker, struct use *use, const char *name, struct where where)
{
    const struct hd_alert_routing *routing = &checker->app->telemetry.alerts.routing;
    const struct hd_receiver *receiver = name ? names_find(&use->names, name) : NULL;

    if (receiver)
        use->used[receiver - routing->receivers] = true;
    else if (name)
        no_such_receiver(checker, routing, where, name);
}

/* Required and optional members of each type of receiver. */
struct receiver_members {
    enum hd_receiver_type type;
    const char *required, *optional;
};

static const struct receiver_members receiver_members[] = {
    {HD_RECEIVER_PAGERDUTY, " secret key ", ""},
    {HD_RECEIVER_SLACK, " secret key ", " channel "},
    {HD_RECEIVER_EMAIL, " to from smarthost ", " username secret key "},
    {HD_RECEIVER_WEBHOOK, "", " secret key url "},
};

static bool has_word(const char *words, const char *word)
{
    size_t length = strlen(word);

    for (const char *p = strstr(words, word); p; p = strstr(p + 1, word))
        if (p[-1] == ' ' && p[length] == ' ')
            return true;
    return false;
}

static void check_member(struct checker *checker, const struct hd_receiver *receiver, const struct receiver_members *members,
                         const struct hd_field *field)
{
    bool given = field_is_set(field, receiver), required = has_word(members->required, field->key);
    const char *type = enum_name(&hd_receiver_type_enum, (int)receiver->type);
    struct where where = {receiver, sizeof *receiver, field->offset, 0};

    if (field->kind != HD_STRING || !strcmp(field->key, "name"))
        return;
    if (required && !given)
        hint(found(checker, HD_RECEIVER_INCOMPLETE, AT_STRUCT(receiver), "a receiver for %s needs %s", type, field->key), "%s: %s",
             field->key, field->doc);
    if (!required && given && !has_word(members->optional, field->key))
        hint(found(checker, HD_RECEIVER_MEMBER_UNUSED, where, "%s has no effect for %s", field->key, type), "remove it");
}

static void incomplete(struct checker *checker, const struct hd_receiver *receiver, const char *what, const char *remedy)
{
    hint(found(checker, HD_RECEIVER_INCOMPLETE, AT_STRUCT(receiver), "%s", what), "%s", remedy);
}

/* name@domain with a dot in the domain, or "Name <name@domain>". */
static bool is_mail_address(const char *text, size_t length)
{
    const char *open = memchr(text, '<', length), *at;

    if (open) {
        length = (size_t)(text + length - open);
        text = open + 1;
        length = length > 2 && text[length - 2] == '>' ? length - 2 : 0;
    }
    at = memchr(text, '@', length);
    if (!at || at == text || memchr(text, ' ', length) || memchr(at + 1, '@', (size_t)(text + length - at - 1)))
        return false;
    return memchr(at, '.', (size_t)(text + length - at)) && at[1] != '.' && text[length - 1] != '.';
}

static void check_mail_addresses(struct checker *checker, const char *list, struct where where)
{
    if (!list || strstr(list, "{{"))
        return;
    for (const char *next = list + strspn(list, ", "); *next; next += strspn(next, ", ")) {
        size_t end = strcspn(next, ","), length = end;

        while (length && next[length - 1] == ' ')
            length--;
        if (!is_mail_address(next, length)) {
            hint(found(checker, HD_RECEIVER_ADDRESS, where, "\"%.*s\" is no mail address", (int)(length < 80 ? length : 80), next),
                 "write name@example.com; several are parted by commas");
            return;
        }
        next += end;
    }
}

static void check_smarthost(struct checker *checker, const struct hd_receiver *receiver)
{
    const char *colon = receiver->smarthost ? strrchr(receiver->smarthost, ':') : NULL;
    bool has_port = colon && colon > receiver->smarthost && colon[1] && strlen(colon + 1) <= 5 && !colon[1 + strspn(colon + 1, "0123456789")];

    if (!receiver->smarthost || (has_port && !strstr(receiver->smarthost, "//")))
        return;
    hint(found(checker, HD_RECEIVER_ADDRESS, AT(receiver, smarthost), "\"%.80s\" is no host and port, and Alertmanager refuses it",
               receiver->smarthost),
         "write the host, a colon and the port, without a scheme: mail.example.com:587");
}

static void check_receiver(struct checker *checker, const struct hd_receiver *receiver)
{
    const struct hd_secret *secret = receiver->secret ? find_secret(checker, receiver->secret, AT(receiver, secret)) : NULL;

    if (secret && receiver->key)
        check_secret_key(checker, secret, receiver->key, AT(receiver, key));
    check_mail_addresses(checker, receiver->to, AT(receiver, to));
    check_mail_addresses(checker, receiver->from, AT(receiver, from));
    check_smarthost(checker, receiver);
    if (receiver->name && !strcmp(receiver->name, nobody))
        hint(found(checker, HD_RECEIVER_RESERVED, AT(receiver, name), "the name %s is reserved", nobody),
             "the receiver that drops alerts has this name already; choose another");
    for (size_t i = 0; i < sizeof receiver_members / sizeof *receiver_members; i++)
        for (size_t k = 0; receiver_members[i].type == receiver->type && k < hd_receiver_struct.n_fields; k++)
            check_member(checker, receiver, &receiver_members[i], &hd_receiver_struct.fields[k]);
    if (receiver->type == HD_RECEIVER_WEBHOOK && !receiver->url && !receiver->secret)
        incomplete(checker, receiver, "a webhook needs an address", "write url, or secret and key if the address is in a secret");
    else if (receiver->type != HD_RECEIVER_PAGERDUTY && receiver->type != HD_RECEIVER_SLACK && receiver->secret && !receiver->key)
        incomplete(checker, receiver, "secret is given without key", "write key: the entry of the secret to read");
    else if (receiver->type == HD_RECEIVER_EMAIL && (receiver->username != NULL) != (receiver->secret != NULL))
        incomplete(checker, receiver, receiver->username ? "username is given without secret" : "secret is given without username",
                   "write username, secret and key; or remove them all");
}

/* Whether any alert has this label. Alerts of services have most of these labels; other alerts have labels of their own. */
static bool is_label(const struct hd_app *app, const char *name)
{
    static const char *const own[] = {"alertname", "application", "issuer", "job_name", "name", "namespace", "pod", "resource", "service",
                                      "severity", "signal", "slo", "window", "cluster", "prometheus"};
    const struct hd_alerts *alerts = &app->telemetry.alerts;

    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (!strcmp(own[i], name))
            return true;
    for (size_t i = 0; i < alerts->n_labels; i++)
        if (alerts->labels[i].name && !strcmp(alerts->labels[i].name, name))
            return true;
    return false;
}

static void check_group_by(struct checker *checker, const struct hd_alert_routing *routing)
{
    for (size_t i = 0; i < routing->n_group_by; i++)
        if (format_is_valid(&format_label_name, routing->group_by[i]) &&
            !is_label(checker->app, routing->group_by[i]))
            hint(found(checker, HD_GROUP_BY_NOTHING, AT_ITEM(routing, group_by, i), "no alert has a label \"%.60s\"", routing->group_by[i]),
                 "all alerts would be one group; group by alertname, service, severity, or a label of telemetry.alerts.labels");
}

static void check_intervals(struct checker *checker, const struct hd_alert_routing *routing)
{
    int64_t group = prometheus_duration_ms(routing->group_interval), repeat = prometheus_duration_ms(routing->repeat_interval);
    struct finding *finding;

    if (group < 0 || repeat < 0 || repeat >= group)
        return;
    finding = found(checker, HD_REPEAT_BELOW_GROUP, AT(routing, repeat_interval), "repeatInterval is %.30s, below groupInterval",
                    routing->repeat_interval);
    if (checker->model->given->telemetry.alerts.routing.group_interval)
        also_at(finding, AT(routing, group_interval), "groupInterval is %.30s", routing->group_interval);
    hint(finding, "Alertmanager notifies at most once in each groupInterval: raise repeatInterval");
}

/* The first alert of a group waits as long for others. */
static void check_first_wait(struct checker *checker, const struct hd_alert_routing *routing)
{
    enum { LONG_MS = 15 * 60 * 1000 };

    if (prometheus_duration_ms(routing->group_wait) > LONG_MS)
        hint(found(checker, HD_GROUP_WAIT_LONG, AT(routing, group_wait), "nobody is told of an alert until %.30s after it is raised",
                   routing->group_wait),
             "write seconds, such as 30s: groupWait only gathers alerts that come together; groupInterval and repeatInterval are for later ones");
}

void check_alert_routing(struct checker *checker)
{
    const struct hd_alert_routing *routing = &checker->app->telemetry.alerts.routing;
    struct use use = {.used = arena_array(&checker->report->arena, routing->n_receivers, sizeof *use.used)};

    if (!routing->n_receivers)
        return;
    names_init(&checker->report->arena, &use.names, routing->n_receivers);
    for (size_t i = 0; i < routing->n_receivers; i++)
        if (routing->receivers[i].name)
            names_add(&use.names, routing->receivers[i].name, &routing->receivers[i]);
    if (!routing->receiver)
        hint(found(checker, HD_NO_DEFAULT_RECEIVER, AT_STRUCT(routing), "there are receivers, but no default receiver"),
             "write receiver: the name of the receiver for alerts that match no other");
    check_reference(checker, &use, routing->receiver, AT(routing, receiver));
    check_reference(checker, &use, routing->critical, AT(routing, critical));
    check_reference(checker, &use, routing->warning, AT(routing, warning));
    check_reference(checker, &use, routing->info, AT(routing, info));
    check_reference(checker, &use, routing->watchdog, AT(routing, watchdog));
    for (size_t i = 0; i < routing->n_receivers; i++) {
        const struct hd_receiver *receiver = &routing->receivers[i];

        check_receiver(checker, receiver);
        if (!use.used[i] && receiver->name && routing->receiver)
            hint(found(checker, HD_RECEIVER_UNUSED, AT(receiver, name), "no alert is sent to the receiver %.63s", receiver->name),
                 "name it in receiver, critical, warning, info or watchdog; or remove it");
    }
    check_group_by(checker, routing);
    check_intervals(checker, routing);
    check_first_wait(checker, routing);
}
