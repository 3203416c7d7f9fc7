/* How Prometheus comes to the metrics of services and of the collector. */
#ifndef HD_MODEL_SCRAPING_H
#define HD_MODEL_SCRAPING_H

#include <hybriddeploy/model.h>

/* Whether somebody scrapes the service by the library's doing. */
bool is_scraped(const struct hd_app *app, const struct hd_service *service);

/* Fills in how the metrics of a service are scraped. */
void resolve_scrape(const struct hd_app *app, struct hd_metrics *metrics);

/* A time of Prometheus in milliseconds; -1 when it is none. */
int64_t scrape_time_ms(const char *text);

#endif
