/*
 * Service: one address for the pods of a service; for a StatefulSet another that gives each pod a name; and names of externals for their
 * hosts.
 */
#include "emit/app_protocol.h"
#include "kinds.h"
#include "model/delivery.h"
#include "model/derived.h"
#include "model/mesh.h"
#include "model/port.h"
#include "model/tables.h"
#include "model/version.h"
#include "plan/labels.h"

#include <stdio.h>
#include <string.h>

static void plan_further(struct hd_model *model, const struct plan_row *row, const struct hd_service *service, const char *suffix)
{
    plan_add(model, row, derived_name(model, service, suffix), service, suffix);
}

/* The object of a Service is what the model says of a further one, or its suffix; an ordinary one has none. */
static void plan_service(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    /* A workload that the model does not generate has a Service from elsewhere. */
    if (!service->workload)
        return;
    /* Flagger makes them itself. */
    if (is_delivered_by(service, HD_EXECUTOR_FLAGGER))
        return;
    if (service_n_ports(service) || (service->workload == HD_WORKLOAD_STATEFUL_SET && !has_governing_service(service)))
        plan_add(model, row, service->name, service, NULL);
    if (has_governing_service(service))
        plan_further(model, row, service, HEADLESS);
    if (splits_by_services(model, service)) {
        plan_further(model, row, service, STABLE);
        plan_further(model, row, service, CANARY);
    }
    for (size_t i = 0; has_version_services(model, service) && i < service->n_versions; i++)
        plan_further(model, row, service, service->versions[i].name);
    if (delivery_way(service) == BLUE_GREEN_WAY)
        plan_further(model, row, service, PREVIEW);
    for (size_t i = 0; i < service->n_extra_services; i++)
        plan_add(model, row, service->extra_services[i].name, service, &service->extra_services[i]);
}

/* NULL for the Services that follow from the service. */
static const struct hd_extra_service *extra_of(const struct subject *subject)
{
    for (size_t i = 0; subject->service && i < subject->service->n_extra_services; i++)
        if (subject->object == &subject->service->extra_services[i])
            return &subject->service->extra_services[i];
    return NULL;
}

static void plan_external_names(struct hd_model *model, const struct plan_row *row)
{
    for (size_t i = 0; i < model->app->n_externals; i++)
        if (model->app->externals[i].service)
            plan_add(model, row, model->app->externals[i].name, NULL, &model->app->externals[i]);
}

static bool names_pods(const struct subject *subject)
{
    return subject->object && !extra_of(subject) && !strcmp(subject->object, HEADLESS);
}

/* Callers go through the waypoint, but not those that ask for a pod by its name. */
static struct pairs labels(const struct subject *subject)
{
    static const struct hd_pair pairs[] = {{.name = "istio.io/use-waypoint", .value = WAYPOINT}};

    return (struct pairs){pairs,
                          subject->service && !names_pods(subject) && uses_waypoint(subject->model, subject->service)};
}

static struct pairs annotations(const struct subject *subject)
{
    const struct hd_extra_service *extra = extra_of(subject);
    const struct hd_service_object *object = extra ? &extra->service : !subject->object ? &subject->service->service : NULL;

    return object ? (struct pairs){object->annotations, object->n_annotations} : (struct pairs){NULL, 0};
}

static void emit_port(struct yaml_out *y, const char *name, int64_t number, const struct hd_port *target, int64_t node_port)
{
    ITEM(y) {
        y_str(y, "name", name);
        y_int(y, "port", number);
        y_str(y, "targetPort", target->name);
        y_str(y, "protocol", target->protocol == HD_PROTOCOL_UDP ? "UDP" : "TCP");
        y_str(y, "appProtocol", app_protocol(target->protocol));
        if (node_port)
            y_int(y, "nodePort", node_port);
    }
}

static void emit_ports(struct yaml_out *y, const struct hd_service *service, bool has_node_ports)
{
    SEQ(y, "ports")
        for (size_t i = 0; i < service_n_ports(service); i++) {
            const struct hd_port *port = service_port_at(service, i);

            emit_port(y, port->name, port->service_port, port, has_node_ports ? port->node_port : 0);
        }
}

static void emit_extra_ports(struct yaml_out *y, const struct hd_service *service, const struct hd_extra_service *extra)
{
    SEQ(y, "ports")
        for (size_t i = 0; i < extra->n_ports; i++)
            emit_port(y, extra->ports[i].name, extra->ports[i].port, extra_service_target(service, &extra->ports[i]),
                      extra->ports[i].node_port);
}

