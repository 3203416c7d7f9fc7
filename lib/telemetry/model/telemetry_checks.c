/* Rules for telemetry: signals of services, the external collector, and scraping. */
#include "telemetry_checks.h"

#include "collectors.h"
#include "core/tables/field.h"
#include "exporter.h"
#include "model/mesh.h"
#include "model/port.h"
#include "model/resolve.h"
#include "model/resources.h"
#include "model/runtime.h"
#include "model/tables.h"
#include "parts.h"
#include "scraping.h"
#include "signals.h"

#include <string.h>

/* An external collector: its address, and its protocol. */
static void check_external_collector(struct checker *checker)
{
    const struct hd_collector *collector = &checker->app->telemetry.collector;
    struct endpoint endpoint;

    if (!endpoint_parse(&checker->report->arena, collector->external, &endpoint) ||
        (endpoint.scheme != SCHEME_HTTP && endpoint.scheme != SCHEME_HTTPS)) {
        hint(found(checker, HD_BAD_ENDPOINT, AT(collector, external), "\"%.100s\" is not an http or https URL", collector->external),
             "write scheme, host and port, such as http://collector.observability:4317");
        return;
    }
    /* The protocol follows from its port. */
    check_known_port(checker, AT(collector, external), endpoint.port, checker->app->telemetry.signals.protocol != HD_OTLP_HTTP);
    check_own_endpoint(checker, AT(collector, external), &endpoint);
    if (checker->app->platform.collector.enabled != HD_TRUE)
        check_reachable(checker, AT(collector, external), &endpoint, "write its addresses: platform: {collector: {cidrs: [...]}}");
}

/* Warns when the service sends a signal that no exporter of the collector takes. */
static void check_signals(struct checker *checker, const struct hd_signals *signals)
{
    unsigned there = collector_signals(checker->app);

    for (size_t i = 0; there && i < signals->n_signals; i++) {
        unsigned bit = signal_bits(&signals->signals[i], 1);

        if (bit && !(bit & there))
            hint(found(checker, HD_SIGNAL_WITHOUT_EXPORTER, AT_ITEM(signals, signals, i), "no exporter takes %s", signals->signals[i]),
                 "add an exporter for it under telemetry.collector.exporters, or remove it");
    }
}

static void check_scrape_times(struct checker *checker, const char *interval, struct where interval_place, const char *timeout,
                               struct where timeout_place)
{
    int64_t between = scrape_time_ms(interval), most = scrape_time_ms(timeout);
    struct finding *finding;

    if (between > 0 && between < 1000)
        hint(found(checker, HD_SCRAPED_TOO_OFTEN, interval_place, "Prometheus would ask each pod every %s", interval),
             "write seconds, such as 15s or 30s");
    if (between < 0 || most < 0 || most <= between)
        return;
    finding = found(checker, HD_SCRAPE_TIMEOUT_LONG, timeout_place,
                    "Prometheus refuses a scrapeTimeout of %s, because it is above the interval", timeout);
    also_at(finding, interval_place, "the interval is %s", interval);
    hint(finding, "write a scrapeTimeout of at most %s", interval);
}

static void check_scraping(struct checker *checker)
{
    const struct hd_scraping *scraping = &checker->app->telemetry.scraping, *given = &checker->model->given->telemetry.scraping;

    check_scrape_times(checker, scraping->interval, AT(scraping, interval), scraping->scrape_timeout, AT(scraping, scrape_timeout));
    if (scraping->form == HD_SCRAPING_ANNOTATIONS && (given->interval || given->scrape_timeout))
        hint(found(checker, HD_SCRAPE_MEMBER_UNUSED, given->interval ? AT(scraping, interval) : AT(scraping, scrape_timeout),
                   "%s has no effect with scraping: annotations", given->interval ? "interval" : "scrapeTimeout"),
             "set it in Prometheus' own configuration; or write scraping: serviceMonitor");
}

