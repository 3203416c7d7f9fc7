/* CiliumNetworkPolicy: hosts, and entities of Cilium, which no NetworkPolicy can name. What both kinds of policies allow adds up. */
#include "kinds.h"
#include "network_policy.h"
#include "plan/labels.h"

#include <stdio.h>
#include <string.h>

static bool needs_policy(const struct hd_model *model, const struct peer *self)
{
    bool is_needed = false;

    for (size_t i = 0; i < peer_n_in(model, self); i++)
        is_needed |= (peer_in(model, self, i)->layer & LAYER_CILIUM) != 0;
    for (size_t i = 0; i < peer_n_out(model, self); i++)
        is_needed |= (peer_out(model, self, i)->layer & LAYER_CILIUM) != 0;
    return is_needed;
}

static void plan_policy_of_own(struct hd_model *model, const struct plan_row *row)
{
    for (size_t i = 0; i < model->graph.n_own; i++)
        if (needs_policy(model, model->graph.own[i]))
            plan_add(model, row, model->graph.own[i]->name, NULL, model->graph.own[i]);
}

static void plan_policy_of_service(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    if (needs_policy(model, graph_service_peer(model, service)))
        plan_add(model, row, service->name, service, NULL);
}

static void emit_port(struct yaml_out *y, const struct hd_edge_port *port)
{
    char number[12];

    ITEM(y) {
        snprintf(number, sizeof number, "%d", (int)port->number);
        y_str(y, "port", number);
        y_str(y, "protocol", port->is_udp ? "UDP" : "TCP");
    }
}

static void emit_host(struct yaml_out *y, const char *host)
{
    SEQ(y, "toFQDNs")
        ITEM(y)
            y_str(y, *host == '*' ? "matchPattern" : "matchName", host);
}

static void emit_rule(struct yaml_out *y, const struct side *side, const struct peer *far, size_t first, size_t end)
{
    ITEM(y) {
        if (far->host)
            emit_host(y, far->host);
        else
            SEQ(y, side->is_incoming ? "fromEntities" : "toEntities")
                y_str(y, NULL, far->entity);
        SEQ(y, "toPorts")
            ITEM(y)
                emit_side_ports(y, side, first, end);
    }
}

/* A namespace is a label of its pods here. (Cilium: policies across namespaces) */
static void emit_pods(struct yaml_out *y, const struct peer *far)
{
    SEQ(y, "toEndpoints")
        ITEM(y)
            MAP(y, "matchLabels") {
                y_str(y, "k8s:io.kubernetes.pod.namespace", far->namespace_name);
                for (size_t i = 0; i < far->n_pod_labels; i++)
                    y_str(y, far->pod_labels[i].name, far->pod_labels[i].value);
            }
}

/*
 * Lets Cilium's proxy see the lookups, because it takes the addresses of hosts from the answers. All names may be looked up, as the
 * NetworkPolicy has it; programs also ask for names with each of the cluster's suffixes. (Cilium: DNS based policies)
 */
static void emit_lookups(struct yaml_out *y, const struct side *side, const struct peer *far, size_t first, size_t end)
{
    if (strcmp(side_edge(side, first)->reason, "dns") != 0)
        return;
    /* One rule names pods or addresses. */
    for (int by_address = !far->namespace_name; by_address <= (far->n_cidrs > 0); by_address++)
        ITEM(y) {
            if (by_address)
                y_strs(y, "toCIDR", far->cidrs, far->n_cidrs);
            else
                emit_pods(y, far);
            SEQ(y, "toPorts")
                ITEM(y) {
                    emit_side_ports(y, side, first, end);
                    MAP(y, "rules")
                        SEQ(y, "dns")
                            ITEM(y)
                                y_str(y, "matchPattern", "*");
                }
        }
}

static bool calls_hosts(const struct hd_model *model, const struct peer *self)
{
    bool any = false;

    for (size_t i = 0; i < peer_n_out(model, self); i++)
        any |= peer_out(model, self, i)->to->host != NULL;
    return any;
}

static void emit_cilium_policy(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_model *model = subject->model;
    const struct peer *self = subject->service ? graph_service_peer(model, subject->service) : subject->object;
    struct side side = {model, self, true, LAYER_CILIUM, emit_rule, emit_port};

    MAP(y, "spec") {
        emit_labels_of(y, "endpointSelector", model, self);
        SEQ(y, "ingress")
            emit_side(y, &side);
        side.is_incoming = false;
        SEQ(y, "egress") {
            if (calls_hosts(model, self))
                emit_side(y, &(struct side){model, self, false, LAYER_NETWORK, emit_lookups, emit_port});
            emit_side(y, &side);
        }
    }
}

const struct plan_row cilium_network_policy_row = {
    .step = 40,
    .info = {"cilium.io", "v2", "CiliumNetworkPolicy", "kubernetes", "with Cilium, for pods that talk to what no NetworkPolicy can name"},
    .plan_app = plan_policy_of_own,
    .plan_service = plan_policy_of_service,
    .emit = emit_cilium_policy,
};
