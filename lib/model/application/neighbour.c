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

static size_t n_calls_of_neighbours(const struct hd_service *services, size_t n)
{
    size_t count = 0;

    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < services[i].n_calls; k++)
            count += is_of_neighbour(&services[i].calls[k]);
    return count;
}

size_t most_neighbours(const struct hd_model *model)
{
    const struct hd_app *given = model->given;

    return n_calls_of_neighbours(given->services, given->n_services) + n_calls_of_neighbours(given->runtimes, given->n_runtimes);
}

static void add_called(struct hd_model *model, const struct hd_service *services, size_t n)
{
    struct hd_app *app = model->app;

    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < services[i].n_calls; k++) {
            const struct hd_call *call = &services[i].calls[k];
            const struct neighbour *neighbour = is_of_neighbour(call) ? find_neighbour(model, call->to) : NULL;
            struct hd_external *external;

            if (!neighbour || names_find(&model->names, call->to))
                continue;
            external = (struct hd_external *)(uintptr_t)&app->externals[app->n_externals];
            *external = neighbour->external;
            names_add(&model->names, external->name, external);
            app->n_externals++;
        }
}

void resolve_neighbours(struct hd_model *model)
{
    if (!model->neighbours)
        return;
    add_called(model, model->services, model->app->n_services);
    add_called(model, model->given->runtimes, model->given->n_runtimes);
}
