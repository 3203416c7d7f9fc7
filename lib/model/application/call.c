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
void resolve_calls(struct hd_model *model, struct hd_service *service)
{
    /* resolve_service() made sure that they are the service's own. */
    struct hd_call *calls = (struct hd_call *)(uintptr_t)service->calls;

    for (size_t i = 0; i < service->n_calls; i++) {
        struct callee callee = graph_callee(model, text_or(calls[i].to, ""));

        if (!calls[i].port && callee.service && only_port(callee.service))
            calls[i].port = only_port(callee.service)->name;
        if (!calls[i].port && callee.external && callee.external->n_ports == 1)
            calls[i].port = callee.external->ports[0].name;
        if (!calls[i].port && callee.external && find_neighbour(model, calls[i].to))
            calls[i].port = find_neighbour(model, calls[i].to)->port;
        for (size_t f = 0; f < N_FAMILIES; f++)
            if (families[f]->resolve_call)
                families[f]->resolve_call(model, &calls[i]);
    }
}
