/* The codes of all diagnostics; they stand once, in diagnostic_codes.def. */
#ifndef HD_CORE_REPORTING_CODES_H
#define HD_CORE_REPORTING_CODES_H

#include <hybriddeploy/codes.h>

#endif
