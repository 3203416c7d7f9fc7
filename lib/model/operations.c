/* Operations: what is promised, and what it takes. */
#include "../core/field.h"
#include "resolve.h"

#define T hd_operations
static const struct hd_field operations_fields[] = {
    BOOL("enabled", enabled),
    STR("recoveryPoint", recovery_point, .format = &format_duration),
    STR("recoveryTime", recovery_time, .format = &format_duration),
};
const struct hd_struct hd_operations_struct = STRUCT(operations_fields, .scalar = "enabled");
#undef T

void resolve_operations(struct hd_app *app)
{
    if (app->operations.enabled == HD_BOOL_UNSET)
        app->operations.enabled = struct_is_set(&hd_operations_struct, &app->operations) ? HD_TRUE : HD_FALSE;
}
