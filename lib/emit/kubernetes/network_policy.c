/* NetworkPolicy: nothing is allowed but the edges of the graph. */
#include "kinds.h"
#include "labels.h"

static void plan_app(struct hd_model *model, const struct plan_row *row)
{
    if (model->app->name)
        plan_add(model, row, arena_printf(&model->arena, "%s-default-deny", model->app->name), NULL, NULL);
}

static void plan_service(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    plan_add(model, row, service->name, service, NULL);
}

/* A namespace and pods in one element must both hold; elements of the list are alternatives. */
static void emit_peer(struct yaml_out *y, const char *key, const struct hd_model *model, const struct peer *peer)
{
    SEQ(y, key) {
        if (peer->service)
            ITEM(y)
                MAP(y, "podSelector")
                    emit_selector(y, "matchLabels", model, peer->service);
        if (peer->namespace_name)
            ITEM(y) {
                MAP(y, "namespaceSelector")
                    MAP(y, "matchLabels")
                        y_str(y, "kubernetes.io/metadata.name", peer->namespace_name);
                MAP(y, "podSelector")
                    y_pairs(y, "matchLabels", peer->pod_labels, peer->n_pod_labels);
            }
        for (size_t i = 0; i < peer->n_cidrs; i++)
            ITEM(y)
                MAP(y, "ipBlock")
                    y_str(y, "cidr", peer->cidrs[i]);
    }
}

static void emit_ports(struct yaml_out *y, const struct edge *edge)
{
    for (size_t i = 0; i < edge->n_ports; i++)
        ITEM(y) {
            y_str(y, "protocol", edge->ports[i].is_udp ? "UDP" : "TCP");
            y_int(y, "port", edge->ports[i].number);
        }
}

typedef const struct edge *edge_getter(const struct hd_model *model, const struct hd_service *service, size_t index);

/* One rule for each peer: its edges follow each other. */
static void emit_rules(struct yaml_out *y, const struct subject *subject, bool incoming, size_t n_edges, edge_getter *get)
{
    const struct peer *peer = NULL;
    size_t i = 0;

    SEQ(y, incoming ? "ingress" : "egress")
        while (i < n_edges) {
            const struct edge *edge = get(subject->model, subject->service, i);

            peer = incoming ? edge->from : edge->to;
            ITEM(y) {
                emit_peer(y, incoming ? "from" : "to", subject->model, peer);
                SEQ(y, "ports")
                    while (edge && (incoming ? edge->from : edge->to) == peer) {
                        emit_ports(y, edge);
                        edge = ++i < n_edges ? get(subject->model, subject->service, i) : NULL;
                    }
            }
        }
}

/* Both directions are named even without rules, and so stay closed. */
static void emit_types(struct yaml_out *y)
{
    SEQ(y, "policyTypes") {
        y_str(y, NULL, "Ingress");
        y_str(y, NULL, "Egress");
    }
}

static void emit(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_service *service = subject->service;

    MAP(y, "spec") {
        if (service)
            MAP(y, "podSelector")
                emit_selector(y, "matchLabels", subject->model, service);
        else
            y_empty_map(y, "podSelector");
        emit_types(y);
        if (service) {
            emit_rules(y, subject, true, graph_n_in(subject->model, service), graph_in);
            emit_rules(y, subject, false, graph_n_out(subject->model, service), graph_out);
        }
    }
}

const struct plan_row network_policy_row = {
    .step = 40,
    .info = {"networking.k8s.io", "v1", "NetworkPolicy", "kubernetes", "one that denies everything, and one for each service"},
    .plan_app = plan_app,
    .plan_service = plan_service,
    .emit = emit,
};
