/* The collectors of a model, built as services that the library adds. */
#include "collectors.h"

#include "core/tables/field.h"
#include "core/text/among.h"
#include "exporter.h"
#include "model/resolve.h"
#include "scraping.h"
#include "signals.h"

#include <stdio.h>
#include <string.h>

#define CONFIG_PATH "/conf/collector.yaml"

static bool exports_to_prometheus(const struct hd_app *app)
{
    const struct hd_collector *collector = &app->telemetry.collector;

    for (size_t i = 0; i < collector->n_exporters; i++)
        if (exporter_kind(&collector->exporters[i])->is_asked)
            return true;
    return false;
}

static void add_port(struct hd_port *ports, size_t *n, const char *name, int64_t number, enum hd_protocol protocol)
{
    ports[(*n)++] = (struct hd_port){.name = name, .port = number, .service_port = number, .protocol = protocol};
}

static void set_ports(struct hd_model *model, struct hd_container *container, enum collector_role role)
{
    struct hd_port *ports = arena_array(&model->arena, 5, sizeof *ports);
    size_t n = 0;

    container->ports = ports;
    /* Only its own pod connects to a sidecar; ports that it declared would become ports of the service. */
    if (role == COLLECTOR_SIDECAR)
        return;
    add_port(ports, &n, "otlp-grpc", OTLP_GRPC_PORT, HD_PROTOCOL_GRPC);
    add_port(ports, &n, "otlp-http", OTLP_HTTP_PORT, HD_PROTOCOL_HTTP);
    if (!hands_on(role) && exports_to_prometheus(model->app))
        add_port(ports, &n, "prometheus", PROMETHEUS_EXPORTER_PORT, HD_PROTOCOL_HTTP);
    add_port(ports, &n, "monitoring", COLLECTOR_METRICS_PORT, HD_PROTOCOL_HTTP);
    add_port(ports, &n, "health", COLLECTOR_HEALTH_PORT, HD_PROTOCOL_HTTP);
    container->n_ports = n;
}

static void add_env(struct hd_model *model, struct hd_container *container, struct hd_env variable)
{
    struct hd_env *env = arena_longer(&model->arena, container->env, container->n_env, sizeof *env);

    env[container->n_env++] = variable;
    container->env = env;
}

/* GOMEMLIMIT is four fifths of the limit: above it the garbage collector of Go works harder. */
static void set_env(struct hd_model *model, struct hd_container *container, enum collector_role role)
{
    const struct hd_collector *collector = &model->app->telemetry.collector;
    int64_t memory = collector_memory_mib(model->app, role);
    char name[400];

    if (memory)
        add_env(model, container,
                (struct hd_env){.name = "GOMEMLIMIT", .value = arena_printf(&model->arena, "%lldMiB", (long long)memory * 4 / 5)});
    if (role == COLLECTOR_AGENT)
        add_env(model, container, (struct hd_env){.name = "K8S_NODE_NAME", .field = "spec.nodeName"});
    for (size_t i = 0; !hands_on(role) && i < collector->n_exporters; i++)
        for (size_t k = 0; k < collector->exporters[i].n_headers; k++) {
            const struct hd_exporter_header *header = &collector->exporters[i].headers[k];

            if (!header->secret)
                continue;
            write_header_variable(name, sizeof name, "", &collector->exporters[i], header, "");
            add_env(model, container,
                    (struct hd_env){.name = arena_strndup(&model->arena, name, strlen(name)),
                                    .secret = header->secret,
                                    .key = header->key});
        }
}

static struct hd_container collector_container(struct hd_model *model, enum collector_role role)
{
    static const char *const args[] = {"--config=" CONFIG_PATH};
    const struct hd_collector *collector = &model->app->telemetry.collector;
    const struct hd_probe probe = {
        .enabled = HD_TRUE, .http_get = {.path = "/", .port = "13133"}, .period_seconds = 10, .timeout_seconds = 5};
    struct hd_container container = {
        .image = {.reference = arena_printf(&model->arena, "%s:%s", collector->image, collector->version), .tag = collector->version},
        .args = args,
        .n_args = 1,
        .resources = role == COLLECTOR_AGENT ? collector->agent_resources : collector->resources,
    };

    if (role != COLLECTOR_SIDECAR) {
        container.readiness_probe = container.liveness_probe = probe;
        container.liveness_probe.initial_delay_seconds = (struct hd_opt_int)HD_INT(15);
    }
    set_ports(model, &container, role);
    set_env(model, &container, role);
    return container;
}

