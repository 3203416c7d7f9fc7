/* Callers from outside of the application. */
#ifndef HD_MODEL_CALLER_H
#define HD_MODEL_CALLER_H

#include "core/memory/arena.h"

#include <hybriddeploy/model.h>

/* All that policies say of who a caller is, as one text; with what it may ask for too. */
const char *caller_key(struct arena *arena, const struct hd_caller *caller, bool with_requests);

#endif
