/** Telemetry that a service sends. */
#ifndef HYBRIDDEPLOY_MODEL_SIGNALS_H
#define HYBRIDDEPLOY_MODEL_SIGNALS_H

#include <hybriddeploy/model/alerts.h>

/** How OTLP travels. */
enum hd_otlp_protocol { HD_OTLP_UNSET = 0, HD_OTLP_GRPC, HD_OTLP_HTTP };

/** How the OpenTelemetry SDK gets into the program. */
enum hd_instrumentation { HD_INSTRUMENTATION_UNSET = 0, HD_INSTRUMENTATION_AUTO, HD_INSTRUMENTATION_CODE };

/** Signals, and how they are made and sent; members of telemetry, of the application and of a service, in YAML. */
struct hd_signals {
    /**
     * Signals that the service sends: traces, metrics, logs. Default: those that the collector takes, because others would be dropped
     * there.
     */
    const char *const *signals;
    size_t n_signals;
    /**
     * grpc (4317) or http/protobuf (4318). Default: grpc, because every collector takes it; http/protobuf for what the operator
     * instruments, because its Python has no other, and where telemetry.collector.external has the port 4318.
     */
    enum hd_otlp_protocol protocol;
    /**
     * Part of the traces that a service begins and keeps, 0 to 1; what a caller decided is kept. Default: 1, so that no trace is missing;
     * large applications keep fewer.
     */
    const char *sampling;
    /**
     * tracecontext, baggage, b3, b3multi, jaeger, xray. Default: tracecontext and baggage, because they are W3C's and every SDK has them.
     */
    const char *const *propagators;
    size_t n_propagators;
    /** Resource attributes besides those that the library gives. */
    const struct hd_pair *resource_attributes;
    size_t n_resource_attributes;
    /** debug, info, warn or error. Default: info, which says what happened and not each step. */
    const char *log_level;
    /**
     * auto (cpython: without a change of the program, by the operator or by opentelemetry-instrument before the command) or code (the
     * program calls the SDK). Default: auto for cpython where the operator does it, because it brings the SDK into the pods; else code, so
     * that no command is changed.
     */
    enum hd_instrumentation instrumentation;
    const struct hd_at *at;
};

/** Telemetry of one service. */
struct hd_service_telemetry {
    /** `false` (in YAML also the word alone, `telemetry: off`) leaves the service without. Default: the application's. */
    enum hd_bool enabled;
    struct hd_signals signals;
    struct hd_service_alerts alerts;
    const struct hd_at *at;
};

#endif
