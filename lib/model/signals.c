/* What a service tells of itself. */
#include "../core/field.h"
#include "tables.h"

WORDS(hd_otlp_protocol, {"grpc", HD_OTLP_GRPC}, {"http/protobuf", HD_OTLP_HTTP});
WORDS(hd_instrumentation, {"auto", HD_INSTRUMENTATION_AUTO}, {"code", HD_INSTRUMENTATION_CODE});
CHOICES(signal, WORD("traces"), WORD("metrics"), WORD("logs"));
CHOICES(propagator, WORD("tracecontext"), WORD("baggage"), WORD("b3"), WORD("b3multi"), WORD("jaeger"), WORD("xray"));
CHOICES(sdk_log_level, WORD("debug"), WORD("info"), WORD("warn"), WORD("error"));

#define T hd_signals
static const struct hd_field signals_fields[] = {
    STRS("signals", signals, .words = &signal),
    ENUM("protocol", protocol, hd_otlp_protocol),
    STR("sampling", sampling, .format = &format_ratio),
    STRS("propagators", propagators, .words = &propagator),
    LIST("resourceAttributes", resource_attributes, hd_pair),
    STR("logLevel", log_level, .words = &sdk_log_level),
    ENUM("instrumentation", instrumentation, hd_instrumentation),
};
const struct hd_struct hd_signals_struct = STRUCT(signals_fields);
#undef T

#define T hd_service_telemetry
static const struct hd_field service_telemetry_fields[] = {
    BOOL("enabled", enabled),
    EMBED(signals, hd_signals),
    OBJ("alerts", alerts, hd_service_alerts),
};
const struct hd_struct hd_service_telemetry_struct = STRUCT(service_telemetry_fields, .scalar = "enabled");
#undef T
