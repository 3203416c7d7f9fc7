/* Questions of operations about the model. */
#ifndef HD_OPERATIONS_MODEL_OPERATIONS_H
#define HD_OPERATIONS_MODEL_OPERATIONS_H

#include "model/backup.h"

bool has_operations(const struct hd_app *app);

#endif
