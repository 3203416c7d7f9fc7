/** How requests travel between the services of a mesh. */
#ifndef HYBRIDDEPLOY_MODEL_TRAFFIC_H
#define HYBRIDDEPLOY_MODEL_TRAFFIC_H

#include <hybriddeploy/model/value.h>

/** Retries of requests that failed; `retries: 3` is short for attempts. */
struct hd_retries {
    /** How often a failed request is tried again, 0 to 100; 0 turns off the two that a mesh makes by itself. */
    struct hd_opt_int attempts;
    /**
     * Time that each try may take, the first one too, a Go duration from 1ms. Default: the timeout of the whole, because it is Istio's own.
     */
    const char *per_try_timeout;
    /**
     * Failures after which to try again: 5xx, gateway-error, reset, connect-failure, refused-stream, unavailable and others of Envoy, or
     * HTTP status codes. Default: connect-failure and refused-stream, for gRPC also unavailable, which is safe because a service that
     * fails so has mostly not begun the request.
     */
    const char *const *retry_on;
    size_t n_retry_on;
    /** Whether other localities may be tried as well. Default: false, because it is Istio's own. */
    enum hd_bool retry_remote_localities;
    const struct hd_at *at;
};

/** A cookie by which requests of one user find the same pod; it is made where it is missing. */
struct hd_hash_cookie {
    /** Name of the cookie. */
    const char *name;
    /** Path of the cookie. Default: none, because it is Istio's own. */
    const char *path;
    /** How long it lives, a Go duration; 0s for the browser's session. Without it no cookie is made. */
    const char *ttl;
    const struct hd_at *at;
};

/** Requests that are alike go to the same pod, as long as it is there. Exactly one of the four. */
struct hd_consistent_hash {
    /** Header whose value chooses the pod. */
    const char *http_header_name;
    /** Cookie whose value chooses the pod. */
    struct hd_hash_cookie http_cookie;
    /** Whether the address of the caller chooses the pod. */
    enum hd_bool use_source_ip;
    /** Query parameter whose value chooses the pod. */
    const char *http_query_parameter_name;
    const struct hd_at *at;
};

/** Failover from a region without healthy pods to another one. */
struct hd_locality_failover {
    /** Region that requests come from. */
    const char *from;
    /** Region that takes over. */
    const char *to;
    const struct hd_at *at;
};

/** Share of one locality. */
struct hd_locality_share {
    /** region, region/zone or region/zone/subzone; with * for all below. None lies in another. */
    const char *locality;
    /** Percent of the requests, 1 to 100. */
    int64_t weight;
    const struct hd_at *at;
};

/** Destinations of the requests of one locality. */
struct hd_locality_distribution {
    /** region, region/zone or region/zone/subzone; with * for all below, behind all that lies in it. */
    const char *from;
    /** Percent for each locality, together 100: {eu/a: 80, eu/b: 20}. */
    const struct hd_locality_share *to;
    size_t n_to;
    const struct hd_at *at;
};

/** Load balancing by region and zone; at most one of the three lists. */
struct hd_locality_lb {
    /** Whether pods nearby are preferred. Default: the mesh's setting, true, because pods nearby answer sooner. */
    enum hd_bool enabled;
    /** Fixed shares. */
    const struct hd_locality_distribution *distribute;
    size_t n_distribute;
    /** Region to turn to when one has no healthy pods; needs outlierDetection. */
    const struct hd_locality_failover *failover;
    size_t n_failover;
    /** Labels of nodes and pods that must agree, the most important first; needs outlierDetection. */
    const char *const *failover_priority;
    size_t n_failover_priority;
    const struct hd_at *at;
};

/** A new pod gets its full share of requests slowly; with LEAST_REQUEST and ROUND_ROBIN. */
struct hd_warmup {
    /** How long that takes, a Go duration from 1ms. */
    const char *duration;
    /** Percent of the share to begin with, 0 to 100. Default: 10, because it is Istio's own. */
    struct hd_opt_int minimum_percent;
    const struct hd_at *at;
};

/** Which pod takes a request; `loadBalancer: LEAST_REQUEST` is short for {simple: LEAST_REQUEST}. */
struct hd_load_balancer {
    /** LEAST_REQUEST, ROUND_ROBIN, RANDOM or PASSTHROUGH. Default: the mesh's, LEAST_REQUEST, so that slow pods get fewer requests. */
    const char *simple;
    struct hd_consistent_hash consistent_hash;
    struct hd_locality_lb locality_lb_setting;
    struct hd_warmup warmup;
    const struct hd_at *at;
};

/** Probes that keep idle connections open. */
struct hd_tcp_keepalive {
    /** Probes without an answer until the connection is dead, from 1. Default: the system's, because it fits most networks. */
    int64_t probes;
    /** Idle time before the first probe, a Go duration from 1ms. Default: the system's, 2h, because it fits most networks. */
    const char *time;
    /** Time between probes, a Go duration from 1ms. Default: the system's, 75s, because it fits most networks. */
    const char *interval;
    const struct hd_at *at;
};

/** Limits of connections to a service, for each of its callers' proxies. */
struct hd_tcp_pool {
    /** Connections at most, from 1. Default: no limit, because only the program's makers know what it bears. */
    int64_t max_connections;
    /** Time to connect, a Go duration from 1ms. Default: 10s, because it is Istio's own. */
    const char *connect_timeout;
    /** Time without bytes after which a connection is closed, a Go duration; 0s for never. Default: 1h, because it is Istio's own. */
    const char *idle_timeout;
    /** Time after which a connection is closed, a Go duration from 1ms. Default: none, because a connection that is used is no harm. */
    const char *max_connection_duration;
    struct hd_tcp_keepalive tcp_keepalive;
    const struct hd_at *at;
};