static void check_mesh_telemetry(struct checker *checker)
{
    const struct hd_mesh_telemetry *mesh = &checker->app->telemetry.mesh;
    const struct hd_collector *collector = &checker->app->telemetry.collector;
    bool is_beside = collector->topology == HD_TOPOLOGY_SIDECAR;
    struct finding *finding;

    if (!struct_is_set(&hd_mesh_telemetry_struct, &checker->model->given->telemetry.mesh) || mesh->enabled != HD_TRUE)
        return;
    if (!mesh_is_on(checker->app)) {
        hint(found(checker, HD_MESH_TELEMETRY_UNUSED, AT_STRUCT(mesh), "telemetry.mesh is set, but the application has no mesh"),
             "write mesh: sidecar or mesh: ambient, or remove telemetry.mesh");
    } else if (!mesh_sends_traces(checker->app) && (mesh->random_sampling_percentage || checker->model->given->telemetry.mesh.provider)) {
        finding = found(checker, HD_MESH_TELEMETRY_UNUSED, AT_STRUCT(mesh), "the proxies have no collector to send their spans to");
        also_at(finding,
                collector->external ? AT(collector, external)
                : is_beside         ? AT(collector, topology)
                                    : AT(collector, exporters),
                collector->external ? "an external collector is a provider of the mesh's own configuration"
                : is_beside         ? "a collector in the pod has no Service that proxies could send to"
                                    : "no exporter takes traces");
        hint(finding, "remove provider and randomSamplingPercentage");
    }
}

/* Reports telemetry members of services while the application's telemetry is off. */
static void check_off(struct checker *checker)
{
    const struct hd_app *app = checker->app;

    for (size_t i = 0; i < app->n_services; i++) {
        const struct hd_service_telemetry *telemetry = &given_of(checker, &app->services[i])->telemetry;

        if (telemetry->enabled != HD_FALSE && (telemetry->enabled || struct_is_set(&hd_signals_struct, &telemetry->signals)))
            hint(found(checker, HD_TELEMETRY_OFF, AT_STRUCT(&app->services[i].telemetry),
                       "the application has no telemetry, so this has no effect"),
                 "write telemetry: on for the application");
    }
}

/* With an external collector all services share one endpoint, so the protocol must fit its port. */
static void check_external_protocol(struct checker *checker, const struct hd_signals *signals)
{
    const struct hd_collector *collector = &checker->app->telemetry.collector;
    bool is_grpc = signals->protocol == HD_OTLP_GRPC;
    struct endpoint endpoint;
    struct finding *finding;

    if (!signals->protocol || !collector->external || !endpoint_parse(&checker->report->arena, collector->external, &endpoint) ||
        endpoint.port != (is_grpc ? OTLP_HTTP_PORT : OTLP_GRPC_PORT))
        return;
    finding = found(checker, HD_ENDPOINT_PROTOCOL, AT(signals, protocol), "protocol is %s, but the collector's port is %lld",
                    is_grpc ? "grpc" : "http/protobuf", (long long)endpoint.port);
    also_at(finding, AT(collector, external), "this is the port of the other protocol");
    hint(finding, "remove protocol: it follows from the port");
}

void check_telemetry(struct checker *checker)
{
    const struct hd_telemetry *telemetry = &checker->app->telemetry;

    if (telemetry->enabled != HD_TRUE) {
        check_off(checker);
        return;
    }
    if (telemetry->collector.external)
        check_external_collector(checker);
    else
        check_collector(checker, &telemetry->collector);
    check_signals(checker, &telemetry->signals);
    check_external_protocol(checker, &telemetry->signals);
    check_scraping(checker);
    check_mesh_telemetry(checker);
    check_mesh_sampling(checker);
}

