/* Exporters: what they are by name and endpoint. */
#include "exporter.h"

#include "core/tables/field.h"
#include "endpoint.h"
#include "model/port.h"

#include <stdio.h>
#include <string.h>

static const struct type_name {
    const char *name;
    enum exporter_type type;
} type_names[] = {
    {"otlp_grpc", EXPORTER_OTLP_GRPC},
    {"otlp_http", EXPORTER_OTLP_HTTP},
    {"prometheus", EXPORTER_PROMETHEUS},
    {"prometheus_remote_write", EXPORTER_REMOTE_WRITE},
    {"debug", EXPORTER_DEBUG},
    /* Names that collectors had, or still have, for the same. */
    {"otlp", EXPORTER_OTLP_GRPC},
    {"otlphttp", EXPORTER_OTLP_HTTP},
    {"prometheusremotewrite", EXPORTER_REMOTE_WRITE},
};

unsigned signal_bits(const char *const *signals, size_t n_signals)
{
    unsigned bits = 0;

    for (size_t i = 0; i < n_signals; i++) {
        const char *signal = signals[i] ? signals[i] : "";

        bits |= !strcmp(signal, "traces") ? SIGNAL_TRACES : !strcmp(signal, "metrics") ? SIGNAL_METRICS : 0;
        bits |= !strcmp(signal, "logs") ? SIGNAL_LOGS : 0;
    }
    return bits;
}

enum exporter_type exporter_type_named(const char *word)
{
    for (size_t i = 0; word && i < sizeof type_names / sizeof *type_names; i++)
        if (!strcmp(word, type_names[i].name))
            return type_names[i].type;
    return EXPORTER_UNKNOWN;
}

enum exporter_type exporter_type(const struct hd_exporter *exporter)
{
    return exporter_type_named(exporter->type);
}

unsigned exporter_type_signals(enum exporter_type type)
{
    return type == EXPORTER_PROMETHEUS || type == EXPORTER_REMOTE_WRITE ? SIGNAL_METRICS : type ? SIGNALS_ALL : 0;
}

bool exporter_sends(enum exporter_type type)
{
    return type == EXPORTER_OTLP_GRPC || type == EXPORTER_OTLP_HTTP || type == EXPORTER_REMOTE_WRITE;
}

unsigned exporter_signals(const struct hd_exporter *exporter)
{
    return signal_bits(exporter->signals, exporter->n_signals) & exporter_type_signals(exporter_type(exporter));
}

unsigned exporters_take(const struct hd_collector *collector)
{
    unsigned taken = 0;

    for (size_t i = 0; i < collector->n_exporters; i++)
        taken |= exporter_signals(&collector->exporters[i]);
    return taken;
}

static const char *type_word(enum exporter_type type)
{
    for (size_t i = 0; i < sizeof type_names / sizeof *type_names; i++)
        if (type_names[i].type == type)
            return type_names[i].name;
    return NULL;
}

static const char *default_type(const struct hd_exporter *exporter)
{
    enum exporter_type type = exporter_type_named(exporter->name);

    if (type)
        return type_word(type);
    return type_word(exporter->endpoint && !strncmp(exporter->endpoint, "http", 4) ? EXPORTER_OTLP_HTTP : EXPORTER_OTLP_GRPC);
}

/* Back ends by the name that everybody gives them, and what they take. */
static const struct back_end {
    const char *name;
    unsigned signals;
} back_ends[] = {
    {"jaeger", SIGNAL_TRACES}, {"tempo", SIGNAL_TRACES}, {"zipkin", SIGNAL_TRACES}, {"loki", SIGNAL_LOGS}, {"mimir", SIGNAL_METRICS},
};

static void default_signals(struct hd_exporter *exporter)
{
    static const char *const words[] = {"traces", "metrics", "logs"};
    unsigned signals = exporter_type_signals(exporter_type(exporter));

    for (size_t i = 0; exporter->name && i < sizeof back_ends / sizeof *back_ends; i++)
        if (signals == SIGNALS_ALL && !strncmp(exporter->name, back_ends[i].name, strlen(back_ends[i].name)))
            signals = back_ends[i].signals;
    if (!signals)
        return;
    exporter->signals = signals == SIGNAL_METRICS ? words + 1 : signals == SIGNAL_LOGS ? words + 2 : words;
    exporter->n_signals = signals == SIGNALS_ALL ? 3 : 1;
}

