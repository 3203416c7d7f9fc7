/* Rules for addresses in variables, commands and arguments: each leads to somebody whom the service calls. */
#include "address_externals.h"
#include "addresses.h"
#include "core/tables/field.h"
#include "core/text/address.h"
#include "core/text/among.h"
#include "core/text/word_list.h"
#include "host_name.h"
#include "model/checks.h"
#include "model/collectors.h"
#include "model/container.h"
#include "model/mesh.h"
#include "model/port.h"
#include "model/tables.h"
#include "text_checks.h"

#include <string.h>

/* Servers that are connected to as soon as they are named. */
static const char server_schemes[] = " postgres postgresql mysql mariadb redis rediss amqp amqps mongodb nats kafka memcached clickhouse cassandra ldap ldaps smtp smtps "
                                     "mqtt mqtts pulsar neo4j bolt mssql sqlserver valkey cockroachdb ";
static const char other_schemes[] = " grpc grpcs tcp tls ssl udp plaintext sasl_ssl sasl_plaintext otlp dns ";
/* What delivery and StatefulSets add to the names of their Services. */
static const char *const suffixes[] = {"-headless", "-canary", "-stable", "-preview", "-primary"};

const struct hd_service *service_of_host(const struct checker *checker, const char *name)
{
    struct callee callee = graph_callee(checker->model, name);
    char stem[64];

    if (!callee.service)
        callee.service = names_find(&checker->model->extra_services, name);

    for (size_t i = 0; !callee.service && i < sizeof suffixes / sizeof *suffixes; i++) {
        size_t length = strlen(name), suffix = strlen(suffixes[i]);

        if (length <= suffix || strcmp(name + length - suffix, suffixes[i]) != 0)
            continue;
        memcpy(stem, name, length - suffix);
        stem[length - suffix] = '\0';
        callee = graph_callee(checker->model, stem);
    }
    return callee.service;
}

static bool is_platform(const struct hd_app *app, const char *namespace_name)
{
    const struct hd_platform *platform = &app->platform;
    const struct hd_platform_peer *const peers[] = {&platform->dns, &platform->gateway, &platform->prometheus, &platform->collector,
                                                    &platform->istiod};

    for (size_t i = 0; i < sizeof peers / sizeof *peers; i++)
        if (same_text(peers[i]->namespace_name, namespace_name))
            return true;
    return !strcmp(namespace_name, "default") ||
           strstr(text_or(app->telemetry.collector.external, ""), namespace_name);
}

static void of_nobody(const struct address_text *text, const struct address *address, const char *name)
{
    const struct collector *collector = collector_last(text->checker->model);
    struct finding *finding = found(text->checker, HD_ADDRESS_OF_NOBODY, text->where,
                                    "%s leads to %.63s, but no service of this application has that name", text->subject, name);

    if (collector && (address->port == 4317 || address->port == 4318) && collector->service)
        hint(finding, "the collector is called %s: write http://%s:%lld, or leave the variable out, because the library sets it",
             collector->service->name, collector->service->name, (long long)address->port);
    else
        hint_nearest(
            finding, nearest_callee(text->checker, name),
            "name a service of this application; for a Service in another namespace write its name, a dot and the namespace, and add it "
            "to externals and calls; if somebody else makes a Service of this name here, accept this with silence");
}

static bool is_host_alias(const struct hd_pod *pod, const char *host)
{
    for (size_t i = 0; i < pod->n_host_aliases; i++)
        if (is_among(host, pod->host_aliases[i].hostnames, pod->host_aliases[i].n_hostnames))
            return true;
    return false;
}

static bool is_collector_name(const struct hd_model *model, const char *name)
{
    for (size_t i = 0; i < model->collectors.n; i++) {
        const struct collector *collector = &model->collectors.all[i];
        size_t length = collector->service && collector->service->name ? strlen(collector->service->name) : 0;

        if (length && !strncmp(name, collector->service->name, length) && (!name[length] || name[length] == '-'))
            return true;
    }
    return !strcmp(name, "waypoint");
}

/* An external of that name is in another namespace. */
static void elsewhere(const struct address_text *text, const struct hd_external *external, const char *name, const char *namespace_name)
{
    struct finding *finding = found(text->checker, HD_ADDRESS_NAMESPACE, text->where,
                                    "%s leads to %s in the namespace %s, but the external is in %s", text->subject, name, namespace_name,
                                    external->namespace_name);

    also_at(finding, AT(external, namespace_name), "the external");
    hint(finding,
         "write %s.%s: a name without a namespace means the program's own one; if somebody makes a Service of this name here, "
         "accept this with silence",
         name, external->namespace_name);
}

