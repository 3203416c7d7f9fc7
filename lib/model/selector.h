/* Terms by which labels and fields are selected. */
#ifndef HD_MODEL_SELECTOR_H
#define HD_MODEL_SELECTOR_H

#include "checks.h"

/* What is selected: nodes by labels or by fields, or objects by labels. */
enum selects { NODES, NODE_FIELDS, OBJECTS };

void check_expressions(struct checker *checker, const struct hd_selector_expression *expressions, size_t count, enum selects selects);
void check_selector(struct checker *checker, const struct hd_label_selector *selector);

#endif
