/* Telemetry. */
#include "../core/field.h"
#include "resolve.h"
#include "tables.h"

#define T hd_telemetry
static const struct hd_field telemetry_fields[] = {
    BOOL("enabled", enabled),
};
const struct hd_struct hd_telemetry_struct = STRUCT(telemetry_fields, .scalar = "enabled");
#undef T

void resolve_telemetry(struct hd_model *model)
{
    struct hd_telemetry *telemetry = &model->app->telemetry;

    if (telemetry->enabled == HD_BOOL_UNSET)
        telemetry->enabled = struct_is_set(&hd_telemetry_struct, telemetry) ? HD_TRUE : HD_FALSE;
}
