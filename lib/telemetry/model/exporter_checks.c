/* Rules for exporters: the endpoint can be reached, fits the protocol, and the type takes the signals. */
#include "collectors.h"
#include "exporter.h"

#include "core/tables/field.h"
#include "core/text/among.h"
#include "core/text/credential.h"
#include "core/text/suggest.h"
#include "endpoint.h"
#include "model/port.h"
#include "model/tables.h"
#include "telemetry_checks.h"

#include <string.h>

/* Exporters that newer collectors no longer have, and the replacement of each. */
static const struct removed {
    const char *type, *since, *instead;
} removed_types[] = {
    {"jaeger", "0.86", "Jaeger takes OTLP on 4317: leave type out, or write type: otlp_grpc"},
    {"jaeger_thrift", "0.86", "Jaeger takes OTLP on 4317: leave type out, or write type: otlp_grpc"},
    {"loki", "0.131", "Loki takes OTLP over HTTP: type: otlp_http, endpoint: http://loki.logging:3100/otlp"},
    {"logging", "0.111", "write type: debug"},
    {"opencensus", "0.130", "write type: otlp_grpc"},
};

static const struct removed *removed_type(const char *type)
{
    for (size_t i = 0; type && i < sizeof removed_types / sizeof *removed_types; i++)
        if (!strcmp(type, removed_types[i].type))
            return &removed_types[i];
    return NULL;
}

static void check_type(struct checker *checker, const struct hd_exporter *exporter)
{
    const struct removed *removed = removed_type(exporter->type);
    const char *types[N_EXPORTER_TYPES - 1];
    const char *type = text_or(exporter->type, ""), *nearest;

    if (exporter_type(exporter) || !*type)
        return;
    if (removed) {
        hint(found(checker, HD_COMPONENT_REMOVED, AT(exporter, type), "collectors have no exporter %s since %s", type, removed->since),
             "%s", removed->instead);
        return;
    }
    for (unsigned i = 1; i < N_EXPORTER_TYPES; i++)
        types[i - 1] = exporter_kinds[i].name;
    nearest = hd_did_you_mean(type, types, sizeof types / sizeof *types);
    hint_nearest(found(checker, HD_UNKNOWN_COMPONENT, AT(exporter, type), "there is no exporter type \"%.60s\"", type), nearest,
                 "use otlp_grpc, otlp_http, prometheus, prometheus_remote_write or debug");
}

/* Members that have no effect on this type of exporter. */
static void check_unused(struct checker *checker, const struct hd_exporter *exporter, const struct exporter_kind *kind)
{
    const struct unused {
        const char *key;
        bool given;
        struct where where;
    } members[] = {
        {"endpoint", exporter->endpoint && !exporter->external && !kind->form, AT(exporter, endpoint)},
        {"external", exporter->external && !kind->form, AT(exporter, external)},
        {"port", exporter->port && !exporter->external, AT(exporter, port)},
        {"headers", exporter->n_headers && !kind->form, AT(exporter, headers)},
        {"insecure", at_has(exporter->at, "insecure") && kind->form != ENDPOINT_HOST, AT(exporter, insecure)},
        {"tls", struct_is_set(&hd_exporter_tls_struct, &exporter->tls) && !kind->form, AT_STRUCT(&exporter->tls)},
        {"compression", exporter->compression && !kind->speaks_otlp, AT(exporter, compression)},
        {"timeout", exporter->timeout && !kind->form, AT(exporter, timeout)},
        {"queueSize", exporter->queue_size && !kind->form, AT(exporter, queue_size)},
    };

    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (members[i].given)
            hint(found(checker, HD_EXPORTER_MEMBER_UNUSED, members[i].where, "%s has no effect on an exporter %s", members[i].key,
                       exporter->type),
                 "%s",
                 !strcmp(members[i].key, "port")       ? "port is a port of an external: write external too, or remove port"
                 : !strcmp(members[i].key, "insecure") ? "write http:// or https:// in the endpoint instead"
                                                       : "remove it");
}

static void check_signals(struct checker *checker, const struct hd_exporter *exporter, const struct exporter_kind *kind)
{
    for (size_t i = 0; i < exporter->n_signals; i++) {
        unsigned bit = signal_bits(&exporter->signals[i], 1);

        if (bit && !(bit & kind->signals))
            hint(found(checker, HD_SIGNAL_NOT_TAKEN, AT_ITEM(exporter, signals, i), "an exporter %s takes no %s", exporter->type,
                       exporter->signals[i]),
                 "it takes only metrics; send %s with type: otlp_grpc or otlp_http", exporter->signals[i]);
    }
    if (exporter->name && !exporter->n_signals)
        hint(found(checker, HD_SIGNAL_NOT_TAKEN, AT(exporter, signals), "signals is empty, so nothing is sent to %s", exporter->name),
             "write at least one of traces, metrics and logs, or remove the exporter");
}

