/* Calls between services, and metrics. */
#include "core/tables/field.h"
#include "core/text/among.h"
#include "model/family.h"
#include "model/neighbour.h"
#include "model/port.h"
#include "model/resolve.h"
#include "model/runtime.h"
#include "model/tables.h"

#define T hd_call
static const struct hd_field call_fields[] = {
    STR("to", to, .required = true),
    IOS("port", port, .format = &format_port_ref),
    STRS("methods", methods, .format = &format_method, .mesh = IN_MESH),
    STRS("paths", paths, .format = &format_call_path, .mesh = IN_MESH),
    STR("timeout", timeout, .format = &format_mesh_duration, .mesh = WITH_SIDECARS),
    STR("version", version, .format = &format_dns_label, .mesh = WITH_SIDECARS),
    OBJ("retries", retries, hd_retries, .mesh = WITH_SIDECARS),
    OBJ("trafficPolicy", traffic_policy, hd_call_policy, .mesh = WITH_SIDECARS),
};
const struct hd_struct hd_call_struct = STRUCT(call_fields, .scalar = "to");
#undef T

/* A call to a service with one port, those for metrics left aside, or to an external with one port, means that port. */
static void resolve_call(struct hd_model *model, struct hd_call *call)
{
    struct callee callee = graph_callee(model, text_or(call->to, ""));

    if (!call->port && callee.service && only_port(callee.service))
        call->port = only_port(callee.service)->name;
    if (!call->port && callee.external && callee.external->n_ports == 1)
        call->port = callee.external->ports[0].name;
    if (!call->port && callee.external && find_neighbour(model, call->to))
        call->port = find_neighbour(model, call->to)->port;
    for (size_t f = 0; f < N_FAMILIES; f++)
        if (families[f]->resolve_call)
            families[f]->resolve_call(model, call);
}

void resolve_calls(struct hd_model *model, struct hd_service *service, bool of_neighbours)
{
    /* resolve_service() made sure that they are the service's own. */
    struct hd_call *calls = (struct hd_call *)(uintptr_t)service->calls;

    for (size_t i = 0; i < service->n_calls; i++)
        if (of_neighbours == is_of_neighbour(&calls[i]))
            resolve_call(model, &calls[i]);
}
