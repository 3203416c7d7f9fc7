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

/* Services and pods have the same port unless targetPort is another number. A name that the pods give a port is not looked up, and gives 0. */
static struct hd_external_port port_of(const struct node *port)
{
    const char *target = text_at(port, "targetPort"), *name = text_at(port, "name");
    enum hd_protocol transport = strcmp(text_at(port, "protocol"), "UDP") ? HD_PROTOCOL_TCP : HD_PROTOCOL_UDP;
    enum hd_protocol protocol = protocol_of_name(name, transport);

    if (!*target || !strcmp(target, "0"))
        target = text_at(port, "port");
    return (struct hd_external_port){
        .port = atoi(target), .name = *name ? name : enum_name(&hd_protocol_enum, protocol), .protocol = protocol};
}

/* Fills in the pods and ports that a Service means. Returns false when it selects no pods, or has a port whose number is not known. */
static bool take_service(struct arena *arena, struct hd_external *external, const struct foreign_object *object)
{
    const struct node *selector = foreign_value(object->root, "spec.selector"), *ports = foreign_value(object->root, "spec.ports");
    bool is_known = selector && selector->kind == NODE_MAPPING && selector->n_items && ports && ports->n_items;
    struct hd_external_port *own = arena_array(arena, is_known ? ports->n_items : 0, sizeof *own);
    struct hd_pair *labels = arena_array(arena, is_known ? selector->n_items / 2 : 0, sizeof *labels);

    for (uint32_t i = 0; is_known && i < ports->n_items; i++) {
        own[i] = port_of(ports->items[i]);
        is_known = own[i].port > 0;
        external->n_ports++;
    }
    for (uint32_t i = 0; is_known && i < selector->n_items; i += 2)
        labels[external->n_pod_labels++] = (struct hd_pair){.name = selector->items[i]->text, .value = text_of(selector->items[i + 1])};
    external->ports = own;
    external->pod_labels = labels;
    return is_known;
}

void foreign_callees(struct hd_model *model)
{
    struct hd_app *app = model->app;
    size_t n_before = app->n_externals;
    struct hd_external *externals = arena_array(&model->arena, n_before + model->foreign.n + most_neighbours(model), sizeof *externals);
    struct names called;

    if (n_before)
        memcpy(externals, app->externals, n_before * sizeof *externals);
    app->externals = externals;
    names_init(&model->arena, &called, 8);
    list_calls(&called, app->services, app->n_services);
    for (size_t i = 0; i < model->foreign.n; i++) {
        const struct foreign_object *object = &model->foreign.objects[i];
        const struct hd_at at = {.file = object->file, .line = object->line, .column = object->column};
        struct hd_external external = {.name = object->name, .namespace_name = app->namespace_name};

        if (*object->group || strcmp(object->kind, "Service") != 0 || !foreign_is_here(model, object->namespace_name) ||
            !names_find(&called, object->name) || !take_service(&model->arena, &external, object) ||
            names_add(&model->names, object->name, app))
            continue;
        external.at = arena_copy(&model->arena, &at, sizeof at);
        externals[app->n_externals++] = external;
    }
}
