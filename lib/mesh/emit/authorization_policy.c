/*
 * AuthorizationPolicy: nothing is allowed but the edges of the graph, by the identities of their callers. What a waypoint decides
 * stands in a policy for the Service, and the pods then take these requests from the waypoint alone.
 */
#include "kinds.h"
#include "model/delivery.h"
#include "model/version.h"
#include "model/derived.h"
#include "model/port.h"
#include "plan/labels.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static void plan_authorization_policy_of_app(struct hd_model *model, const struct plan_row *row)
{
    if (mesh_is_on(model->app) && model->app->name)
        plan_add(model, row, arena_printf(&model->arena, "%s-default-deny", model->app->name), NULL, NULL);
}

/* The object of a policy that a waypoint follows is the waypoint. */
static bool is_in(const struct edge *edge, const struct peer *waypoint)
{
    return edge->layer & LAYER_MESH && edge->by == waypoint;
}

static bool has_tcp(const struct edge *edge)
{
    for (size_t i = 0; i < edge->n_ports; i++)
        if (!edge->ports[i].is_udp)
            return true;
    return false;
}

static void plan_authorization_policy_of_service(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    bool any = false;

    if (!service_in_mesh(model->app, service))
        return;
    for (size_t i = 0; i < graph_n_in(model, service); i++)
        any |= is_in(graph_in(model, service, i), NULL) && has_tcp(graph_in(model, service, i));
    if (any)
        plan_add(model, row, service->name, service, NULL);
    if (uses_waypoint(model, service))
        plan_add(model, row, derived_name(model, service, WAYPOINT), service, model->mesh.waypoint);
}

static void emit_principal(struct yaml_out *y, const struct hd_app *app, const struct peer *peer)
{
    char text[640];
    const char *namespace_name = peer->namespace_name && !peer->is_own ? peer->namespace_name : app->namespace_name;

    snprintf(text, sizeof text, "%.253s/ns/%.63s/sa/%.253s", app->mesh.trust_domain, namespace_name, peer->account);
    y_str(y, NULL, text);
}

/* The edges that one rule is for: those of a port, either all that want the whole port or one that wants a part of it. */
struct rule {
    const struct subject *subject;
    const struct hd_port *port;
    const struct edge *part;
};

static bool wants_part(const struct edge *edge)
{
    struct wanted wanted = edge_wants(edge);

    return wanted.n_methods || wanted.n_paths;
}

static bool belongs(const struct rule *rule, const struct edge *edge)
{
    if (!is_in(edge, rule->subject->object) || (rule->part ? edge != rule->part : wants_part(edge)))
        return false;
    for (size_t i = 0; i < edge->n_ports; i++)
        if (!edge->ports[i].is_udp && edge->ports[i].number == rule->port->port)
            return true;
    return false;
}

/* How the mesh can tell who calls: by account, by namespace, or by nothing. */
enum known_by { BY_ACCOUNT, BY_NAMESPACE, BY_NOTHING };

static enum known_by known_by(const struct peer *peer)
{
    return !peer->in_mesh ? BY_NOTHING : peer->account ? BY_ACCOUNT : BY_NAMESPACE;
}

static const struct edge *next_caller(const struct rule *rule, size_t *index, enum known_by by)
{
    const struct hd_model *model = rule->subject->model;

    if (rule->part)
        return !(*index)++ && belongs(rule, rule->part) && known_by(rule->part->from) == by ? rule->part : NULL;
    while (*index < graph_n_in(model, rule->subject->service)) {
        const struct edge *edge = graph_in(model, rule->subject->service, (*index)++);

        if (belongs(rule, edge) && known_by(edge->from) == by)
            return edge;
    }
    return NULL;
}

static bool names_account(const struct peer *peer)
{
    return peer->service && peer->service->pod.service_account.name;
}

/* Whether an earlier caller has the same account; only callers whose account has a name of its own can share it. */
static bool is_admitted(const struct rule *rule, const struct edge *edge)
{
    const struct edge *earlier;
    size_t i = 0;

    if (!names_account(edge->from))
        return false;
    while ((earlier = next_caller(rule, &i, BY_ACCOUNT)) && earlier != edge)
        if (earlier->from->service && !strcmp(earlier->from->account, edge->from->account))
            return true;
    return false;
}

