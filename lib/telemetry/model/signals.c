/* Telemetry of a service: variables of the SDK, annotations, and the command's wrapper. */
#include "signals.h"

#include "collectors.h"
#include "core/tables/field.h"
#include "core/tables/layer.h"
#include "core/text/among.h"
#include "endpoint.h"
#include "exporter.h"
#include "model/resolve.h"
#include "model/runtime.h"
#include "model/tables.h"

#include <assert.h>
#include <string.h>

WORDS(hd_otlp_protocol, {"grpc", HD_OTLP_GRPC}, {"http/protobuf", HD_OTLP_HTTP});
WORDS(hd_instrumentation, {"auto", HD_INSTRUMENTATION_AUTO}, {"code", HD_INSTRUMENTATION_CODE});
CHOICES(signal_word, WORD("traces"), WORD("metrics"), WORD("logs"));
CHOICES(propagator, WORD("tracecontext"), WORD("baggage"), WORD("b3"), WORD("b3multi"), WORD("jaeger"), WORD("xray"));
CHOICES(sdk_log_level, WORD("debug"), WORD("info"), WORD("warn"), WORD("error"));

#define T hd_signals
static const struct hd_field signals_fields[] = {
    STRS("signals", signals, .words = &signal_word),
    ENUM("protocol", protocol, hd_otlp_protocol),
    STR("sampling", sampling, .format = &format_ratio),
    STRS("propagators", propagators, .words = &propagator),
    LIST("resourceAttributes", resource_attributes, hd_pair, .key_format = &format_line, .format = &format_line),
    STR("logLevel", log_level, .words = &sdk_log_level),
    ENUM("instrumentation", instrumentation, hd_instrumentation),
};
const struct hd_struct hd_signals_struct = STRUCT(signals_fields);
#undef T

#define T hd_service_telemetry
static const struct hd_field service_telemetry_fields[] = {
    BOOL("enabled", enabled),
    EMBED(signals, hd_signals),
    OBJ("alerts", alerts, hd_service_alerts),
};
const struct hd_struct hd_service_telemetry_struct = STRUCT(service_telemetry_fields, .scalar = "enabled");
#undef T

/* A variable that the user gives wins. */
static bool has_variable(const struct hd_container *container, const char *name)
{
    for (size_t i = 0; i < container->n_env; i++)
        if (container->env[i].name && !strcmp(container->env[i].name, name))
            return true;
    return false;
}

/* As many as add_variables() adds. */
enum { MOST_ADDED = 17 };

/* The environment of a container as the user has it, and the longer one that is made from it. */
struct variables {
    const struct hd_container *container;
    struct hd_env *env;
    size_t n_env;
};

static void add_variable(struct variables *variables, struct hd_env variable)
{
    if (has_variable(variables->container, variable.name) || !(variable.value || variable.field))
        return;
    assert(variables->n_env < variables->container->n_env + MOST_ADDED);
    variables->env[variables->n_env++] = variable;
}

static void add_value(struct variables *variables, const char *name, const char *value)
{
    add_variable(variables, (struct hd_env){.name = name, .value = value});
}

static void add_field(struct variables *variables, const char *name, const char *field)
{
    add_variable(variables, (struct hd_env){.name = name, .field = field});
}

/* Characters with a meaning in OTEL_RESOURCE_ATTRIBUTES or to the kubelet are written as %XX. */
static const char *encoded(struct arena *arena, const char *text)
{
    static const char hex[] = "0123456789ABCDEF";
    char *to = arena_array(arena, strlen(text) * 3 + 1, 1), *p = to;

    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;

        if (c > ' ' && c < 127 && !strchr(",;=\"\\%$", c)) {
            *p++ = *text;
        } else {
            *p++ = '%';
            *p++ = hex[c >> 4];
            *p++ = hex[c & 15];
        }
    }
    return to;
}

/* A list of words with commas between, which doubles as it grows. */
struct list {
    struct arena *arena;
    char *text;
    size_t length, capacity;
};

static void append(struct list *list, const char *text)
{
    size_t length = strlen(text);
    char *longer;

    if (list->capacity - list->length <= length) {
        list->capacity = 2 * list->capacity + length + 128;
        longer = arena_room(list->arena, list->capacity, 1);
        if (list->length)
            memcpy(longer, list->text, list->length);
        list->text = longer;
    }
    memcpy(list->text + list->length, text, length + 1);
    list->length += length;
}

static void append_word(struct list *list, const char *key, const char *separator, const char *value)
{
    append(list, list->length ? "," : "");
    append(list, key);
    append(list, separator);
    append(list, value);
}

static void add_attribute(struct list *list, const char *key, const char *value)
{
    if (key && value && *value)
        append_word(list, key, "=", value);
}

