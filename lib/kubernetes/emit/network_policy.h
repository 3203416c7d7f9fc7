/* Policies of the network: those of Kubernetes, and of Cilium for what these cannot name. */
#ifndef HD_KUBERNETES_EMIT_NETWORK_POLICY_H
#define HD_KUBERNETES_EMIT_NETWORK_POLICY_H

#include "model/model.h"

struct yaml_out;

/* The edges of one end, in one direction, that one kind of policy opens. */
struct side {
    const struct hd_model *model;
    const struct peer *self;
    bool is_incoming;
    enum edge_layer layer;
    /* Writes the rule of edges that follow each other and have one far end. */
    void (*emit_rule)(struct yaml_out *y, const struct side *side, const struct peer *far, size_t first, size_t end);
    void (*emit_port)(struct yaml_out *y, const struct hd_edge_port *port);
};

const struct edge *side_edge(const struct side *side, size_t index);
/* One rule for each far end. */
void emit_side(struct yaml_out *y, const struct side *side);
/* The ports of the edges of a rule, each once. */
void emit_side_ports(struct yaml_out *y, const struct side *side, size_t first, size_t end);
/* The labels of pods of the application. */
void emit_labels_of(struct yaml_out *y, const char *key, const struct hd_model *model, const struct peer *peer);

#endif