/* Adds the file without content; the content is written once all collectors are known. */
static void set_config(struct hd_model *model, struct collector *collector)
{
    struct hd_config_file *file = arena_new(&model->arena, struct hd_config_file);

    *file = (struct hd_config_file){
        .path = CONFIG_PATH, .key = arena_printf(&model->arena, "%s.yaml", collector->service->name), .content = "", .mode = "0444"};
    collector->config = file;
    collector->service->container.config_files = file;
    collector->service->container.n_config_files = 1;
}

/* Rights that k8sAttributes needs; a Role is enough, because only the namespace is read. */
static void set_rights(const struct hd_app *app, struct hd_service *service, enum collector_role role)
{
    static const char *const core[] = {""}, *const pods[] = {"pods"}, *const apps[] = {"apps"}, *const sets[] = {"replicasets"};
    static const char *const verbs[] = {"get", "list", "watch"};
    static const struct hd_policy_rule rules[] = {
        {.api_groups = core, .n_api_groups = 1, .resources = pods, .n_resources = 1, .verbs = verbs, .n_verbs = 3},
        {.api_groups = apps, .n_api_groups = 1, .resources = sets, .n_resources = 1, .verbs = verbs, .n_verbs = 3},
    };
    const struct hd_collector *collector = &app->telemetry.collector;
    bool knows_pods = collector->k8s_attributes.enabled == HD_TRUE && sees_senders(app, role);
    bool scrapes = !hands_on(role) && app->telemetry.scraping.form == HD_SCRAPING_COLLECTOR;

    if (knows_pods || scrapes) {
        service->pod.service_account.rules = rules;
        service->pod.service_account.n_rules = knows_pods ? 2 : 1;
    }
}

static void set_pods(struct hd_model *model, struct hd_service *service, enum collector_role role)
{
    static const struct hd_toleration every_node[] = {{.toleration_operator = "Exists"}};
    const struct hd_collector *collector = &model->app->telemetry.collector;
    struct hd_pod *pod = &service->pod;

    if (role != COLLECTOR_AGENT) {
        pod->node_selector = collector->node_selector;
        pod->n_node_selector = collector->n_node_selector;
    }
    pod->tolerations = collector->tolerations;
    pod->n_tolerations = collector->n_tolerations;
    if (role == COLLECTOR_AGENT && !pod->tolerations) {
        pod->tolerations = every_node;
        pod->n_tolerations = 1;
    }
}

bool runs_in_set(const struct hd_app *app, enum collector_role role)
{
    return stores_queues(app, role) || (role == COLLECTOR_GATEWAY && shares_traces(app));
}

static void set_size(const struct hd_app *app, struct hd_service *service, enum collector_role role)
{
    const struct hd_collector *collector = &app->telemetry.collector;

    service->autoscaling.enabled = HD_FALSE;
    if (role == COLLECTOR_AGENT) {
        service->workload = HD_WORKLOAD_DAEMON_SET;
        service->service.internal_traffic_policy = "Local";
        return;
    }
    service->workload = runs_in_set(app, role) ? HD_WORKLOAD_STATEFUL_SET : HD_WORKLOAD_DEPLOYMENT;
    /* They do not know each other. */
    if (service->workload == HD_WORKLOAD_STATEFUL_SET)
        service->pod_management_policy = "Parallel";
    if (collector->autoscaling.enabled == HD_TRUE)
        service->autoscaling = collector->autoscaling;
    else
        service->replicas = (struct hd_opt_int){.set = true, .value = collector->replicas};
}

/* Labels that the operator sets on its pods. */
static void set_labels(struct hd_model *model, struct collector *collector)
{
    const struct hd_app *app = model->app;
    struct hd_pair *labels = arena_array(&model->arena, 4, sizeof *labels);
    size_t n = 0;

    if (app->telemetry.collector.form == HD_COLLECTOR_OPERATOR) {
        labels[n++] = (struct hd_pair){.name = "app.kubernetes.io/component", .value = "opentelemetry-collector"};
        labels[n++] = (struct hd_pair){.name = "app.kubernetes.io/instance",
                                       .value = arena_printf(&model->arena, "%s.%s", text_or(app->namespace_name, ""),
                                                             text_or(collector->name, ""))};
        labels[n++] = (struct hd_pair){.name = "app.kubernetes.io/managed-by", .value = "opentelemetry-operator"};
    } else {
        labels[n++] = (struct hd_pair){.name = "app.kubernetes.io/name", .value = collector->service->name};
        labels[n++] = (struct hd_pair){.name = "app.kubernetes.io/instance", .value = app->name};
    }
    collector->labels = labels;
    collector->n_labels = n;
}

