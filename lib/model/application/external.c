/* Externals: destinations outside of the application. */
#include "core/tables/field.h"
#include "model/neighbour.h"
#include "model/port.h"
#include "model/resolve.h"
#include "model/tables.h"

#include <string.h>

#define T hd_external_port
static const struct hd_field external_port_fields[] = {
    STR("name", name, .format = &format_port_name),
    INT("port", port, .required = true, .min = 1, .max = 65535),
    ENUM("protocol", protocol, hd_protocol),
};
const struct hd_struct hd_external_port_struct = STRUCT(external_port_fields, .scalar = "port");
#undef T

CHOICES(service_type, WORD("ExternalName"));

#define T hd_external
static const struct hd_field external_fields[] = {
    STR("name", name, .required = true, .format = &format_dns_label),
    STR("namespace", namespace_name, .choice = 1, .format = &format_dns_label),
    LIST("podLabels", pod_labels, hd_pair, .key_format = &format_label_key, .format = &format_label_value),
    STRS("cidrs", cidrs, .choice = 1, .format = &format_cidr),
    STR("host", host, .format = &format_host),
    STR("service", service, .words = &service_type),
    BOOL("mesh", mesh, .mesh = IN_MESH),
    LIST("ports", ports, hd_external_port, .required = true, .short_key = "port"),
    OBJ("tls", tls, hd_client_tls, .mesh = WITH_SIDECARS),
    OBJ("trafficPolicy", traffic_policy, hd_traffic_policy, .mesh = WITH_SIDECARS),
};
const struct hd_struct hd_external_struct = STRUCT(external_fields, .keyed_by = "name");
#undef T

const char *namespace_of_host(const char *host, size_t *length)
{
    const char *name = strchr(host, '.'), *suffix = name ? strstr(name, ".svc") : NULL;

    if (!suffix || suffix == name || (suffix[4] && suffix[4] != '.'))
        return NULL;
    *length = (size_t)(suffix - name) - 1;
    return memchr(name + 1, '.', *length) ? NULL : name + 1;
}

bool external_by_host(const struct hd_app *app, const struct hd_external *external)
{
    size_t length;

    return app->platform.network_policy == HD_NETWORK_POLICY_CILIUM && external->host && !external->namespace_name && !external->n_cidrs &&
           strchr(external->host, '.') && !namespace_of_host(external->host, &length);
}

void resolve_externals(struct hd_model *model)
{
    size_t n_externals = model->app->n_externals, n_later = most_neighbours(model);
    struct hd_external *externals;

    if (!n_externals && !n_later)
        return;
    /* They stay where they are when neighbours join them. */
    externals = arena_room(&model->arena, n_externals + n_later, sizeof *externals);
    if (n_externals)
        memcpy(externals, model->app->externals, n_externals * sizeof *externals);
    model->app->externals = externals;
    for (size_t i = 0; i < n_externals; i++) {
        struct hd_external_port *ports = arena_copy(&model->arena, externals[i].ports, externals[i].n_ports * sizeof *ports);

        externals[i].ports = ports;
        for (size_t k = 0; k < externals[i].n_ports; k++) {
            if (!ports[k].protocol)
                ports[k].protocol = protocol_of_name(ports[k].name, HD_PROTOCOL_TCP);
            if (!ports[k].name)
                ports[k].name = enum_name(&hd_protocol_enum, ports[k].protocol);
        }
    }
}
