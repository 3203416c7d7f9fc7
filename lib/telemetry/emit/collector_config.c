#include "collector_config.h"

#include "core/text/among.h"
#include "model/mesh.h"

#include "collector_parts.h"

#include <stdio.h>
#include <string.h>

static void emit_otlp_receiver(struct yaml_out *y, enum collector_role role)
{
    /* Only its own pod reaches a sidecar. */
    bool local = role == COLLECTOR_SIDECAR;

    MAP(y, "otlp")
        MAP(y, "protocols") {
            MAP(y, "grpc")
                y_str(y, "endpoint", local ? "127.0.0.1:4317" : "0.0.0.0:4317");
            MAP(y, "http")
                y_str(y, "endpoint", local ? "127.0.0.1:4318" : "0.0.0.0:4318");
        }
}

/* The logs of pods of the namespace, whose names begin so. */
static void emit_log_files(struct yaml_out *y, const struct hd_app *app, const char *name, const char *suffix)
{
    char path[256];

    snprintf(path, sizeof path, "/var/log/pods/%.63s_%.63s%s*/*/*.log", text_or(app->namespace_name, ""), name, suffix);
    y_str(y, NULL, path);
}

/*
 * The agents' own log files are left out, because an agent logs what it sends, and would read that again. The operator removes the
 * prefix that the container runtime puts before each line.
 */
static void emit_log_receiver(struct yaml_out *y, const struct hd_app *app)
{
    const char *name = app->telemetry.collector.name;

    MAP(y, file_log_name(app)) {
        SEQ(y, "include")
            emit_log_files(y, app, "", "");
        SEQ(y, "exclude") {
            emit_log_files(y, app, name, "-collector-");
            emit_log_files(y, app, name, "-agent-collector-");
        }
        y_bool(y, "include_file_path", true);
        y_bool(y, "include_file_name", false);
        SEQ(y, "operators")
            ITEM(y) {
                y_str(y, "type", "container");
                y_str(y, "id", "container");
            }
    }
}

static void emit_relabel(struct yaml_out *y, const char *source, const char *regex, const char *action)
{
    ITEM(y) {
        SEQ(y, "source_labels")
            y_str(y, NULL, source);
        y_str(y, "regex", regex);
        y_str(y, "action", action);
    }
}

static void emit_target_label(struct yaml_out *y, const char *source, const char *target)
{
    ITEM(y) {
        SEQ(y, "source_labels")
            y_str(y, NULL, source);
        y_str(y, "target_label", target);
    }
}

/* A proxy gives out its own metrics and the application's on one port, which it does not declare. */
static void emit_proxy_address(struct yaml_out *y, const char *regex, const char *replacement)
{
    ITEM(y) {
        SEQ(y, "source_labels")
            y_str(y, NULL, "__meta_kubernetes_pod_ip");
        y_str(y, "regex", regex);
        y_str(y, "target_label", "__address__");
        y_str(y, "replacement", replacement);
    }
}

/* The pods of one service, at the port of its metrics. */
static void emit_scrape(struct yaml_out *y, const struct hd_model *model, const struct hd_service *service)
{
    const struct hd_port *port = service_port(service, service->metrics.port);
    bool has_proxy = service_has_proxy(model->app, service);

    ITEM(y) {
        y_str(y, "job_name", service->name);
        y_str(y, "metrics_path", has_proxy ? "/stats/prometheus" : service->metrics.path);
        y_str(y, "scrape_interval", service->metrics.interval);
        y_str(y, "scrape_timeout", service->metrics.scrape_timeout);
        SEQ(y, "kubernetes_sd_configs")
            ITEM(y) {
                y_str(y, "role", "pod");
                MAP(y, "namespaces")
                    SEQ(y, "names")
                        y_str(y, NULL, model->app->namespace_name);
            }
        SEQ(y, "relabel_configs") {
            emit_relabel(y, "__meta_kubernetes_pod_label_app_kubernetes_io_instance", model->app->name, "keep");
            emit_relabel(y, "__meta_kubernetes_pod_label_app_kubernetes_io_name", service->name, "keep");
            emit_relabel(y, "__meta_kubernetes_pod_container_port_name", has_proxy ? "http-envoy-prom" : port ? port->name : NULL, "keep");
            if (has_proxy) {
                /* In the collector's file a dollar is doubled. */
                emit_proxy_address(y, "([0-9.]+)", "$$1:15020");
                emit_proxy_address(y, "(.*:.*)", "[$$1]:15020");
            }
            emit_target_label(y, "__meta_kubernetes_pod_name", "pod");
            emit_target_label(y, "__meta_kubernetes_namespace", "namespace");
        }
    }
}

