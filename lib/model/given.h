/*
 * The services as the user wrote them, beside the complete ones. A service has hundreds of members, of which a user writes about ten; so
 * what was written is kept packed where the complete service takes its place (hd_document_resolve()).
 */
#ifndef HD_MODEL_GIVEN_H
#define HD_MODEL_GIVEN_H

#include "core/memory/arena.h"

#include <hybriddeploy/model.h>

struct hd_model;

/* A service, and those of its lists that are completed in place, each as pack() made it. */
struct given_service {
    const uintptr_t *service, *calls, *expose;
};

void given_pack(struct arena *arena, struct given_service *packed, const struct hd_service *service);

/* Service `index` as it was written. Its calls and exposures may be completed already. `room` is filled where it is packed. */
const struct hd_service *given_service(const struct hd_model *model, size_t index, struct hd_service *room);

/* The same with its calls and exposures as they were written; they are unpacked in the arena. */
const struct hd_service *given_service_whole(const struct hd_model *model, size_t index, struct hd_service *room, struct arena *arena);

/* The application as it was written; what is packed is unpacked in the arena, of services those that are `chosen`, or all where that is NULL. */
const struct hd_app *given_app(const struct hd_model *model, const bool *chosen, struct arena *arena);

#endif
