/* What a container asks of its node. */
#include "../core/field.h"
#include "tables.h"

#define T hd_resources
static const struct hd_field resources_fields[] = {
    LIST("requests", requests, hd_quantity),
    LIST("limits", limits, hd_quantity),
};
const struct hd_struct hd_resources_struct = STRUCT(resources_fields);
#undef T