/* All Services of the same pods have addresses of the same families. */
static void emit_families(struct yaml_out *y, const struct hd_service_object *object)
{
    y_str(y, "ipFamilyPolicy", object->ip_family_policy);
    y_strs(y, "ipFamilies", object->ip_families, object->n_ip_families);
}

static void emit_governing(struct yaml_out *y, const struct subject *subject)
{
    MAP(y, "spec") {
        y_str(y, "type", "ClusterIP");
        y_str(y, "clusterIP", "None");
        /* Pods of one set must find each other before any of them is ready; collectors are sent to only when they are. */
        if (!is_collector(subject->model, subject->service))
            y_bool(y, "publishNotReadyAddresses", true);
        emit_families(y, &subject->service->service);
        emit_selector(y, "selector", subject->model, subject->service);
        emit_ports(y, subject->service, false);
    }
}

/* Newer servers warn of the older of two names. */
static const char *traffic_distribution(const struct hd_model *model, const char *given)
{
    return given && model->kube_minor >= 34 && !strcmp(given, "PreferClose") ? "PreferSameZone" : given;
}

static void emit_ordinary(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_extra_service *extra = extra_of(subject);
    const struct hd_service_object *object = extra ? &extra->service : &subject->service->service;

    MAP(y, "spec") {
        if (!object->type)
            y_str(y, "type", "ClusterIP");
        Y_FIELDS(y, hd_service_object, object);
        y_str(y, "trafficDistribution", traffic_distribution(subject->model, object->traffic_distribution));
        if (object->headless == HD_TRUE)
            y_str(y, "clusterIP", "None");
        if (object->session_affinity_timeout_seconds)
            MAP(y, "sessionAffinityConfig")
                MAP(y, "clientIP")
                    y_int(y, "timeoutSeconds", object->session_affinity_timeout_seconds);
        emit_selector(y, "selector", subject->model, subject->service);
        if (extra)
            emit_extra_ports(y, subject->service, extra);
        else
            emit_ports(y, subject->service, true);
    }
}

/* One version of the service. Argo Rollouts adds to the selector which pods these are. */
static void emit_version(struct yaml_out *y, const struct subject *subject)
{
    MAP(y, "spec") {
        y_str(y, "type", "ClusterIP");
        emit_families(y, &subject->service->service);
        MAP(y, "selector") {
            emit_selector_labels(y, subject->model, subject->service);
            if (subject->service->n_versions)
                y_str(y, LABEL_VERSION, subject->object);
        }
        emit_ports(y, subject->service, false);
    }
}

/* Istio does not forward to a port of an ExternalName Service that has the name tcp. (Istio: IST0150) */
static void emit_external_port_name(struct yaml_out *y, const struct hd_external_port *port)
{
    char name[32];

    if (port->name && !strcmp(port->name, "tcp")) {
        snprintf(name, sizeof name, "tcp-%d", (int)port->port);
        y_str(y, "name", name);
    } else
        y_str(y, "name", port->name);
}

static void emit_external_name(struct yaml_out *y, const struct hd_external *external)
{
    MAP(y, "spec") {
        y_str(y, "type", external->service);
        y_str(y, "externalName", external->host);
        SEQ(y, "ports")
            for (size_t i = 0; i < external->n_ports; i++)
                ITEM(y) {
                    emit_external_port_name(y, &external->ports[i]);
                    y_int(y, "port", external->ports[i].port);
                    y_int(y, "targetPort", external->ports[i].port);
                    y_str(y, "protocol", external->ports[i].protocol == HD_PROTOCOL_UDP ? "UDP" : "TCP");
                    y_str(y, "appProtocol", app_protocol(external->ports[i].protocol));
                }
    }
}

static void emit_service(struct yaml_out *y, const struct subject *subject)
{
    const char *suffix = subject->object;

    if (!subject->service)
        emit_external_name(y, subject->object);
    else if (!suffix || extra_of(subject))
        emit_ordinary(y, subject);
    else if (strcmp(suffix, HEADLESS))
        emit_version(y, subject);
    else
        emit_governing(y, subject);
}

const struct plan_row service_row = {
    .step = 45,
    .info = {"", "v1", "Service", "kubernetes",
             "for a service with ports; a headless one for a StatefulSet; one for each version in progressive delivery; for an external "
             "with service: ExternalName; for each of extraServices"},
    .plan_app = plan_external_names,
    .plan_service = plan_service,
    .labels = labels,
    .of_collectors = true,
    .annotations = annotations,
    .emit = emit_service,
};
