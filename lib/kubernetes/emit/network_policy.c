/* NetworkPolicy: nothing is allowed but the edges of the graph. */
#include "network_policy.h"

#include "kinds.h"
#include "plan/labels.h"

static void plan_own(struct hd_model *model, const struct plan_row *row)
{
    for (size_t i = 0; i < model->graph.n_own; i++)
        plan_add(model, row, model->graph.own[i]->name, NULL, model->graph.own[i]);
}

static void plan_network_policy_of_app(struct hd_model *model, const struct plan_row *row)
{
    if (model->app->name)
        plan_add(model, row, arena_printf(&model->arena, "%s-default-deny", model->app->name), NULL, NULL);
    plan_own(model, row);
}

static void plan_network_policy_of_service(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    plan_add(model, row, service->name, service, NULL);
}

void emit_labels_of(struct yaml_out *y, const char *key, const struct hd_model *model, const struct peer *peer)
{
    MAP(y, key) {
        if (peer->service)
            emit_selector(y, "matchLabels", model, peer->service);
        else
            y_pairs(y, "matchLabels", peer->pod_labels, peer->n_pod_labels);
    }
}

/* A namespace and pods in one element must both hold; elements of the list are alternatives. */
static void emit_peer(struct yaml_out *y, const char *key, const struct hd_model *model, const struct peer *peer)
{
    SEQ(y, key) {
        if (peer->service || peer->namespace_name)
            ITEM(y) {
                if (!peer->service && !peer->is_own)
                    MAP(y, "namespaceSelector")
                        MAP(y, "matchLabels")
                            y_str(y, "kubernetes.io/metadata.name", peer->namespace_name);
                emit_labels_of(y, "podSelector", model, peer);
            }
        for (size_t i = 0; i < peer->n_cidrs; i++)
            ITEM(y)
                MAP(y, "ipBlock")
                    y_str(y, "cidr", peer->cidrs[i]);
    }
}

const struct edge *side_edge(const struct side *side, size_t index)
{
    return side->is_incoming ? peer_in(side->model, side->self, index) : peer_out(side->model, side->self, index);
}

static const struct peer *far_end(const struct side *side, size_t index)
{
    const struct edge *edge = side_edge(side, index);

    return side->is_incoming ? edge->from : edge->to;
}

/*
 * Whether an edge of the same rule, from `first` on, has the port already: what goes through one tunnel has one port. Of the `last`
 * edge only the ports before it count; edges may share one list.
 */
static bool has_port(const struct side *side, size_t first, size_t last, size_t index)
{
    const struct hd_edge_port *port = &side_edge(side, last)->ports[index];

    for (size_t i = first; i <= last; i++) {
        const struct edge *edge = side_edge(side, i);

        for (size_t k = 0; k < (i == last ? index : edge->n_ports) && edge->layer & side->layer; k++)
            if (edge->ports[k].number == port->number && edge->ports[k].is_udp == port->is_udp)
                return true;
    }
    return false;
}

static void emit_port(struct yaml_out *y, const struct hd_edge_port *port)
{
    ITEM(y) {
        y_str(y, "protocol", port->is_udp ? "UDP" : "TCP");
        y_int(y, "port", port->number);
    }
}

void emit_side_ports(struct yaml_out *y, const struct side *side, size_t first, size_t end)
{
    SEQ(y, "ports")
        for (size_t i = first; i < end; i++) {
            const struct edge *edge = side_edge(side, i);

            for (size_t k = 0; k < edge->n_ports && edge->layer & side->layer; k++)
                if (!has_port(side, first, i, k))
                    side->emit_port(y, &edge->ports[k]);
        }
}

void emit_side(struct yaml_out *y, const struct side *side)
{
    size_t n = side->is_incoming ? peer_n_in(side->model, side->self) : peer_n_out(side->model, side->self), end;

    for (size_t first = 0; first < n; first = end) {
        bool any = false;

        for (end = first; end < n && far_end(side, end) == far_end(side, first); end++)
            any |= (side_edge(side, end)->layer & side->layer) != 0;
        if (any)
            side->emit_rule(y, side, far_end(side, first), first, end);
    }
}

static void emit_rule(struct yaml_out *y, const struct side *side, const struct peer *far, size_t first, size_t end)
{
    ITEM(y) {
        emit_peer(y, side->is_incoming ? "from" : "to", side->model, far);
        emit_side_ports(y, side, first, end);
    }
}

static void emit_rules(struct yaml_out *y, const struct hd_model *model, const struct peer *self, bool is_incoming)
{
    SEQ(y, is_incoming ? "ingress" : "egress")
        emit_side(y, &(struct side){model, self, is_incoming, LAYER_NETWORK, emit_rule, emit_port});
}

/* Both directions are named even without rules, and so stay closed. */
static void emit_types(struct yaml_out *y)
{
    SEQ(y, "policyTypes") {
        y_str(y, NULL, "Ingress");
        y_str(y, NULL, "Egress");
    }
}

static void emit_network_policy(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_model *model = subject->model;
    const struct peer *self = subject->service ? graph_service_peer(model, subject->service) : subject->object;

    MAP(y, "spec") {
        if (self)
            emit_labels_of(y, "podSelector", model, self);
        else
            y_empty_map(y, "podSelector");
        emit_types(y);
        if (self) {
            emit_rules(y, model, self, true);
            emit_rules(y, model, self, false);
        }
    }
}

const struct plan_row network_policy_row = {
    .step = 40,
    .info = {"networking.k8s.io", "v1", "NetworkPolicy", "kubernetes", "one that denies everything, and one for each service"},
    .plan_app = plan_network_policy_of_app,
    .plan_service = plan_network_policy_of_service,
    .emit = emit_network_policy,
};
