/* ServiceEntry: callees outside the mesh's registry, by host or by address. */
#include "service_entry.h"

#include "kinds.h"
#include "model/port.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

const struct hd_external *external_of(const struct hd_model *model, const struct peer *peer)
{
    const struct peer *externals = model->graph.externals;

    return peer >= externals && peer < externals + model->app->n_externals ? &model->app->externals[peer - externals] : NULL;
}

/* Proxies do not handle UDP. */
static bool has_tcp(const struct hd_external *external)
{
    for (size_t i = 0; i < external->n_ports; i++)
        if (external->ports[i].protocol != HD_PROTOCOL_UDP)
            return true;
    return false;
}

bool peer_has_entry(const struct hd_model *model, const struct peer *peer)
{
    const struct hd_external *external = external_of(model, peer);

    return !peer->service && !peer->is_own && (peer->n_cidrs || peer->host) && (!external || has_tcp(external));
}

const char *entry_host(char text[ENTRY_HOST_SIZE], const struct hd_model *model, const struct peer *peer)
{
    const struct hd_external *external = external_of(model, peer);

    if (external && external->host)
        return external->host;
    /* hosts must not be empty, so externals with addresses alone get a name that is never resolved. */
    snprintf(text, ENTRY_HOST_SIZE, "%s%.63s.external", external ? "" : "platform-", peer->name);
    return text;
}

/* A port of the entry. */
struct entry_port {
    const char *name;
    int64_t number;
    enum hd_protocol protocol;
};

static const char *protocol_of(enum hd_protocol protocol)
{
    static const char *const words[] = {
        [HD_PROTOCOL_UNSET] = "TCP", [HD_PROTOCOL_HTTP] = "HTTP", [HD_PROTOCOL_HTTP2] = "HTTP2", [HD_PROTOCOL_HTTPS] = "HTTPS",
        [HD_PROTOCOL_GRPC] = "GRPC", [HD_PROTOCOL_GRPC_WEB] = "GRPC-Web", [HD_PROTOCOL_WEBSOCKET] = "HTTP", [HD_PROTOCOL_TCP] = "TCP",
        [HD_PROTOCOL_TLS] = "TLS", [HD_PROTOCOL_MONGO] = "MONGO", [HD_PROTOCOL_MYSQL] = "MYSQL", [HD_PROTOCOL_REDIS] = "REDIS",
        [HD_PROTOCOL_UDP] = "UDP",
    };

    return words[protocol];
}

/* By addresses alone, requests cannot be told from bytes: no host in them would be known. */
static enum hd_protocol entry_protocol(const struct hd_external *external, enum hd_protocol protocol)
{
    bool is_encrypted = protocol == HD_PROTOCOL_HTTPS || protocol == HD_PROTOCOL_TLS;

    return !external->host && protocol_names_host(protocol) && !is_encrypted ? HD_PROTOCOL_TCP : protocol;
}

static bool has_balancer(const struct hd_traffic_policy *policy)
{
    bool any = struct_is_set(&hd_load_balancer_struct, &policy->load_balancer);

    for (size_t i = 0; i < policy->n_port_level_settings; i++)
        any |= struct_is_set(&hd_load_balancer_struct, &policy->port_level_settings[i].load_balancer);
    return any;
}

/*
 * Whether the proxy looks the name up itself, which gives a load balancer addresses to choose from. Else a connection goes where the
 * service sent it, and only ranges of addresses say which connections are meant. Istio refuses ranges beside a lookup.
 */
static bool is_looked_up(const struct hd_external *external)
{
    if (!external || !external->host || *external->host == '*' || (external->n_cidrs && !has_balancer(&external->traffic_policy)))
        return false;
    for (size_t i = 0; i < external->n_ports; i++)
        if (external->ports[i].protocol != HD_PROTOCOL_UDP && !protocol_names_host(external->ports[i].protocol))
            return false;
    return true;
}

/* The `index`th port to which somebody connects by TCP, of those that differ; a peer of the platform has few. */
static int64_t called_port(const struct hd_model *model, const struct peer *peer, size_t index)
{
    enum { MOST_PORTS = 16 };
    int64_t seen[MOST_PORTS];
    size_t n_seen = 0;

    for (size_t i = 0; i < peer_n_in(model, peer); i++) {
        const struct edge *edge = peer_in(model, peer, i);

        for (size_t k = 0; k < edge->n_ports && n_seen < MOST_PORTS; k++) {
            bool is_new = !edge->ports[k].is_udp;

            for (size_t s = 0; s < n_seen; s++)
                is_new &= seen[s] != edge->ports[k].number;
            if (!is_new)
                continue;
            if (n_seen == index)
                return edge->ports[k].number;
            seen[n_seen++] = edge->ports[k].number;
        }
    }
    return 0;
}

static void plan_service_entry(struct hd_model *model, const struct plan_row *row)
{
    const struct graph *graph = &model->graph;

    if (model->app->mesh.mode != HD_MESH_SIDECAR)
        return;
    for (size_t i = 0; i < graph->n_platform; i++)
        if (peer_has_entry(model, graph->platform[i]) && called_port(model, graph->platform[i], 0))
            plan_add(model, row, arena_printf(&model->arena, "platform-%s", graph->platform[i]->name), NULL, graph->platform[i]);
    for (size_t i = 0; i < model->app->n_externals; i++)
        if (peer_has_entry(model, &graph->externals[i]) && called_port(model, &graph->externals[i], 0))
            plan_add(model, row, graph->externals[i].name, NULL, &graph->externals[i]);
}

static void emit_port(struct yaml_out *y, const char *name, int64_t number, enum hd_protocol protocol)
{
    if (protocol != HD_PROTOCOL_UDP)
        ITEM(y) {
            y_int(y, "number", number);
            y_str(y, "name", name);
            y_str(y, "protocol", protocol_of(protocol));
        }
}

static void emit_ports(struct yaml_out *y, const struct subject *subject, const struct hd_external *external)
{
    int64_t number;
    char name[24];

    SEQ(y, "ports") {
        for (size_t i = 0; external && i < external->n_ports; i++)
            emit_port(y, external->ports[i].name, external->ports[i].port, entry_protocol(external, external->ports[i].protocol));
        for (size_t i = 0; !external && (number = called_port(subject->model, subject->object, i)); i++) {
            snprintf(name, sizeof name, "tcp-%" PRId64, number);
            emit_port(y, name, number, HD_PROTOCOL_TCP);
        }
    }
}

static void emit_service_entry(struct yaml_out *y, const struct subject *subject)
{
    const struct peer *peer = subject->object;
    const struct hd_external *external = external_of(subject->model, peer);
    bool by_name = is_looked_up(external);
    char host[ENTRY_HOST_SIZE];
    const char *name = entry_host(host, subject->model, peer);

    MAP(y, "spec") {
        SEQ(y, "hosts")
            y_str(y, NULL, name);
        if (!by_name)
            y_strs(y, "addresses", peer->cidrs, peer->n_cidrs);
        emit_ports(y, subject, external);
        y_str(y, "location", "MESH_EXTERNAL");
        y_str(y, "resolution", by_name ? "DNS" : "NONE");
        SEQ(y, "exportTo")
            y_str(y, NULL, ".");
    }
}

const struct plan_row service_entry_row = {
    .step = 41,
    .info = {"networking.istio.io", "v1", "ServiceEntry", "istio", "in a mesh of sidecars, for an external outside of the cluster"},
    .version = istio_api_version,
    .plan_app = plan_service_entry,
    .emit = emit_service_entry,
};
