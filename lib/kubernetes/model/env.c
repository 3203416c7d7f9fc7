/* Environment variables. */
#include "core/tables/field.h"
#include "model/tables.h"

#define T hd_env
static const struct hd_field env_fields[] = {
    STR("name", name, .required = true, .format = &format_env_name),
    STR("value", value, .choice = 1),
    STR("secret", secret, .choice = 1, .ours = true, .format = &format_subdomain),
    STR("configMap", config_map, .choice = 1, .ours = true, .format = &format_subdomain),
    STR("key", key, .ours = true, .format = &format_config_key),
    STR("field", field, .choice = 1, .ours = true),
    STR("resource", resource, .choice = 1, .ours = true),
    STR("divisor", divisor, .ours = true, .format = &format_quantity),
    BOOL("optional", optional, .ours = true),
};
const struct hd_struct hd_env_struct = STRUCT(env_fields, .scalar = "value", .keyed_by = "name");
#undef T

#define T hd_env_from
static const struct hd_field env_from_fields[] = {
    STR("secret", secret, .choice = 1, .ours = true, .format = &format_subdomain),
    STR("configMap", config_map, .choice = 1, .ours = true, .format = &format_subdomain),
    STR("prefix", prefix, .ours = true, .format = &format_env_name),
    BOOL("optional", optional, .ours = true),
};
const struct hd_struct hd_env_from_struct = STRUCT(env_from_fields);
#undef T