static void emit_sources(struct yaml_out *y, const struct rule *rule)
{
    const struct edge *edge;
    const struct peer *last = NULL;
    size_t i = 0;

    SEQ(y, "from") {
        ITEM(y)
            MAP(y, "source")
                SEQ(y, "principals")
                    while ((edge = next_caller(rule, &i, BY_ACCOUNT))) {
                        if (edge->from != last && !is_admitted(rule, edge))
                            emit_principal(y, rule->subject->model->app, edge->from);
                        last = edge->from;
                    }
        i = 0;
        ITEM(y)
            MAP(y, "source")
                SEQ(y, "namespaces")
                    while ((edge = next_caller(rule, &i, BY_NAMESPACE)))
                        y_str(y, NULL, edge->from->namespace_name);
        i = 0;
        /* Callers outside the mesh have no identity; the network policy limits them. */
        if (next_caller(rule, &i, BY_NOTHING))
            ITEM(y)
                MAP(y, "source")
                    SEQ(y, "notPrincipals")
                        y_str(y, NULL, "*");
    }
}

static void emit_rule(struct yaml_out *y, const struct rule *rule)
{
    const struct hd_port *port = rule->port;
    struct wanted wanted = rule->part ? edge_wants(rule->part) : (struct wanted){0};
    char number[24];
    size_t i = 0;
    bool any = false;

    for (int by = BY_ACCOUNT; by <= BY_NOTHING; by++, i = 0)
        any |= next_caller(rule, &i, (enum known_by)by) != NULL;
    if (!any)
        return;
    /* A waypoint sees the port of the Service, pods see their own. */
    snprintf(number, sizeof number, "%" PRId64, rule->subject->object ? port->service_port : port->port);
    ITEM(y) {
        emit_sources(y, rule);
        SEQ(y, "to")
            ITEM(y)
                MAP(y, "operation") {
                    SEQ(y, "ports")
                        y_str(y, NULL, number);
                    if (rule->part) {
                        y_strs(y, "methods", wanted.methods, wanted.n_methods);
                        y_strs(y, "paths", wanted.paths, wanted.n_paths);
                    }
                }
    }
}

static void emit_rules(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_service *service = subject->service;
    struct rule rule = {.subject = subject};

    SEQ(y, "rules")
        for (size_t i = 0; i < service_n_ports(service); i++) {
            rule.port = service_port_at(service, i);
            rule.part = NULL;
            emit_rule(y, &rule);
            for (size_t k = 0; k < graph_n_in(subject->model, service); k++) {
                rule.part = graph_in(subject->model, service, k);
                if (wants_part(rule.part))
                    emit_rule(y, &rule);
            }
        }
}

static void emit_service_target(struct yaml_out *y, const char *name)
{
    ITEM(y) {
        y_str(y, "group", "");
        y_str(y, "kind", "Service");
        y_str(y, "name", name);
    }
}

/* The Service of one version. */
static void emit_version_target(struct yaml_out *y, const struct hd_service *service, const char *version)
{
    char name[512];

    snprintf(name, sizeof name, "%.253s-%.253s", service->name, version);
    emit_service_target(y, name);
}

/* The waypoint decides for each Service by the policies that name it: those of single versions and further ones are ways to the same pods. */
static void emit_target_services(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_service *service = subject->service;

    emit_service_target(y, service->name);
    if (splits_by_services(subject->model, service)) {
        emit_version_target(y, service, STABLE);
        emit_version_target(y, service, CANARY);
    }
    for (size_t i = 0; has_version_services(subject->model, service) && i < service->n_versions; i++)
        emit_version_target(y, service, service->versions[i].name);
    if (delivery_way(service) == BLUE_GREEN_WAY)
        emit_version_target(y, service, PREVIEW);
    for (size_t i = 0; i < service->n_extra_services; i++)
        emit_service_target(y, service->extra_services[i].name);
}

static void emit_target(struct yaml_out *y, const struct subject *subject)
{
    if (!subject->object)
        MAP(y, "selector")
            emit_selector(y, "matchLabels", subject->model, subject->service);
    else
        SEQ(y, "targetRefs")
            emit_target_services(y, subject);
}

static void emit_authorization_policy(struct yaml_out *y, const struct subject *subject)
{
    /* A policy that allows and has no rules allows nothing. */
    if (!subject->service)
        y_empty_map(y, "spec");
    else
        MAP(y, "spec") {
            emit_target(y, subject);
            y_str(y, "action", "ALLOW");
            emit_rules(y, subject);
        }
}

const struct plan_row authorization_policy_row = {
    .step = 42,
    .info = {"security.istio.io", "v1", "AuthorizationPolicy", "istio",
             "with a mesh: one that denies everything, and one for each service that somebody calls"},
    .version = istio_api_version,
    .plan_app = plan_authorization_policy_of_app,
    .plan_service = plan_authorization_policy_of_service,
    .emit = emit_authorization_policy,
};