static void check_header(struct checker *checker, const struct hd_exporter_header *header)
{
    const char *name = text_or(header->name, "");
    const struct hd_secret *secret = header->secret && *header->secret ? find_secret(checker, header->secret, AT(header, secret)) : NULL;
    size_t length = header->value ? strlen(header->value) : 0;
    bool is_credential;

    if (secret && header->key)
        check_secret_key(checker, secret, header->key, AT(header, key));
    if ((header->secret && !header->key && !at_refused(header->at, "key")) ||
        (!header->value && !header->secret && !at_refused(header->at, "secret") && !at_refused(header->at, "value")))
        hint(found(checker, HD_HEADER_SOURCE, AT_STRUCT(header), "the header %s has no value", name), "write value, or secret and key");
    is_credential = header->value && (credential_kind(header->value, length) || !strncmp(header->value, "Bearer ", 7) ||
                                      !strncmp(header->value, "Basic ", 6) ||
                                      (is_credential_name(name, strlen(name)) && !is_harmless(header->value, length)));
    if (is_credential)
        hint(found(checker, HD_LITERAL_CREDENTIAL, AT(header, value), "the value of the header %s looks like a credential", name),
             "keep the whole value in the secret store: %s: {secret: my-secret, key: value}", name);
}

const struct hd_external *check_external_named(struct checker *checker, const char *name, struct where where)
{
    const struct hd_external *external = graph_callee(checker->model, name).external;
    struct suggestion suggestion = suggest_for(name);
    struct finding *finding;

    if (external)
        return external;
    finding = found(checker, HD_CALL_TO_NOBODY, where, "there is no external \"%.80s\"", name);
    for (size_t i = 0; i < checker->app->n_externals && checker->n_suggestions < MOST_SUGGESTIONS; i++)
        if (checker->app->externals[i].name)
            suggest_try(&suggestion, checker->app->externals[i].name);
    checker->n_suggestions++;
    hint_nearest(finding, suggestion.nearest, "declare it: externals: {%.80s: {cidrs: [...], port: ...}}", name);
    return NULL;
}

static void check_external(struct checker *checker, const struct hd_exporter *exporter)
{
    const struct hd_external *external = check_external_named(checker, exporter->external, AT(exporter, external));
    struct finding *finding;

    if (!external || !external->n_ports)
        return;
    if (exporter->port && !external_port(external, exporter->port)) {
        finding = found(checker, HD_CALL_UNKNOWN_PORT, AT(exporter, port), "%s has no port %.20s", exporter->external, exporter->port);
        also_at(finding, AT(external, ports), "its ports: %s", external_ports_in_words(checker, external));
        hint(finding, "use one of %s, or declare the port there", external_ports_in_words(checker, external));
    } else if (!exporter->port && external->n_ports > 1) {
        finding = found(checker, HD_CALL_WITHOUT_PORT, AT(exporter, external), "%s has several ports", exporter->external);
        also_at(finding, AT(external, ports), "its ports: %s", external_ports_in_words(checker, external));
        hint(finding, "add port:, one of %s", external_ports_in_words(checker, external));
    }
}

/* Reports gRPC to the well-known port of OTLP over HTTP, and HTTP to that of gRPC. */
void check_otlp_port(struct checker *checker, struct where where, int64_t port, bool is_grpc, const char *change)
{
    if (port == (is_grpc ? OTLP_HTTP_PORT : OTLP_GRPC_PORT))
        hint(found(checker, HD_ENDPOINT_PROTOCOL, where, "%lld is the port of OTLP over %s, but this exporter speaks %s", (long long)port,
                   is_grpc ? "HTTP" : "gRPC", is_grpc ? "gRPC" : "HTTP"),
             "use %d, or %s", is_grpc ? OTLP_GRPC_PORT : OTLP_HTTP_PORT, change);
}

static bool check_form(struct checker *checker, const struct hd_exporter *exporter, const struct exporter_kind *kind, struct endpoint *endpoint)
{
    bool is_grpc = kind->form == ENDPOINT_HOST, valid = endpoint_parse(&checker->report->arena, exporter->endpoint, endpoint);
    bool is_url = endpoint->scheme == SCHEME_HTTP || endpoint->scheme == SCHEME_HTTPS;
    const char *wrong = !valid || endpoint->scheme == SCHEME_OTHER ? "is not an endpoint"
                        : is_grpc && !endpoint->port               ? "has no port"
                        : is_grpc && *endpoint->path               ? "has a path, but gRPC has none"
                        : !is_grpc && !is_url                      ? "has no scheme, http:// or https://"
                                                                   : NULL;

    if (wrong)
        hint(found(checker, HD_BAD_ENDPOINT, AT(exporter, endpoint), "\"%.100s\" %s", exporter->endpoint, wrong), "%s", kind->example);
    return !wrong;
}

