/* How Prometheus comes to the metrics of services and of the collector. */
#ifndef HD_TELEMETRY_MODEL_SCRAPING_H
#define HD_TELEMETRY_MODEL_SCRAPING_H

#include "model/model.h"

/* Fills in how the metrics of a service are scraped. */
void resolve_scrape(const struct hd_app *app, struct hd_metrics *metrics);

/* Whether objects of the Prometheus operator say what is scraped. */
bool monitors_scrapes(const struct hd_app *app);
/* The annotations by which many a Prometheus finds metrics. */
void annotate_for_scrapes(struct hd_model *model, struct hd_pod *pod, int64_t port, const char *path);
/* Tells Prometheus of the metrics by annotations of the pods, where that was chosen. */
void resolve_scrape_annotations(struct hd_model *model, struct hd_service *service);

/* A time of Prometheus in milliseconds; -1 when it is none. */
int64_t scrape_time_ms(const char *text);

#endif
