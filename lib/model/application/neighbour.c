/* Calls of services of other applications. */
#include "model/neighbour.h"

#include <string.h>

const struct neighbour *find_neighbour(const struct hd_model *model, const char *name)
{
    return model->neighbours ? names_find(&model->neighbours->services, name) : NULL;
}

const char *callee_object_name(struct hd_model *model, const char *name)
{
    const char *slash = name ? strchr(name, '/') : NULL;

    return slash ? arena_printf(&model->arena, "%.*s.%s", (int)(slash - name), name, slash + 1) : name;
}

struct called {
    struct hd_model *model;
    struct names names;
    const struct neighbour **neighbours;
    size_t n;
};

static void take_calls(struct called *called, const struct hd_service *service)
{
    for (size_t i = 0; i < service->n_calls; i++) {
        const char *to = service->calls[i].to;
        const struct neighbour *neighbour = to && strchr(to, '/') ? find_neighbour(called->model, to) : NULL;

        if (!neighbour || names_add(&called->names, to, neighbour))
            continue;
        arena_grow(&called->model->arena, called->neighbours, called->n);
        called->neighbours[called->n++] = neighbour;
    }
}

void resolve_neighbours(struct hd_model *model)
{
    const struct hd_app *given = model->given;
    struct hd_app *app = model->app;
    struct called called = {.model = model};
    struct hd_external *externals;

    if (!model->neighbours)
        return;
    names_init(&model->arena, &called.names, 8);
    for (size_t i = 0; i < given->n_services; i++)
        take_calls(&called, &given->services[i]);
    for (size_t i = 0; i < given->n_runtimes; i++)
        take_calls(&called, &given->runtimes[i]);
    if (!called.n)
        return;
    externals = arena_array(&model->arena, app->n_externals + called.n, sizeof *externals);
    if (app->n_externals)
        memcpy(externals, app->externals, app->n_externals * sizeof *externals);
    for (size_t i = 0; i < called.n; i++)
        externals[app->n_externals++] = called.neighbours[i]->external;
    app->externals = externals;
}