/* A name in the application's own namespace. */
static void check_name_here(const struct address_text *text, const struct address *address, const struct host_name *host)
{
    const struct hd_app *app = text->checker->app;
    const struct hd_service *callee = service_of_host(text->checker, host->name);
    const struct hd_external *external = graph_callee(text->checker->model, host->name).external;

    if (callee) {
        check_service_address(text, address, callee, host->name);
        return;
    }
    if (is_collector_name(text->checker->model, host->name) || is_host_alias(&text->in->service->pod, host->name) ||
        external_at(text->checker, app->namespace_name, host->name))
        return;
    if (!external) {
        of_nobody(text, address, host->name);
        return;
    }
    if (external->namespace_name && !same_text(external->namespace_name, app->namespace_name))
        elsewhere(text, external, host->name, app->namespace_name);
}

/* The proxies of the mesh begin TLS by themselves, or the port speaks it: programs begin it in the other case alone. */
static void check_external_scheme(const struct address_text *text, const struct address *address, const struct hd_external *external,
                                  const struct hd_external_port *port)
{
    bool is_tls = port->protocol == HD_PROTOCOL_HTTPS || port->protocol == HD_PROTOCOL_TLS;
    bool in_mesh = service_in_mesh(text->checker->app, text->in->service);
    bool by_proxy = !is_tls && external->tls.mode && in_mesh;
    bool is_read = in_mesh && !by_proxy && protocol_has_requests(port->protocol) && !is_tls;
    struct finding *finding;

    if (!((by_proxy || is_read) && is_web_scheme_with_tls(address->scheme)) && !(is_tls && is_web_scheme_in_clear(address->scheme)))
        return;
    finding = found(text->checker, HD_ADDRESS_SCHEME, text->where,
                    by_proxy ? "%s begins with %s://, but the proxies begin TLS with %s, which would be encrypted twice"
                    : is_read ? "%s begins with %s://, but the proxies read this port of %s as HTTP, and close the connection"
                              : "%s begins with %s://, but the port of %s speaks TLS",
                    text->subject, address->scheme, external->name);
    also_at(finding, by_proxy ? AT(external, tls) : AT(port, protocol), by_proxy ? "tls of the external" : "the port");
    hint(finding, by_proxy ? "write http://, with the same port, or remove tls there"
                  : is_read ? "write protocol: https at the external's port"
                            : "write https://, or correct the port's protocol");
}

static void check_external_address(const struct address_text *text, const struct address *address, const struct hd_external *external,
                                   bool is_called, bool of_pod)
{
    int64_t number = address->port ? address->port : scheme_port(address->scheme);
    bool has_port = !number || !external->n_ports;
    struct finding *finding;

    if (!external->name)
        return;
    if (!is_called && gives_itself(text)) {
        finding = found(text->checker, HD_ADDRESS_NOT_CALLED, text->where,
                        "%s leads to the external %s, which %s does not call, so the network policy drops the packets", text->subject,
                        external->name, text->in->service->name);
        also_at(finding, AT(text->in->service, calls), text->in->service->n_calls ? "the calls of %s" : "%s calls nobody",
                text->in->service->name);
        hint(finding, "add %s to calls; if the program hands the address on and never connects to it, accept this with silence",
             external->name);
        return;
    }
    for (size_t i = 0; i < external->n_ports; i++) {
        has_port |= external->ports[i].port == number;
        if (external->ports[i].port == number)
            check_external_scheme(text, address, external, &external->ports[i]);
    }
    /* Of pods the ports are those behind the Service, which may have others. */
    if (has_port || (external->namespace_name && !of_pod))
        return;
    finding = found(text->checker, HD_ADDRESS_PORT, text->where, "%s leads to port %lld of %s, which has no such port", text->subject,
                    (long long)number, external->name);
    also_at(finding, AT(external, ports), "its ports: %s", external_ports_in_words(text->checker, external));
    hint(finding, "write the port of the external, or declare this one there");
}