static void emit_prometheus_receiver(struct yaml_out *y, const struct hd_model *model)
{
    MAP(y, "prometheus")
        MAP(y, "config")
            SEQ(y, "scrape_configs")
                for (size_t i = 0; i < model->app->n_services; i++)
                    if (is_scraped(model->app, &model->app->services[i]))
                        emit_scrape(y, model, &model->app->services[i]);
}

static void emit_receivers(struct yaml_out *y, const struct hd_model *model, enum collector_role role)
{
    MAP(y, "receivers") {
        emit_otlp_receiver(y, role);
        if (reads_container_logs(model->app, role))
            emit_log_receiver(y, model->app);
        if (scrapes_services(model->app, role))
            emit_prometheus_receiver(y, model);
    }
}

static void emit_extensions(struct yaml_out *y, bool stores)
{
    MAP(y, "extensions") {
        MAP(y, "health_check")
            y_str(y, "endpoint", "0.0.0.0:13133");
        if (stores)
            MAP(y, FILE_STORAGE)
                y_str(y, "directory", COLLECTOR_STORAGE_PATH);
    }
}

static void emit_own_telemetry(struct yaml_out *y, const struct hd_app *app)
{
    MAP(y, "telemetry") {
        MAP(y, "logs")
            y_str(y, "level", app->telemetry.collector.log_level);
        MAP(y, "metrics") {
            y_str(y, "level", "normal");
            SEQ(y, "readers")
                ITEM(y)
                    MAP(y, "pull")
                        MAP(y, "exporter")
                            MAP(y, "prometheus") {
                                y_str(y, "host", "0.0.0.0");
                                y_int(y, "port", COLLECTOR_METRICS_PORT);
                                /* Names as Prometheus wants them, with _total, whatever a version's default is. */
                                y_bool(y, "without_type_suffix", false);
                                y_bool(y, "without_units", false);
                                y_bool(y, "without_scope_info", true);
                            }
        }
    }
}

void emit_collector_config(struct yaml_out *y, const struct hd_model *model, enum collector_role role)
{
    bool stores = stores_queues(model->app, role);

    emit_receivers(y, model, role);
    emit_processors(y, model, role);
    emit_exporters(y, model, role);
    if (!hands_on(role) && has_span_metrics(model->app))
        emit_span_metrics(y, model->app);
    emit_extensions(y, stores);
    MAP(y, "service") {
        SEQ(y, "extensions") {
            y_str(y, NULL, "health_check");
            if (stores)
                y_str(y, NULL, FILE_STORAGE);
        }
        emit_own_telemetry(y, model->app);
        emit_pipelines(y, model, role);
    }
}

struct text {
    struct arena *arena;
    const char *text;
};

/* The writer hands over what is no document when it is flushed, as a whole. */
static int take(void *user, const char *whole, size_t length)
{
    struct text *text = user;

    text->text = arena_strndup(text->arena, whole, length);
    return 0;
}

static const char *config_text(struct hd_model *model, enum collector_role role)
{
    struct text text = {.arena = &model->arena};
    struct yaml_out y;
    jmp_buf *outer = model->arena.out_of_memory, out_of_memory;

    /* The writer's buffer is in no arena, so it is freed here before memory that ran out goes on unwinding. */
    writer_init(&y, HD_FORMAT_YAML, take, &text, &out_of_memory);
    if (setjmp(out_of_memory)) {
        writer_free(&y);
        model->arena.out_of_memory = outer;
        longjmp(*outer, 1);
    }
    model->arena.out_of_memory = &out_of_memory;
    writer_open(&y, NULL, LEVEL_MAP);
    emit_collector_config(&y, model, role);
    writer_close(&y);
    writer_flush(&y);
    writer_free(&y);
    model->arena.out_of_memory = outer;
    return text.text;
}

static void write_configs(struct hd_model *model, bool of_sidecars)
{
    for (size_t i = 0; i < model->collectors.n; i++) {
        struct collector *collector = &model->collectors.all[i];

        if (collector->config && (collector->role == COLLECTOR_SIDECAR) == of_sidecars)
            collector->config->content = config_text(model, collector->role);
    }
}

void write_sidecar_configs(struct hd_model *model)
{
    write_configs(model, true);
}

void write_collector_configs(struct hd_model *model, struct hd_diagnostics *report)
{
    (void)report;
    write_configs(model, false);
}
