/* Formats of values for building images. */
#ifndef HD_OPERATIONS_MODEL_FORMATS_H
#define HD_OPERATIONS_MODEL_FORMATS_H

#include "core/text/format.h"

extern const struct hd_format_rule format_source_path;
extern const struct hd_format_rule format_python_version;
extern const struct hd_format_rule format_module;        /* of Python */
extern const struct hd_format_rule format_debian_package; /* with or without =version */
extern const struct hd_format_rule format_platform;      /* linux/amd64 */
extern const struct hd_format_rule format_release;       /* 1.2.3 */
extern const struct hd_format_rule format_build_arg;

#endif
