#ifndef HYBRIDDEPLOY_MODEL_ROUTE_H
#define HYBRIDDEPLOY_MODEL_ROUTE_H
#include <hybriddeploy/model/traffic.h>
enum hd_path_type { HD_PATH_TYPE_UNSET = 0, HD_PATH_PREFIX, HD_PATH_EXACT, HD_PATH_REGULAR_EXPRESSION };
struct hd_header_match {
    const char *name;
    const char *exact;
    const char *prefix;
    const char *regex;
    const struct hd_at *at;
};
struct hd_query_match {
    const char *name;
    const char *exact;
    const char *regex;
    const struct hd_at *at;
};
struct hd_rewrite {
    const char *uri;
    const char *authority;
    const struct hd_at *at;
};
struct hd_redirect {
    const char *uri;
    const char *authority;
    const char *scheme;
    int64_t port;
    int64_t redirect_code;
    const struct hd_at *at;
};
struct hd_direct_response {
    int64_t status;
    const char *body;
    const struct hd_at *at;
};
struct hd_fault_delay {
    const char *fixed_delay;
    int64_t percentage;
    const struct hd_at *at;
};
struct hd_fault_abort {
    int64_t http_status;
    const char *grpc_status;
    int64_t percentage;
    const struct hd_at *at;
};
struct hd_fault {
    struct hd_fault_delay delay;
    struct hd_fault_abort abort;
    const struct hd_at *at;
};
struct hd_mirror {
    const char *to;
    const char *port;
    int64_t percentage;
    const struct hd_at *at;
};
struct hd_origin {
    const char *exact;
    const char *prefix;
    const char *regex;
    const struct hd_at *at;
};
struct hd_cors_policy {
    const struct hd_origin *allow_origins;
    size_t n_allow_origins;
    const char *const *allow_methods;
    size_t n_allow_methods;
    const char *const *allow_headers;
    size_t n_allow_headers;
    const char *const *expose_headers;
    size_t n_expose_headers;
    const char *max_age;
    enum hd_bool allow_credentials;
    const struct hd_at *at;
};
struct hd_header_changes {
    const struct hd_pair *set;
    size_t n_set;
    const struct hd_pair *add;
    size_t n_add;
    const char *const *remove;
    size_t n_remove;
    const struct hd_at *at;
};
struct hd_destination {
    const char *to;
    const char *port;
    int64_t weight;
    const struct hd_at *at;
};
struct hd_claim_match {
    const char *name;
    const char *const *values;
    size_t n_values;
    const struct hd_at *at;
};
struct hd_jwt {
    const char *issuer;
    const struct hd_claim_match *claims;
    size_t n_claims;
    const char *const *public_paths;
    size_t n_public_paths;
    const struct hd_at *at;
};
struct hd_backend_tls {
    const char *hostname;
    const char *ca_certificates;
    const struct hd_at *at;
};
struct hd_exposure {
    const char *path;
    const char *host;
    const char *const *hosts;
    size_t n_hosts;
    enum hd_path_type path_type;
    const char *port;
    const char *gateway;
    const char *const *methods;
    size_t n_methods;
    const struct hd_header_match *headers;
    size_t n_headers;
    const struct hd_query_match *query_params;
    size_t n_query_params;
    struct hd_rewrite rewrite;
    struct hd_redirect redirect;
    struct hd_direct_response direct_response;
    const struct hd_destination *destinations;
    size_t n_destinations;
    const char *timeout;
    struct hd_retries retries;
    struct hd_fault fault;
    struct hd_mirror mirror;
    struct hd_cors_policy cors_policy;
    struct hd_header_changes request_headers;
    struct hd_header_changes response_headers;
    struct hd_jwt jwt;
    struct hd_backend_tls backend_tls;
    const struct hd_at *at;
};
#endif
