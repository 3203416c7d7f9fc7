#include "order.h"

/* A service on the way, and how many of its calls were looked at. */
struct visit {
    const struct hd_service *service;
    size_t n_calls;
};

const struct hd_service **services_in_order(struct hd_model *model)
{
    const struct hd_app *app = model->app;
    const struct hd_service **order = arena_array(&model->arena, app->n_services + 1, sizeof *order);
    struct visit *way = arena_array(&model->arena, app->n_services + 1, sizeof *way);
    bool *seen = arena_array(&model->arena, app->n_services + 1, sizeof *seen);
    size_t n_ordered = 0, depth = 0;

    for (size_t i = 0; i < app->n_services; i++) {
        if (!seen[i]) {
            seen[i] = true;
            way[depth++] = (struct visit){.service = &app->services[i]};
        }
        while (depth) {
            struct visit *last = &way[depth - 1];
            const struct hd_service *callee;

            if (last->n_calls == last->service->n_calls) {
                order[n_ordered++] = last->service;
                depth--;
                continue;
            }
            callee = last->service->calls[last->n_calls].to ? graph_callee(model, last->service->calls[last->n_calls].to).service : NULL;
            last->n_calls++;
            if (callee && !seen[callee - app->services]) {
                seen[callee - app->services] = true;
                way[depth++] = (struct visit){.service = callee};
            }
        }
    }
    return order;
}
