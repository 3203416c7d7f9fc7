/* Service level objectives. */
#include "../core/field.h"
#include "tables.h"

#define T hd_slo
static const struct hd_field slo_fields[] = {
    STR("name", name, .required = true, .format = &format_dns_label),
    STR("service", service, .required = true),
    STR("objective", objective, .required = true, .format = &format_share),
    STR("latency", latency, .format = &format_scrape_time),
    STR("window", window, .def = "30d", .format = &format_scrape_time),
};
const struct hd_struct hd_slo_struct = STRUCT(slo_fields, .keyed_by = "name");
#undef T
