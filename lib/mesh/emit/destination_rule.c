/*
 * DestinationRule: how callers treat a service or an external. One for all callers; one more for each caller that has a policy of
 * its own, which the mesh then follows alone, so that it says everything.
 */
#include "core/tables/field.h"
#include "core/text/among.h"
#include "emit/traffic_policy.h"
#include "host.h"
#include "kinds.h"
#include "model/delivery.h"
#include "model/derived.h"
#include "model/neighbour.h"
#include "model/port.h"
#include "model/tables.h"
#include "plan/labels.h"

#include <string.h>

/* Target of a rule: the host of a service or, with a suffix, of one version; for one caller (its call), or for all. */
struct rule {
    const struct hd_external *external; /* NULL for a service */
    const struct hd_call *call;         /* NULL for all callers */
    const char *suffix;                 /* NULL, or STABLE, CANARY, PRIMARY */
};

/* The service or external behind one host. */
struct target {
    const char *name, *host;
    const struct hd_traffic_policy *policy;
    const struct hd_client_tls *tls; /* NULL for a service: the mesh's own is implied */
    const struct hd_service *service;
    const struct hd_external *external;
};

static struct target target_service(const struct hd_service *service)
{
    return (struct target){.name = service->name, .policy = &service->traffic_policy, .service = service};
}

static struct target target_external(const struct hd_external *external)
{
    return (struct target){.name = external->name,
                           .host = external->host,
                           .policy = &external->traffic_policy,
                           .tls = struct_is_set(&hd_client_tls_struct, &external->tls) ? &external->tls : NULL,
                           .external = external};
}

static struct target target_of(const struct hd_model *model, const struct hd_call *call)
{
    struct callee callee = graph_callee(model, text_or(call->to, ""));

    return callee.service ? target_service(callee.service) : callee.external ? target_external(callee.external) : (struct target){0};
}

static size_t n_ports_of(const struct target *target)
{
    return target->service ? service_n_ports(target->service) : target->external->n_ports;
}

/* The mesh knows services by their Service ports. */
static int64_t port_number(const struct target *target, const char *ref)
{
    const struct hd_port *inner = target->service ? service_port(target->service, ref) : NULL;
    const struct hd_external_port *outer = target->external ? external_port(target->external, ref) : NULL;

    return inner ? inner->service_port : outer ? outer->port : 0;
}

/* Secrets are brought to a proxy only where the rule is its own. (Istio: ClientTLSSettings.credentialName) */
static bool tls_is_per_caller(const struct target *target)
{
    return target->tls && target->tls->credential_name;
}

static bool call_has_rule(const struct hd_model *model, const struct hd_call *call)
{
    struct target target = target_of(model, call);

    return target.policy && (target.service || target.host) &&
           (settings_are_set(SETTINGS(&call->traffic_policy)) || tls_is_per_caller(&target));
}

/* Whether an earlier call of the same caller leads to the same service and has a rule, which says this one's as well. */
static bool is_first(const struct hd_model *model, const struct hd_service *caller, size_t index)
{
    const struct hd_call *call = &caller->calls[index];

    for (size_t i = 0; i < index; i++)
        if (caller->calls[i].to && !strcmp(caller->calls[i].to, call->to) && call_has_rule(model, &caller->calls[i]))
            return false;
    return true;
}

static void add_rule(struct hd_model *model, const struct plan_row *row, const char *name, const struct hd_service *service,
                     struct rule given)
{
    struct rule *rule = arena_new(&model->arena, struct rule);

    *rule = given;
    plan_add(model, row, name, service, rule);
}

static void plan_destination_rule_of_app(struct hd_model *model, const struct plan_row *row)
{
    const struct hd_app *app = model->app;

    if (app->mesh.mode != HD_MESH_SIDECAR)
        return;
    for (size_t i = 0; i < app->n_externals; i++) {
        struct target target = target_external(&app->externals[i]);

        if (target.host && (has_settings(target.policy) || (target.tls && !tls_is_per_caller(&target))))
            add_rule(model, row, target.name, NULL, (struct rule){.external = &app->externals[i]});
    }
}

/* The hosts of the versions of a service, where routes lead to these and not to its own; NULL when they lead to its own. */
static const char *const *suffixes_of(const struct hd_model *model, const struct hd_service *service)
{
    static const char *const split[] = {STABLE, CANARY, NULL}, *const by_flagger[] = {PRIMARY, CANARY, NULL};

    if (service && is_delivered_by(service, HD_EXECUTOR_FLAGGER))
        return by_flagger;
    return service && splits_by_services(model, service) ? split : NULL;
}

/* Flagger makes the rules for all callers itself. */
static void plan_for_all(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    const char *const *suffixes = suffixes_of(model, service);

    if (is_delivered_by(service, HD_EXECUTOR_FLAGGER))
        return;
    if (!suffixes && (has_settings(&service->traffic_policy) || has_subsets(service)))
        add_rule(model, row, service->name, service, (struct rule){0});
    for (size_t i = 0; suffixes && suffixes[i] && has_settings(&service->traffic_policy); i++)
        add_rule(model, row, derived_name(model, service, suffixes[i]), service, (struct rule){.suffix = suffixes[i]});
}

