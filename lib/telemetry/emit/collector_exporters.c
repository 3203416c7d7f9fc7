/* Exporters, and the connector that makes metrics of spans. */
#include "collector_parts.h"
#include "core/text/among.h"

#include <string.h>

static void emit_headers(struct yaml_out *y, const struct hd_exporter *exporter)
{
    char value[512];

    MAP(y, "headers")
        for (size_t i = 0; i < exporter->n_headers; i++) {
            const struct hd_exporter_header *header = &exporter->headers[i];

            if (header->secret) {
                write_header_variable(value, sizeof value, "${env:", exporter, header, "}");
                y_str(y, header->name, value);
            } else {
                y_literal(y, header->name, header->value);
            }
        }
}

static void emit_queue(struct yaml_out *y, const struct hd_exporter *exporter, const char *key, const char *storage)
{
    MAP(y, key) {
        if (exporter->queue_size)
            y_int(y, "queue_size", exporter->queue_size);
        y_str(y, "storage", storage);
    }
}

/* Without a scheme: one that says http would mean no TLS a second time. */
static const char *host_and_port(const char *endpoint)
{
    const char *end = endpoint ? strstr(endpoint, "://") : NULL;

    return end ? end + 3 : endpoint;
}

static void emit_without_tls(struct yaml_out *y)
{
    MAP(y, "tls")
        y_bool(y, "insecure", true);
}

static void emit_tls_file(struct yaml_out *y, const char *key, const struct hd_exporter *exporter, const char *file)
{
    char path[128];

    snprintf(path, sizeof path, EXPORTER_TLS_PATH "/%.63s/%s", text_or(exporter->name, ""), file);
    y_str(y, key, path);
}

/* Certificates are renewed while the collector runs. */
static void emit_tls(struct yaml_out *y, const struct hd_exporter *exporter)
{
    const struct hd_exporter_tls *tls = &exporter->tls;

    MAP(y, "tls") {
        if (exporter_has_ca(exporter))
            emit_tls_file(y, "ca_file", exporter, "ca.crt");
        if (tls->secret_name) {
            emit_tls_file(y, "cert_file", exporter, "tls.crt");
            emit_tls_file(y, "key_file", exporter, "tls.key");
            y_str(y, "reload_interval", "1h");
        }
        y_str(y, "server_name_override", tls->server_name);
    }
}

static void emit_otlp(struct yaml_out *y, const struct hd_app *app, const struct hd_exporter *exporter)
{
    bool is_grpc = exporter_kind(exporter)->form == ENDPOINT_HOST;

    y_literal(y, "endpoint", is_grpc ? host_and_port(exporter->endpoint) : exporter->endpoint);
    if (is_grpc && exporter->insecure == HD_TRUE)
        emit_without_tls(y);
    else
        emit_tls(y, exporter);
    y_str(y, "compression", exporter->compression);
    y_str(y, "timeout", exporter->timeout);
    emit_headers(y, exporter);
    emit_queue(y, exporter, "sending_queue", app->telemetry.collector.storage.size ? FILE_STORAGE : NULL);
}

/* Resource attributes of a service become labels of its metrics. */
static void emit_labels_of_resource(struct yaml_out *y)
{
    MAP(y, "resource_to_telemetry_conversion")
        y_bool(y, "enabled", true);
}

static void emit_remote_write(struct yaml_out *y, const struct hd_exporter *exporter)
{
    y_literal(y, "endpoint", exporter->endpoint);
    emit_tls(y, exporter);
    y_str(y, "timeout", exporter->timeout);
    emit_headers(y, exporter);
    emit_queue(y, exporter, "remote_write_queue", NULL);
    emit_labels_of_resource(y);
}

static void emit_prometheus(struct yaml_out *y)
{
    y_str(y, "endpoint", "0.0.0.0:8889");
    emit_labels_of_resource(y);
}

