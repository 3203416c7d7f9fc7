/* How Prometheus scrapes services and the collector. */
#ifndef HD_TELEMETRY_MODEL_SCRAPING_H
#define HD_TELEMETRY_MODEL_SCRAPING_H

#include "model/model.h"

/* Fills in how the metrics of a service are scraped; or how often alone, where only a proxy has some. */
void resolve_scrape_times(const struct hd_app *app, struct hd_metrics *metrics);
void resolve_scrape(const struct hd_app *app, struct hd_metrics *metrics);

/* Whether objects of the Prometheus operator (ServiceMonitor, PodMonitor) select the targets. */
bool monitors_scrapes(const struct hd_app *app);
/* The annotations by which many installations of Prometheus find targets. */
void annotate_for_scrapes(struct hd_model *model, struct hd_pod *pod, int64_t port, const char *path);
/* Adds the annotations for Prometheus to the pods when scraping is annotations. */
void resolve_scrape_annotations(struct hd_model *model, struct hd_service *service);

/* A duration in the format of Prometheus, in milliseconds; -1 when it is not valid. */
int64_t scrape_time_ms(const char *text);

#endif
