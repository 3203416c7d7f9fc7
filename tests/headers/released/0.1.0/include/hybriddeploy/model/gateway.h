#ifndef HYBRIDDEPLOY_MODEL_GATEWAY_H
#define HYBRIDDEPLOY_MODEL_GATEWAY_H
#include <hybriddeploy/model/value.h>
enum hd_routing { HD_ROUTING_UNSET = 0, HD_ROUTING_ISTIO, HD_ROUTING_GATEWAY };
struct hd_certificate_issuer {
    const char *name;
    const char *kind;
    const char *group;
    const struct hd_at *at;
};
struct hd_gateway_tls {
    const char *credential_name;
    struct hd_certificate_issuer issuer;
    const char *mode;
    const char *min_protocol_version;
    const struct hd_at *at;
};
struct hd_gateway {
    const char *name;
    const struct hd_pair *selector;
    size_t n_selector;
    const char *gateway_class_name;
    const char *const *hosts;
    size_t n_hosts;
    struct hd_gateway_tls tls;
    enum hd_bool https_redirect;
    const struct hd_at *at;
};
struct hd_jwt_issuer {
    const char *name;
    const char *issuer;
    const char *jwks_uri;
    const char *const *audiences;
    size_t n_audiences;
    const char *output_payload_to_header;
    enum hd_bool forward_original_token;
    const struct hd_at *at;
};
#endif