static void resolve_exporter(struct hd_exporter *exporter)
{
    enum exporter_type type;

    if (!exporter->type)
        exporter->type = default_type(exporter);
    type = exporter_type(exporter);
    if (type)
        exporter->type = type_word(type);
    if (!exporter->signals)
        default_signals(exporter);
    if (type == EXPORTER_OTLP_GRPC || type == EXPORTER_OTLP_HTTP) {
        if (!exporter->compression)
            exporter->compression = "gzip";
        if (!exporter->timeout)
            exporter->timeout = type == EXPORTER_OTLP_GRPC ? "5s" : "30s";
    }
    if (type == EXPORTER_REMOTE_WRITE && !exporter->timeout)
        exporter->timeout = "5s";
    resolve_exporter_tls(exporter, type == EXPORTER_OTLP_GRPC);
    if (exporter_sends(type) && !exporter->queue_size)
        exporter->queue_size = 1000;
}

/* Metrics go where Prometheus finds them, unless they go elsewhere. */
static void add_prometheus(struct hd_model *model, struct hd_collector *collector)
{
    static const char *const metrics[] = {"metrics"};
    struct hd_exporter *exporters;
    unsigned taken = 0;

    for (size_t i = 0; i < collector->n_exporters; i++)
        taken |= exporter_type(&collector->exporters[i]) == EXPORTER_DEBUG ? 0 : exporter_signals(&collector->exporters[i]);
    /* Nobody scrapes what stands beside a program. */
    if (taken & SIGNAL_METRICS || model->app->platform.prometheus.enabled != HD_TRUE || collector->topology == HD_TOPOLOGY_SIDECAR)
        return;
    exporters = arena_longer(&model->arena, collector->exporters, collector->n_exporters, sizeof *exporters);
    exporters[collector->n_exporters++] =
        (struct hd_exporter){.name = "prometheus", .type = type_word(EXPORTER_PROMETHEUS), .signals = metrics, .n_signals = 1};
    collector->exporters = exporters;
}

void resolve_exporters(struct hd_model *model)
{
    struct hd_collector *collector = &model->app->telemetry.collector;
    struct hd_exporter *exporters;

    if (collector->n_exporters) {
        exporters = arena_copy(&model->arena, collector->exporters, collector->n_exporters * sizeof *exporters);
        for (size_t i = 0; i < collector->n_exporters; i++)
            resolve_exporter(&exporters[i]);
        collector->exporters = exporters;
    }
    add_prometheus(model, collector);
}

static void endpoint_of_external(struct hd_model *model, struct hd_exporter *exporter)
{
    const struct hd_external *external = graph_callee(model, exporter->external).external;
    const struct hd_external_port *port = external ? external_port(external, exporter->port) : NULL;
    bool has_url = exporter_type(exporter) != EXPORTER_OTLP_GRPC, is_tls;
    const char *host, *scheme;

    if (!port || !external->name || (!exporter->port && external->n_ports != 1))
        return;
    is_tls = port->protocol == HD_PROTOCOL_HTTPS || port->protocol == HD_PROTOCOL_TLS;
    scheme = !has_url ? "" : is_tls ? "https://" : "http://";
    host = external->host ? external->host
           : external->namespace_name ? arena_printf(&model->arena, "%s.%s", external->name, external->namespace_name)
                                      : external->name;
    if (is_tls && !has_url && !exporter->insecure)
        exporter->insecure = HD_FALSE;
    exporter->endpoint = arena_printf(&model->arena, "%s%s:%lld", scheme, host, (long long)port->port);
}

void resolve_exporter_endpoints(struct hd_model *model)
{
    struct hd_collector *collector = &model->app->telemetry.collector;
    struct hd_exporter *exporters = (struct hd_exporter *)(uintptr_t)collector->exporters;
    struct endpoint endpoint;

    if (model->app->telemetry.enabled != HD_TRUE || collector->external)
        return;
    for (size_t i = 0; i < collector->n_exporters; i++) {
        if (!exporters[i].endpoint && exporters[i].external)
            endpoint_of_external(model, &exporters[i]);
        if (exporter_type(&exporters[i]) == EXPORTER_OTLP_GRPC && !exporters[i].insecure && exporters[i].endpoint &&
            endpoint_parse(&model->arena, exporters[i].endpoint, &endpoint))
            exporters[i].insecure = endpoint.scheme == SCHEME_HTTPS || (endpoint.scheme == SCHEME_NONE && endpoint.place == PLACE_OUTSIDE)
                                        ? HD_FALSE
                                        : HD_TRUE;
    }
}

void write_header_variable(char *text, size_t size, const char *before, const struct hd_exporter *exporter,
                           const struct hd_exporter_header *header, const char *after)
{
    size_t start = strlen(before);

    snprintf(text, size, "%sEXPORTER_%.63s_%.256s", before, exporter->name ? exporter->name : "", header->name ? header->name : "");
    for (char *p = text + start; *p; p++)
        *p = *p >= 'a' && *p <= 'z' ? (char)(*p - 'a' + 'A') : *p == '-' ? '_' : *p;
    snprintf(text + strlen(text), size - strlen(text), "%s", after);
}
