/* Many models in one call. */
#ifndef HYBRIDGEN_EACH_H
#define HYBRIDGEN_EACH_H

#include "options.h"

/* Runs the call's verb for each model that is an operand. Returns the highest of their exit statuses. */
int run_each(const struct call *call);

#endif
