/* Functions of the delivery family. */
#ifndef HD_DELIVERY_MODEL_PARTS_H
#define HD_DELIVERY_MODEL_PARTS_H

#include "model/family.h"

void resolve_delivery(const struct resolving *resolving);
void check_delivery(struct checker *checker, const struct hd_service *service);

#endif