static void check_instrumentation(struct checker *checker, const struct hd_service *service)
{
    const struct hd_signals *signals = &service->telemetry.signals;
    struct finding *finding;

    if (signals->instrumentation != HD_INSTRUMENTATION_AUTO)
        return;
    if (!runs_cpython(service)) {
        finding =
            found(checker, HD_AUTO_FOR_COMPILED, AT(signals, instrumentation), "instrumentation: auto works only with runtime: cpython");
        also_at(finding, AT(service, runtime), "the runtime is %s", service->runtime);
        hint(finding, "write instrumentation: code, and call the SDK in the program; the pod has the variables that it reads");
    } else if (is_instrumented_by_operator(checker->app, service)) {
        if (signals->protocol == HD_OTLP_GRPC) {
            finding = found(checker, HD_AUTO_BY_GRPC, AT(signals, protocol), "the operator's SDK for Python does not support grpc");
            also_at(finding, AT(signals, instrumentation), "the operator instruments the service");
            hint(finding, "remove protocol: the default is then http/protobuf");
        }
    } else if (!service->container.n_command && !at_refused(service->container.at, "command")) {
        finding = found(checker, HD_AUTO_WITHOUT_COMMAND, AT(signals, instrumentation),
                        "instrumentation: auto needs the service's command, because opentelemetry-instrument is put before it");
        also_at(finding, AT_STRUCT(service), "%s has no command", service_called(service));
        hint(finding, "write command: [python, -m, ...]; or instrumentation: code; or collector.form: operator");
    }
}

static const struct hd_env *variable(const struct hd_service *service, const char *name)
{
    for (size_t i = 0; i < service->container.n_env; i++)
        if (service->container.env[i].name && !strcmp(service->container.env[i].name, name))
            return &service->container.env[i];
    return NULL;
}

bool is_own_collector(const struct hd_model *model, const struct endpoint *endpoint)
{
    const char *namespace_name = endpoint->namespace_name ? endpoint->namespace_name : model->app->namespace_name;

    if (endpoint->place != PLACE_HERE && endpoint->place != PLACE_NAMESPACE)
        return false;
    for (size_t i = 0; i < model->collectors.n; i++)
        if (!strcmp(endpoint->service, model->collectors.all[i].service->name) && model->app->namespace_name &&
            !strcmp(namespace_name, model->app->namespace_name))
            return true;
    return false;
}

/* Checks the variables of the container: one of the user may contradict one of the library. */
static void check_environment(struct checker *checker, const struct hd_service *service)
{
    const struct hd_env *where = variable(service, "OTEL_EXPORTER_OTLP_ENDPOINT"), *by = variable(service, "OTEL_EXPORTER_OTLP_PROTOCOL");
    const char *url = where ? where->value : NULL, *protocol = by ? by->value : NULL;
    bool is_grpc = protocol && !strcmp(protocol, "grpc");
    struct endpoint endpoint;
    struct finding *finding = NULL;

    if (!url || !protocol || (!is_grpc && strncmp(protocol, "http/", 5) != 0))
        return;
    if (!endpoint_parse(&checker->report->arena, url, &endpoint))
        return;
    /* The endpoint of an external collector is checked at telemetry.collector.external. */
    if (checker->app->telemetry.collector.external && !strcmp(url, checker->app->telemetry.collector.external) &&
        !strcmp(protocol, enum_name(&hd_otlp_protocol_enum, (int)service->telemetry.signals.protocol)))
        return;
    if (endpoint.port == (is_grpc ? OTLP_HTTP_PORT : OTLP_GRPC_PORT))
        finding = found(checker, HD_OTEL_ENV_CONFLICT, where->at ? AT_STRUCT(where) : AT_STRUCT(by),
                        "OTEL_EXPORTER_OTLP_PROTOCOL is %s, but the endpoint %s listens to OTLP over %s", protocol, url,
                        is_grpc ? "HTTP" : "gRPC");
    else if (is_own_collector(checker->model, &endpoint) && (endpoint.port != (is_grpc ? OTLP_GRPC_PORT : OTLP_HTTP_PORT)))
        finding = found(checker, HD_OTEL_ENV_CONFLICT, AT_STRUCT(where), "the collector does not listen on %s for the protocol %s", url,
                        protocol);
    else if (is_own_collector(checker->model, &endpoint) && endpoint.scheme != SCHEME_HTTP)
        finding = found(checker, HD_OTEL_ENV_CONFLICT, AT_STRUCT(where),
                        "the application's collector has no TLS, so the endpoint %s must begin with http://", url);
    if (!finding)
        return;
    if (where->at && by->at)
        also_at(finding, AT_STRUCT(by), "the protocol");
    hint(finding, "remove both variables: telemetry.protocol sets them to values that fit");
}

