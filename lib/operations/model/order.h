/* The order in which services come up. */
#ifndef HD_OPERATIONS_MODEL_ORDER_H
#define HD_OPERATIONS_MODEL_ORDER_H

#include "model/model.h"

/* All services, each behind those that it calls, as far as they do not call each other in a circle. */
struct order {
    const struct hd_service **services;
    /* For each of them how many others must be up before it, one after the other: those of one rank may come up at once. */
    uint32_t *ranks;
};

const struct order *services_in_order(const struct hd_model *model, struct arena *arena);

#endif
