/* Values that many structs share: maps, quantities, selectors. */
#include "core/tables/field.h"
#include "model/tables.h"

CHOICES(operators, WORD("In"), WORD("NotIn"), WORD("Exists"), WORD("DoesNotExist"), WORD("Gt"), WORD("Lt"));

#define T hd_pair
static const struct hd_field pair_fields[] = {
    STR("name", name, .required = true),
    STR("value", value, .required = true),
};
const struct hd_struct hd_pair_struct = STRUCT(pair_fields, .scalar = "value", .keyed_by = "name", .map = true);
#undef T

#define T hd_quantity
static const struct hd_field quantity_fields[] = {
    STR("name", name, .required = true),
    STR("amount", amount, .required = true, .none = true, .format = &format_quantity),
};
const struct hd_struct hd_quantity_struct = STRUCT(quantity_fields, .scalar = "amount", .keyed_by = "name", .map = true);
#undef T

#define T hd_selector_expression
static const struct hd_field selector_expression_fields[] = {
    STR("key", key, .required = true, .format = &format_label_key),
    STR("operator", selector_operator, .required = true, .words = &operators),
    STRS("values", values, .format = &format_line),
};
const struct hd_struct hd_selector_expression_struct = STRUCT(selector_expression_fields);
#undef T

#define T hd_label_selector
static const struct hd_field label_selector_fields[] = {
    LIST("matchLabels", match_labels, hd_pair, .key_format = &format_label_key, .format = &format_label_value),
    LIST("matchExpressions", match_expressions, hd_selector_expression),
};
const struct hd_struct hd_label_selector_struct = STRUCT(label_selector_fields, .may_be_empty = true);
#undef T
