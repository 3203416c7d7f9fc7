/* Traffic policy: how callers treat a service. */
#include "core/tables/field.h"
#include "core/tables/layer.h"
#include "core/text/among.h"
#include "model/port.h"
#include "model/resolve.h"
#include "model/routing/retry.h"
#include "model/tables.h"
#include "model/traffic.h"
#include "formats.h"
#include "parts.h"

#include <stdio.h>
#include <string.h>

CHOICES(simple_way, WORD("LEAST_REQUEST"), WORD("ROUND_ROBIN"), WORD("RANDOM"), WORD("PASSTHROUGH"));
CHOICES(h2_upgrade, WORD("DEFAULT"), WORD("DO_NOT_UPGRADE"), WORD("UPGRADE"));
CHOICES(client_tls_mode, WORD("SIMPLE"), WORD("MUTUAL"));

enum { LARGEST_INT32 = 2147483647, MAX_EJECTION_PERCENT = 50 };

#define T hd_hash_cookie
static const struct hd_field hash_cookie_fields[] = {
    STR("name", name, .required = true, .format = &format_header_name),
    STR("path", path, .format = &format_url_path),
    STR("ttl", ttl, .format = &format_duration),
};
const struct hd_struct hd_hash_cookie_struct = STRUCT(hash_cookie_fields, .scalar = "name");
#undef T

#define T hd_consistent_hash
static const struct hd_field consistent_hash_fields[] = {
    STR("httpHeaderName", http_header_name, .choice = 1, .format = &format_header_name),
    OBJ("httpCookie", http_cookie, hd_hash_cookie, .choice = 1),
    BOOL("useSourceIp", use_source_ip, .choice = 1),
    STR("httpQueryParameterName", http_query_parameter_name, .choice = 1, .format = &format_line),
};
const struct hd_struct hd_consistent_hash_struct = STRUCT(consistent_hash_fields);
#undef T

#define T hd_locality_failover
static const struct hd_field locality_failover_fields[] = {
    STR("from", from, .required = true, .format = &format_region),
    STR("to", to, .required = true, .format = &format_region),
};
const struct hd_struct hd_locality_failover_struct = STRUCT(locality_failover_fields);
#undef T

#define T hd_locality_share
static const struct hd_field locality_share_fields[] = {
    STR("locality", locality, .required = true, .format = &format_locality),
    INT("weight", weight, .required = true, .min = 1, .max = 100),
};
const struct hd_struct hd_locality_share_struct = STRUCT(locality_share_fields, .scalar = "weight", .keyed_by = "locality");
#undef T

#define T hd_locality_distribution
static const struct hd_field locality_distribution_fields[] = {
    STR("from", from, .required = true, .format = &format_locality),
    LIST("to", to, hd_locality_share, .required = true, .ours = true),
};
const struct hd_struct hd_locality_distribution_struct = STRUCT(locality_distribution_fields);
#undef T

#define T hd_locality_lb
static const struct hd_field locality_lb_fields[] = {
    BOOL("enabled", enabled),
    LIST("distribute", distribute, hd_locality_distribution, .choice = 1, .ours = true),
    LIST("failover", failover, hd_locality_failover, .choice = 1),
    STRS("failoverPriority", failover_priority, .choice = 1, .format = &format_failover_label),
};
const struct hd_struct hd_locality_lb_struct = STRUCT(locality_lb_fields);
#undef T

#define T hd_warmup
static const struct hd_field warmup_fields[] = {
    STR("duration", duration, .required = true, .format = &format_mesh_duration),
    OPT("minimumPercent", minimum_percent, .max = 100),
};
const struct hd_struct hd_warmup_struct = STRUCT(warmup_fields, .scalar = "duration");
#undef T

#define T hd_load_balancer
static const struct hd_field load_balancer_fields[] = {
    STR("simple", simple, .choice = 1, .words = &simple_way),
    OBJ("consistentHash", consistent_hash, hd_consistent_hash, .choice = 1),
    OBJ("localityLbSetting", locality_lb_setting, hd_locality_lb, .ours = true),
    OBJ("warmup", warmup, hd_warmup, .ours = true),
};
const struct hd_struct hd_load_balancer_struct = STRUCT(load_balancer_fields, .scalar = "simple");
#undef T

#define T hd_tcp_keepalive
static const struct hd_field tcp_keepalive_fields[] = {
    INT("probes", probes, .min = 1, .max = LARGEST_INT32),
    STR("time", time, .format = &format_mesh_duration),
    STR("interval", interval, .format = &format_mesh_duration),
};
const struct hd_struct hd_tcp_keepalive_struct = STRUCT(tcp_keepalive_fields);
#undef T

