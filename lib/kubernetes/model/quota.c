/* Bounds of the namespace. */
#include "core/tables/field.h"
#include "model/tables.h"

CHOICES(quota_scope, WORD("Terminating"), WORD("NotTerminating"), WORD("BestEffort"), WORD("NotBestEffort"),
        WORD("PriorityClass"), WORD("CrossNamespacePodAffinity"));
CHOICES(bounded_type, WORD("Container"), WORD("Pod"), WORD("PersistentVolumeClaim"));

#define T hd_resource_quota
static const struct hd_field resource_quota_fields[] = {
    STR("name", name, .required = true, .ours = true, .format = &format_subdomain),
    LIST("hard", hard, hd_quantity, .required = true),
    STRS("scopes", scopes, .words = &quota_scope),
};
const struct hd_struct hd_resource_quota_struct = STRUCT(resource_quota_fields, .keyed_by = "name");
#undef T

#define T hd_limit_range_item
static const struct hd_field limit_range_item_fields[] = {
    STR("type", type, .required = true, .words = &bounded_type),
    LIST("default", default_limit, hd_quantity),
    LIST("defaultRequest", default_request, hd_quantity),
    LIST("min", min, hd_quantity),
    LIST("max", max, hd_quantity),
    LIST("maxLimitRequestRatio", max_limit_request_ratio, hd_quantity),
};
const struct hd_struct hd_limit_range_item_struct = STRUCT(limit_range_item_fields);
#undef T

#define T hd_limit_range
static const struct hd_field limit_range_fields[] = {
    STR("name", name, .required = true, .ours = true, .format = &format_subdomain),
    LIST("limits", limits, hd_limit_range_item, .required = true),
};
const struct hd_struct hd_limit_range_struct = STRUCT(limit_range_fields, .keyed_by = "name");
#undef T
