/* Functions of the operations family; family.c gives the order in which they run. */
#ifndef HD_OPERATIONS_MODEL_PARTS_H
#define HD_OPERATIONS_MODEL_PARTS_H

#include "model/family.h"

void resolve_operations(struct hd_model *model, struct hd_diagnostics *report);
void resolve_build(const struct resolving *resolving);
void resolve_volume_backup(const struct resolving *resolving);

void check_operations(struct checker *checker);
void check_build(struct checker *checker, const struct hd_service *service);

#endif
