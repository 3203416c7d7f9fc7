/* Contracts: from a model, and as the neighbours of others. */
#include "contract.h"

#include "core/tables/field.h"
#include "core/text/among.h"
#include "core/writing/writer.h"
#include "model/derived.h"
#include "model/labels.h"
#include "model/mesh.h"
#include "model/neighbour.h"
#include "model/port.h"
#include "model/route.h"
#include "schema_values.h"

#include <hybriddeploy/workspace.h>
#include <string.h>

#define T hd_contract_port
static const struct hd_field port_fields[] = {
    STR("name", name, .required = true, .format = &format_port_name),
    INT("port", port, .required = true, .min = 1, .max = 65535),
    INT("servicePort", service_port, .required = true, .min = 1, .max = 65535),
    ENUM("protocol", protocol, hd_protocol),
    BOOL("strict", strict),
};
static const struct hd_struct hd_contract_port_struct = STRUCT(port_fields);
#undef T

#define T hd_contract_service
static const struct hd_field service_fields[] = {
    STR("name", name, .required = true, .format = &format_service_name),
    LIST("podLabels", pod_labels, hd_pair, .required = true, .key_format = &format_label_key, .format = &format_label_value),
    STR("serviceAccount", service_account, .required = true, .format = &format_subdomain),
    BOOL("mesh", mesh),
    BOOL("waypoint", waypoint),
    STR("port", port, .format = &format_port_name),
    LIST("ports", ports, hd_contract_port),
    LIST("callers", callers, hd_caller),
    LIST("calls", calls, hd_call),
};
static const struct hd_struct hd_contract_service_struct = STRUCT(service_fields);
#undef T

#define T hd_contract
static const struct hd_field contract_fields[] = {
    INT("contract", contract, .required = true, .min = CONTRACT_VERSION, .max = CONTRACT_VERSION),
    STR("name", name, .required = true, .format = &format_dns_label),
    STR("namespace", namespace_name, .required = true, .format = &format_dns_label),
    ENUM("mesh", mesh, hd_mesh_mode),
    STR("trustDomain", trust_domain, .format = &format_subdomain),
    STRS("hosts", hosts, .format = &format_line),
    LIST("services", services, hd_contract_service),
};
const struct hd_struct hd_contract_struct = STRUCT(contract_fields);
#undef T

static enum hd_bool bool_of(bool value)
{
    return value ? HD_TRUE : HD_FALSE;
}

static void take_ports(struct arena *arena, struct hd_contract_service *to, const struct hd_model *model, const struct hd_service *service)
{
    size_t n = service_n_ports(service);
    struct hd_contract_port *ports = arena_array(arena, n, sizeof *ports);

    for (size_t i = 0; i < n; i++) {
        const struct hd_port *port = service_port_at(service, i);
        bool is_strict = service_in_mesh(model->app, service) && port->protocol != HD_PROTOCOL_UDP && port_is_strict(service, port);

        ports[i] = (struct hd_contract_port){text_or(port->name, ""), port->port, port->service_port, port->protocol, bool_of(is_strict), port->at};
    }
    to->ports = ports;
    to->n_ports = n;
    to->port = only_port(service) ? only_port(service)->name : NULL;
}

/* The calls of other applications, and how long and how often they are tried: the callee's own calls must fit in. */
static void take_calls(struct arena *arena, struct hd_contract_service *to, const struct hd_service *service)
{
    struct hd_call *calls = arena_array(arena, service->n_calls, sizeof *calls);

    for (size_t i = 0; i < service->n_calls; i++) {
        const struct hd_call *call = &service->calls[i];

        if (call->to && strchr(call->to, '/'))
            calls[to->n_calls++] = (struct hd_call){.to = call->to,
                                                    .port = call->port,
                                                    .methods = call->methods,
                                                    .n_methods = call->n_methods,
                                                    .paths = call->paths,
                                                    .n_paths = call->n_paths,
                                                    .timeout = call->timeout,
                                                    .retries = {.attempts = call->retries.attempts},
                                                    .at = call->at};
    }
    to->calls = calls;
}

static void take_service(struct arena *arena, struct hd_contract_service *to, const struct hd_model *model, const struct hd_service *service)
{
    struct hd_pair *labels = arena_array(arena, 2, sizeof *labels);

    labels[0] = (struct hd_pair){.name = LABEL_NAME, .value = service->name};
    labels[1] = (struct hd_pair){.name = LABEL_INSTANCE, .value = model->app->name};
    *to = (struct hd_contract_service){.name = service->name,
                                       .pod_labels = labels,
                                       .n_pod_labels = 2,
                                       .service_account = account_name(service),
                                       .mesh = bool_of(service_in_mesh(model->app, service)),
                                       .waypoint = bool_of(uses_waypoint(model, service)),
                                       .callers = service->callers,
                                       .n_callers = service->n_callers,
                                       .at = service->at};
    take_ports(arena, to, model, service);
    take_calls(arena, to, service);
}

