/* How requests travel between services. */
#include "../core/field.h"
#include "tables.h"

#define T hd_retries
static const struct hd_field retries_fields[] = {
    OPT("attempts", attempts, .max = 100),
    STR("perTryTimeout", per_try_timeout, .format = &format_mesh_duration),
    STRS("retryOn", retry_on, .format = &format_retry_on),
    BOOL("retryRemoteLocalities", retry_remote_localities),
};
const struct hd_struct hd_retries_struct = STRUCT(retries_fields, .scalar = "attempts");
#undef T
