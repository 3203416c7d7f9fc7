/* Checks of the gateway family. */
#ifndef HD_GATEWAY_MODEL_PARTS_H
#define HD_GATEWAY_MODEL_PARTS_H

#include "model/family.h"

void check_gateway_api(struct checker *checker);
/* The pods of a Gateway that stand in the application's namespace. */
void add_pods_of_gateway(struct hd_model *model);

#endif