/* A Service of another namespace. */
static void check_name_elsewhere(const struct address_text *text, const struct address *address, const struct host_name *host)
{
    const struct hd_app *app = text->checker->app;
    const struct hd_external *called = called_external_at(text->checker, text->in->service, host->namespace_name, NULL);
    const struct hd_external *external = called ? called : external_at(text->checker, host->namespace_name, NULL);
    const struct hd_service *own = service_of_host(text->checker, host->name);
    struct finding *finding;

    if (external) {
        check_external_address(text, address, external, called != NULL, host->is_pod);
        return;
    }
    if (is_platform(app, host->namespace_name))
        return;
    /* Domains of two labels have web addresses, which programs write without a port. */
    external = graph_callee(text->checker->model, host->name).external;
    if (external && external->namespace_name && (address->port || host->is_service)) {
        elsewhere(text, external, host->name, host->namespace_name);
        return;
    }
    if (own && (host->is_service || port_offered(own, host->name, address->port ? address->port : scheme_port(address->scheme)))) {
        finding = found(text->checker, HD_ADDRESS_NAMESPACE, text->where, "%s leads to %s in the namespace %s, but it is in %s",
                        text->subject, own->name, host->namespace_name, app->namespace_name);
        also_at(finding, AT(app, namespace_name), "the namespace of this application");
        hint(finding, "write %s alone, or %s.%s", own->name, own->name, app->namespace_name);
    } else if (host->is_service) {
        hint(found(text->checker, HD_ADDRESS_NOT_CALLED, text->where,
                   "%s leads into the namespace %s, to which the network policy lets nothing out", text->subject, host->namespace_name),
             "add it to externals and calls: externals: {%s: {namespace: %s, port: %lld}}; if the program never connects to it, accept "
             "this with silence",
             host->name, host->namespace_name, (long long)(address->port ? address->port : scheme_port(address->scheme)));
    }
}

static bool pod_listens(const struct hd_service *service, int64_t number)
{
    for (size_t i = 0; i < service_n_ports(service); i++)
        if (service_port_at(service, i)->port == number)
            return true;
    return service_n_running(service) > 1;
}

static void check_loopback(const struct address_text *text, const struct address *address)
{
    const struct hd_service *service = text->in->service;
    int64_t number = address->port ? address->port : scheme_port(address->scheme);
    bool is_mesh_port = number >= 15000 && number <= 15100, is_otlp = number == 4317 || number == 4318;

    if (is_mesh_port || (is_otlp && text->checker->app->telemetry.collector.topology == HD_TOPOLOGY_SIDECAR) || !number ||
        pod_listens(service, number) || service->pod.host_network == HD_TRUE || (text->variable && strstr(text->variable, "ORIGIN")) ||
        !gives_itself(text))
        return;
    hint(found(text->checker, HD_ADDRESS_OF_POD, text->where, "%s leads to port %lld of the pod itself, where nothing listens",
               text->subject, (long long)number),
         "write the name of the service or external that is meant; if a program of this pod listens there, accept this with silence");
}

static void check_domain(const struct address_text *text, const struct address *address)
{
    const struct hd_external *called = called_external_at(text->checker, text->in->service, NULL, address->host);
    const struct hd_external *external = called ? called : external_at(text->checker, NULL, address->host);

    if (external && (called || !is_web_scheme(address->scheme) || text->checker->app->n_externals))
        check_external_address(text, address, external, called != NULL, false);
}

/* Variables of which the pod itself makes use, and those that it hands on to a browser. */
static bool is_used_by_pod(const char *name, const char *host)
{
    static const char *const handed_on[] = {"PUBLIC", "VITE_", "REACT_APP", "BROWSER", "FRONTEND", "CALLBACK", "REDIRECT", "DOCS", "ISSUER", "ORIGIN"};
    static const char *const used[] = {"API_", "_API", "WEBHOOK", "DSN", "JWKS", "TOKEN_URL", "PROXY", "UPSTREAM", "PAYMENT"};
    bool is_used = !strncmp(host, "api.", 4);

    for (size_t i = 0; i < sizeof handed_on / sizeof *handed_on; i++)
        if (strstr(name, handed_on[i]))
            return false;
    for (size_t i = 0; i < sizeof used / sizeof *used; i++)
        is_used |= strstr(name, used[i]) != NULL;
    return is_used;
}