#define T hd_tcp_pool
static const struct hd_field tcp_pool_fields[] = {
    INT("maxConnections", max_connections, .min = 1, .max = LARGEST_INT32),
    STR("connectTimeout", connect_timeout, .format = &format_mesh_duration),
    STR("idleTimeout", idle_timeout, .format = &format_idle_timeout),
    STR("maxConnectionDuration", max_connection_duration, .format = &format_mesh_duration),
    OBJ("tcpKeepalive", tcp_keepalive, hd_tcp_keepalive),
};
const struct hd_struct hd_tcp_pool_struct = STRUCT(tcp_pool_fields);
#undef T

#define T hd_http_pool
static const struct hd_field http_pool_fields[] = {
    INT("http1MaxPendingRequests", http1_max_pending_requests, .min = 1, .max = LARGEST_INT32),
    INT("http2MaxRequests", http2_max_requests, .min = 1, .max = LARGEST_INT32),
    INT("maxRequestsPerConnection", max_requests_per_connection, .min = 1, .max = LARGEST_INT32),
    INT("maxRetries", max_retries, .min = 1, .max = LARGEST_INT32),
    INT("maxConcurrentStreams", max_concurrent_streams, .min = 1, .max = LARGEST_INT32),
    STR("idleTimeout", idle_timeout, .format = &format_mesh_duration),
    STR("h2UpgradePolicy", h2_upgrade_policy, .words = &h2_upgrade),
    BOOL("useClientProtocol", use_client_protocol),
};
const struct hd_struct hd_http_pool_struct = STRUCT(http_pool_fields);
#undef T

#define T hd_connection_pool
static const struct hd_field connection_pool_fields[] = {
    OBJ("tcp", tcp, hd_tcp_pool),
    OBJ("http", http, hd_http_pool),
};
const struct hd_struct hd_connection_pool_struct = STRUCT(connection_pool_fields);
#undef T

#define T hd_outlier_detection
static const struct hd_field outlier_detection_fields[] = {
    OPT("consecutive5xxErrors", consecutive_5xx_errors, .max = LARGEST_INT32),
    OPT("consecutiveGatewayErrors", consecutive_gateway_errors, .max = LARGEST_INT32),
    BOOL("splitExternalLocalOriginErrors", split_external_local_origin_errors),
    INT("consecutiveLocalOriginFailures", consecutive_local_origin_failures, .min = 1, .max = LARGEST_INT32),
    STR("interval", interval, .format = &format_mesh_duration),
    STR("baseEjectionTime", base_ejection_time, .format = &format_mesh_duration),
    INT("maxEjectionPercent", max_ejection_percent, .min = 1, .max = 100),
    OPT("minHealthPercent", min_health_percent, .max = 100),
};
const struct hd_struct hd_outlier_detection_struct = STRUCT(outlier_detection_fields);
#undef T

#define T hd_port_policy
static const struct hd_field port_policy_fields[] = {
    IOS("port", port, .required = true, .ours = true, .format = &format_port_ref),
    OBJ("loadBalancer", load_balancer, hd_load_balancer, .ours = true),
    OBJ("connectionPool", connection_pool, hd_connection_pool),
    OBJ("outlierDetection", outlier_detection, hd_outlier_detection),
};
const struct hd_struct hd_port_policy_struct = STRUCT(port_policy_fields, .keyed_by = "port", .parts_are_filled = true);
#undef T

#define T hd_call_policy
static const struct hd_field call_policy_fields[] = {
    OBJ("loadBalancer", load_balancer, hd_load_balancer),
    OBJ("connectionPool", connection_pool, hd_connection_pool),
    OBJ("outlierDetection", outlier_detection, hd_outlier_detection),
};
const struct hd_struct hd_call_policy_struct = STRUCT(call_policy_fields);
#undef T

#define T hd_traffic_policy
static const struct hd_field traffic_policy_fields[] = {
    STR("timeout", timeout, .ours = true, .format = &format_mesh_duration),
    OBJ("retries", retries, hd_retries, .ours = true),
    OBJ("loadBalancer", load_balancer, hd_load_balancer, .ours = true),
    OBJ("connectionPool", connection_pool, hd_connection_pool),
    OBJ("outlierDetection", outlier_detection, hd_outlier_detection),
    LIST("portLevelSettings", port_level_settings, hd_port_policy, .ours = true),
};
const struct hd_struct hd_traffic_policy_struct = STRUCT(traffic_policy_fields, .parts_are_filled = true);
#undef T

