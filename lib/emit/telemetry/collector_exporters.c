/* Exporters, and the connector that makes metrics of spans. */
#include "collector_parts.h"

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

static void emit_queue(struct yaml_out *y, const struct hd_exporter *exporter, const char *key)
{
    MAP(y, key)
        if (exporter->queue_size)
            y_int(y, "queue_size", exporter->queue_size);
}

/* Without a scheme: one that says http would mean no TLS a second time. */
static const char *host_and_port(const char *endpoint)
{
    const char *end = endpoint ? strstr(endpoint, "://") : NULL;

    return end ? end + 3 : endpoint;
}

static void emit_otlp(struct yaml_out *y, const struct hd_exporter *exporter, bool is_grpc)
{
    y_literal(y, "endpoint", is_grpc ? host_and_port(exporter->endpoint) : exporter->endpoint);
    if (is_grpc && exporter->insecure == HD_TRUE)
        MAP(y, "tls")
            y_bool(y, "insecure", true);
    y_str(y, "compression", exporter->compression);
    y_str(y, "timeout", exporter->timeout);
    emit_headers(y, exporter);
    emit_queue(y, exporter, "sending_queue");
}

/* What the SDK says of a service becomes labels of its metrics. */
static void emit_labels_of_resource(struct yaml_out *y)
{
    MAP(y, "resource_to_telemetry_conversion")
        y_bool(y, "enabled", true);
}

static void emit_remote_write(struct yaml_out *y, const struct hd_exporter *exporter)
{
    y_literal(y, "endpoint", exporter->endpoint);
    y_str(y, "timeout", exporter->timeout);
    emit_headers(y, exporter);
    emit_queue(y, exporter, "remote_write_queue");
    emit_labels_of_resource(y);
}

static void emit_members(struct yaml_out *y, const struct hd_exporter *exporter)
{
    switch (exporter_type(exporter)) {
    case EXPORTER_OTLP_GRPC:
        emit_otlp(y, exporter, true);
        return;
    case EXPORTER_OTLP_HTTP:
        emit_otlp(y, exporter, false);
        return;
    case EXPORTER_PROMETHEUS:
        y_str(y, "endpoint", "0.0.0.0:8889");
        emit_labels_of_resource(y);
        return;
    case EXPORTER_REMOTE_WRITE:
        emit_remote_write(y, exporter);
        return;
    default:
        y_str(y, "verbosity", "basic");
    }
}

static void emit_exporter(struct yaml_out *y, const struct hd_app *app, const struct hd_exporter *exporter)
{
    char id[COMPONENT_LONGEST];

    exporter_id(id, app, exporter);
    MAP(y, id)
        emit_members(y, exporter);
}

static void emit_to_gateway(struct yaml_out *y, const struct hd_model *model)
{
    const struct collector *gateway = collector_last(model);
    char endpoint[128];

    snprintf(endpoint, sizeof endpoint, "%.63s:%d", gateway && gateway->service->name ? gateway->service->name : "", OTLP_GRPC_PORT);
    MAP(y, exporter_type_name(model->app, EXPORTER_OTLP_GRPC)) {
        y_str(y, "endpoint", endpoint);
        MAP(y, "tls")
            y_bool(y, "insecure", true);
    }
}

void emit_exporters(struct yaml_out *y, const struct hd_model *model, enum collector_role role)
{
    const struct hd_collector *collector = &model->app->telemetry.collector;

    MAP(y, "exporters") {
        if (role == COLLECTOR_AGENT)
            emit_to_gateway(y, model);
        for (size_t i = 0; role != COLLECTOR_AGENT && i < collector->n_exporters; i++)
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
