/* The codes of all diagnostics; they stand once, in diagnostic_codes.def. */
#ifndef HD_CORE_REPORTING_CODES_H
#define HD_CORE_REPORTING_CODES_H

#define HD_CODE(number, name, severity, ...) name = number,
enum hd_code {
#include "diagnostic_codes.def"
};
#undef HD_CODE

#endif
