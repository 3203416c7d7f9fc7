#ifndef HYBRIDDEPLOY_MODEL_MESH_H
#define HYBRIDDEPLOY_MODEL_MESH_H
#include <hybriddeploy/model/container.h>
#include <hybriddeploy/model/gateway.h>
enum hd_mesh_mode { HD_MESH_MODE_UNSET = 0, HD_MESH_OFF, HD_MESH_SIDECAR, HD_MESH_AMBIENT };
enum hd_outbound_mode { HD_OUTBOUND_MODE_UNSET = 0, HD_OUTBOUND_REGISTRY_ONLY, HD_OUTBOUND_ALLOW_ANY };
struct hd_mesh_proxy {
    struct hd_resources resources;
    enum hd_bool native_sidecar;
    enum hd_bool hold_application_until_proxy_starts;
    const char *termination_drain_duration;
    const struct hd_at *at;
};
struct hd_mesh {
    enum hd_mesh_mode mode;
    const char *istio_version;
    const char *revision;
    const char *trust_domain;
    enum hd_mtls_mode mtls;
    enum hd_outbound_mode outbound_traffic_policy;
    enum hd_bool cni;
    struct hd_mesh_proxy proxy;
    enum hd_routing routing;
    const char *gateway_api_version;
    const struct hd_gateway *gateways;
    size_t n_gateways;
    const struct hd_jwt_issuer *jwt_issuers;
    size_t n_jwt_issuers;
    const struct hd_at *at;
};
struct hd_service_mesh {
    enum hd_bool enabled;
    enum hd_mtls_mode mtls;
    struct hd_mesh_proxy proxy;
    const struct hd_at *at;
};
#endif
