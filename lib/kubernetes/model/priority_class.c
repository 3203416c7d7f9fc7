/* Priority classes: the order in which pods are scheduled and evicted. */
#include "core/tables/field.h"
#include "model/tables.h"

CHOICES(preemption, WORD("PreemptLowerPriority"), WORD("Never"));

#define T hd_priority_class
static const struct hd_field priority_class_fields[] = {
    STR("name", name, .required = true, .ours = true, .format = &format_subdomain),
    OPT("value", value, .required = true, .min = -2147483648, .max = 1000000000),
    STR("preemptionPolicy", preemption_policy, .words = &preemption),
    STR("description", description, .format = &format_text),
};
const struct hd_struct hd_priority_class_struct = STRUCT(priority_class_fields, .scalar = "value", .keyed_by = "name");
#undef T
