/* Services among the objects that the library does not make: calls may name them, and mean their pods. */
#include "foreign.h"

#include "core/reading/lay_over.h"
#include "core/text/among.h"
#include "model/neighbour.h"
#include "model/port.h"

#include <stdlib.h>
#include <string.h>

static void list_calls(struct names *called, const struct hd_service *services, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < services[i].n_calls; k++)
            if (services[i].calls[k].to)
                names_add(called, services[i].calls[k].to, services);
}

static const char *text_of(const struct node *value)
{
    return value && value->kind == NODE_SCALAR && !node_is_null(value) ? value->text : "";
}

static const char *text_at(const struct node *mapping, const char *key)
{
    return text_of(tree_value(mapping, key));
}

/* Without a number in targetPort, the pods listen at the Service's port. */
static struct hd_external_port port_of(const struct node *port)
{
    int64_t target = atoi(text_at(port, "targetPort"));
    enum hd_protocol transport = strcmp(text_at(port, "protocol"), "UDP") ? HD_PROTOCOL_TCP : HD_PROTOCOL_UDP;
    const char *name = text_at(port, "name");
    enum hd_protocol protocol = protocol_of_name(name, transport);

    return (struct hd_external_port){.port = target ? target : atoi(text_at(port, "port")),
                                     .name = *name ? name : enum_name(&hd_protocol_enum, protocol),
                                     .protocol = protocol};
}

static struct hd_external external_of(struct hd_model *model, const struct foreign_object *object, const struct node *selector,
                                      const struct node *ports)
{
    struct hd_pair *labels = arena_array(&model->arena, selector->n_items / 2, sizeof *labels);
    struct hd_external_port *own = arena_array(&model->arena, ports->n_items, sizeof *own);
    struct hd_at *at = arena_array(&model->arena, 1, sizeof *at);

    *at = (struct hd_at){.file = object->file, .line = object->line, .column = object->column};
    for (uint32_t i = 0; i < selector->n_items; i += 2)
        labels[i / 2] = (struct hd_pair){.name = selector->items[i]->text, .value = text_of(selector->items[i + 1])};
    for (uint32_t i = 0; i < ports->n_items; i++)
        own[i] = port_of(ports->items[i]);
    return (struct hd_external){.name = object->name,
                                .namespace_name = model->app->namespace_name,
                                .pod_labels = labels,
                                .n_pod_labels = selector->n_items / 2,
                                .ports = own,
                                .n_ports = ports->n_items,
                                .at = at};
}

bool foreign_callees(struct hd_model *model)
{
    struct hd_app *app = model->app;
    struct hd_external *externals = NULL;
    struct names called;

    names_init(&model->arena, &called, 8);
    list_calls(&called, app->services, app->n_services);
    for (size_t i = 0; i < model->foreign.n; i++) {
        const struct foreign_object *object = &model->foreign.objects[i];
        const struct node *selector = foreign_value(object->root, "spec.selector"), *ports = foreign_value(object->root, "spec.ports");

        if (*object->group || strcmp(object->kind, "Service") != 0 || !foreign_is_here(model, object->namespace_name) || !selector ||
            selector->kind != NODE_MAPPING || !ports || ports->kind != NODE_SEQUENCE || !names_find(&called, object->name) ||
            names_add(&model->names, object->name, app))
            continue;
        if (!externals) {
            externals = arena_array(&model->arena, app->n_externals + model->foreign.n + most_neighbours(model), sizeof *externals);
            if (app->n_externals)
                memcpy(externals, app->externals, app->n_externals * sizeof *externals);
            app->externals = externals;
        }
        externals[app->n_externals++] = external_of(model, object, selector, ports);
    }
    return externals;
}
