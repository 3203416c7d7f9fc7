/* The values of a part of a complete model. */
#ifndef HD_EXPLAIN_EXPLAIN_H
#define HD_EXPLAIN_EXPLAIN_H

#include "model/model.h"

#include <hybriddeploy/schema.h>

/* hd_explain_values() for all but the services that are not `chosen`, by their indexes. */
enum hd_status explain_chosen(const struct hd_model *model, const bool *chosen, hd_value_visitor *visit, void *user);

#endif