/** Limits of requests to a service, for each of its callers' proxies. */
struct hd_http_pool {
    /** Requests that wait for a connection, from 1. Default: no limit, because only the program's makers know what it bears. */
    int64_t http1_max_pending_requests;
    /** Requests at the same time, from 1. Default: no limit, because only the program's makers know what it bears. */
    int64_t http2_max_requests;
    /** Requests after which a connection is closed, from 1. Default: no limit, because new connections cost time. */
    int64_t max_requests_per_connection;
    /** Retries at the same time, from 1. Default: no limit, because each request has its own limit of attempts. */
    int64_t max_retries;
    /** Streams at the same time on one HTTP/2 connection, from 1. Default: 2147483647, because it is Istio's own. */
    int64_t max_concurrent_streams;
    /** Time without requests after which a connection is closed, a Go duration from 1ms. Default: 1h, because it is Istio's own. */
    const char *idle_timeout;
    /**
     * DEFAULT, DO_NOT_UPGRADE or UPGRADE: whether HTTP/1.1 becomes HTTP/2 on the way. Default: DEFAULT, because the mesh's operators know
     * what fits all services.
     */
    const char *h2_upgrade_policy;
    /** Whether the caller's HTTP version is kept. Default: false, because it is Istio's own. */
    enum hd_bool use_client_protocol;
    const struct hd_at *at;
};

/** Limits that keep a busy service from being overrun. */
struct hd_connection_pool {
    struct hd_tcp_pool tcp;
    struct hd_http_pool http;
    const struct hd_at *at;
};

/** Pods that fail get no requests for a while: the circuit breaker of a mesh. */
struct hd_outlier_detection {
    /** Answers of 500 and above, one after the other, that eject a pod, from 0; 0 turns this off. Default: 5, because it is Envoy's own. */
    struct hd_opt_int consecutive_5xx_errors;
    /**
     * Answers of 502, 503 and 504, one after the other, that eject a pod, from 0; 0 turns this off. Default: off, because answers of 500
     * and above count these too.
     */
    struct hd_opt_int consecutive_gateway_errors;
    /** Whether failures to reach the pod are counted apart. Default: false, because it is Envoy's own. */
    enum hd_bool split_external_local_origin_errors;
    /** Failures to reach a pod that eject it, from 1; needs splitExternalLocalOriginErrors. Default: 5, because it is Envoy's own. */
    int64_t consecutive_local_origin_failures;
    /** Time between looks at the pods, a Go duration from 1ms. Default: 10s, because it is Envoy's own. */
    const char *interval;
    /** Shortest time without requests, a Go duration from 1ms; each further time is longer. Default: 30s, because it is Envoy's own. */
    const char *base_ejection_time;
    /** Percent of the pods that may be ejected, 1 to 100. Default: 50, because of a few pods the mesh's own 10 would let none go. */
    int64_t max_ejection_percent;
    /** Percent of healthy pods below which ejections are ignored, 0 to 100. Default: 0, because it is Istio's own. */
    struct hd_opt_int min_health_percent;
    const struct hd_at *at;
};

/** Settings of one port; members that are not given are those of the service. */
struct hd_port_policy {
    /** Name or number of the port. */
    const char *port;
    struct hd_load_balancer load_balancer;
    struct hd_connection_pool connection_pool;
    struct hd_outlier_detection outlier_detection;
    const struct hd_at *at;
};

/** Traffic settings of one caller; members that are not given are those of the called service. */
struct hd_call_policy {
    struct hd_load_balancer load_balancer;
    struct hd_connection_pool connection_pool;
    struct hd_outlier_detection outlier_detection;
    const struct hd_at *at;
};

/** How callers treat a service: the settings of an Istio DestinationRule, and of requests within the mesh. */
struct hd_traffic_policy {
    /**
     * Time that a request may take, retries included, a Go duration from 1ms; a call may give another. Default: no limit, because only the
     * program's makers know how long an answer takes.
     */
    const char *timeout;
    /** Retries of requests that failed; a call may give others. */
    struct hd_retries retries;
    struct hd_load_balancer load_balancer;
    struct hd_connection_pool connection_pool;
    struct hd_outlier_detection outlier_detection;
    /** Ports that are treated otherwise. */
    const struct hd_port_policy *port_level_settings;
    size_t n_port_level_settings;
    const struct hd_at *at;
};

/** TLS that callers' proxies begin with something outside; the application speaks plain text to its proxy. */
struct hd_client_tls {
    /** SIMPLE, or MUTUAL with a certificate of the callers. Default: SIMPLE, because few servers ask for a certificate of their clients. */
    const char *mode;
    /** Host name that is asked for. Default: the external's host, because that is whom the callers name. */
    const char *sni;
    /** Names of which the certificate must show one. Default: the one that is asked for, so that nobody else's certificate is taken. */
    const char *const *subject_alt_names;
    size_t n_subject_alt_names;
    /** Secret of the application with ca.crt, and for MUTUAL tls.crt and tls.key, which the proxies get from the mesh. */
    const char *credential_name;
    /**
     * File in the proxy with trusted authorities, or `system` for those of its system. Default: system, so that a server must have a
     * certificate that the public trusts. Excludes credentialName.
     */
    const char *ca_certificates;
    /** MUTUAL: file in the proxy with the callers' certificate. Excludes credentialName. */
    const char *client_certificate;
    /** MUTUAL: file in the proxy with its key. Excludes credentialName. */
    const char *private_key;
    const struct hd_at *at;
};

#endif
