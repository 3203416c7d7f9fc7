/* CiliumNetworkPolicy: lets in Cilium's own gateway, which no NetworkPolicy can name. Both kinds of policies add up. */
#include "kinds.h"
#include "model/graph.h"
#include "model/model.h"
#include "plan/labels.h"

#include <stdio.h>

static void plan_cilium_policy(struct hd_model *model, const struct plan_row *row, const struct hd_service *service)
{
    for (size_t i = 0; i < graph_n_in(model, service); i++)
        if (graph_in(model, service, i)->layer == LAYER_ENTITY) {
            plan_add(model, row, service->name, service, NULL);
            return;
        }
}

static void emit_ports(struct yaml_out *y, const struct edge *edge)
{
    char number[12];

    for (size_t i = 0; edge->layer == LAYER_ENTITY && i < edge->n_ports; i++)
        ITEM(y) {
            snprintf(number, sizeof number, "%d", (int)edge->ports[i].number);
            y_str(y, "port", number);
            y_str(y, "protocol", "TCP");
        }
}

static void emit_cilium_policy(struct yaml_out *y, const struct subject *subject)
{
    const struct hd_model *model = subject->model;

    MAP(y, "spec") {
        MAP(y, "endpointSelector")
            emit_selector(y, "matchLabels", model, subject->service);
        SEQ(y, "ingress")
            ITEM(y) {
                SEQ(y, "fromEntities")
                    y_str(y, NULL, "ingress");
                SEQ(y, "toPorts")
                    ITEM(y)
                        SEQ(y, "ports")
                            for (size_t i = 0; i < graph_n_in(model, subject->service); i++)
                                emit_ports(y, graph_in(model, subject->service, i));
            }
    }
}

const struct plan_row cilium_network_policy_row = {
    .step = 40,
    .info = {"cilium.io", "v2", "CiliumNetworkPolicy", "gateway", "with gateway.className cilium, for each service that is exposed"},
    .plan_service = plan_cilium_policy,
    .emit = emit_cilium_policy,
};