/* A switch without default, because the compiler then warns of a type that it lacks. */
static void emit_members(struct yaml_out *y, const struct hd_app *app, const struct hd_exporter *exporter)
{
    switch (exporter_type(exporter)) {
    case EXPORTER_OTLP_GRPC:
    case EXPORTER_OTLP_HTTP:
        emit_otlp(y, app, exporter);
        break;
    case EXPORTER_PROMETHEUS:
        emit_prometheus(y);
        break;
    case EXPORTER_REMOTE_WRITE:
        emit_remote_write(y, exporter);
        break;
    case EXPORTER_DEBUG:
        y_str(y, "verbosity", "basic");
        break;
    case EXPORTER_UNKNOWN: /* GCOVR_EXCL_LINE: a model with one is refused */
    case N_EXPORTER_TYPES: /* GCOVR_EXCL_LINE: the number of types is none */
        break;             /* GCOVR_EXCL_LINE: as above */
    }
}

static void emit_exporter(struct yaml_out *y, const struct hd_app *app, const struct hd_exporter *exporter)
{
    char id[COMPONENT_LONGEST];

    exporter_id(id, app, exporter);
    MAP(y, id)
        emit_members(y, app, exporter);
}

/* The spans of a trace go to one of the gateway's pods, which its headless Service names. */
static void emit_balancer(struct yaml_out *y, const struct hd_app *app, const char *gateway)
{
    char host[128];

    snprintf(host, sizeof host, "%.63s-headless", gateway);
    MAP(y, load_balancing_name(app)) {
        y_str(y, "routing_key", "traceID");
        MAP(y, "protocol")
            MAP(y, "otlp")
                emit_without_tls(y);
        MAP(y, "resolver")
            MAP(y, "dns") {
                y_str(y, "hostname", host);
                y_str(y, "port", "4317");
            }
        if (collector_since(app, BALANCER_QUEUES))
            MAP(y, "retry_on_failure")
                y_bool(y, "enabled", true);
        if (collector_since(app, BALANCER_QUEUES))
            MAP(y, "sending_queue")
                y_bool(y, "enabled", true);
    }
}

static void emit_to_gateway(struct yaml_out *y, const struct hd_model *model)
{
    const struct collector *gateway = collector_last(model);
    const char *name = gateway ? text_or(gateway->service->name, "") : "";
    bool shares = shares_traces(model->app);
    char endpoint[128];

    if (shares)
        emit_balancer(y, model->app, name);
    if (shares && !(collector_signals(model->app) & ~(unsigned)SIGNAL_TRACES))
        return;
    snprintf(endpoint, sizeof endpoint, "%.63s:%d", name, OTLP_GRPC_PORT);
    MAP(y, exporter_type_name(model->app, EXPORTER_OTLP_GRPC)) {
        y_str(y, "endpoint", endpoint);
        emit_without_tls(y);
    }
}

void emit_exporters(struct yaml_out *y, const struct hd_model *model, enum collector_role role)
{
    const struct hd_collector *collector = &model->app->telemetry.collector;

    MAP(y, "exporters") {
        if (hands_on(role))
            emit_to_gateway(y, model);
        for (size_t i = 0; !hands_on(role) && i < collector->n_exporters; i++)
            if (exporter_signals(&collector->exporters[i]))
                emit_exporter(y, model->app, &collector->exporters[i]);
    }
}

void emit_span_metrics(struct yaml_out *y, const struct hd_app *app)
{
    const struct hd_span_metrics *metrics = &app->telemetry.collector.span_metrics;

    MAP(y, "connectors")
        MAP(y, span_metrics_name(app)) {
            MAP(y, "histogram")
                MAP(y, "explicit")
                    y_strs(y, "buckets", metrics->buckets, metrics->n_buckets);
            SEQ(y, "dimensions")
                for (size_t i = 0; i < metrics->n_dimensions; i++)
                    ITEM(y)
                        y_literal(y, "name", metrics->dimensions[i]);
            /* Series of services that are gone go too. */
            y_str(y, "metrics_expiration", "15m");
            y_str(y, "metrics_flush_interval", "15s");
        }
}
