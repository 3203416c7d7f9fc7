#include "pod.h"

#include "core/text/among.h"
#include "core/text/duration.h"
#include "model/mesh.h"
#include "model/port.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static void add(struct pair_room *room, const char *name, const char *value)
{
    if (value)
        room->pairs[room->n++] = (struct hd_pair){.name = name, .value = value};
}

static const char *amount(const struct hd_quantity *quantities, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (quantities[i].name && !strcmp(quantities[i].name, name))
            return quantities[i].amount;
    return NULL;
}

/* Where the proxy finds the application's metrics, to give them out with its own. (Istio: Prometheus, metrics merging) */
static void add_metrics(struct pair_room *room, const struct hd_model *model, const struct hd_service *service)
{
    bool has_own = service->metrics.enabled == HD_TRUE && service->metrics.port;
    const struct hd_port *port = has_own ? service_port(service, service->metrics.port) : NULL;

    /* Where no port of the service answers by HTTP, or the service sends its metrics, the proxy still gives out its own. */
    if (!port || !protocol_may_be_http(port->protocol) || port->protocol == HD_PROTOCOL_GRPC ||
        (model->app->platform.prometheus.enabled != HD_TRUE && !is_scraped(model->app, service)))
        return;
    snprintf(room->port, sizeof room->port, "%" PRId64, port->port);
    add(room, "prometheus.io/scrape", "true");
    add(room, "prometheus.io/port", room->port);
    add(room, "prometheus.io/path", text_or(service->metrics.path, "/metrics"));
}

/*
 * A proxy that is an ordinary container must be there before the others, and must not end before their last connection. A native
 * sidecar does both by itself.
 */
static void add_config(struct pair_room *room, const struct hd_service *service)
{
    const struct hd_mesh_proxy *proxy = &service->mesh.proxy;
    const struct hd_lifecycle_handler *stop = &service->container.lifecycle.pre_stop;
    int64_t drain = duration_us(proxy->termination_drain_duration), sleep = stop->enabled == HD_FALSE ? 0 : stop->sleep.seconds;
    char *text = room->config;
    size_t size = sizeof room->config, length = 0;
    char fraction[8] = "";

    if (drain % 1000000 > 0)
        snprintf(fraction, sizeof fraction, ".%06" PRId64, drain % 1000000);
    if (proxy->native_sidecar != HD_TRUE && proxy->hold_application_until_proxy_starts == HD_TRUE)
        length += (size_t)snprintf(text + length, size - length, "holdApplicationUntilProxyStarts: true\n");
    if (proxy->termination_drain_duration)
        /* Seconds, the only unit that is read here. */
        length += (size_t)snprintf(text + length, size - length, "terminationDrainDuration: %" PRId64 "%ss\n", drain / 1000000, fraction);
    else if (proxy->native_sidecar != HD_TRUE)
        length += (size_t)snprintf(text + length, size - length,
                                   "proxyMetadata:\n"
                                   "  EXIT_ON_ZERO_ACTIVE_CONNECTIONS: \"true\"\n"
                                   "  MINIMUM_DRAIN_DURATION: %" PRId64 "s\n",
                                   sleep ? sleep : 5);
    if (length)
        add(room, "proxy.istio.io/config", text);
}

struct pairs mesh_pod_annotations(struct pair_room *room, const struct hd_model *model, const struct hd_service *service)
{
    const struct hd_mesh_proxy *proxy = &service->mesh.proxy;
    const struct hd_resources *resources = &proxy->resources;

    room->n = 0;
    if (!service_has_proxy(model->app, service))
        return (struct pairs){NULL, 0};
    add_metrics(room, model, service);
    if (model->istio_minor >= ISTIO_NATIVE_SIDECAR)
        add(room, "sidecar.istio.io/nativeSidecar", proxy->native_sidecar == HD_TRUE ? "true" : "false");
    add(room, "sidecar.istio.io/proxyCPU", amount(resources->requests, resources->n_requests, "cpu"));
    add(room, "sidecar.istio.io/proxyMemory", amount(resources->requests, resources->n_requests, "memory"));
    add(room, "sidecar.istio.io/proxyCPULimit", amount(resources->limits, resources->n_limits, "cpu"));
    add(room, "sidecar.istio.io/proxyMemoryLimit", amount(resources->limits, resources->n_limits, "memory"));
    add_config(room, service);
    return (struct pairs){room->pairs, room->n};
}

struct pairs mesh_pod_labels(struct pair_room *room, const struct hd_model *model, const struct hd_service *service)
{
    static const struct hd_pair no_proxy[] = {{.name = "sidecar.istio.io/inject", .value = "false"}};
    static const struct hd_pair no_tunnel[] = {{.name = "istio.io/dataplane-mode", .value = "none"}};

    (void)room;
    if (!mesh_is_on(model->app) || service_in_mesh(model->app, service))
        return (struct pairs){NULL, 0};
    return (struct pairs){model->app->mesh.mode == HD_MESH_SIDECAR ? no_proxy : no_tunnel, 1};
}

size_t mesh_namespace_labels(const struct hd_model *model, struct hd_pair *room)
{
    const struct hd_mesh *mesh = &model->app->mesh;
    size_t n = 0;

    /* The revision concerns proxies, and so the waypoint alone. */
    if (mesh->mode == HD_MESH_AMBIENT)
        room[n++] = (struct hd_pair){.name = "istio.io/dataplane-mode", .value = "ambient"};
    if (mesh->mode == HD_MESH_SIDECAR && !mesh->revision)
        room[n++] = (struct hd_pair){.name = "istio-injection", .value = "enabled"};
    /* Of the two labels of injection, one silences the other. */
    if (mesh->mode == HD_MESH_SIDECAR && mesh->revision)
        room[n++] = (struct hd_pair){.name = "istio.io/rev", .value = mesh->revision};
    return n;
}
