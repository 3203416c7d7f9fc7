#include "given.h"

#include "core/memory/packed.h"
#include "model.h"

void given_pack(struct arena *arena, struct given_service *packed, const struct hd_service *service)
{
    packed->service = pack(arena, service, sizeof *service);
    packed->calls = pack(arena, service->calls, service->n_calls * sizeof *service->calls);
    packed->expose = pack(arena, service->expose, service->n_expose * sizeof *service->expose);
}

const struct hd_service *given_service(const struct hd_model *model, size_t index, struct hd_service *room)
{
    if (!model->packed)
        return &model->given->services[index];
    unpack(model->packed[index].service, room, sizeof *room);
    return room;
}

static const void *unpacked(struct arena *arena, const uintptr_t *packed, size_t size)
{
    void *list = arena_room(arena, 1, size);

    unpack(packed, list, size);
    return list;
}

const struct hd_service *given_service_whole(const struct hd_model *model, size_t index, struct hd_service *room, struct arena *arena)
{
    const struct given_service *packed;

    if (!model->packed)
        return &model->given->services[index];
    packed = &model->packed[index];
    given_service(model, index, room);
    if (room->n_calls)
        room->calls = unpacked(arena, packed->calls, room->n_calls * sizeof *room->calls);
    if (room->n_expose)
        room->expose = unpacked(arena, packed->expose, room->n_expose * sizeof *room->expose);
    return room;
}

const struct hd_app *given_app(const struct hd_model *model, const bool *chosen, struct arena *arena)
{
    struct hd_service *services;
    struct hd_app *app;

    if (!model->packed)
        return model->given;
    app = arena_copy(arena, model->given, sizeof *app);
    app->services = services = arena_room(arena, app->n_services, sizeof *services);
    for (size_t i = 0; i < app->n_services; i++)
        if (!chosen || chosen[i])
            given_service_whole(model, i, &services[i], arena);
    return app;
}