static void build(struct hd_model *model, struct collector *collector, enum collector_role role, const char *suffix,
                  struct hd_diagnostics *report)
{
    const struct hd_collector *given = &model->app->telemetry.collector;
    /* The entries of `runtimes` are for the application's programs. */
    const struct runtime own = {.name = "cpython", .library = library_runtime(model, "cpython")};
    struct hd_service *service = arena_new(&model->arena, struct hd_service);
    const char *name = text_or(given->name, "");

    collector->role = role;
    collector->service = service;
    collector->name = arena_printf(&model->arena, "%s%s", name, suffix);
    service->name = arena_printf(&model->arena, "%s%s-collector", name, suffix);
    service->container = collector_container(model, role);
    set_pods(model, service, role);
    set_rights(model->app, service, role);
    set_collector_volumes(model, service, role);
    set_labels(model, collector);
    if (model->app->telemetry.scraping.form && !monitors_scrapes(model->app))
        annotate_for_scrapes(model, &service->pod, !hands_on(role) && exports_to_prometheus(model->app) ? PROMETHEUS_EXPORTER_PORT
                                                                                                                : COLLECTOR_METRICS_PORT,
                             "/metrics");
    if (given->form == HD_COLLECTOR_OPERATOR) {
        /* The operator makes the account, whose name is known. */
        service->pod.service_account.name = service->name;
        return;
    }
    set_size(model->app, service, role);
    service->telemetry.enabled = HD_FALSE;
    service->metrics.enabled = HD_FALSE;
    /* Clients send without TLS, and Prometheus is not in the mesh, so the collector is not in the mesh either. */
    service->mesh.enabled = HD_FALSE;
    resolve_service(model, service, NULL, &own, report);
}

/* A model that was exported completely and loaded again contains the sidecar already. */
static bool has_sidecar(const struct hd_service *service, const char *name)
{
    for (size_t i = 0; i < service->pod.n_sidecars; i++)
        if (service->pod.sidecars[i].name && !strcmp(service->pod.sidecars[i].name, name))
            return true;
    return false;
}

static void add_sidecar(struct hd_model *model, struct hd_service *service, const struct collector *collector)
{
    struct hd_pod *pod = &service->pod;
    struct hd_named_container *sidecars;

    if (service->telemetry.enabled != HD_TRUE || has_sidecar(service, collector->service->name))
        return;
    sidecars = arena_longer(&model->arena, pod->sidecars, pod->n_sidecars, sizeof *sidecars);
    sidecars[pod->n_sidecars++] = (struct hd_named_container){.name = collector->service->name, .container = collector->service->container};
    pod->sidecars = sidecars;
    for (size_t i = 0; i < collector->service->pod.n_volumes; i++)
        add_pod_volume(model, pod, collector->service->pod.volumes[i]);
}

void resolve_collectors(struct hd_model *model, struct hd_diagnostics *report)
{
    const struct hd_telemetry *telemetry = &model->app->telemetry;
    const char *before = tier_before(model->app);
    struct collectors *collectors = &model->collectors;

    if (telemetry->enabled != HD_TRUE || telemetry->collector.external)
        return;
    collectors->all = arena_array(&model->arena, 2, sizeof *collectors->all);
    if (*before)
        build(model, &collectors->all[collectors->n++],
              telemetry->collector.topology == HD_TOPOLOGY_AGENT_GATEWAY ? COLLECTOR_AGENT : COLLECTOR_BALANCER, before, report);
    build(model, &collectors->all[collectors->n++],
          telemetry->collector.topology == HD_TOPOLOGY_SIDECAR ? COLLECTOR_SIDECAR : COLLECTOR_GATEWAY, "", report);
    for (size_t i = 0; i < collectors->n && telemetry->collector.form == HD_COLLECTOR_PLAIN; i++)
        set_config(model, &collectors->all[i]);
    if (telemetry->collector.topology == HD_TOPOLOGY_SIDECAR && telemetry->collector.form == HD_COLLECTOR_PLAIN)
        for (size_t i = 0; i < model->app->n_services; i++)
            add_sidecar(model, &model->services[i], &collectors->all[0]);
}