/* Whether a host may be that of an external that is given by addresses alone, or by a wildcard. */
static bool may_be_external(const struct hd_app *app, const char *host)
{
    for (size_t i = 0; i < app->n_externals; i++) {
        const struct hd_external *external = &app->externals[i];
        size_t length = external->host ? strlen(external->host) : 0;

        if ((!length && external->n_cidrs) ||
            (length > 1 && *external->host == '*' && strlen(host) >= length && !strcmp(host + strlen(host) - (length - 1), external->host + 1)))
            return true;
    }
    return false;
}

/* A domain that no external has: no policy lets the packets out. */
static void check_outside(const struct address_text *text, const struct address *address)
{
    const struct hd_app *app = text->checker->app;
    int64_t number = address->port ? address->port : scheme_port(address->scheme);
    const char *host = address->host, *dot = strchr(host, '.');

    if (!text->variable || !dot || letter_is_digit(host[strlen(host) - 1]) || strchr(host, ':') || same_text(app->host, host) ||
        is_among(host, app->hosts, app->n_hosts) ||
        !(word_list_has(server_schemes, address->scheme, strlen(address->scheme)) || (is_web_scheme(address->scheme) && is_used_by_pod(text->variable, host))) ||
        may_be_external(app, host) || !gives_itself(text))
        return;
    hint(found(text->checker, HD_ADDRESS_OUTSIDE, text->where, "%s leads to %.200s, to which the network policy lets nothing out", text->subject,
               host),
         "add it to externals and calls: externals: {%.*s: {host: %.200s, %sport: %lld}}; if the program never connects to it, "
         "accept this with silence",
         (int)(dot - host), host, host, app->platform.network_policy == HD_NETWORK_POLICY_CILIUM ? "" : "cidrs: [...], ", (long long)number);
}

static bool is_network_scheme(const char *scheme)
{
    return is_web_scheme(scheme) || word_list_has(server_schemes, scheme, strlen(scheme)) || word_list_has(other_schemes, scheme, strlen(scheme));
}

/* orders.svc.cluster.local: the namespace lacks, so that svc is taken for it. */
static bool lacks_namespace(const char *host)
{
    const char *dot = strchr(host, '.');

    return dot && (!strcmp(dot, ".svc") || !strcmp(dot, ".svc.cluster.local"));
}

static void report_no_namespace(const struct address_text *text, const struct address *address)
{
    int length = (int)strcspn(address->host, ".");

    hint(found(text->checker, HD_ADDRESS_NAMESPACE, text->where, "%s leads to %.200s, which names no namespace, and which nobody has",
               text->subject, address->host),
         "write %.*s alone for a service of this application, or %.*s.NAMESPACE.svc.cluster.local", length, address->host, length, address->host);
}

/* A cluster may have another domain, but hardly one that begins like the usual one, unless it has a number: cluster1.local. */
static bool misspells_domain(const struct address *address)
{
    static const char right[] = "cluster.local";
    const char *svc = strstr(address->host, ".svc.cluster"), *domain = svc ? svc + strlen(".svc.") : right;
    const char *rest = strncmp(domain, right, strlen(right)) ? "?" : domain + strlen(right);

    return *rest && strcmp(rest, ".") && strncmp(domain, "clusterset", 10) && !domain[strcspn(domain, "0123456789")];
}

/* Messages name both sides; that a name is missing is told already. */
static bool has_names(const struct address_text *text)
{
    return text->checker->app->namespace_name && text->in->service->name;
}

static void check_one_address(const struct address_text *text, const struct address *address)
{
    struct host_name host;

    if (!has_names(text) || (*address->scheme && !is_network_scheme(address->scheme)))
        return;
    if (is_loopback(address->host)) {
        if (*address->scheme)
            check_loopback(text, address);
        return;
    }
    if (is_no_pod(text, address->host))
        return;
    if (external_at(text->checker, NULL, address->host))
        check_domain(text, address);
    else if (lacks_namespace(address->host))
        report_no_namespace(text, address);
    else if (misspells_domain(address))
        of_nobody(text, address, address->host);
    else if (!read_host(address->host, &host))
        check_outside(text, address);
    else if (host.is_word || same_text(host.namespace_name, text->checker->app->namespace_name)) {
        /* A word and a number may be anything: an image and its tag, a time. */
        if (*address->scheme || graph_callee(text->checker->model, host.name).service || is_address_name(text->subject))
            check_name_here(text, address, &host);
    } else
        check_name_elsewhere(text, address, &host);
}

