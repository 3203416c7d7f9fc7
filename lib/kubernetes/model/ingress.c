/* The way in, where no mesh provides it. */
#include "core/tables/field.h"
#include "model/tables.h"

#define T hd_ingress
static const struct hd_field ingress_fields[] = {
    BOOL("enabled", enabled),
    STR("className", class_name, .format = &format_subdomain),
    STR("tlsSecret", tls_secret, .format = &format_subdomain),
    LIST("annotations", annotations, hd_pair, .key_format = &format_annotation_key, .format = &format_text),
};
const struct hd_struct hd_ingress_struct = STRUCT(ingress_fields, .scalar = "enabled");
#undef T
