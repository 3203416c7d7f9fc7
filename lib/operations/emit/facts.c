/*
 * scripts/application.tsv: what the scripts know of the application. A line is a word for what it is about, and its values,
 * with tabs between them and - for what is not there. It is read, never run, so that no value can become code.
 */
#include "core/text/duration.h"
#include "kinds.h"
#include "model/resolve.h"
#include "model/tables.h"
#include "operations/model/operations.h"
#include "operations/model/order.h"

#include <string.h>

/* A tab or a break in a value would begin another one. */
static void put_value(struct text_out *t, const char *value)
{
    text_put(t, "\t");
    if (!value || !*value)
        text_put(t, "-");
    for (; value && *value; value++)
        text_putn(t, (unsigned char)*value < 0x20 || *value == 0x7f ? " " : value, 1);
}

static void put_number(struct text_out *t, int64_t number)
{
    text_put(t, "\t");
    text_int(t, number);
}

/* A duration in whole seconds. */
static void put_seconds(struct text_out *t, const char *duration)
{
    if (duration)
        put_number(t, duration_us(duration) / 1000000);
    else
        put_value(t, NULL);
}

static void put_line(struct text_out *t, const char *about, const char *const *values, size_t n_values)
{
    text_put(t, about);
    for (size_t i = 0; i < n_values; i++)
        put_value(t, values[i]);
    text_put(t, "\n");
}
#define PUT_LINE(t, about, ...)                                                                                                            \
    put_line((t), (about), (const char *const[]){__VA_ARGS__}, sizeof(const char *const[]){__VA_ARGS__} / sizeof(const char *))

static const char *yes_or_no(bool yes)
{
    return yes ? "yes" : "no";
}

/* service: name, kind, runtime, fewest and most pods, seconds until an update has failed, whether it is autoscaled, rank (order.h). */
static void put_service(struct text_out *t, const struct hd_service *service, uint32_t rank)
{
    text_put(t, "service");
    put_value(t, service->name);
    put_value(t, enum_name(&hd_workload_enum, (int)service->workload));
    put_value(t, service->runtime ? service->runtime : service->base);
    put_number(t, least_replicas(service));
    put_number(t, most_replicas(service));
    put_number(t, service->progress_deadline_seconds ? service->progress_deadline_seconds : 600);
    put_value(t, yes_or_no(service->autoscaling.enabled == HD_TRUE));
    put_number(t, rank);
    text_put(t, "\n");
}

/* port: service, name, the Service's number, protocol. way: service, host, path. call: caller, callee. */
static void put_traffic(struct text_out *t, const struct hd_service *service)
{
    for (size_t i = 0; i < service->container.n_ports; i++) {
        const struct hd_port *port = &service->container.ports[i];

        text_put(t, "port");
        put_value(t, service->name);
        put_value(t, port->name);
        put_number(t, port->service_port ? port->service_port : port->port);
        put_value(t, enum_name(&hd_protocol_enum, (int)port->protocol));
        text_put(t, "\n");
    }
    if (service->container.readiness_probe.http_get.path)
        PUT_LINE(t, "ready", service->name, service->container.readiness_probe.http_get.port,
                 service->container.readiness_probe.http_get.path);
    for (size_t i = 0; i < service->n_expose; i++)
        for (size_t h = 0; h < exposure_n_hosts(&service->expose[i]); h++)
            PUT_LINE(t, "way", service->name, exposure_host(&service->expose[i], h), service->expose[i].path);
    for (size_t i = 0; i < service->n_calls; i++)
        PUT_LINE(t, "call", service->name, service->calls[i].to);
}

/* claim: name, size, whether its data may be lost. */
static void put_claims(struct text_out *t, const struct hd_model *model, const struct hd_service *service)
{
    for (size_t i = 0; i < service->pod.n_volumes; i++) {
        const struct hd_volume *volume = &service->pod.volumes[i];
        const char *size = volume->claim.size ? volume->claim.size : volume->claim_template.size;

        if (!size)
            continue;
        text_put(t, "claim");
        put_value(t, service->name);
        put_value(t, volume->name);
        put_value(t, size);
        put_value(t, volume->claim.size ? "shared" : "each");
        put_value(t, yes_or_no(is_volume_exempt(model, service, volume)));
        text_put(t, "\n");
    }
}

/* secret: name, who brings it, its keys. */
static void put_secrets(struct text_out *t, const struct hd_app *app)
{
    for (size_t i = 0; i < app->n_secrets; i++) {
        text_put(t, "secret");
        put_value(t, app->secrets[i].name);
        put_value(t, app->secrets[i].existing == HD_TRUE ? "existing" : "external");
        for (size_t k = 0; k < app->secrets[i].n_keys; k++)
            put_value(t, app->secrets[i].keys[k].name);
        text_put(t, "\n");
    }
}

/* backup: schedule, seconds that a backup is kept, what it has of volumes, whether of secrets. velero: namespace, storage. */
static void put_backup(struct text_out *t, const struct hd_app *app)
{
    const struct hd_backup *backup = &app->operations.backup;

    if (app->operations.enabled != HD_TRUE)
        return;
    text_put(t, "recovery");
    put_seconds(t, app->operations.recovery_point);
    put_seconds(t, app->operations.recovery_time);
    text_put(t, "\nbackup");
    put_value(t, backup->schedule);
    put_seconds(t, backup->retention);
    put_value(t, enum_name(&hd_volume_backup_enum, (int)backup->volumes));
    put_value(t, yes_or_no(backup->secrets == HD_TRUE));
    text_put(t, "\n");
    if (uses_velero(app))
        PUT_LINE(t, "velero", backup->velero.namespace_name, app->name, backup->velero.storage_location);
}

static void write_facts(struct text_out *t, const struct file_subject *subject)
{
    const struct hd_model *model = subject->model;
    const struct hd_app *app = model->app;
    const struct order *order = services_in_order(model, subject->arena);

    PUT_LINE(t, "application", app->name);
    PUT_LINE(t, "namespace", app->namespace_name);
    PUT_LINE(t, "environment", app->environment);
    PUT_LINE(t, "kubernetes", app->kubernetes_version);
    PUT_LINE(t, "host", app->n_hosts ? app->hosts[0] : app->host);
    put_backup(t, app);
    for (size_t i = 0; i < app->n_services; i++)
        put_service(t, order->services[i], order->ranks[i]);
    for (size_t i = 0; i < app->n_services; i++) {
        put_traffic(t, order->services[i]);
        put_claims(t, model, order->services[i]);
    }
    put_secrets(t, app);
    /* manifest: file, kind, API version, namespace, name, service. */
    for (size_t i = 0; i < model->n_manifests; i++) {
        const struct hd_manifest *manifest = &model->manifests[i];

        text_put(t, "manifest\t", manifest->file_name, "\t", manifest->kind, "\t", manifest->group, *manifest->group ? "/" : "",
                 manifest->version);
        put_value(t, manifest->namespace_name);
        put_value(t, manifest->name);
        put_value(t, manifest->service);
        text_put(t, "\n");
    }
}

static void plan_facts(struct hd_model *model, const struct file_row *row)
{
    file_add(model, row, "scripts/application.tsv", NULL, NULL);
}

const struct file_part scripts_part = {
    .info = {"scripts", "ops", "scripts that deploy the application and bring it back", "the model has operations"},
    .is_default = has_operations,
};

const struct file_row facts_row = {.part = &scripts_part, .plan_app = plan_facts, .text = write_facts};