void check_reachable(struct checker *checker, struct where where, const struct endpoint *endpoint, const char *how)
{
    if (endpoint->place == PLACE_OUTSIDE)
        hint(found(checker, HD_ENDPOINT_CLOSED, where,
                   "no NetworkPolicy can allow connections to %.100s, because policies know addresses, not host names", endpoint->host),
             "%s", how);
}

/* Somebody who names an exporter after a removed type means that type. */
static void check_without_endpoint(struct checker *checker, const struct hd_exporter *exporter, const struct exporter_kind *kind)
{
    const struct removed *removed = removed_type(exporter->name);
    struct finding *finding;

    if (exporter->external || at_refused(exporter->at, "endpoint"))
        return;
    finding = found(checker, HD_EXPORTER_WITHOUT_ENDPOINT, AT_STRUCT(exporter), "%s has neither endpoint nor external",
                    text_or(exporter->name, "the exporter"));
    if (removed)
        hint(finding, "collectors have no exporter %s since %s: %s", removed->type, removed->since, removed->instead);
    else
        hint(finding, "%s, in endpoint; or write external, the name of an external", kind->example);
}

static void check_endpoint(struct checker *checker, const struct hd_exporter *exporter, const struct exporter_kind *kind)
{
    const char *insecure_where = exporter->insecure == HD_TRUE ? "http" : "https";
    struct endpoint endpoint;
    bool contradicts;

    if (!exporter->endpoint) {
        check_without_endpoint(checker, exporter, kind);
        return;
    }
    if (!check_form(checker, exporter, kind, &endpoint))
        return;
    if (kind->speaks_otlp)
        check_otlp_port(checker, AT(exporter, endpoint), endpoint.port, kind->form == ENDPOINT_HOST,
                        kind->form == ENDPOINT_HOST ? "type: otlp_http" : "type: otlp_grpc");
    contradicts = (endpoint.scheme == SCHEME_HTTP && exporter->insecure == HD_FALSE) ||
                  (endpoint.scheme == SCHEME_HTTPS && exporter->insecure == HD_TRUE);
    if (kind->form == ENDPOINT_HOST && contradicts) {
        struct finding *finding =
            found(checker, HD_BAD_ENDPOINT, AT(exporter, endpoint), "the scheme of the endpoint contradicts insecure");

        also_at(finding, AT(exporter, insecure), "insecure is given here");
        hint(finding, "write host:port without a scheme, or %s://", insecure_where);
    }
    check_back_end(checker, exporter, kind, &endpoint);
    if (!exporter->external)
        check_reachable(checker, AT(exporter, endpoint), &endpoint,
                        "declare it under externals with cidrs, and write its name here as external");
}

/* All exporters of the type prometheus listen on the same port, so there can be only one. */
static void check_one_prometheus(struct checker *checker, const struct hd_collector *collector)
{
    const struct hd_exporter *first = NULL;

    for (size_t i = 0; i < collector->n_exporters; i++) {
        const struct hd_exporter *exporter = &collector->exporters[i];
        struct finding *finding;

        if (!exporter->name || !exporter_kind(exporter)->is_asked)
            continue;
        if (first) {
            finding = found(checker, HD_COLLECTOR_PORT_TWICE, AT_STRUCT(exporter), "two exporters listen on port 8889: %s is the second",
                            exporter->name);
            also_at(finding, AT_STRUCT(first), "%s is the first", first->name);
            hint(finding, "remove one of the two: Prometheus fetches all metrics from the other");
        } else if (collector->topology == HD_TOPOLOGY_SIDECAR) {
            hint(found(checker, HD_SIDECAR_NOT_SCRAPED, AT_STRUCT(exporter), "nothing scrapes port 8889 of collectors in pods"),
                 "send the metrics with type: prometheus_remote_write or otlp_http; or use topology: gateway");
        } else if (checker->app->platform.prometheus.enabled != HD_TRUE) {
            finding = found(checker, HD_NOBODY_SCRAPES, AT_STRUCT(exporter), "nothing scrapes port 8889 of the collector");
            also_at(finding, AT_STRUCT(&checker->app->platform.prometheus), "the platform has no Prometheus");
            hint(finding, "write platform.prometheus; or send the metrics with type: prometheus_remote_write");
        }
        first = first ? first : exporter;
    }
}

void check_exporters(struct checker *checker, const struct hd_collector *collector)
{
    for (size_t i = 0; i < collector->n_exporters; i++) {
        const struct hd_exporter *exporter = &collector->exporters[i];
        const struct exporter_kind *kind = exporter_kind(exporter);

        check_type(checker, exporter);
        for (size_t k = 0; k < exporter->n_headers; k++)
            check_header(checker, &exporter->headers[k]);
        if (exporter->external && *exporter->external)
            check_external(checker, exporter);
        if (!kind->name)
            continue;
        check_unused(checker, exporter, kind);
        check_signals(checker, exporter, kind);
        if (kind->form) {
            check_endpoint(checker, exporter, kind);
            check_exporter_tls(checker, exporter);
        }
    }
    check_one_prometheus(checker, collector);
}
