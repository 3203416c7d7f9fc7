/* Triggers of KEDA: what says how much work there is, and how the operator gets there. */
#include "core/tables/field.h"
#include "core/text/among.h"
#include "core/text/credential.h"
#include "model/model.h"
#include "model/port.h"
#include "model/resolve.h"
#include "model/tables.h"
#include "parts.h"
#include "pod_checks.h"

#include <string.h>

CHOICES(metric_type, WORD("AverageValue"), WORD("Value"), WORD("Utilization"));

#define T hd_trigger_secret
static const struct hd_field trigger_secret_fields[] = {
    STR("parameter", parameter, .required = true, .format = &format_line),
    STR("secret", secret, .required = true, .format = &format_subdomain),
    STR("key", key, .required = true, .format = &format_config_key),
};
const struct hd_struct hd_trigger_secret_struct = STRUCT(trigger_secret_fields, .keyed_by = "parameter");
#undef T

#define T hd_trigger
static const struct hd_field trigger_fields[] = {
    STR("name", name, .required = true, .format = &format_dns_label),
    STR("type", type, .required = true, .format = &format_dns_label),
    STR("asks", asks, .format = &format_dns_label),
    IOS("port", port, .format = &format_port_ref),
    LIST("metadata", metadata, hd_pair, .key_format = &format_line, .format = &format_text),
    STR("metricType", metric_type, .words = &metric_type),
    LIST("secrets", secrets, hd_trigger_secret),
};
const struct hd_struct hd_trigger_struct = STRUCT(trigger_fields, .keyed_by = "name");
#undef T

void add_trigger_edges(struct hd_model *model, const struct peer *self)
{
    const struct hd_autoscaling *autoscaling = &self->service->autoscaling;

    if (service_scaler(self->service) != HD_SCALER_SCALED_OBJECT || model->app->platform.keda.enabled != HD_TRUE)
        return;
    for (size_t i = 0; i < autoscaling->n_triggers; i++) {
        const struct hd_trigger *trigger = &autoscaling->triggers[i];
        const struct hd_service *asked = graph_callee(model, text_or(trigger->asks, "")).service;
        const struct hd_port *port = asked ? service_port(asked, trigger->port) : NULL;

        if (port)
            graph_add_edge(model, &model->graph.keda, graph_service_peer(model, asked), "trigger",
                           graph_port(model, port->port, port->protocol == HD_PROTOCOL_UDP), 1);
    }
}

void mark_asked_externals(const struct hd_model *model, bool *used)
{
    for (size_t i = 0; i < model->app->n_services; i++)
        for (size_t k = 0; k < model->app->services[i].autoscaling.n_triggers; k++) {
            const char *asks = model->app->services[i].autoscaling.triggers[k].asks;
            const struct hd_external *external = graph_callee(model, text_or(asks, "")).external;

            if (external)
                used[external - model->app->externals] = true;
        }
}

static void check_asked(struct checker *checker, const struct hd_trigger *trigger)
{
    struct callee callee = graph_callee(checker->model, text_or(trigger->asks, ""));
    struct finding *finding;

    if (!trigger->asks)
        return;
    if (!callee.service && !callee.external) {
        finding = found(checker, HD_CALL_TO_NOBODY, AT(trigger, asks), "there is no service or external \"%.80s\"", trigger->asks);
        hint_nearest(finding, nearest_callee(checker, trigger->asks),
                     "name a service of this application, or add an entry to externals for something outside of it");
    } else if (!trigger->port && (callee.service ? service_n_ports(callee.service) : callee.external->n_ports) > 1) {
        hint(found(checker, HD_CALL_WITHOUT_PORT, AT(trigger, asks), "%s has several ports, and the trigger names none", trigger->asks),
             "give port, one of %s", callee.service ? service_ports_in_words(checker, callee.service)
                                                    : external_ports_in_words(checker, callee.external));
    } else if (callee.service ? !service_port(callee.service, trigger->port) : !external_port(callee.external, trigger->port)) {
        hint(found(checker, HD_CALL_UNKNOWN_PORT, trigger->port ? AT(trigger, port) : AT(trigger, asks), "%s has no port %.20s",
                   trigger->asks, text_or(trigger->port, "of its own")),
             "use one of %s", callee.service ? service_ports_in_words(checker, callee.service)
                                             : external_ports_in_words(checker, callee.external));
    }
}

static void check_parameters(struct checker *checker, const struct hd_trigger *trigger)
{
    for (size_t i = 0; i < trigger->n_metadata; i++) {
        const struct hd_pair *pair = &trigger->metadata[i];
        const char *kind = pair->value ? credential_kind(pair->value, strlen(pair->value)) : NULL;

        if (kind)
            hint(found(checker, HD_LITERAL_CREDENTIAL, AT(pair, value), "%s of the trigger holds %s", text_or(pair->name, "a parameter"), kind),
                 "put it into a secret, and name that under secrets: {%s: {secret: ..., key: ...}}", text_or(pair->name, "parameter"));
    }
    for (size_t i = 0; i < trigger->n_secrets; i++) {
        const struct hd_trigger_secret *one = &trigger->secrets[i];
        const struct hd_secret *secret = one->secret ? find_secret(checker, one->secret, AT(one, secret)) : NULL;

        if (secret && one->key)
            check_secret_key(checker, secret, one->key, AT(one, key));
    }
}