static void plan_for_caller(struct hd_model *model, const struct plan_row *row, const struct hd_service *caller, const struct hd_call *call)
{
    const char *const *suffixes = suffixes_of(model, graph_callee(model, call->to).service);

    if (!suffixes)
        add_rule(model, row, arena_printf(&model->arena, "%s-from-%s", callee_object_name(model, call->to), caller->name), caller, (struct rule){.call = call});
    for (size_t i = 0; suffixes && suffixes[i]; i++)
        add_rule(model, row, arena_printf(&model->arena, "%s-%s-from-%s", call->to, suffixes[i], caller->name), caller,
                 (struct rule){.call = call, .suffix = suffixes[i]});
}

static void plan_destination_rule_of_service(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    if (!mesh_is_on(model->app) || !service->name)
        return;
    plan_for_all(model, row, service);
    for (size_t i = 0; model->app->mesh.mode == HD_MESH_SIDECAR && i < service->n_calls; i++)
        if (call_has_rule(model, &service->calls[i]) && is_first(model, service, i))
            plan_for_caller(model, row, service, &service->calls[i]);
}

static void emit_tls(struct yaml_out *y, const struct target *target)
{
    if (target->tls)
        Y_OBJECT(y, "tls", hd_client_tls, target->tls);
}

static void emit_port_settings(struct yaml_out *y, const struct subject *subject, const struct target *target, int64_t number,
                               struct settings settings)
{
    if (number)
        ITEM(y) {
            MAP(y, "port")
                y_int(y, "number", number);
            emit_settings(y, subject->model, settings);
            emit_tls(y, target);
        }
}

/* The call of this caller to this port that has settings of its own, or NULL. */
static const struct hd_call *call_with_settings(const struct hd_service *caller, const struct target *target, int64_t number)
{
    for (size_t i = 0; caller && i < caller->n_calls; i++) {
        const struct hd_call *call = &caller->calls[i];

        if (call->to && !strcmp(call->to, target->name) && settings_are_set(SETTINGS(&call->traffic_policy)) &&
            (!number || port_number(target, call->port) == number))
            return call;
    }
    return NULL;
}

static void emit_ports(struct yaml_out *y, const struct subject *subject, const struct target *target, const struct hd_service *caller)
{
    const struct hd_traffic_policy *policy = target->policy;

    SEQ(y, "portLevelSettings") {
        for (size_t i = 0; i < policy->n_port_level_settings; i++) {
            int64_t number = port_number(target, policy->port_level_settings[i].port);

            if (!call_with_settings(caller, target, number))
                emit_port_settings(y, subject, target, number, SETTINGS(&policy->port_level_settings[i]));
        }
        for (size_t i = 0; caller && i < caller->n_calls; i++) {
            int64_t number =
                caller->calls[i].to && !strcmp(caller->calls[i].to, target->name) ? port_number(target, caller->calls[i].port) : 0;

            if (number && call_with_settings(caller, target, number) == &caller->calls[i])
                emit_port_settings(y, subject, target, number, SETTINGS(&caller->calls[i].traffic_policy));
        }
    }
}

static void emit_policy(struct yaml_out *y, const struct subject *subject, const struct target *target, const struct hd_service *caller)
{
    const struct hd_call *only = n_ports_of(target) == 1 ? call_with_settings(caller, target, 0) : NULL;

    MAP(y, "trafficPolicy") {
        emit_settings(y, subject->model, only ? SETTINGS(&only->traffic_policy) : SETTINGS(target->policy));
        emit_tls(y, target);
        if (!only)
            emit_ports(y, subject, target, caller);
    }
}

static void emit_subsets(struct yaml_out *y, const struct target *target)
{
    SEQ(y, "subsets")
        for (size_t i = 0; target->service && has_subsets(target->service) && i < n_versions(target->service); i++) {
            struct version version = version_at(target->service, i);

            ITEM(y) {
                y_str(y, "name", version.name);
                MAP(y, "labels")
                    y_str(y, version.labels[0].name, version.labels[0].value);
            }
        }
}

static void emit_destination_rule(struct yaml_out *y, const struct subject *subject)
{
    const struct rule *rule = subject->object;
    const struct hd_service *caller = rule->call ? subject->service : NULL;
    struct target target = rule->call       ? target_of(subject->model, rule->call)
                           : rule->external ? target_external(rule->external)
                                            : target_service(subject->service);

    MAP(y, "spec") {
        if (target.host)
            y_str(y, "host", target.host);
        else
            emit_mesh_host(y, "host", subject->model, target.service, rule->suffix);
        emit_policy(y, subject, &target, caller);
        emit_subsets(y, &target);
        if (caller) {
            MAP(y, "workloadSelector")
                emit_selector(y, "matchLabels", subject->model, caller);
            /* The rule of a caller is not to be merged with the one for all. */
            SEQ(y, "exportTo")
                y_str(y, NULL, ".");
        }
    }
}

const struct plan_row destination_rule_row = {
    .step = 47,
    .info = {"networking.istio.io", "v1", "DestinationRule", "istio",
             "in a mesh, for a service or external with trafficPolicy or tls; one more for each call with trafficPolicy"},
    .version = istio_api_version,
    .plan_app = plan_destination_rule_of_app,
    .plan_service = plan_destination_rule_of_service,
    .emit = emit_destination_rule,
};
