/* Rules for how callers treat a service. */
#include "traffic_checks.h"
#include "core/tables/bounded.h"
#include "core/tables/field.h"
#include "core/text/among.h"
#include "core/text/duration.h"
#include "model/mesh.h"
#include "model/port.h"
#include "model/resolve.h"
#include "model/routing/retry.h"
#include "model/tables.h"
#include "parts.h"

#include <string.h>

/* Fewer connections than pods: some pods get no requests of this caller. */
static void check_pool(struct checker *checker, const struct callee *callee, const struct hd_connection_pool *pool)
{
    int64_t most = callee->service ? most_replicas(callee->service) : 0;
    struct finding *finding;

    if (pool->http.h2_upgrade_policy && !strcmp(pool->http.h2_upgrade_policy, "UPGRADE") && pool->http.use_client_protocol == HD_TRUE) {
        finding = found(checker, HD_PROTOCOL_BOTH_WAYS, AT(&pool->http, use_client_protocol),
                        "useClientProtocol keeps the caller's HTTP version, but h2UpgradePolicy changes it to HTTP/2");
        also_at(finding, AT(&pool->http, h2_upgrade_policy), "h2UpgradePolicy is UPGRADE");
        hint(finding, "remove one of the two");
    }
    if (!callee->service || pool->tcp.max_connections < 1 || pool->tcp.max_connections >= most)
        return;
    finding =
        found(checker, HD_POOL_BELOW_PODS, AT(&pool->tcp, max_connections),
              "maxConnections is %lld, so a caller cannot reach all of %lld pods", (long long)pool->tcp.max_connections, (long long)most);
    if (callee->service->autoscaling.enabled == HD_TRUE)
        also_at(finding, AT(&callee->service->autoscaling, max_replicas), "maxReplicas is %lld", (long long)most);
    else
        also_at(finding, AT(callee->service, replicas), "replicas is %lld", (long long)most);
    hint(finding, "raise maxConnections to at least %lld: it limits one caller's connections to all pods together", (long long)most);
}

/*
 * Envoy looks before each ejection whether those so far are below the limit. With all pods ejected requests fail, unless that many
 * sick ones make it doubt its judgement.
 */
static void check_ejects_all(struct checker *checker, const struct hd_service *service, const struct hd_outlier_detection *outlier)
{
    int64_t pods = least_replicas(service), percent = bounded(outlier->max_ejection_percent);
    struct finding *finding;

    if (pods < 1 || pods > INT32_MAX || outlier->min_health_percent.value > 0 || percent * pods <= 100 * (pods - 1))
        return;
    finding = found(checker, HD_EJECTS_ALL, AT(outlier, max_ejection_percent),
                    "maxEjectionPercent is %lld, so all of %lld pod%s can be ejected and no pod answers", (long long)percent,
                    (long long)pods, pods == 1 ? "" : "s");
    also_least(finding, service);
    if (pods > 1)
        hint(finding, "lower maxEjectionPercent to %lld, or write minHealthPercent: 50", (long long)(100 * (pods - 1) / pods));
    else
        hint(finding, "run at least 2 pods, or write minHealthPercent: 50");
}

/* Warns when the first ejection already leaves fewer pods than minHealthPercent. */
static void check_ejects_none(struct checker *checker, const struct hd_service *service, const struct hd_outlier_detection *outlier)
{
    int64_t pods = most_replicas(service), least_health = bounded(outlier->min_health_percent.value);
    struct finding *finding;

    if (pods < 1 || pods > INT32_MAX || 100 * (pods - 1) >= least_health * pods)
        return;
    finding = found(checker, HD_EJECTS_NONE, AT(outlier, min_health_percent),
                    "ejecting one of %lld pods leaves less than minHealthPercent %lld, so ejection never has an effect", (long long)pods,
                    (long long)least_health);
    if (service->autoscaling.enabled == HD_TRUE)
        also_at(finding, AT(&service->autoscaling, max_replicas), "maxReplicas is %lld", (long long)pods);
    else
        also_at(finding, AT(service, replicas), "replicas is %lld", (long long)pods);
    hint(finding, "lower minHealthPercent to %lld", (long long)(100 * (pods - 1) / pods));
}

/* The time is multiplied by the number of ejections. */
static void check_ejection_time(struct checker *checker, const struct hd_outlier_detection *outlier)
{
    const int64_t long_us = INT64_C(1800) * 1000 * 1000;

    if (duration_us(outlier->base_ejection_time) > long_us)
        hint(found(checker, HD_EJECTED_LONG, AT(outlier, base_ejection_time),
                   "a pod that was ill for a moment gets no requests for %.30s, and longer each time", outlier->base_ejection_time),
             "write seconds or minutes, such as 30s; if it is meant, accept this with silence");
}

