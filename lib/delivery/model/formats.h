/* The forms of values for progressive delivery. */
#ifndef HD_DELIVERY_MODEL_FORMATS_H
#define HD_DELIVERY_MODEL_FORMATS_H

#include "core/text/format.h"

extern const struct hd_format_rule format_whole_seconds; /* a duration */
extern const struct hd_format_rule format_pause;         /* the same, or `manual` */
extern const struct hd_format_rule format_decimal;       /* with or without a sign */
extern const struct hd_format_rule format_http_address;  /* http://host:port/path */

#endif
