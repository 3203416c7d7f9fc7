/** Traces, metrics and logs: who makes them, who collects them, who watches them. */
#ifndef HYBRIDDEPLOY_MODEL_TELEMETRY_H
#define HYBRIDDEPLOY_MODEL_TELEMETRY_H

#include <hybriddeploy/model/value.h>

/** Telemetry of the application; `telemetry: on` stands for all defaults. */
struct hd_telemetry {
    /** Whether there is any. Default: false; true when anything else here is given. */
    enum hd_bool enabled;
    const struct hd_at *at;
};

#endif