static void check_outlier(struct checker *checker, const struct callee *callee, const struct hd_outlier_detection *outlier)
{
    if (!struct_is_set(&hd_outlier_detection_struct, outlier))
        return;
    if (outlier->consecutive_local_origin_failures && outlier->split_external_local_origin_errors != HD_TRUE)
        hint(found(checker, HD_LOCAL_ERRORS_UNSPLIT, AT(outlier, consecutive_local_origin_failures),
                   "consecutiveLocalOriginFailures has no effect without splitExternalLocalOriginErrors"),
             "write splitExternalLocalOriginErrors: true too");
    check_ejection_time(checker, outlier);
    if (!callee->service)
        return;
    check_ejects_all(checker, callee->service, outlier);
    check_ejects_none(checker, callee->service, outlier);
}

/* Figures of the circuit breaker's example, with which the second request at once is refused. */
static void check_tiny_pool(struct checker *checker, const struct hd_http_pool *pool)
{
    enum { TINY = 2 };
    bool of_http1 = pool->http1_max_pending_requests >= 1 && pool->http1_max_pending_requests <= TINY,
         of_http2 = pool->http2_max_requests >= 1 && pool->http2_max_requests <= TINY;

    if (of_http1 || of_http2)
        hint(found(checker, HD_POOL_TINY, of_http1 ? AT(pool, http1_max_pending_requests) : AT(pool, http2_max_requests),
                   "a caller with more than %lld requests at once gets 503 for the others",
                   (long long)(of_http1 ? pool->http1_max_pending_requests : pool->http2_max_requests)),
             "write as many as a caller has at its busiest, such as 100; if it is meant, accept this with silence");
}

static void check_settings(struct checker *checker, const struct callee *callee, struct settings settings)
{
    check_pool(checker, callee, settings.connection_pool);
    check_tiny_pool(checker, &settings.connection_pool->http);
    check_outlier(checker, callee, settings.outlier_detection);
    check_balancer(checker, settings);
}

static void check_port_settings(struct checker *checker, const struct callee *callee, const struct hd_traffic_policy *policy)
{
    for (size_t i = 0; i < policy->n_port_level_settings; i++) {
        const struct hd_port_policy *port = &policy->port_level_settings[i];
        bool exists = port->port && (callee->service ? service_port(callee->service, port->port) != NULL
                                                     : external_port(callee->external, port->port) != NULL);
        struct finding *finding;

        if (!port->port || !format_is_valid(&format_port_ref, port->port))
            continue;
        if (exists) {
            check_settings(checker, callee, SETTINGS(port));
            continue;
        }
        finding =
            found(checker, HD_POLICY_OF_NO_PORT, AT(port, port), "portLevelSettings name the port %.20s, which does not exist", port->port);
        if (callee->service)
            also_at(finding, AT(&callee->service->container, ports), "the ports: %s", service_ports_in_words(checker, callee->service));
        else
            also_at(finding, AT(callee->external, ports), "the ports: %s", external_ports_in_words(checker, callee->external));
        hint(finding, "write one of these ports");
    }
}

static bool has_requests(const struct callee *callee)
{
    for (size_t i = 0; callee->service && i < service_n_ports(callee->service); i++)
        if (protocol_has_requests(service_port_at(callee->service, i)->protocol))
            return true;
    for (size_t i = 0; callee->external && i < callee->external->n_ports; i++)
        if (protocol_has_requests(callee->external->ports[i].protocol))
            return true;
    return false;
}

/* The caller gives up before the connection does. */
static void check_connect(struct checker *checker, const struct hd_traffic_policy *policy)
{
    const char *connect = policy->connection_pool.tcp.connect_timeout;
    int64_t timeout = duration_us(policy->timeout), connecting = duration_us(connect);
    struct finding *finding;

    if (timeout <= 0 || connecting < timeout)
        return;
    finding = found(checker, HD_CONNECT_BEYOND_TIMEOUT, AT(&policy->connection_pool.tcp, connect_timeout),
                    "connectTimeout of %.30s is never reached, because the request ends after %.30s", connect, policy->timeout);
    also_at(finding, AT(policy, timeout), "the timeout");
    hint(finding, "write a connectTimeout well below the timeout, so that another pod can be tried");
}

/* What a proxy reads of requests, on ports where it sees none. */
static void check_request_settings(struct checker *checker, struct settings settings)
{
    const struct hd_consistent_hash *hash = &settings.load_balancer->consistent_hash;
    bool reads_hash = hash->http_header_name || hash->http_cookie.name || hash->http_query_parameter_name;

    if (reads_hash || struct_is_set(&hd_http_pool_struct, &settings.connection_pool->http))
        hint(found(checker, HD_REQUESTS_UNSEEN,
                   !reads_hash             ? AT(settings.connection_pool, http)
                   : hash->http_header_name  ? AT(hash, http_header_name)
                   : hash->http_cookie.name  ? AT(hash, http_cookie)
                                             : AT(hash, http_query_parameter_name),
                   "this has no effect, because no port has requests that a proxy can see"),
             reads_hash ? "write useSourceIp: true, or the protocol of a port: {port: 8000, protocol: http}"
                        : "remove it, or write the protocol of a port: {port: 8000, protocol: http}");
}

