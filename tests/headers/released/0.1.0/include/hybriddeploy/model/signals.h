#ifndef HYBRIDDEPLOY_MODEL_SIGNALS_H
#define HYBRIDDEPLOY_MODEL_SIGNALS_H
#include <hybriddeploy/model/alerts.h>
enum hd_otlp_protocol { HD_OTLP_UNSET = 0, HD_OTLP_GRPC, HD_OTLP_HTTP };
enum hd_instrumentation { HD_INSTRUMENTATION_UNSET = 0, HD_INSTRUMENTATION_AUTO, HD_INSTRUMENTATION_CODE };
struct hd_signals {
    const char *const *signals;
    size_t n_signals;
    enum hd_otlp_protocol protocol;
    const char *sampling;
    const char *const *propagators;
    size_t n_propagators;
    const struct hd_pair *resource_attributes;
    size_t n_resource_attributes;
    const char *log_level;
    enum hd_instrumentation instrumentation;
    const struct hd_at *at;
};
struct hd_service_telemetry {
    enum hd_bool enabled;
    struct hd_signals signals;
    struct hd_service_alerts alerts;
    const struct hd_at *at;
};
#endif
