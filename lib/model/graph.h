/*
 * Who talks to whom. Calls, exposure and the platform's own traffic are edges alike, each with a reason. A family of
 * manifests that brings traffic of its own adds edges; what is emitted from the graph knows no family by name.
 */
#ifndef HD_MODEL_GRAPH_H
#define HD_MODEL_GRAPH_H

#include "../core/arena.h"

#include <hybriddeploy/model.h>

struct hd_model;

/* One end of an edge: a service of the application, or pods and addresses outside. */
struct peer {
    const char *name;
    const struct hd_service *service; /* NULL for what lies outside */
    const char *namespace_name;       /* NULL when it has addresses alone */
    const struct hd_pair *pod_labels;
    size_t n_pod_labels;
    const char *const *cidrs;
    size_t n_cidrs;
};

/* A port of the pods at the callee's end. */
struct edge_port {
    int64_t number;
    bool is_udp;
};

struct edge {
    const struct peer *from, *to;
    const struct edge_port *ports;
    size_t n_ports;
    /* "call", "metrics", "gateway", "dns", "telemetry", or the type of a Service that is open to the outside. */
    const char *reason;
};

struct graph {
    /* One peer for each service and external; and those of the platform. */
    struct peer *services, *externals;
    struct peer dns, gateway, prometheus, collector;
    struct edge *edges;
    size_t n_edges;
    /* Indices of edges by service: those of service i stand at [starts[i], starts[i + 1]). */
    uint32_t *in, *in_starts, *out, *out_starts;
};

/* Builds the graph of a model whose services are complete. */
void graph_build(struct hd_model *model);

/* The edges into and out of a service. */
size_t graph_n_in(const struct hd_model *model, const struct hd_service *service);
const struct edge *graph_in(const struct hd_model *model, const struct hd_service *service, size_t index);
size_t graph_n_out(const struct hd_model *model, const struct hd_service *service);
const struct edge *graph_out(const struct hd_model *model, const struct hd_service *service, size_t index);

/* What a call leads to: a service or an external; both NULL when the name is nobody's. */
struct callee {
    const struct hd_service *service;
    const struct hd_external *external;
};
struct callee graph_callee(const struct hd_model *model, const char *name);

#endif
