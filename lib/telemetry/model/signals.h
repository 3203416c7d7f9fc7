/* Signals that a service sends, and how it is instrumented. */
#ifndef HD_TELEMETRY_MODEL_SIGNALS_H
#define HD_TELEMETRY_MODEL_SIGNALS_H

#include "model/model.h"

/* Fills in the service's instrumentation: variables, annotations, and the wrapper before its command. */
void resolve_service_telemetry(struct hd_model *model, struct hd_service *service);

/* The URL to which the service sends. */
const char *telemetry_endpoint(struct hd_model *model, const struct hd_service *service);

/* Whether the service sends its metrics to the collector. */
bool sends_metrics(const struct hd_service *service);

/* Whether the operator puts the SDK into the service's pods. */
bool is_instrumented_by_operator(const struct hd_app *app, const struct hd_service *service);

#endif
