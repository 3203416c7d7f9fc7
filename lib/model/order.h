/* The order in which services come up. */
#ifndef HD_MODEL_ORDER_H
#define HD_MODEL_ORDER_H

#include "model.h"

/* All services, each behind those that it calls, as far as they do not call each other in a circle. In the model's arena. */
const struct hd_service **services_in_order(struct hd_model *model);

#endif