/* The user's attributes come first, because the first value of a key is used. */
static const char *resource_attributes(struct hd_model *model, const struct hd_service *service)
{
    struct arena *arena = &model->arena;
    const struct hd_app *app = model->app;
    const struct hd_signals *signals = &service->telemetry.signals;
    const struct hd_pair own[] = {
        {.name = "service.namespace", .value = app->name},
        {.name = "service.version", .value = service->container.image.tag},
        {.name = "service.instance.id", .value = "$(OTEL_RESOURCE_ATTRIBUTES_POD_UID)"},
        {.name = "deployment.environment.name", .value = app->environment},
        {.name = "k8s.namespace.name", .value = app->namespace_name},
        {.name = "k8s.pod.name", .value = "$(OTEL_RESOURCE_ATTRIBUTES_POD_NAME)"},
        {.name = "k8s.pod.uid", .value = "$(OTEL_RESOURCE_ATTRIBUTES_POD_UID)"},
        {.name = "k8s.node.name", .value = "$(OTEL_RESOURCE_ATTRIBUTES_NODE_NAME)"},
        {.name = "k8s.container.name", .value = service->name},
    };
    struct list list = {.arena = arena};

    for (size_t i = 0; i < signals->n_resource_attributes; i++) {
        const struct hd_pair *pair = &signals->resource_attributes[i];

        add_attribute(&list, pair->name ? encoded(arena, pair->name) : NULL, pair->value ? encoded(arena, pair->value) : NULL);
    }
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        bool given = false;

        for (size_t k = 0; k < signals->n_resource_attributes; k++)
            given |= signals->resource_attributes[k].name && !strcmp(signals->resource_attributes[k].name, own[i].name);
        if (!given)
            add_attribute(&list, own[i].name, own[i].value);
    }
    return list.length ? list.text : "";
}

static const char *joined(struct arena *arena, const char *const *words, size_t n_words)
{
    struct list list = {.arena = arena};

    for (size_t i = 0; i < n_words; i++)
        append_word(&list, words[i], "", "");
    return list.length ? list.text : "";
}

static const char *exporter_of(const struct hd_signals *signals, unsigned signal)
{
    return signal_bits(signals->signals, signals->n_signals) & signal ? "otlp" : "none";
}

const char *telemetry_endpoint(struct hd_model *model, const struct hd_service *service)
{
    const struct hd_collector *collector = &model->app->telemetry.collector;
    int port = service->telemetry.signals.protocol == HD_OTLP_HTTP ? OTLP_HTTP_PORT : OTLP_GRPC_PORT;

    if (collector->external)
        return collector->external;
    if (collector->topology == HD_TOPOLOGY_SIDECAR)
        return arena_printf(&model->arena, "http://127.0.0.1:%d", port);
    return arena_printf(&model->arena, "http://%s%s-collector.%s.svc:%d", text_or(collector->name, ""),
                        tier_before(model->app), text_or(model->app->namespace_name, ""), port);
}

/* Variables that others refer to come first: the kubelet expands only what it has seen. */
static void add_variables(struct hd_model *model, struct hd_service *service)
{
    const struct hd_signals *signals = &service->telemetry.signals;
    struct hd_container *container = &service->container;
    struct variables variables = {.container = container, .n_env = container->n_env};
    bool is_python = runs_cpython(service);

    variables.env = arena_room(&model->arena, container->n_env + MOST_ADDED, sizeof *variables.env);
    if (container->n_env)
        memcpy(variables.env, container->env, container->n_env * sizeof *variables.env);
    add_field(&variables, "OTEL_RESOURCE_ATTRIBUTES_POD_NAME", "metadata.name");
    add_field(&variables, "OTEL_RESOURCE_ATTRIBUTES_POD_UID", "metadata.uid");
    add_field(&variables, "OTEL_RESOURCE_ATTRIBUTES_NODE_NAME", "spec.nodeName");
    add_value(&variables, "OTEL_SERVICE_NAME", service->name);
    add_value(&variables, "OTEL_RESOURCE_ATTRIBUTES", resource_attributes(model, service));
    add_value(&variables, "OTEL_EXPORTER_OTLP_ENDPOINT", telemetry_endpoint(model, service));
    add_value(&variables, "OTEL_EXPORTER_OTLP_PROTOCOL", enum_name(&hd_otlp_protocol_enum, (int)signals->protocol));
    add_value(&variables, "OTEL_TRACES_EXPORTER", exporter_of(signals, SIGNAL_TRACES));
    add_value(&variables, "OTEL_METRICS_EXPORTER", exporter_of(signals, SIGNAL_METRICS));
    add_value(&variables, "OTEL_LOGS_EXPORTER", exporter_of(signals, SIGNAL_LOGS));
    add_value(&variables, "OTEL_PROPAGATORS", joined(&model->arena, signals->propagators, signals->n_propagators));
    /* Python's instrumentations emit the old names (http.server.duration) without it, and alerts ask for the stable ones. */
    add_value(&variables, "OTEL_SEMCONV_STABILITY_OPT_IN", "http");
    add_value(&variables, "OTEL_TRACES_SAMPLER", "parentbased_traceidratio");
    add_value(&variables, "OTEL_TRACES_SAMPLER_ARG", signals->sampling);
    add_value(&variables, "OTEL_LOG_LEVEL", signals->log_level);
    if (is_python)
        add_value(&variables, "OTEL_PYTHON_LOG_LEVEL", signals->log_level);
    if (is_python && signals->instrumentation == HD_INSTRUMENTATION_AUTO && !strcmp(exporter_of(signals, SIGNAL_LOGS), "otlp"))
        add_value(&variables, "OTEL_PYTHON_LOGGING_AUTO_INSTRUMENTATION_ENABLED", "true");
    container->env = variables.env;
    container->n_env = variables.n_env;
}

