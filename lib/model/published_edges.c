/* The graph as programs see it. */
#include "graph.h"

#include "model.h"

#include <stdatomic.h>
#include <stdlib.h>

static enum hd_peer_kind kind_of(const struct hd_app *app, const struct peer *peer)
{
    if (peer->service)
        return HD_PEER_SERVICE;
    if (peer->is_own)
        return HD_PEER_OWN;
    if (peer->is_caller)
        return HD_PEER_CALLER;
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
    published->in_mesh = peer->in_mesh;
    published->namespace_name = peer->service ? model->app->namespace_name : peer->namespace_name;
    return published;
}

/* The edges, and behind them the peers, in one block; NULL when memory ran out. */
static struct hd_edge *publish(const struct hd_model *model)
{
    const struct graph *graph = &model->graph;
    struct hd_edge *edges = calloc(1, graph->n_edges * sizeof *edges + graph->n_peers * sizeof(struct hd_peer));
    struct hd_peer *peers = edges ? (struct hd_peer *)(void *)(edges + graph->n_edges) : NULL;

    for (size_t i = 0; edges && i < graph->n_edges; i++) {
        const struct edge *edge = &graph->edges[i];
        struct wanted wanted;

        edges[i] = (struct hd_edge){.from = publish_peer(model, peers, edge->from),
                                    .to = publish_peer(model, peers, edge->to),
                                    .ports = edge->ports,
                                    .n_ports = edge->n_ports,
                                    .reason = edge->reason,
                                    .in_network = (edge->layer & (LAYER_NETWORK | LAYER_CILIUM)) != 0,
                                    .in_mesh = (edge->layer & LAYER_MESH) != 0,
                                    .by = publish_peer(model, peers, edge->by)};
        if (!edges[i].in_mesh)
            continue;
        wanted = edge_wants(edge);
        edges[i].methods = wanted.methods;
        edges[i].n_methods = wanted.n_methods;
        edges[i].paths = wanted.paths;
        edges[i].n_paths = wanted.n_paths;
    }
    return edges;
}

size_t hd_model_n_edges(const struct hd_model *model)
{
    return model ? model->graph.n_edges : 0;
}

const struct hd_edge *hd_model_edge(const struct hd_model *model, size_t index)
{
    _Atomic(struct hd_edge *) *place;
    struct hd_edge *edges, *made = NULL;

    if (index >= hd_model_n_edges(model))
        return NULL;
    /* The model stays as it is; that programs asked for its edges is noted beside it. */
    place = (_Atomic(struct hd_edge *) *)&model->graph.published;
    edges = atomic_load(place);
    if (!edges) {
        made = publish(model);
        if (!made)
            return NULL;
        /* Another thread may have made them meanwhile. */
        if (atomic_compare_exchange_strong(place, &edges, made)) /* GCOVR_EXCL_LINE: the other way needs two threads at once */
            edges = made;
        else
            free(made); /* GCOVR_EXCL_LINE: as above */
    }
    return &edges[index];
}