#define T hd_client_tls
static const struct hd_field client_tls_fields[] = {
    STR("mode", mode, .words = &client_tls_mode, .def = "SIMPLE"),
    STR("sni", sni, .format = &format_subdomain),
    STRS("subjectAltNames", subject_alt_names, .format = &format_line),
    STR("credentialName", credential_name, .format = &format_subdomain),
    STR("caCertificates", ca_certificates, .format = &format_authorities),
    STR("clientCertificate", client_certificate, .format = &format_absolute_path),
    STR("privateKey", private_key, .format = &format_absolute_path),
};
const struct hd_struct hd_client_tls_struct = STRUCT(client_tls_fields, .scalar = "mode");
#undef T

/* Fills in one set of settings from another; warmup only when the load balancer supports it. */
static void fill(struct hd_model *model, struct settings settings, struct settings from)
{
    struct hd_load_balancer *balancer = (struct hd_load_balancer *)(uintptr_t)settings.load_balancer;
    bool has_warmup = struct_is_set(&hd_warmup_struct, &balancer->warmup);

    layer_fill(&model->arena, &hd_load_balancer_struct, balancer, from.load_balancer, 0);
    if (!has_warmup && !balancer_warms_up(balancer))
        balancer->warmup = (struct hd_warmup){0};
    layer_fill(&model->arena, &hd_connection_pool_struct, (void *)(uintptr_t)settings.connection_pool, from.connection_pool, 0);
    layer_fill(&model->arena, &hd_outlier_detection_struct, (void *)(uintptr_t)settings.outlier_detection, from.outlier_detection, 0);
}

/* The mesh's default of 10 % would eject no pod when there are only a few. */
static void resolve_ejection(struct settings settings)
{
    struct hd_outlier_detection *outlier = (struct hd_outlier_detection *)(uintptr_t)settings.outlier_detection;

    if (struct_is_set(&hd_outlier_detection_struct, outlier) && !outlier->max_ejection_percent)
        outlier->max_ejection_percent = MAX_EJECTION_PERCENT;
}

/* Istio takes the settings of a port alone, without those of the service; here they are laid over each other. */
static void resolve_policy(struct hd_model *model, struct hd_traffic_policy *policy, enum hd_protocol protocol)
{
    struct hd_port_policy *ports = arena_copy(&model->arena, policy->port_level_settings, policy->n_port_level_settings * sizeof *ports);

    resolve_retries(&policy->retries, protocol);
    resolve_ejection(SETTINGS(policy));
    if (!policy->n_port_level_settings)
        return;
    for (size_t i = 0; i < policy->n_port_level_settings; i++) {
        fill(model, SETTINGS(&ports[i]), SETTINGS(policy));
        resolve_ejection(SETTINGS(&ports[i]));
    }
    policy->port_level_settings = ports;
}

void resolve_traffic(struct hd_model *model, struct hd_service *service)
{
    const struct hd_port *port = service_port(service, NULL);

    resolve_policy(model, &service->traffic_policy, port ? port->protocol : HD_PROTOCOL_UNSET);
}

static void resolve_tls(struct hd_external *external)
{
    struct hd_client_tls *tls = &external->tls;

    if (!tls->sni && external->host && *external->host != '*')
        tls->sni = external->host;
    if (!tls->credential_name && !tls->ca_certificates)
        tls->ca_certificates = "system";
}

void resolve_traffic_of_externals(struct hd_model *model)
{
    struct hd_external *externals = (struct hd_external *)(uintptr_t)model->app->externals;

    for (size_t i = 0; i < model->app->n_externals; i++) {
        resolve_policy(model, &externals[i].traffic_policy, externals[i].n_ports ? externals[i].ports[0].protocol : HD_PROTOCOL_UNSET);
        if (struct_is_set(&hd_client_tls_struct, &externals[i].tls))
            resolve_tls(&externals[i]);
    }
}

/* A caller with a policy of its own follows no other, so it has to say all. (Istio: workloadSelector of a DestinationRule) */
void resolve_traffic_of_call(struct hd_model *model, struct hd_call *call)
{
    const struct hd_traffic_policy *policy = callee_policy(model, call);
    struct callee callee = graph_callee(model, text_or(call->to, ""));
    const struct hd_port *inner = callee.service ? service_port(callee.service, call->port) : NULL;
    const struct hd_external_port *outer = callee.external ? external_port(callee.external, call->port) : NULL;
    const struct hd_port_policy *of_port = inner   ? port_policy(policy, inner->name, inner->port)
                                           : outer ? port_policy(policy, outer->name, outer->port)
                                                   : NULL;

    resolve_retries(&call->retries, inner ? inner->protocol : outer ? outer->protocol : HD_PROTOCOL_UNSET);
    if (!struct_is_set(&hd_call_policy_struct, &call->traffic_policy))
        return;
    fill(model, SETTINGS(&call->traffic_policy), of_port ? SETTINGS(of_port) : SETTINGS(policy));
    resolve_ejection(SETTINGS(&call->traffic_policy));
}
