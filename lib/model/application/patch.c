/* Patches of manifests. */
#include "core/tables/field.h"
#include "model/tables.h"

CHOICES(patch_op, WORD("add"), WORD("remove"), WORD("replace"), WORD("move"), WORD("copy"), WORD("test"));

#define T hd_patch_operation
static const struct hd_field patch_operation_fields[] = {
    STR("op", op, .required = true, .words = &patch_op),
    STR("path", path, .required = true, .format = &format_text),
    VALUE("value", value),
    STR("from", from, .format = &format_text),
};
const struct hd_struct hd_patch_operation_struct = STRUCT(patch_operation_fields);
#undef T

#define T hd_patch
static const struct hd_field patch_fields[] = {
    STR("target", target, .required = true, .format = &format_text),
    VALUE("merge", merge, .choice = 1),
    LIST("json", json, hd_patch_operation, .choice = 1),
};
const struct hd_struct hd_patch_struct = STRUCT(patch_fields);
#undef T