static void take_hosts(struct arena *arena, struct hd_contract *contract, const struct hd_app *app)
{
    const char **hosts = NULL;

    for (size_t i = 0; i < app->n_services; i++)
        for (size_t k = 0; k < app->services[i].n_expose; k++) {
            const struct hd_exposure *exposure = &app->services[i].expose[k];

            for (size_t h = 0; h < exposure_n_hosts(exposure); h++) {
                const char *host = exposure_host(exposure, h);

                if (!host)
                    continue;
                arena_grow(arena, hosts, contract->n_hosts);
                hosts[contract->n_hosts++] = arena_printf(arena, "%s%s", host, text_or(exposure->path, "/"));
            }
        }
    contract->hosts = hosts;
}

struct hd_contract *contract_of(struct arena *arena, const struct hd_model *model)
{
    const struct hd_app *app = model->app;
    struct hd_contract *contract = arena_new(arena, struct hd_contract);
    struct hd_contract_service *services = arena_array(arena, app->n_services, sizeof *services);

    *contract = (struct hd_contract){.contract = CONTRACT_VERSION,
                                     .name = app->name,
                                     .namespace_name = app->namespace_name,
                                     .mesh = app->mesh.mode,
                                     .trust_domain = app->mesh.trust_domain,
                                     .services = services,
                                     .at = app->at};
    take_hosts(arena, contract, app);
    for (size_t i = 0; i < app->n_services; i++)
        if (app->services[i].name)
            take_service(arena, &services[contract->n_services++], model, &app->services[i]);
    return contract;
}

/* Callers name the port of the Service, policies that of the pods: a host is only given where both are one. */
static const char *host_of(struct arena *arena, const struct hd_contract *contract, const struct hd_contract_service *service)
{
    for (size_t i = 0; i < service->n_ports; i++)
        if (service->ports[i].port != service->ports[i].service_port)
            return NULL;
    return arena_printf(arena, "%s.%s.svc.cluster.local", service->name, contract->namespace_name);
}

static void add_calls(struct arena *arena, struct neighbours *neighbours, const struct hd_contract_service *service)
{
    for (size_t i = 0; i < service->n_calls; i++) {
        struct neighbour_call *call = arena_new(arena, struct neighbour_call);

        *call = (struct neighbour_call){&service->calls[i], names_find(&neighbours->calls, service->calls[i].to)};
        names_set(&neighbours->calls, call->call->to, call);
    }
}

struct neighbour *contract_add_neighbours(struct arena *arena, struct neighbours *neighbours, const struct hd_contract *contract)
{
    struct neighbour *all = arena_array(arena, contract->n_services, sizeof *all);

    names_add(&neighbours->applications, contract->name, contract);
    for (size_t i = 0; i < contract->n_services; i++) {
        const struct hd_contract_service *service = &contract->services[i];
        struct neighbour *neighbour = &all[i];
        struct hd_external_port *ports = arena_array(arena, service->n_ports, sizeof *ports);

        for (size_t k = 0; k < service->n_ports; k++)
            ports[k] = (struct hd_external_port){.name = service->ports[k].name,
                                                 .port = service->ports[k].port,
                                                 .protocol = service->ports[k].protocol ? service->ports[k].protocol : HD_PROTOCOL_TCP};
        *neighbour = (struct neighbour){.external = {.name = arena_printf(arena, "%s/%s", contract->name, service->name),
                                                     .namespace_name = contract->namespace_name,
                                                     .pod_labels = service->pod_labels,
                                                     .n_pod_labels = service->n_pod_labels,
                                                     .host = host_of(arena, contract, service),
                                                     .mesh = service->mesh ? service->mesh : HD_FALSE,
                                                     .ports = ports,
                                                     .n_ports = service->n_ports},
                                        .account = service->service_account,
                                        .port = service->port,
                                        .has_waypoint = service->waypoint == HD_TRUE,
                                        .at = service->at};
        names_add(&neighbours->services, neighbour->external.name, neighbour);
        add_calls(arena, neighbours, service);
    }
    return all;
}

enum hd_status hd_contract_write(const struct hd_model *model, hd_sink *sink, void *user)
{
    struct yaml_out y;
    struct arena arena;
    jmp_buf out_of_memory;

    if (!model || !sink || !model->app->name || !model->app->namespace_name)
        return HD_BAD_CALL;
    arena_init(&arena, &out_of_memory);
    writer_init(&y, HD_FORMAT_JSON, sink, user, &out_of_memory);
    if (setjmp(out_of_memory)) {
        arena_free(&arena);
        writer_free(&y);
        return HD_NO_MEMORY;
    }
    DOC(&y)
        Y_FIELDS(&y, hd_contract, contract_of(&arena, model));
    writer_flush(&y);
    arena_free(&arena);
    writer_free(&y);
    return y.failed ? HD_UNWRITABLE : HD_OK;
}

enum hd_status hd_contract_schema_write(hd_sink *sink, void *user)
{
    return schema_write_of(&hd_contract_struct, "contract of an application", sink, user);
}