/* Nothing else starts Jobs. */
static void check_job_has_triggers(struct checker *checker, const struct hd_service *service)
{
    const struct hd_autoscaling *autoscaling = &service->autoscaling;

    if (!autoscaling->n_triggers && !autoscaling->scaler)
        hint(found(checker, HD_SCALER_CONTRADICTED, AT_STRUCT(autoscaling),
                   "a Job is scaled by triggers of KEDA alone, but there are none"),
             "give triggers, or remove autoscaling");
}

/* What the other way to scale has, and this one does not. */
static void check_way(struct checker *checker, const struct hd_autoscaling *autoscaling, enum hd_scaler scaler)
{
    bool has_metrics = autoscaling->n_containers || autoscaling->n_pods || autoscaling->n_external;
    struct finding *finding = NULL;

    if (scaler == HD_SCALER_SCALED_OBJECT && !autoscaling->n_triggers)
        hint(found(checker, HD_SCALER_CONTRADICTED, AT(autoscaling, scaler), "scaler is ScaledObject, but there are no triggers"),
             "give triggers, or remove scaler");
    else if (scaler == HD_SCALER_SCALED_OBJECT && has_metrics)
        hint(finding = found(checker, HD_SCALER_CONTRADICTED,
                             autoscaling->n_containers ? AT(autoscaling, containers)
                             : autoscaling->n_pods     ? AT(autoscaling, pods)
                                                       : AT(autoscaling, external),
                             "containers, pods and external are metrics of a HorizontalPodAutoscaler, but triggers make KEDA scale"),
             "write them as triggers, or remove triggers");
    else if (scaler != HD_SCALER_SCALED_OBJECT && autoscaling->n_triggers)
        hint(finding = found(checker, HD_SCALER_CONTRADICTED, AT(autoscaling, scaler), "scaler is %s, but only a ScaledObject has triggers",
                             enum_name(&hd_scaler_enum, (int)scaler)),
             "remove scaler, or remove triggers");
    else if (scaler != HD_SCALER_SCALED_OBJECT &&
             (autoscaling->scale_to_zero || autoscaling->polling_interval || autoscaling->cooldown_period.set))
        hint(found(checker, HD_SCALER_CONTRADICTED, AT_STRUCT(autoscaling),
                   "scaleToZero, pollingInterval and cooldownPeriod are KEDA's, but there are no triggers"),
             "give triggers, or remove them");
    if (finding)
        also_at(finding, AT(autoscaling, triggers), "the triggers");
}

/* Somebody who scales is told nothing by the model but the bounds. */
static void check_external(struct checker *checker, const struct hd_service *service)
{
    const struct hd_autoscaling *given = &given_of(checker, service)->autoscaling;

    if (service_scaler(service) == HD_SCALER_EXTERNAL &&
        (given->cpu.set || given->memory.set || given->n_containers || given->n_pods || given->n_external ||
         struct_is_set(&hd_scaling_behavior_struct, &given->behavior)))
        hint(found(checker, HD_SCALER_CONTRADICTED, AT(&service->autoscaling, scaler),
                   "somebody else scales, so metrics and behavior have no effect here"),
             "remove them, or remove scaler");
}

/* Nobody holds back a request until there is a pod. */
static void check_zero(struct checker *checker, const struct hd_service *service)
{
    const struct hd_autoscaling *autoscaling = &service->autoscaling;

    if (!service->name || autoscaling->scale_to_zero != HD_TRUE || !autoscaling->n_triggers)
        return;
    for (size_t i = 0; i < graph_n_in(checker->model, service); i++) {
        const struct edge *edge = graph_in(checker->model, service, i);
        struct finding *finding;

        if (strcmp(edge->reason, "call") && strcmp(edge->reason, "gateway"))
            continue;
        finding = found(checker, HD_ZERO_WHILE_CALLED, AT(autoscaling, scale_to_zero),
                        "%s has no pod while no trigger has work, but %s calls it, and such calls fail", service->name,
                        text_or(edge->from->name, "somebody"));
        if (edge->from->service)
            also_at(finding, AT(edge->from->service, calls), "the calls of %s", edge->from->name);
        else
            also_at(finding, AT(service, expose), "it is exposed");
        hint(finding, "remove scaleToZero, or let callers leave their work in a queue that a trigger asks");
        return;
    }
}

void check_triggers(struct checker *checker, const struct hd_service *service)
{
    const struct hd_autoscaling *autoscaling = &service->autoscaling;

    if (service->workload == HD_WORKLOAD_JOB)
        check_job_has_triggers(checker, service);
    else
        check_way(checker, autoscaling, service_scaler(service));
    check_external(checker, service);
    check_zero(checker, service);
    for (size_t i = 0; i < autoscaling->n_triggers; i++) {
        check_asked(checker, &autoscaling->triggers[i]);
        check_parameters(checker, &autoscaling->triggers[i]);
        check_trigger_metadata(checker, &autoscaling->triggers[i]);
    }
}
