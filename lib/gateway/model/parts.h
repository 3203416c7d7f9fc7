/* Checks of the gateway family. */
#ifndef HD_GATEWAY_MODEL_PARTS_H
#define HD_GATEWAY_MODEL_PARTS_H

#include "model/family.h"

void check_gateway_api(struct checker *checker);

#endif
