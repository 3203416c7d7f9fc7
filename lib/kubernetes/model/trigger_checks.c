/* Rules for what a trigger of KEDA is told: KEDA itself reads it only when the objects are in the cluster. */
#include "core/tables/field.h"
#include "core/text/address.h"
#include "core/text/among.h"
#include "core/text/format.h"
#include "core/text/suggest.h"
#include "core/text/time_zone.h"
#include "model/checks.h"
#include "model/port.h"
#include "model/tables.h"
#include "pod_checks.h"

#include <string.h>

/* What scalers cannot do without. (KEDA: scalers) */
static const struct scaler_needs {
    const char *type, *needed[5];
} scaler_needs[] = {
    {"cron", {"timezone", "start", "end", "desiredReplicas"}},
    {"prometheus", {"serverAddress", "query", "threshold"}},
};

static const struct hd_pair *parameter(const struct hd_trigger *trigger, const char *name)
{
    for (size_t i = 0; i < trigger->n_metadata; i++)
        if (same_text(trigger->metadata[i].name, name))
            return &trigger->metadata[i];
    return NULL;
}

static bool is_secret(const struct hd_trigger *trigger, const char *name)
{
    for (size_t i = 0; i < trigger->n_secrets; i++)
        if (same_text(trigger->secrets[i].parameter, name))
            return true;
    return false;
}

/* A parameter that is nearly the one that lacks; NULL when there is none. */
static const struct hd_pair *misspelled(const struct hd_trigger *trigger, const char *name)
{
    for (size_t i = 0; i < trigger->n_metadata; i++) {
        struct suggestion suggestion = suggest_for(text_or(trigger->metadata[i].name, ""));

        suggest_try(&suggestion, name);
        if (suggestion.nearest)
            return &trigger->metadata[i];
    }
    return NULL;
}

static void check_needs(struct checker *checker, const struct hd_trigger *trigger, const struct scaler_needs *needs)
{
    const char *missing = NULL, *wrong = NULL;
    const struct hd_pair *pair = NULL;
    struct finding *finding;

    for (size_t i = 0; needs->needed[i]; i++) {
        if (parameter(trigger, needs->needed[i]) || is_secret(trigger, needs->needed[i]))
            continue;
        missing = arena_listed(&checker->report->arena, missing, needs->needed[i]);
        if (!pair) {
            pair = misspelled(trigger, needs->needed[i]);
            wrong = needs->needed[i];
        }
    }
    if (!missing)
        return;
    finding = found(checker, HD_BAD_TRIGGER, pair ? AT(pair, name) : AT_STRUCT(trigger), "a trigger of the type %s needs %s", needs->type, missing);
    if (pair)
        hint(finding, "did you mean %s instead of %.60s?", wrong, pair->name);
    else
        hint(finding, "add it to metadata");
}

static void check_cron(struct checker *checker, const struct hd_trigger *trigger)
{
    const struct hd_pair *zone = parameter(trigger, "timezone"), *start = parameter(trigger, "start"), *end = parameter(trigger, "end");
    const struct hd_pair *const times[] = {start, end};
    struct finding *finding;

    if (zone && zone->value && !time_zone_gap(zone->value))
        hint_nearest(found(checker, HD_BAD_TRIGGER, AT(zone, value), "there is no time zone \"%.64s\"", zone->value),
                     nearest_time_zone(&checker->report->arena, zone->value),
                     "use a name of the IANA's list, such as Europe/Vienna or Etc/UTC");
    for (size_t i = 0; i < 2; i++)
        if (times[i] && times[i]->value && !format_is_valid(&format_schedule, times[i]->value))
            hint(found(checker, HD_BAD_TRIGGER, AT(times[i], value), "\"%.60s\" is no time of cron", times[i]->value),
                 "write minute, hour, day of the month, month and weekday, such as 0 8 * * 1-5");
    if (start && end && start->value && same_text(start->value, end->value) && format_is_valid(&format_schedule, end->value)) {
        finding = found(checker, HD_BAD_TRIGGER, AT(end, value), "end is the same as start");
        also_at(finding, AT(start, value), "start");
        hint(finding, "write the time at which the pods are no longer needed");
    }
}

/* The operator of KEDA connects, from its own namespace. */
static void check_address(struct checker *checker, const struct hd_trigger *trigger, const struct hd_pair *pair)
{
    static const char *const names[] = {"bootstrapServers", "address", "addresses", "host", "hosts", "serverAddress"};
    const char *here = checker->app->namespace_name, *there;
    struct address_reader reader = {.begin = pair->value, .next = pair->value};
    struct callee callee = graph_callee(checker->model, text_or(trigger->asks, ""));
    struct address address;
    const char *number;

    if (!pair->name || !pair->value || !here || !IS_AMONG(pair->name, names) || !address_next(&reader, &address) || is_loopback(address.host))
        return;
    if (!strpbrk(address.host, ".:") && !same_text(checker->app->platform.keda.namespace_name, here)) {
        there = callee.external && callee.external->namespace_name ? callee.external->namespace_name : here;
        hint(found(checker, HD_ADDRESS_NAMESPACE, AT(pair, value), "KEDA looks for %.63s in its own namespace", address.host),
             "write %.63s.%s.svc.cluster.local", address.host, there);
        return;
    }
    number = arena_printf(&checker->scratch, "%lld", (long long)address.port);
    if (!address.port || (callee.service ? service_port(callee.service, number) != NULL
                                         : !callee.external || !callee.external->n_ports || external_port(callee.external, number)))
        return;
    hint(found(checker, HD_ADDRESS_PORT, AT(pair, value), "%s has no port %.20s", trigger->asks, number), "use one of %s",
         callee.service ? service_ports_in_words(checker, callee.service) : external_ports_in_words(checker, callee.external));
}

void check_trigger_metadata(struct checker *checker, const struct hd_trigger *trigger)
{
    const struct hd_pair *query = parameter(trigger, "query");

    for (size_t i = 0; trigger->type && i < sizeof scaler_needs / sizeof *scaler_needs; i++)
        if (!strcmp(trigger->type, scaler_needs[i].type))
            check_needs(checker, trigger, &scaler_needs[i]);
    for (size_t i = 0; i < trigger->n_metadata; i++)
        check_address(checker, trigger, &trigger->metadata[i]);
    if (same_text(trigger->type, "cron"))
        check_cron(checker, trigger);
    else if (same_text(trigger->type, "prometheus") && query && query->value)
        check_query(checker, AT(query, value), query->value, HD_BAD_TRIGGER, "with one that it refuses the number of pods never changes");
}
