#include "order.h"

/* A service on the way, and how many of its calls were looked at. */
struct visit {
    const struct hd_service *service;
    size_t n_calls;
};

static const struct hd_service *called(const struct hd_model *model, const struct hd_call *call)
{
    return call->to ? graph_callee(model, call->to).service : NULL;
}

static const struct hd_service **callees_first(const struct hd_model *model, struct arena *arena)
{
    const struct hd_app *app = model->app;
    const struct hd_service **order = arena_array(arena, app->n_services + 1, sizeof *order);
    struct visit *way = arena_array(arena, app->n_services + 1, sizeof *way);
    bool *seen = arena_array(arena, app->n_services + 1, sizeof *seen);
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
            callee = called(model, &last->service->calls[last->n_calls++]);
            if (callee && !seen[callee - app->services]) {
                seen[callee - app->services] = true;
                way[depth++] = (struct visit){.service = callee};
            }
        }
    }
    return order;
}

const struct order *services_in_order(const struct hd_model *model, struct arena *arena)
{
    const struct hd_app *app = model->app;
    struct order *order = arena_new(arena, struct order);
    /* By service, one more than its rank; 0 while it has none, as callees in a circle that come later. */
    uint32_t *next = arena_array(arena, app->n_services, sizeof *next);

    order->services = callees_first(model, arena);
    order->ranks = arena_array(arena, app->n_services, sizeof *order->ranks);
    for (size_t i = 0; i < app->n_services; i++) {
        const struct hd_service *service = order->services[i];

        for (size_t k = 0; k < service->n_calls; k++) {
            const struct hd_service *callee = called(model, &service->calls[k]);

            if (callee && next[callee - app->services] > order->ranks[i])
                order->ranks[i] = next[callee - app->services];
        }
        next[service - app->services] = order->ranks[i] + 1;
    }
    return order;
}