void check_policy(struct checker *checker, const struct callee *callee, const struct hd_traffic_policy *policy)
{
    struct tries tries = {.retries = &policy->retries, .timeout = policy->timeout, .timeout_where = AT(policy, timeout)};

    check_retries(checker, &tries);
    if (needs_route(policy) && !has_requests(callee))
        hint(found(checker, HD_REQUESTS_UNSEEN, policy->timeout ? AT(policy, timeout) : AT(policy, retries),
                   "timeout and retries have no effect, because no port has requests that a proxy can see"),
             "remove them, or write the protocol of a port: {port: 8000, protocol: http}");
    if (!has_requests(callee))
        check_request_settings(checker, SETTINGS(policy));
    check_connect(checker, policy);
    check_settings(checker, callee, SETTINGS(policy));
    check_port_settings(checker, callee, policy);
}

/* Reports a policy that neither a proxy of the caller nor a waypoint applies. */
static void unapplied(struct checker *checker, struct where where, const struct hd_service *service, const char *right)
{
    struct finding *finding = found(checker, HD_POLICY_UNAPPLIED, where, "this has no effect, because %s has no proxy",
                                    service_called(service));

    if (!service_in_mesh(checker->app, service))
        also_at(finding, AT(&service->mesh, enabled), "the service is not in the mesh");
    else
        also_at(finding, AT(&service->service, headless), "calls to a headless service do not pass a waypoint");
    hint(finding, "%s", right);
}

static void check_applied(struct checker *checker, const struct hd_service *caller, const struct hd_call *call)
{
    struct where where = call->timeout                                                     ? AT(call, timeout)
                         : struct_is_set(&hd_call_policy_struct, &call->traffic_policy) ? AT(call, traffic_policy)
                                                                                           : AT(call, retries);

    if (checker->app->mesh.mode == HD_MESH_SIDECAR && !service_in_mesh(checker->app, caller) &&
        (call->timeout || struct_is_set(&hd_call_policy_struct, &call->traffic_policy) ||
         struct_is_set(&hd_retries_struct, &call->retries)))
        unapplied(checker, where, caller, "take the caller into the mesh, or remove this");
}

static void check_call(struct checker *checker, const struct hd_service *caller, const struct hd_call *call)
{
    const struct hd_traffic_policy *policy = callee_policy(checker->model, call);
    struct callee callee = graph_callee(checker->model, text_or(call->to, ""));
    struct tries tries = {.retries = call_retries(checker->model, call), .timeout = call_timeout(checker->model, call),
                          .methods = call->methods, .n_methods = call->n_methods};
    const struct hd_port *inner = callee.service ? service_port(callee.service, call->port) : NULL;
    const struct hd_external_port *outer = callee.external ? external_port(callee.external, call->port) : NULL;
    enum hd_protocol protocol = inner ? inner->protocol : outer ? outer->protocol : HD_PROTOCOL_UNSET;

    /* The policy of the callee is checked at the callee. */
    tries.timeout_where = call->timeout ? AT(call, timeout) : AT(policy, timeout);
    if (tries.retries != &policy->retries || call->timeout)
        check_retries(checker, &tries);
    if (protocol && !protocol_has_requests(protocol) && (call->timeout || struct_is_set(&hd_retries_struct, &call->retries))) {
        struct finding *finding =
            found(checker, HD_REQUESTS_UNSEEN, call->timeout ? AT(call, timeout) : AT(call, retries),
                  "%s speaks %s, and a proxy sees no requests in it", call->to, enum_name(&hd_protocol_enum, (int)protocol));

        also_at(finding, inner ? AT(inner, protocol) : AT(outer, protocol), "this port is called");
        hint(finding, "remove it; trafficPolicy.connectionPool.tcp has connectTimeout and idleTimeout instead");
    }
    if (callee.external && protocol_has_requests(protocol))
        check_host_of_route(checker, callee.external, call->timeout ? AT(call, timeout) : AT(call, retries),
                            call->timeout || struct_is_set(&hd_retries_struct, &call->retries));
    check_applied(checker, caller, call);
    check_credential_of_caller(checker, caller, call, callee.external);
    if (settings_are_set(SETTINGS(&call->traffic_policy)))
        check_settings(checker, &callee, SETTINGS(&call->traffic_policy));
    if (callee.external && !callee.external->host && struct_is_set(&hd_call_policy_struct, &call->traffic_policy))
        hint(found(checker, HD_POLICY_WITHOUT_HOST, AT(call, traffic_policy), "trafficPolicy needs the host of %s, which is not given",
                   call->to),
             "write the host of %s, such as host: %s.example.com", call->to, call->to);
}

void check_traffic(struct checker *checker, const struct hd_service *service)
{
    struct callee facts = {service, NULL};

    for (size_t i = 0; i < service->n_calls; i++)
        check_call(checker, service, &service->calls[i]);
    check_ranges_of_calls(checker, service);
    check_policy(checker, &facts, &service->traffic_policy);
    if (checker->app->mesh.mode == HD_MESH_AMBIENT && struct_is_set(&hd_traffic_policy_struct, &service->traffic_policy) &&
        service_n_ports(service) && !uses_waypoint(checker->model, service))
        unapplied(checker, AT(service, traffic_policy), service,
                  "take the service into the mesh and remove headless, or remove trafficPolicy");
}