/* A collector in the pod listens on ports that the service must not use. */
static void check_ports_apart(struct checker *checker, const struct hd_service *service)
{
    static const int64_t taken[] = {OTLP_GRPC_PORT, OTLP_HTTP_PORT, COLLECTOR_METRICS_PORT, COLLECTOR_HEALTH_PORT};
    const struct hd_collector *collector = &checker->app->telemetry.collector;

    if (collector->external || collector->topology != HD_TOPOLOGY_SIDECAR)
        return;
    for (size_t i = 0; i < service_n_ports(service); i++)
        for (size_t k = 0; k < sizeof taken / sizeof *taken; k++)
            if (service_port_at(service, i)->port == taken[k]) {
                struct finding *finding = found(checker, HD_COLLECTOR_PORT_TWICE, AT(service_port_at(service, i), port),
                                                "the collector in the pod listens on port %lld too", (long long)taken[k]);

                also_at(finding, AT(collector, topology), "each pod has a collector");
                hint(finding, "use another port: 4317, 4318, 8888 and 13133 are the collector's");
            }
}

/* Without native sidecars, the container that the operator adds keeps a job's pod from completing. */
static void check_job_ends(struct checker *checker, const struct hd_service *service)
{
    const struct hd_collector *collector = &checker->app->telemetry.collector;
    struct finding *finding;

    if (!runs_to_end(service) || checker->kube_minor >= 29 || collector->external || collector->topology != HD_TOPOLOGY_SIDECAR ||
        collector->form != HD_COLLECTOR_OPERATOR)
        return;
    finding = found(checker, HD_JOB_NEVER_ENDS, AT_STRUCT(service), "this %s never ends, because the collector in its pod keeps running",
                    enum_name(&hd_workload_enum, (int)service->workload));
    also_at(finding, AT(collector, topology), "each pod has a collector");
    hint(finding, "use kubernetesVersion 1.29 or later, or topology: gateway; or write telemetry: off at this service");
}

/* Without telemetry there is no monitor; only a proxy of the mesh uses metrics.path then. */
static void check_untold(struct checker *checker, const struct hd_service *service)
{
    const struct hd_metrics *metrics = &service->metrics;

    if (metrics->interval || metrics->scrape_timeout || (metrics->path && !service_has_proxy(checker->app, service)))
        hint(found(checker, HD_SCRAPE_MEMBER_UNUSED,
                   metrics->interval         ? AT(metrics, interval)
                   : metrics->scrape_timeout ? AT(metrics, scrape_timeout)
                                             : AT(metrics, path),
                   "this has no effect, because telemetry is off and Prometheus is not told"),
             "write telemetry: on; or remove it, and set it in Prometheus' own configuration");
}

void check_service_telemetry(struct checker *checker, const struct hd_service *service)
{
    const struct hd_metrics *metrics = &service->metrics;

    if (checker->app->telemetry.enabled == HD_TRUE && metrics->enabled == HD_TRUE)
        check_scrape_times(checker, metrics->interval, AT(metrics, interval), metrics->scrape_timeout, AT(metrics, scrape_timeout));
    else if (checker->app->telemetry.enabled != HD_TRUE)
        check_untold(checker, service);
    check_environment(checker, service);
    if (checker->app->telemetry.enabled != HD_TRUE || service->telemetry.enabled != HD_TRUE)
        return;
    /* The signals of the application are checked once, in check_telemetry(). */
    if (service->telemetry.signals.signals != checker->app->telemetry.signals.signals)
        check_signals(checker, &service->telemetry.signals);
    check_instrumentation(checker, service);
    check_propagation(checker, service);
    if (service->telemetry.signals.protocol != checker->app->telemetry.signals.protocol)
        check_external_protocol(checker, &service->telemetry.signals);
    check_ports_apart(checker, service);
    check_job_ends(checker, service);
}
