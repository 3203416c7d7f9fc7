/* Functions of the telemetry family; family.c gives the order in which they run. */
#ifndef HD_TELEMETRY_MODEL_PARTS_H
#define HD_TELEMETRY_MODEL_PARTS_H

#include "model/family.h"

void resolve_telemetry(struct hd_model *model);
void resolve_alerts(struct hd_model *model);
void resolve_alert_routing(struct hd_app *app);
void resolve_dashboards(struct hd_app *app);
void resolve_metrics(const struct hd_app *app, struct hd_service *service);

void check_telemetry(struct checker *checker);
void check_alerts(struct checker *checker);
void check_alert_routing(struct checker *checker);
void check_slos(struct checker *checker);
void check_objectives_of_callees(struct checker *checker, const struct hd_service *service);
void check_dashboards(struct checker *checker);
void check_service_telemetry(struct checker *checker, const struct hd_service *service);
/* Variables of OpenTelemetry's SDKs that the user sets by hand. */
void check_otel_variables(struct checker *checker, const struct hd_service *service);
void check_service_alerts(struct checker *checker, const struct hd_service *service);
/* Warns when a timeout ends requests before they are as slow as the latency. */
void check_latency_below_timeout(struct checker *checker, const struct hd_service *service, const char *latency, struct where where);

#endif
