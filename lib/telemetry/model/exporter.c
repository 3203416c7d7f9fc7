/* Exporters: the table of types, and the type, signals and endpoint of an exporter that leaves them out. */
#include "exporter.h"

#include "core/tables/field.h"
#include "core/text/among.h"
#include "endpoint.h"
#include "model/port.h"

#include <stdio.h>
#include <string.h>

const struct exporter_kind exporter_kinds[N_EXPORTER_TYPES] = {
    [EXPORTER_OTLP_GRPC] = {.name = "otlp_grpc",
                            .old_name = "otlp",
                            .renamed = OTLP_RENAMED,
                            .signals = SIGNALS_ALL,
                            .form = ENDPOINT_HOST,
                            .example = "write host:port, such as tempo.observability:4317",
                            .timeout = "5s",
                            .speaks_otlp = true},
    [EXPORTER_OTLP_HTTP] = {.name = "otlp_http",
                            .old_name = "otlphttp",
                            .renamed = OTLP_RENAMED,
                            .signals = SIGNALS_ALL,
                            .form = ENDPOINT_URL,
                            .example = "write a URL, such as http://loki.logging:3100/otlp",
                            .timeout = "30s",
                            .speaks_otlp = true},
    [EXPORTER_PROMETHEUS] = {.name = "prometheus", .signals = SIGNAL_METRICS, .is_asked = true},
    [EXPORTER_REMOTE_WRITE] = {.name = "prometheus_remote_write",
                               .old_name = "prometheusremotewrite",
                               .renamed = OTHERS_RENAMED,
                               .signals = SIGNAL_METRICS,
                               .form = ENDPOINT_URL,
                               .example = "write a URL, such as http://mimir.metrics:9009/api/v1/push",
                               .timeout = "5s"},
    [EXPORTER_DEBUG] = {.name = "debug", .signals = SIGNALS_ALL, .is_for_people = true},
};

unsigned signal_bits(const char *const *signals, size_t n_signals)
{
    unsigned bits = 0;

    for (size_t i = 0; i < n_signals; i++) {
        const char *signal = signals[i];

        bits |= !strcmp(signal, "traces") ? SIGNAL_TRACES : !strcmp(signal, "metrics") ? SIGNAL_METRICS : 0;
        bits |= !strcmp(signal, "logs") ? SIGNAL_LOGS : 0;
    }
    return bits;
}

enum exporter_type exporter_type_named(const char *word)
{
    for (unsigned type = EXPORTER_UNKNOWN + 1; word && type < N_EXPORTER_TYPES; type++) {
        const struct exporter_kind *kind = &exporter_kinds[type];

        if (!strcmp(word, kind->name) || (kind->old_name && !strcmp(word, kind->old_name)))
            return type;
    }
    return EXPORTER_UNKNOWN;
}

enum exporter_type exporter_type(const struct hd_exporter *exporter)
{
    return exporter_type_named(exporter->type);
}

const struct exporter_kind *exporter_kind(const struct hd_exporter *exporter)
{
    return &exporter_kinds[exporter_type(exporter)];
}

unsigned exporter_signals(const struct hd_exporter *exporter)
{
    return signal_bits(exporter->signals, exporter->n_signals) & exporter_kind(exporter)->signals;
}

unsigned exporters_take(const struct hd_collector *collector)
{
    unsigned taken = 0;

    for (size_t i = 0; i < collector->n_exporters; i++)
        taken |= exporter_signals(&collector->exporters[i]);
    return taken;
}

static const char *default_type(const struct hd_exporter *exporter)
{
    enum exporter_type type = exporter_type_named(exporter->name);

    if (!type)
        type = exporter->endpoint && !strncmp(exporter->endpoint, "http", 4) ? EXPORTER_OTLP_HTTP : EXPORTER_OTLP_GRPC;
    return exporter_kinds[type].name;
}

/* Usual names of back ends, and the signals that each accepts. */
static const struct back_end {
    const char *name;
    unsigned signals;
} back_ends[] = {
    {"jaeger", SIGNAL_TRACES}, {"tempo", SIGNAL_TRACES}, {"zipkin", SIGNAL_TRACES}, {"loki", SIGNAL_LOGS}, {"mimir", SIGNAL_METRICS},
};

static void default_signals(struct hd_exporter *exporter)
{
    static const char *const words[] = {"traces", "metrics", "logs"};
    unsigned signals = exporter_kind(exporter)->signals;

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
    const struct exporter_kind *kind;

    if (!exporter->type)
        exporter->type = default_type(exporter);
    kind = exporter_kind(exporter);
    if (kind->name)
        exporter->type = kind->name;
    if (!exporter->signals)
        default_signals(exporter);
    if (kind->speaks_otlp && !exporter->compression)
        exporter->compression = "gzip";
    if (!exporter->timeout)
        exporter->timeout = kind->timeout;
    resolve_exporter_tls(exporter, kind->form);
    if (kind->form && !exporter->queue_size)
        exporter->queue_size = 1000;
}

/* Adds an exporter for Prometheus when no other exporter takes metrics. */
static void add_prometheus(struct hd_model *model, struct hd_collector *collector)
{
    static const char *const metrics[] = {"metrics"};
    struct hd_exporter *exporters;
    bool is_taken = false;

    for (size_t i = 0; i < collector->n_exporters; i++)
        is_taken |= !exporter_kind(&collector->exporters[i])->is_for_people && exporter_signals(&collector->exporters[i]) & SIGNAL_METRICS;
    /* Prometheus does not scrape collectors in pods. */
    if (is_taken || model->app->platform.prometheus.enabled != HD_TRUE || collector->topology == HD_TOPOLOGY_SIDECAR)
        return;
    exporters = arena_longer(&model->arena, collector->exporters, collector->n_exporters, sizeof *exporters);
    exporters[collector->n_exporters++] =
        (struct hd_exporter){.name = "prometheus", .type = exporter_kinds[EXPORTER_PROMETHEUS].name, .signals = metrics, .n_signals = 1};
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
    bool has_url = exporter_kind(exporter)->form != ENDPOINT_HOST, is_tls;
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
        if (exporter_kind(&exporters[i])->form == ENDPOINT_HOST && !exporters[i].insecure && exporters[i].endpoint &&
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

    snprintf(text, size, "%sEXPORTER_%.63s_%.256s", before, text_or(exporter->name, ""), text_or(header->name, ""));
    for (char *p = text + start; *p; p++)
        *p = *p >= 'a' && *p <= 'z' ? (char)(*p - 'a' + 'A') : *p == '-' ? '_' : *p;
    snprintf(text + strlen(text), size - strlen(text), "%s", after);
}