/* The wrapper that loads the SDK into a Python program when no operator does. */
static void wrap_command(struct hd_model *model, struct hd_container *container)
{
    static const char wrapper[] = "opentelemetry-instrument";
    const char **command;

    if (!container->n_command || !strcmp(container->command[0], wrapper))
        return;
    command = arena_array(&model->arena, container->n_command + 1, sizeof *command);
    command[0] = wrapper;
    memcpy(command + 1, container->command, container->n_command * sizeof *command);
    container->command = command;
    container->n_command++;
}

bool is_instrumented_by_operator(const struct hd_app *app, const struct hd_service *service)
{
    return app->telemetry.enabled == HD_TRUE && app->telemetry.collector.form == HD_COLLECTOR_OPERATOR &&
           service->telemetry.enabled == HD_TRUE && runs_cpython(service) &&
           service->telemetry.signals.instrumentation == HD_INSTRUMENTATION_AUTO;
}

/* The port of an external collector tells its protocol. */
static enum hd_otlp_protocol external_protocol(struct hd_model *model)
{
    const char *external = model->app->telemetry.collector.external;
    struct endpoint endpoint;

    if (external && endpoint_parse(&model->arena, external, &endpoint) && endpoint.port == OTLP_HTTP_PORT)
        return HD_OTLP_HTTP;
    return HD_OTLP_GRPC;
}

/* A service that is the collector itself sends what its own configuration says, and not to itself. */
static bool is_the_collector(struct hd_model *model, const struct hd_service *service)
{
    const char *external = model->app->telemetry.collector.external, *name;
    struct endpoint endpoint;

    if (!external || !endpoint_parse(&model->arena, external, &endpoint))
        return false;
    name = endpoint_service_in(&endpoint, model->app->namespace_name);
    return name && service->name && !strcmp(name, service->name);
}

static void resolve_how(struct hd_model *model, struct hd_service *service)
{
    struct hd_signals *signals = &service->telemetry.signals;
    const struct hd_app *app = model->app;
    bool has_operator = app->telemetry.collector.form == HD_COLLECTOR_OPERATOR;

    /* instrumentation of the application applies only to services that support it. */
    if (!signals->instrumentation && !runs_cpython(service))
        signals->instrumentation = HD_INSTRUMENTATION_CODE;
    layer_fill(&model->arena, &hd_signals_struct, signals, &app->telemetry.signals, 0);
    if (!signals->instrumentation)
        signals->instrumentation = has_operator ? HD_INSTRUMENTATION_AUTO : HD_INSTRUMENTATION_CODE;
    if (!signals->protocol)
        signals->protocol = is_instrumented_by_operator(app, service) ? HD_OTLP_HTTP : external_protocol(model);
}

void resolve_service_telemetry(struct hd_model *model, struct hd_service *service)
{
    const struct hd_telemetry *telemetry = &model->app->telemetry;

    if (telemetry->enabled != HD_TRUE || service->telemetry.enabled == HD_FALSE)
        return;
    service->telemetry.enabled = HD_TRUE;
    if (is_the_collector(model, service))
        return;
    resolve_how(model, service);
    add_variables(model, service);
    if (is_instrumented_by_operator(model->app, service))
        pod_annotate(model, &service->pod, "instrumentation.opentelemetry.io/inject-python", model->app->name);
    else if (service->telemetry.signals.instrumentation == HD_INSTRUMENTATION_AUTO)
        wrap_command(model, &service->container);
    if (telemetry->collector.topology == HD_TOPOLOGY_SIDECAR && telemetry->collector.form == HD_COLLECTOR_OPERATOR)
        pod_annotate(model, &service->pod, "sidecar.opentelemetry.io/inject", telemetry->collector.name);
}

bool sends_metrics(const struct hd_service *service)
{
    const struct hd_signals *signals = &service->telemetry.signals;

    return service->telemetry.enabled == HD_TRUE && signal_bits(signals->signals, signals->n_signals) & SIGNAL_METRICS;
}
