/* Rules for the endpoints of exporters: well-known ports and paths of back ends must fit the protocol. */
#include "collectors.h"
#include "exporter.h"
#include "model/port.h"
#include "telemetry_checks.h"

#include <string.h>

enum form { BY_GRPC = 1, BY_HTTP = 2, BY_BOTH = 3 };

#define TAKES_OTLP "OTLP is taken on 4317 (gRPC) and 4318 (HTTP)"

/* Well-known ports of other protocols, and for which form of OTLP they are wrong. */
static const struct known_port {
    int64_t port;
    enum form form;
    const char *of, *instead;
} known_ports[] = {
    {14250, BY_BOTH, "Jaeger's older protocol", TAKES_OTLP},
    {14268, BY_BOTH, "Jaeger's older protocol", TAKES_OTLP},
    {6831, BY_BOTH, "Jaeger's agent", TAKES_OTLP},
    {16686, BY_BOTH, "Jaeger's pages", TAKES_OTLP},
    {3200, BY_BOTH, "Tempo's queries", TAKES_OTLP},
    {9411, BY_BOTH, "Zipkin's own protocol", "send to something that takes OTLP, such as Jaeger or Tempo, on 4317 or 4318"},
    {55678, BY_BOTH, "OpenCensus", TAKES_OTLP},
    {3100, BY_GRPC, "Loki", "Loki takes OTLP over HTTP: http://HOST:3100/otlp"},
    {9090, BY_GRPC, "Prometheus", "Prometheus takes OTLP over HTTP: http://HOST:9090/api/v1/otlp"},
};

/* Paths of other protocols, at the end of a URL. */
static const struct known_path {
    const char *path, *of, *instead;
} known_paths[] = {
    {"/loki/api/v1/push", "Loki's own protocol", "Loki takes OTLP at /otlp: http://loki.logging:3100/otlp"},
    {"/api/v1/push", "remote writes", "write type: prometheus_remote_write, or the path that takes OTLP: Mimir's is /otlp"},
    {"/api/v1/write", "remote writes", "write type: prometheus_remote_write, or the path that takes OTLP: Prometheus' is /api/v1/otlp"},
    {"/api/v2/spans", "Zipkin's own protocol", "send to something that takes OTLP, such as Jaeger or Tempo, on 4317 or 4318"},
    {"/api/traces", "Jaeger's older protocol", TAKES_OTLP},
};

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), n = strlen(end);

    return length >= n && !strcmp(text + length - n, end);
}

bool check_known_port(struct checker *checker, struct where where, int64_t port, bool is_grpc)
{
    for (size_t i = 0; i < sizeof known_ports / sizeof *known_ports; i++)
        if (known_ports[i].port == port && known_ports[i].form & (is_grpc ? BY_GRPC : BY_HTTP)) {
            hint(found(checker, HD_DOUBTFUL_ENDPOINT, where, "%lld is usually the port of %s, but this exporter speaks OTLP over %s",
                       (long long)port, known_ports[i].of, is_grpc ? "gRPC" : "HTTP"),
                 "%s", known_ports[i].instead);
            return true;
        }
    return false;
}

/* The collector appends the path of the signal to the path of an OTLP endpoint. */
static void check_path(struct checker *checker, const struct hd_exporter *exporter, const char *path)
{
    static const char *const signal_paths[] = {"/v1/traces", "/v1/metrics", "/v1/logs"};

    for (size_t i = 0; i < sizeof signal_paths / sizeof *signal_paths; i++)
        if (ends_with(path, signal_paths[i]))
            hint(found(checker, HD_BAD_ENDPOINT, AT(exporter, endpoint), "the collector adds %s to the endpoint itself", signal_paths[i]),
                 "remove this path: the same endpoint serves all signals");
    for (size_t i = 0; i < sizeof known_paths / sizeof *known_paths; i++)
        if (ends_with(path, known_paths[i].path)) {
            hint(found(checker, HD_DOUBTFUL_ENDPOINT, AT(exporter, endpoint), "%s is usually the path of %s, but this exporter speaks OTLP",
                       known_paths[i].path, known_paths[i].of),
                 "%s", known_paths[i].instead);
            return;
        }
}

void check_own_endpoint(struct checker *checker, struct where where, const struct endpoint *endpoint)
{
    const char *name = endpoint_service_in(endpoint, checker->app->namespace_name);
    const struct hd_service *service = name ? graph_callee(checker->model, name).service : NULL;
    int64_t port = endpoint_port(endpoint);
    struct finding *finding;

    if (name && !service)
        hint(found(checker, HD_DOUBTFUL_ENDPOINT, where,
                   "the application has no service %.63s, and NetworkPolicies forbid connections to other pods of its namespace", name),
             "if it is in another namespace, write %.63s.NAMESPACE", name);
    if (!service)
        return;
    for (size_t i = 0; i < service_n_ports(service); i++)
        if (service_port_at(service, i)->service_port == port)
            return;
    finding = found(checker, HD_CALL_UNKNOWN_PORT, where, "%s has no port %lld", service->name, (long long)port);
    also_at(finding, AT_STRUCT(service), "its ports: %s", service_ports_in_words(checker, service));
    hint(finding, "use one of %s, or declare the port there", service_ports_in_words(checker, service));
}

void check_back_end(struct checker *checker, const struct hd_exporter *exporter, const struct exporter_kind *kind, const struct endpoint *endpoint)
{
    if (is_own_collector(checker->model, endpoint)) {
        hint(found(checker, HD_BAD_ENDPOINT, AT(exporter, endpoint), "the collector would send everything to itself"),
             "write the address of a back end; services send to the collector by default");
        return;
    }
    if (!kind->speaks_otlp && (!*endpoint->path || !strcmp(endpoint->path, "/")))
        hint(found(checker, HD_DOUBTFUL_ENDPOINT, AT(exporter, endpoint),
                   "the endpoint has no path, but no server accepts remote writes at /"),
             "add the path: /api/v1/write for Prometheus and VictoriaMetrics, /api/v1/push for Mimir");
    if (kind->speaks_otlp &&
        !check_known_port(checker, AT(exporter, endpoint), endpoint->port, kind->form == ENDPOINT_HOST) && kind->form == ENDPOINT_URL)
        check_path(checker, exporter, endpoint->path);
    if (!exporter->external)
        check_own_endpoint(checker, AT(exporter, endpoint), endpoint);
}