static void check_addresses(const struct address_text *text, const char *value)
{
    struct address_reader reader = {.begin = value, .next = value};
    struct address address;
    size_t before = text->checker->report->n_findings;

    /* One mistake a text: what follows has the same cause most of the time. */
    while (text->checker->report->n_findings == before && address_next(&reader, &address))
        check_one_address(text, &address);
}

/* A host alone, in a variable that is called after one. */
static void check_host_alone(const struct address_text *text, const char *value)
{
    struct address address = {.scheme = ""};
    struct host_name host;
    size_t length = strlen(value);

    if (!has_names(text) || !length || length >= sizeof address.host || value[strspn(value, "abcdefghijklmnopqrstuvwxyz0123456789.-")])
        return;
    memcpy(address.host, value, length);
    if (external_at(text->checker, NULL, value))
        check_domain(text, &address);
    else if (is_loopback(value) || !read_host(value, &host))
        return;
    else if (host.is_word || same_text(host.namespace_name, text->checker->app->namespace_name)) {
        if (graph_callee(text->checker->model, host.name).service || is_server_name(text->subject))
            check_name_here(text, &address, &host);
    } else
        check_name_elsewhere(text, &address, &host);
}

void check_addresses_of_variable(struct checker *checker, const struct container_in *in, const struct hd_env *env)
{
    bool is_library = !struct_at(&hd_env_struct, env)->line && !strncmp(env->name, "OTEL_", 5);
    bool has_colon = strchr(env->value, ':') != NULL, is_host = !has_colon && is_host_name(env->name);
    struct address_text text;

    if ((!has_colon && !is_host) || is_library || strchr(env->value, '$') || is_listening_name(env->name))
        return;
    text = (struct address_text){checker, in, AT(env, value), env->name, env->name};
    if (is_host)
        check_host_alone(&text, env->value);
    else
        check_addresses(&text, env->value);
}

void check_addresses_of_word(struct checker *checker, const struct container_in *in, struct where where, const char *word)
{
    const char *equals = *word == '-' ? strchr(word, '=') : NULL, *value = equals ? equals + 1 : word;
    struct address_text text = {checker, in, where, "the argument", NULL};

    if (!strchr(value, ':') || strchr(value, '$'))
        return;
    if (equals)
        text.subject = arena_strndup(&checker->report->arena, word, (size_t)(equals - word));
    check_addresses(&text, value);
}

void check_address_of_script(struct checker *checker, const struct container_in *in, struct where where, const char *address)
{
    struct address_text text = {checker, in, where, "the script", NULL};

    check_addresses(&text, address);
}

/* Whether an address in a file can only mean somebody of the model: files name much that is nobody's business. */
static bool is_known(const struct address_text *text, const struct address *address)
{
    bool is_web = is_web_scheme(address->scheme);
    struct host_name host;

    if (!*address->scheme || !is_network_scheme(address->scheme) || (is_web && !address->port))
        return false;
    if (external_at(text->checker, NULL, address->host))
        return !is_web;
    if (!read_host(address->host, &host))
        return false;
    if (host.is_word || same_text(host.namespace_name, text->checker->app->namespace_name))
        return service_of_host(text->checker, host.name) || (address->port && nearest_callee(text->checker, host.name));
    return external_at(text->checker, host.namespace_name, NULL) != NULL;
}

/* Whether a line before this place begins as a comment does. */
static bool is_comment(const char *content, const char *at)
{
    while (at > content && at[-1] != '\n')
        at--;
    at += strspn(at, " \t");
    return *at == '#' || *at == ';' || !strncmp(at, "//", 2) || !strncmp(at, "--", 2);
}

void check_addresses_of_file(struct checker *checker, const struct container_in *in, const struct hd_config_file *file)
{
    struct address_text text = {checker, in, file->from_file ? AT(file, from_file) : AT(file, content), file->path, NULL};
    struct address_reader reader = {.begin = file->content, .next = file->content};
    struct address address;
    size_t before = checker->report->n_findings;

    /* A file that is a list of places is none of configuration. */
    if (!file->path || !file->content || !strstr(file->content, "://"))
        return;
    while (checker->report->n_findings == before && address_next(&reader, &address))
        if (is_known(&text, &address) && !is_comment(file->content, reader.next))
            check_one_address(&text, &address);
    if (checker->report->n_findings > before && !file->from_file)
        found_inside(checker->report->findings[before], file->content, reader.next);
}
