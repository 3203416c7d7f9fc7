/* Objects that the library does not make; what becomes of them stands in lib/foreign/. */
#include "core/tables/field.h"
#include "model/tables.h"

#define T hd_foreign_manifest
static const struct hd_field manifest_fields[] = {
    STR("file", file, .choice = 1, .format = &format_relative_path),
    VALUE("object", object, .choice = 1),
};
const struct hd_struct hd_foreign_manifest_struct = STRUCT(manifest_fields, .scalar = "file", .whole = "object");
#undef T
