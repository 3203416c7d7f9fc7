/** Bringing the application up, keeping it up, bringing it back. */
#ifndef HYBRIDDEPLOY_MODEL_OPERATIONS_H
#define HYBRIDDEPLOY_MODEL_OPERATIONS_H

#include <hybriddeploy/model/value.h>

/** Operations of the application; `operations: on` stands for all defaults. */
struct hd_operations {
    /** Whether an output folder gets scripts, Dockerfiles, runbook and the like. Default: false; true when anything else here is given. */
    enum hd_bool enabled;
    /** How much work may be lost at most, a Go duration such as 24h: the time between two backups. */
    const char *recovery_point;
    /** How long it may take to bring the application back at most, a Go duration such as 1h. */
    const char *recovery_time;
    const struct hd_at *at;
};

#endif
