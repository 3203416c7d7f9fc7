/** Exposure of a service to the outside, and changes to its requests. */
#ifndef HYBRIDDEPLOY_MODEL_ROUTE_H
#define HYBRIDDEPLOY_MODEL_ROUTE_H

#include <hybriddeploy/model/traffic.h>

/** How a path is matched. */
enum hd_path_type { HD_PATH_TYPE_UNSET = 0, HD_PATH_PREFIX, HD_PATH_EXACT, HD_PATH_REGULAR_EXPRESSION };

/** A header that a request must have; without a value it only must be there. */
struct hd_header_match {
    /** Name of the header, in lower case. */
    const char *name;
    /** The whole value. */
    const char *exact;
    /** Beginning of the value. */
    const char *prefix;
    /** RE2 expression for the whole value. */
    const char *regex;
    const struct hd_at *at;
};

/** A query parameter that a request must have. */
struct hd_query_match {
    /** Name of the parameter. */
    const char *name;
    /** The whole value. */
    const char *exact;
    /** RE2 expression for the whole value. */
    const char *regex;
    const struct hd_at *at;
};

/** Values that replace those of the request before it reaches the service. */
struct hd_rewrite {
    /** Path in place of the matched one; behind a prefix the rest of the path stays. */
    const char *uri;
    /** Host name in place of the one that was asked for. */
    const char *authority;
    const struct hd_at *at;
};

/** An answer that sends the client elsewhere; at least one of uri, authority, scheme and port. */
struct hd_redirect {
    /** Whole new path. Default: the old one, because a redirect changes only what it names. */
    const char *uri;
    /** New host name. Default: the old one, because a redirect changes only what it names. */
    const char *authority;
    /** http or https. Default: the old one, because a redirect changes only what it names. */
    const char *scheme;
    /** New port, 1 to 65535. Default: that of the scheme, because clients ask there. */
    int64_t port;
    /** Status of the answer: 301, 302, 303, 307 or 308. Default: 301, because a redirect that stands in a model is permanent. */
    int64_t redirect_code;
    const struct hd_at *at;
};

/** An answer of the gateway itself. */
struct hd_direct_response {
    /** HTTP status, 200 to 599. */
    int64_t status;
    /** Text of the answer. Default: empty, because the status says enough to programs. */
    const char *body;
    const struct hd_at *at;
};

/** A delay before a request is passed on. */
struct hd_fault_delay {
    /** How long, from 1ms. */
    const char *fixed_delay;
    /** Share of the requests, 1 to 100. Default: 100, because a fault that is asked for is meant. */
    int64_t percentage;
    const struct hd_at *at;
};

/** A failure in place of the service's answer. */
struct hd_fault_abort {
    /** HTTP status, 200 to 599. */
    int64_t http_status;
    /** gRPC status in words, such as UNAVAILABLE. */
    const char *grpc_status;
    /** Share of the requests, 1 to 100. Default: 100, because a fault that is asked for is meant. */
    int64_t percentage;
    const struct hd_at *at;
};

/** Faults made on purpose, to test how callers react: delay, abort or both. */
struct hd_fault {
    struct hd_fault_delay delay;
    struct hd_fault_abort abort;
    const struct hd_at *at;
};

/** A service that gets a copy of requests; its answers are dropped. */
struct hd_mirror {
    /** Name of a service of the application. */
    const char *to;
    /** Name or number of its port. Default: its first that is not for metrics, because people write the main one first. */
    const char *port;
    /** Share of the requests, 1 to 100. Default: 100, because a mirror that is asked for is meant. */
    int64_t percentage;
    const struct hd_at *at;
};

/** An origin from which browsers may call. */
struct hd_origin {
    /** The whole origin, such as https://shop.example.com; `*` is any. */
    const char *exact;
    /** Beginning of the origin. */
    const char *prefix;
    /** RE2 expression for the whole origin. */
    const char *regex;
    const struct hd_at *at;
};

/** Permissions of browsers on pages of other origins. (Istio: CorsPolicy) */
struct hd_cors_policy {
    /** Origins, at least one. */
    const struct hd_origin *allow_origins;
    size_t n_allow_origins;
    /** Methods, in capitals. */
    const char *const *allow_methods;
    size_t n_allow_methods;
    /** Headers that requests may have. */
    const char *const *allow_headers;
    size_t n_allow_headers;
    /** Headers of answers that scripts may read. */
    const char *const *expose_headers;
    size_t n_expose_headers;
    /**
     * How long a browser may remember this, in whole seconds such as 24h. Default: what the router says, 5s with mesh.routing gateway,
     * because it is the Gateway API's own.
     */
    const char *max_age;
    /** Whether cookies may be sent. Default: false, which is safe because pages of other origins cannot act as the user. */
    enum hd_bool allow_credentials;
    const struct hd_at *at;
};

