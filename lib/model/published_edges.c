/* The graph as programs see it. */
#include "graph.h"

#include "model.h"

static enum hd_peer_kind kind_of(const struct hd_app *app, const struct peer *peer)
{
    if (peer->service)
        return HD_PEER_SERVICE;
    if (peer->is_own)
        return HD_PEER_OWN;
    /* Externals follow the services. */
    return peer->index < app->n_services + app->n_externals ? HD_PEER_EXTERNAL : HD_PEER_PLATFORM;
}

static const struct hd_peer *publish_peer(const struct hd_model *model, struct hd_peer *peers, const struct peer *peer)
{
    struct hd_peer *published;

    if (!peer)
        return NULL;
    published = &peers[peer->index];
    published->kind = kind_of(model->app, peer);
    published->name = peer->name;
    published->namespace_name = peer->service ? model->app->namespace_name : peer->namespace_name;
    return published;
}

void graph_publish(struct hd_model *model)
{
    struct graph *graph = &model->graph;
    struct hd_peer *peers = arena_array(&model->arena, graph->n_peers, sizeof *peers);

    graph->published = arena_array(&model->arena, graph->n_edges, sizeof *graph->published);
    for (size_t i = 0; i < graph->n_edges; i++) {
        const struct edge *edge = &graph->edges[i];

        graph->published[i] = (struct hd_edge){.from = publish_peer(model, peers, edge->from),
                                               .to = publish_peer(model, peers, edge->to),
                                               .ports = edge->ports,
                                               .n_ports = edge->n_ports,
                                               .reason = edge->reason,
                                               .in_network = (edge->layer & LAYER_NETWORK) != 0,
                                               .in_mesh = (edge->layer & LAYER_MESH) != 0,
                                               .by = publish_peer(model, peers, edge->by)};
    }
}

size_t hd_model_n_edges(const struct hd_model *model)
{
    return model ? model->graph.n_edges : 0;
}

const struct hd_edge *hd_model_edge(const struct hd_model *model, size_t index)
{
    return index < hd_model_n_edges(model) ? &model->graph.published[index] : NULL;
}
