/* The forms that Envoy and Istio give to a traffic policy's values. */
#ifndef HD_MESH_MODEL_FORMATS_H
#define HD_MESH_MODEL_FORMATS_H

#include "core/text/format.h"

extern const struct hd_format_rule format_idle_timeout;  /* the same, or 0s for never */
extern const struct hd_format_rule format_region;
extern const struct hd_format_rule format_locality;      /* region, region/zone or region/zone/subzone */
extern const struct hd_format_rule format_failover_label; /* a label's key, or key=value */
extern const struct hd_format_rule format_authorities;   /* a file, or `system` */

#endif
