/* Objects that the library does not make, among its own. */
#ifndef HD_PLAN_FOREIGN_H
#define HD_PLAN_FOREIGN_H

#include "plan.h"

/* Plans those from `*next` on whose turn comes before `row`, or all that are left where it is NULL. */
void plan_foreign(struct hd_model *model, size_t *next, const struct plan_row *row);

/* Gives each a file name of its own, when everything is planned. */
void name_foreign_files(struct hd_model *model);

#endif