/** Changes of headers. */
struct hd_header_changes {
    /** Headers to overwrite. */
    const struct hd_pair *set;
    size_t n_set;
    /** Headers to append. */
    const struct hd_pair *add;
    size_t n_add;
    /** Headers to remove. */
    const char *const *remove;
    size_t n_remove;
    const struct hd_at *at;
};

/** One of several services that share the requests. */
struct hd_destination {
    /** Name of a service of the application. */
    const char *to;
    /** Name or number of its port. Default: its first that is not for metrics, because people write the main one first. */
    const char *port;
    /** Share of the requests, 1 to 100; all of them make 100. */
    int64_t weight;
    const struct hd_at *at;
};

/** A claim of a token, with the values of which one must be there. */
struct hd_claim_match {
    /** Name of the claim; nested ones as outer][inner. */
    const char *name;
    /** Values, of which one is enough. */
    const char *const *values;
    size_t n_values;
    const struct hd_at *at;
};

/** The token that a request from outside must bring. */
struct hd_jwt {
    /** Name of an entry of mesh.jwtIssuers. Default: its only one, because no other can be meant. */
    const char *issuer;
    /** Claims that the token must have, all of them. */
    const struct hd_claim_match *claims;
    size_t n_claims;
    /** Paths below the exposed one that need no token; one that ends with * stands for all that begin so. */
    const char *const *public_paths;
    size_t n_public_paths;
    const struct hd_at *at;
};

/** TLS that a gateway speaks with a port of a service; it holds for all ways in to that port. (Gateway API: BackendTLSPolicy) */
struct hd_backend_tls {
    /** Host name that the gateway asks for, and that the service's certificate must show. */
    const char *hostname;
    /**
     * ConfigMap in the namespace whose ca.crt has the authority to trust. Default: the authorities of the gateway's system, which presumes
     * a certificate that the public trusts.
     */
    const char *ca_certificates;
    const struct hd_at *at;
};

/** A way in from outside. */
struct hd_exposure {
    /**
     * Path, beginning with `/`; with RegularExpression an RE2 expression for the whole path. Default: `/`, because an exposure that names
     * only a host means all of it.
     */
    const char *path;
    /** Host name; `*` is every one that no other exposure has. Default: the application's, because most exposures share its hosts. */
    const char *host;
    /** Several host names. Excludes host. Default: the application's, as for host. */
    const char *const *hosts;
    size_t n_hosts;
    /**
     * Prefix (of whole steps: /api matches /api and /api/x, not /apis), Exact or, in a mesh, RegularExpression. Default: Prefix, because an
     * application answers below its path too.
     */
    enum hd_path_type path_type;
    /** Name or number of a port of the service. Default: its first that is not for metrics, because people write the main one first. */
    const char *port;
    /** Name of an entry of mesh.gateways. Default: the first that has the host, so that a host has one way in. */
    const char *gateway;
    /**
     * Methods, in capitals, of which a request must have one. Default: any, which presumes that the service refuses what it does not know.
     */
    const char *const *methods;
    size_t n_methods;
    /** Headers that a request must have, all of them. */
    const struct hd_header_match *headers;
    size_t n_headers;
    /** Query parameters that a request must have, all of them. */
    const struct hd_query_match *query_params;
    size_t n_query_params;
    /**
     * The version of this service that gets the requests. Default: the one that the versions' own matches and weights choose, because they
     * hold for requests from outside too.
     */
    const char *version;
    struct hd_rewrite rewrite;
    struct hd_redirect redirect;
    struct hd_direct_response direct_response;
    /** Services that share the requests, by weight. Default: this service alone, because it is the one that is exposed. */
    const struct hd_destination *destinations;
    size_t n_destinations;
    /**
     * Time for the whole request with all its tries, from 1ms. Default: without end, because only its program knows how long an answer
     * takes.
     */
    const char *timeout;
    struct hd_retries retries;
    struct hd_fault fault;
    struct hd_mirror mirror;
    struct hd_cors_policy cors_policy;
    /** Changes of the request's headers. */
    struct hd_header_changes request_headers;
    /** Changes of the answer's headers. */
    struct hd_header_changes response_headers;
    struct hd_jwt jwt;
    struct hd_backend_tls backend_tls;
    const struct hd_at *at;
};

#endif
