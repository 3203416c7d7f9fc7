#include "kinds.h"

#include <string.h>

static const struct kind kinds[] = {
    {.group = "", .name = "Namespace", .is_global = true, .read = read_namespace},
    {.group = "", .name = "Pod", .read = read_pod},
    {.group = "", .name = "ReplicationController", .read = read_controller},
    {.group = "", .name = "Service", .read = read_service},
    {.group = "apps", .name = "DaemonSet", .read = read_controller},
    {.group = "apps", .name = "Deployment", .read = read_controller},
    {.group = "apps", .name = "ReplicaSet", .read = read_controller},
    {.group = "apps", .name = "StatefulSet", .read = read_controller},
    {.group = "argoproj.io", .name = "Rollout", .read = read_controller},
    {.group = "batch", .name = "CronJob", .read = read_cron_job},
    {.group = "batch", .name = "Job", .read = read_controller},
    {.group = "gateway.networking.k8s.io", .name = "GRPCRoute", .read = read_gateway_route},
    {.group = "gateway.networking.k8s.io", .name = "Gateway", .read = read_gateway},
    {.group = "gateway.networking.k8s.io", .name = "HTTPRoute", .read = read_gateway_route},
    {.group = "gateway.networking.k8s.io", .name = "TCPRoute", .read = read_gateway_route},
    {.group = "gateway.networking.k8s.io", .name = "TLSRoute", .read = read_gateway_route},
    {.group = "gateway.networking.k8s.io", .name = "UDPRoute", .read = read_gateway_route},
    {.group = "keda.sh", .name = "ScaledJob", .read = read_scaled_job},
    {.group = "networking.istio.io", .name = "ServiceEntry", .read = read_service_entry},
    {.group = "networking.istio.io", .name = "Sidecar", .read = read_sidecar},
    {.group = "networking.istio.io", .name = "VirtualService", .read = read_virtual_service},
    {.group = "networking.k8s.io", .name = "Ingress", .read = read_ingress},
    {.group = "networking.k8s.io", .name = "NetworkPolicy", .read = read_network_policy},
    {.group = "route.openshift.io", .name = "Route", .read = read_route},
    {.group = "security.istio.io", .name = "AuthorizationPolicy", .read = read_authorization_policy},
    {.group = "security.istio.io", .name = "PeerAuthentication", .read = read_peer_authentication},
};

const struct kind *kind_named(const char *group, const char *name)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (*kinds[i].name == *name && !strcmp(kinds[i].name, name) && !strcmp(kinds[i].group, group))
            return &kinds[i];
    return NULL;
}

bool hd_cluster_reads(const char *group, const char *kind)
{
    return group && kind && kind_named(group, kind);
}
